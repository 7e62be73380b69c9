/** Search among a million tasks of one owner, and among ten thousand of another beside them, from message to answer. */

import { iso, systemClock } from '../../../src/core/clock.ts';
import type { Database } from '../../../src/storage/database.ts';
import { ms, type Summary, summary } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { type Filling, fill } from '../stage/fill.ts';
import { seedPeople } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { type StandInProcess, startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const FIRST = 6_000;
const [ALL, ONE] = [FIRST, FIRST + 1];

/** Common words and rare ones, beginnings, accents, words that never stand together, filters alone and with words. */
const QUERIES = [
  'call',
  'позвонить',
  'café',
  'счёт',
  'счет',
  'c',
  'п',
  '1',
  'kaloka',
  'call kaloka',
  'call the',
  'buy call',
  'купить позвонить',
  'c п',
  'nothinglikethis',
  'call status:done',
  'call priority:urgent',
  'call tag:rare',
  'call client:Rare',
  'call client:Acme project:Acme',
  'call due:week',
  'call created:2026-11',
  'call status:done priority:low',
  'status:done',
  'tag:rare',
  'due:today',
  'due:week status:open',
  'priority:urgent client:Rare',
  'купить tag:sales priority:high status:review due:month',
] as const;

interface Measured {
  readonly text: string;
  readonly times: Summary;
}

async function measure(standIn: StandInProcess, user: number, rounds: number): Promise<Measured[]> {
  const times = new Map<string, number[]>();
  for (let round = -1; round < rounds; round += 1) {
    for (const text of QUERIES) {
      const took = await standIn.ask(user, `/search ${text}`);
      if (round >= 0) times.set(text, [...(times.get(text) ?? []), took]);
    }
  }
  return [...times].map(([text, each]) => ({ text, times: summary(each) }));
}

/** How long the newest 600 of a common word take by one list of each word for the whole table, as full-text search is set up commonly. */
async function bare(db: Database): Promise<number> {
  await db.query('CREATE INDEX bench_words ON task_words USING gin (words)');
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    await db.query(
      `SELECT t.id FROM task_words w JOIN tasks t ON t.id = w.task_id
        WHERE t.space_id = $1 AND w.words @@ '''call'':*'::tsquery ORDER BY t.id DESC LIMIT 600`,
      [(await db.query<{ spaceId: number }>('SELECT space_id FROM tasks ORDER BY id LIMIT 1'))[0]?.spaceId],
    );
    times.push(performance.now() - begun);
  }
  await db.query('DROP INDEX bench_words');
  return summary(times).p50;
}

export const search = (server: Server) => ({
  name: 'search',
  async run(bench: Bench): Promise<Row[]> {
    const many = bench.quick ? 200_000 : 1_000_000;
    const owners: Filling[] = Array.from({ length: 11 }, (_, index) => ({
      telegramId: FIRST + index,
      tasks: index === 0 ? many : 10_000,
      history: 0,
    }));
    const database = await server.database();
    const standIn = await startStandIn();
    await seedPeople(database.db, FIRST, owners.length);
    await fill(database, owners, iso(systemClock.now()).slice(0, 10));
    bench.note('filled');
    const peer = await bare(database.db);
    const steward = await startSteward({
      folder: server.folder('search'),
      settings: botSettings(standIn, database.url, [ALL, ONE]),
      mode: 'webhook',
    });
    try {
      const rows: Row[] = [];
      for (const [user, tasks] of [
        [ALL, many],
        [ONE, 10_000],
      ] as const) {
        bench.note(`one owner's ${tasks}`);
        const measured = await measure(standIn, user, bench.quick ? 4 : 25);
        const slowest = measured.reduce((a, b) => (b.times.p99 > a.times.p99 ? b : a));
        const typical = summary(measured.map((one) => one.times.p50));
        rows.push(
          judged(slowest.times.p99 < 100, {
            what: `search among one owner's ${tasks.toLocaleString('en')} of ${(many + 100_000).toLocaleString('en')} tasks`,
            measured: `${QUERIES.length} searches: median ${ms(typical.p50)}; slowest p50 ${ms(typical.max)}, p99 ${ms(slowest.times.p99)} (${slowest.text})`,
            target: 'p99 < 100 ms, each',
            beside: user === ALL ? `"call" by a plain full-text index, statement alone: ${ms(peer)}` : '',
          }),
        );
        if (bench.detail)
          rows.push(
            ...measured.map((one) =>
              judged(one.times.p99 < 100, {
                what: `  ${one.text}`,
                measured: `p50 ${ms(one.times.p50)}, p99 ${ms(one.times.p99)}`,
                target: '',
                beside: '',
              }),
            ),
          );
      }
      return rows;
    } finally {
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});
