/** How late reminders arrive when a thousand fall due each second, beside bare pg-boss; and what the load does to memory. */
import { systemClock } from '../../../src/core/clock.ts';
import { digits, inversions, ms, slope, summary } from '../figures.ts';
import { residentMiB } from '../machine.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { end, environment, startModule } from '../stage/children.ts';
import { seedPeople, seedReminders } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { type Reminded, startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const PER_SECOND = 1_000;
const FIRST = 100_000;

interface Outcome {
  readonly reminded: readonly Reminded[];
  /** the ledger's own word: due to first attempt, ms */
  readonly ledger: readonly number[];
  readonly memory: ReadonlyArray<readonly [seconds: number, mib: number]>;
  readonly replies: readonly number[];
}

async function run(server: Server, seconds: number, chats: number): Promise<Outcome> {
  const database = await server.database();
  const standIn = await startStandIn();
  await seedPeople(database.db, FIRST, chats);
  await seedPeople(database.db, 7, 1);
  await standIn.people(Array.from({ length: chats }, (_, index) => FIRST + index));
  const steward = await startSteward({
    folder: server.folder('lateness'),
    settings: botSettings(standIn, database.url, [7]),
    mode: 'webhook',
  });
  try {
    await standIn.ask(7, '/help');
    // Enough ahead that writing them is over before the first is due.
    const lead = 3_000 + seconds * 250;
    const from = Math.ceil((systemClock.now() + lead) / 1000) * 1000;
    await seedReminders(database.db, { firstId: FIRST, chats, from, perSecond: PER_SECOND, seconds });
    const total = PER_SECOND * seconds;
    const memory: Array<readonly [number, number]> = [];
    const replies: number[] = [];
    const until = from + (seconds + 60) * 1000;
    for (let count = 0; count < total && systemClock.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (systemClock.now() > from) {
        memory.push([(systemClock.now() - from) / 1000, residentMiB(steward.pid)]);
        replies.push(await standIn.ask(7, '/today'));
      }
      count = await standIn.reminded();
    }
    // What is with Telegram is written down a moment later.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const rows = await database.db.query<{ latenessMs: number }>(
      'SELECT lateness_ms FROM deliveries WHERE lateness_ms IS NOT NULL',
    );
    return { reminded: await standIn.takeReminded(), ledger: rows.map((row) => row.latenessMs), memory, replies };
  } finally {
    await steward.stop();
    await standIn.stop();
    await database.drop();
  }
}

async function boss(server: Server, seconds: number): Promise<number[]> {
  const database = await server.database({ empty: true });
  const peer = startModule(
    new URL('../peers/boss.ts', import.meta.url),
    environment({
      DATABASE: JSON.stringify(database.connection),
      PER_SECOND: String(PER_SECOND),
      SECONDS: String(seconds),
      LEAD_MS: String(3_000 + seconds * 250),
    }),
  );
  try {
    return await new Promise<number[]>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('pg-boss did not finish')), (seconds + 90) * 1000);
      peer.once('message', (message: { late: number[] }) => {
        clearTimeout(timer);
        resolve(message.late);
      });
      peer.once('exit', (code) => reject(new Error(`pg-boss ended (${code})`)));
    });
  } finally {
    await end(peer);
    await database.drop();
  }
}

export const lateness = (server: Server) => ({
  name: 'lateness',
  async run(bench: Bench): Promise<Row[]> {
    const seconds = bench.quick ? 6 : 60;
    bench.note(`bare pg-boss, ${seconds} s`);
    const peer = summary(await boss(server, bench.quick ? 6 : 20));
    const rows: Row[] = [];
    const total = PER_SECOND * seconds;
    for (const [chats, where] of [
      [1_000, 'over 1,000 chats'],
      [1, 'all in one chat'],
    ] as const) {
      bench.note(`${where}, ${seconds} s`);
      const outcome = await run(server, seconds, chats);
      const ledger = summary(outcome.ledger);
      const arrived = summary(outcome.reminded.map((each) => each.late));
      const answers = summary(outcome.replies);
      const disordered = [...Map.groupBy(outcome.reminded, (each) => each.chat).values()].reduce(
        (sum, list) => sum + inversions(list.map((each) => each.due)),
        0,
      );
      rows.push(
        judged(ledger.p99 < 1000 && ledger.count === total && arrived.count === total, {
          what: `lateness, 1,000 due a second for ${seconds} s, ${where}`,
          measured: `p50 ${ms(ledger.p50)}, p99 ${ms(ledger.p99)} to first attempt; p99 ${ms(arrived.p99)} to arrival; ${arrived.count.toLocaleString('en')} of ${total.toLocaleString('en')}`,
          target: 'p99 < 1 s to first attempt, none lost',
          beside: `bare pg-boss p50 ${ms(peer.p50)}, p99 ${ms(peer.p99)}; ${disordered} out of order in a chat`,
        }),
        judged(answers.p99 < 1000, {
          what: `answers meanwhile, ${where}`,
          measured: `p50 ${ms(answers.p50)}, p99 ${ms(answers.p99)}`,
          target: 'p99 < 1 s',
          beside: `${answers.count} messages of one person`,
        }),
      );
      const settled = outcome.memory.filter(([at]) => at > seconds / 3);
      const perMinute = slope(settled) * 60;
      if (!bench.quick) {
        rows.push({
          what: `memory under that load, ${where}`,
          measured: `${digits(settled.at(-1)?.[1] ?? Number.NaN)} MB at the end, ${digits(perMinute)} MB a minute`,
          target: 'slope 0',
          beside: `highest ${digits(Math.max(...outcome.memory.map(([, mib]) => mib)))} MB`,
          verdict: perMinute < 20 ? 'met' : 'missed',
        });
      }
    }
    return rows;
  },
});
