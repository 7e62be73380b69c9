/** Many at once: starters on an empty database, an end under load, one person's flood beside another's question, and memory over a long run. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf, until } from '../e2e/steward.ts';
import { type Ground, startFleet, startGround } from './fleet.ts';

const ANN = 9101;
const BEN = 9102;
/** Messages through one process while its memory is watched. */
const MESSAGES = 20_000;
const SAMPLES = 20;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Resident memory of a process, in MiB; its peaks between collections included. */
function residentMb(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) / 1024;
}

describe('many at once', () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await startGround();
  });
  afterAll(() => ground.stop());

  it('five that start at once on an empty database all come up, on one schema, and one of them polls', async () => {
    const fleet = await startFleet(ground, {
      mode: 'polling',
      people: [ANN],
      count: 5,
      empty: true,
      env: { DATABASE_POOL_MAX: '4' },
    });
    try {
      fleet.sandbox.user(ANN).send('all are up');
      await fleet.quiet();
      expect(fleet.sandbox.messages(ANN).filter((seen) => seen.fromBot)).toHaveLength(1);
      const applied = await fleet.db.query<{ name: string; count: number }>(
        'SELECT migration_name AS name, count(*)::int AS count FROM _prisma_migrations WHERE finished_at IS NOT NULL GROUP BY 1',
      );
      expect(applied.length).toBeGreaterThan(0);
      expect(applied.every((row) => row.count === 1)).toBe(true);
      const [leases] = await fleet.db.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM leases WHERE name LIKE 'poller:%'",
      );
      expect(leases?.count).toBe(1);
      const conflicts = fleet.sandbox.journal.calls({ method: 'getUpdates' }).filter((call) => call.code === 409);
      expect(conflicts).toEqual([]);
    } finally {
      await fleet.end();
    }
  });

  it.each(['polling', 'webhook'] as const)(
    'SIGTERM under load by %s: exit 0 in time, nothing failed, lost or doubled',
    async (mode) => {
      const fleet = await startFleet(ground, { mode, people: [ANN, BEN], count: 2 });
      const { sandbox, replicas } = fleet;
      try {
        let sent = 0;
        let over = false;
        const sending = (async () => {
          for (; !over; sent += 1) {
            sandbox.user(sent % 2 === 0 ? ANN : BEN).send(`load ${sent}`);
            await pause(12);
          }
        })();
        const ended: string[] = [];
        for (const replica of [...replicas, ...replicas]) {
          await pause(400);
          const started = performance.now();
          const code = await replica.terminate();
          ended.push(`${code} in ${Math.round(performance.now() - started)} ms`);
          expect(code).toBe(0);
          expect(performance.now() - started).toBeLessThan(10_000);
          await replica.start();
        }
        over = true;
        await sending;
        await fleet.quiet();
        console.log(
          `SIGTERM under load by ${mode}: ${sent} updates; exits ${ended.join(', ')}; failed posts ${sandbox.journal.counters.webhookFailures}`,
        );
        for (const [index, id] of [ANN, BEN].entries()) {
          const answers = sandbox.messages(id).flatMap((seen) => (seen.fromBot ? [textOf(seen)] : []));
          expect(answers).toEqual(
            Array.from({ length: Math.ceil((sent - index) / 2) }, (_, n) => `load ${2 * n + index}`),
          );
        }
        expect(await fleet.db.query("SELECT 1 FROM outbox WHERE state = 'failed' OR repeat")).toEqual([]);
        expect(sandbox.journal.counters.webhookFailures).toBe(0);
      } finally {
        await fleet.end();
      }
    },
  );

  it("one person's 2,000 messages keep nobody else waiting", async () => {
    const fleet = await startFleet(ground, { mode: 'polling', people: [ANN, BEN], count: 1, relaxed: true });
    const { sandbox } = fleet;
    try {
      const asks = async (count: number, spacing: number) => {
        const took: number[] = [];
        for (let n = 0; n < count; n += 1) {
          const before = sandbox.messages(BEN).filter((seen) => seen.fromBot).length;
          const started = performance.now();
          sandbox.user(BEN).send('/today');
          await until(
            'Ben is answered',
            () => sandbox.messages(BEN).filter((seen) => seen.fromBot).length > before,
            60_000,
          );
          took.push(performance.now() - started);
          await pause(spacing);
        }
        return took;
      };
      await asks(5, 50);
      const alone = median(await asks(15, 50));
      for (let n = 0; n < 2_000; n += 1) sandbox.user(ANN).send(`flood ${n}`);
      const slowest = (took: number[]) => Math.max(...took) / Math.max(alone, 20);
      // Who is starved is starved in every lot; a machine that stood still was so in one.
      let beside = await asks(10, 100);
      for (let lot = 1; lot < 4 && slowest(beside) >= 40; lot += 1) beside = await asks(10, 100);
      const left = 2_000 - sandbox.messages(ANN).filter((seen) => seen.fromBot).length;
      console.log(
        `fairness: alone ${Math.round(alone)} ms, beside a flood median ${Math.round(median(beside))} ms, worst ${Math.round(Math.max(...beside))} ms; ${left} of the flood still to come then`,
      );
      expect(left, 'the flood was over before it could disturb').toBeGreaterThan(0);
      expect(median(beside) / Math.max(alone, 20)).toBeLessThan(8);
      expect(slowest(beside)).toBeLessThan(40);
      await fleet.quiet(120_000);
      const answers = sandbox.messages(ANN).flatMap((seen) => (seen.fromBot ? [textOf(seen)] : []));
      expect(answers).toEqual(Array.from({ length: 2_000 }, (_, n) => `flood ${n}`));
    } finally {
      await fleet.end();
    }
  });

  it('memory does not grow with what it handled', async () => {
    const people = Array.from({ length: 20 }, (_, n) => 9200 + n);
    const fleet = await startFleet(ground, { mode: 'polling', people, count: 1, relaxed: true });
    const { sandbox, replicas } = fleet;
    try {
      const samples: number[] = [];
      const started = performance.now();
      const batch = MESSAGES / SAMPLES;
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        for (let n = 0; n < batch; n += 1)
          sandbox
            .user(people[n % people.length] ?? 0)
            .send(n % 3 === 0 ? '/list' : n % 3 === 1 ? '/help' : 'what is due today');
        const answered = batch * (sample + 0.7);
        await until('the batch was answered', () => sandbox.journal.counters.acceptedSends > answered, 60_000);
        samples.push(residentMb(replicas[0]?.pid() ?? 0));
      }
      await fleet.quiet(120_000);
      // The first fifth is warm-up: code compiled, caches filled.
      const early = median(samples.slice(SAMPLES / 5, SAMPLES / 2));
      const late = median(samples.slice(-SAMPLES / 4));
      console.log(
        `memory: ${MESSAGES} messages in ${Math.round((performance.now() - started) / 1000)} s; RSS ${samples.map((mb) => Math.round(mb)).join(' ')} MiB; late to early ${(late / early).toFixed(2)}`,
      );
      expect(late / early).toBeLessThan(1.25);
    } finally {
      await fleet.end();
    }
  });
});
