/** Three replicas that are killed, replaced and cut off while Telegram fails and people go on: the outcome equals that of one quiet process. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/sandbox/faults/faults.ts';
import { type Mode, modes, textOf, until } from '../e2e/steward.ts';
import { type Fleet, type Ground, startFleet, startGround } from './fleet.ts';
import type { Replica } from './replica.ts';
import { answerReminders, answersOf, copies, outcome, PEOPLE, REMINDERS, steps } from './script.ts';

const ROUNDS = 30;
const STORM_MS = 32_000;
const LEAST_KILLS = 4;
const SEED = 20_261_122;

interface Figures {
  kills: number;
  rolled: number;
  databaseRestarts: number;
  /** rows on their way when a process was killed: their answers may have come after its death */
  inHandAtDeaths: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everyone goes through the script at their own pace, all over `durationMs`. */
async function traffic(fleet: Fleet, durationMs: number): Promise<void> {
  await Promise.all(
    PEOPLE.map(async (id) => {
      const user = fleet.sandbox.user(id, { first_name: `U${id}` });
      const script = steps(user, `u${id}`, ROUNDS);
      const started = performance.now();
      let taken = 0;
      const total = REMINDERS + ROUNDS * 2.3;
      while (!script.next().done) {
        taken += 1;
        const due = (durationMs * taken) / total;
        const ahead = due - (performance.now() - started);
        if (ahead > 0) await pause(ahead);
      }
    }),
  );
}

async function remindersAreOut(fleet: Fleet): Promise<void> {
  await until(
    'every reminder came',
    () =>
      PEOPLE.every((id) =>
        Array.from({ length: REMINDERS }, (_, n) => n).every(
          (n) => copies(fleet.sandbox, id, `u${id} ping ${n}`).length > 0,
        ),
      ),
    90_000,
  );
}

async function finish(fleet: Fleet): Promise<void> {
  await fleet.quiet();
  await remindersAreOut(fleet);
  await fleet.quiet();
  expect(answerReminders(fleet.sandbox)).toBe(PEOPLE.length * REMINDERS);
  await fleet.quiet();
}

async function storm(fleet: Fleet, ground: Ground, going: Promise<void>): Promise<Figures> {
  const figures: Figures = { kills: 0, rolled: 0, databaseRestarts: 0, inHandAtDeaths: 0 };
  const random = seededRandom(SEED);
  const { sandbox, db, replicas } = fleet;
  const lossy = 'sendMessage';
  sandbox.faults.add({ method: lossy, probability: 0.03, effect: { kind: 'reset', accepted: true } });
  sandbox.faults.add({ method: lossy, probability: 0.03, effect: { kind: 'reset', accepted: false } });
  sandbox.faults.add({ method: lossy, probability: 0.03, effect: { kind: 'status', code: 500, accepted: false } });
  sandbox.faults.add({ method: lossy, probability: 0.02, effect: { kind: 'status', code: 502, accepted: true } });
  sandbox.faults.add({ method: lossy, probability: 0.02, effect: { kind: 'flood', seconds: 1, scope: 'chat' } });
  sandbox.faults.add({ method: lossy, probability: 0.002, effect: { kind: 'flood', seconds: 1, scope: 'global' } });
  sandbox.faults.add({ method: lossy, count: 2, after: 60, effect: { kind: 'silence', accepted: true } });
  sandbox.faults.add({ probability: 0.05, effect: { kind: 'delay', ms: 120 } });
  sandbox.disturb({ duplicate: 0.1, reorder: fleet.mode === 'webhook' ? 0.1 : 0 });
  let over = false;
  void going.then(() => {
    over = true;
  });
  const starting = new Map<Replica, Promise<void>>();
  /** starts that failed: told in the next round, with their reasons */
  const failed: unknown[] = [];
  const restart = (replica: Replica) => {
    const start = replica.start().catch((error: unknown) => void failed.push(error));
    starting.set(
      replica,
      start.finally(() => starting.delete(replica)),
    );
  };
  // A slow machine starts them slowly: the storm lasts until there was one.
  for (let round = 0; !over || figures.kills < LEAST_KILLS; round += 1) {
    await pause(700 + random() * 1_000);
    // One may be down while the next falls; never all three.
    while (starting.size > 1) await Promise.race(starting.values());
    expect(fleet.unasked).toEqual([]);
    expect(failed).toEqual([]);
    const up = replicas.filter((one) => !starting.has(one));
    const replica = up[Math.floor(random() * up.length)];
    if (!replica) continue;
    if (round === 4) {
      figures.databaseRestarts += 1;
      await ground.restart();
    } else if (round % 3 === 2) {
      figures.rolled += 1;
      expect(await replica.terminate(), replica.log.slice(-8).join('')).toBe(0);
      restart(replica);
    } else {
      const [row] = await db
        .query<{ count: number }>("SELECT count(*)::int AS count FROM outbox WHERE state = 'sending'")
        .catch(() => [{ count: 0 }]);
      figures.kills += 1;
      await replica.kill();
      const [after] = await db
        .query<{ count: number }>("SELECT count(*)::int AS count FROM outbox WHERE state = 'sending'")
        .catch(() => [{ count: 0 }]);
      figures.inHandAtDeaths += Math.max(row?.count ?? 0, after?.count ?? 0);
      restart(replica);
    }
  }
  await Promise.all(starting.values());
  expect(fleet.unasked).toEqual([]);
  expect(failed).toEqual([]);
  sandbox.faults.clear();
  sandbox.limits.clear();
  sandbox.disturb({});
  return figures;
}

describe('a storm', () => {
  let ground: Ground;
  let expected: { outcome: unknown; answers: string[][] };
  beforeAll(async () => {
    ground = await startGround();
    const quiet = await startFleet(ground, { mode: 'polling', people: PEOPLE, count: 1 });
    try {
      await traffic(quiet, 12_000);
      await finish(quiet);
      expected = { outcome: await outcome(quiet.db), answers: PEOPLE.map((id) => answersOf(quiet.sandbox, id)) };
    } finally {
      await quiet.end();
    }
  }, 120_000);
  afterAll(() => ground.stop());

  it.each(modes)('over three replicas by %s leaves what one quiet process leaves', async (mode: Mode) => {
    const fleet = await startFleet(ground, { mode, people: PEOPLE, count: 3, seed: SEED });
    const { sandbox, db } = fleet;
    try {
      const going = traffic(fleet, STORM_MS);
      const figures = await storm(fleet, ground, going);
      await going;
      const calmFrom = performance.now();
      await finish(fleet);
      const [late] = await db.query<{ p50: number; p99: number; count: number; repeats: number }>(
        `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lateness_ms)::float8 AS p50, percentile_cont(0.99) WITHIN GROUP (ORDER BY lateness_ms)::float8 AS p99,
                count(*)::int AS count, sum(repeats)::int AS repeats FROM deliveries WHERE first_attempt_at IS NOT NULL`,
      );
      const each = PEOPLE.flatMap((id) =>
        Array.from({ length: REMINDERS }, (_, n) => copies(sandbox, id, `u${id} ping ${n}`)),
      );
      const doubles = each.reduce((sum, seen) => sum + seen.length - 1, 0);
      const lost = each.filter((seen) => seen.length === 0).length;
      const lostReminderAnswers = each.flat().filter((seen) => seen.answerLost).length;
      const { updates, lostSends, floods, calls } = sandbox.journal.counters;
      console.log(
        `storm by ${mode}: ${updates} updates, ${calls} calls, ${figures.kills} kills, ${figures.rolled} rolling restarts, ${figures.databaseRestarts} database restarts, ` +
          `${lostSends} lost answers (${lostReminderAnswers} of reminders), ${figures.inHandAtDeaths} in hand at deaths, ${floods} times 429; ` +
          `reminders: ${each.length}, lost ${lost}, doubled ${doubles} (ledger: ${late?.repeats}), late p50 ${Math.round(late?.p50 ?? 0)} ms p99 ${Math.round(late?.p99 ?? 0)} ms; ` +
          `settled ${Math.round(performance.now() - calmFrom)} ms after the storm`,
      );
      expect(fleet.unasked).toEqual([]);
      expect(await outcome(db)).toEqual(expected.outcome);
      expect(PEOPLE.map((id) => answersOf(sandbox, id))).toEqual(expected.answers);
      expect(lost).toBe(0);
      expect(doubles).toBeLessThanOrEqual(lostReminderAnswers + figures.inHandAtDeaths);
      for (const seen of each) {
        const unmarked = seen.filter((one) => !(one.edits[0]?.message.text ?? textOf(one)).includes('(repeat)'));
        expect(unmarked.length).toBeLessThanOrEqual(1);
      }
      expect(late?.repeats).toBeGreaterThanOrEqual(each.filter((seen) => seen.length > 1).length);
      expect(figures.kills).toBeGreaterThanOrEqual(LEAST_KILLS);
      expect(lostSends).toBeGreaterThan(5);
      expect(
        await db.query(
          "SELECT kind, summary FROM stored_errors WHERE summary NOT LIKE '%57P%' AND summary NOT LIKE '%08%'",
        ),
      ).toEqual([]);
    } finally {
      await fleet.end();
    }
  });
});
