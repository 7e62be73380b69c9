/** One person's flood beside another's few messages; and many people beside one. */
import { digits, ms, summary } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { seedPeople } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const [FLOODING, ASKING] = [71, 72];

/** Promise 17: one owner's load never starves another's. */
export const fairness = (server: Server) => ({
  name: 'fairness',
  async run(bench: Bench): Promise<Row[]> {
    const database = await server.database();
    const standIn = await startStandIn();
    await standIn.people([FLOODING, ASKING]);
    const steward = await startSteward({
      folder: server.folder('fairness'),
      settings: botSettings(standIn, database.url, [FLOODING, ASKING]),
      mode: 'webhook',
    });
    try {
      const calm: number[] = [];
      for (let each = 0; each < 30; each += 1) calm.push(await standIn.ask(ASKING, '/today'));
      let over = false;
      const texts = Array.from({ length: bench.quick ? 500 : 3_000 }, (_, index) => `buy milk ${index}`);
      const flood = standIn.burst(FLOODING, texts).finally(() => {
        over = true;
      });
      const beside: number[] = [];
      while (!over) beside.push(await standIn.ask(ASKING, '/today'));
      const took = await flood;
      const [peace, crowd] = [summary(calm), summary(beside)];
      return [
        judged(crowd.p99 < 1000, {
          what: `answers beside one person's ${texts.length.toLocaleString('en')} messages at once`,
          measured: `p50 ${ms(crowd.p50)}, p99 ${ms(crowd.p99)}`,
          target: 'p99 < 1 s',
          beside: `in peace p50 ${ms(peace.p50)}; the flood took ${ms(took)} (${digits((texts.length / took) * 1000)}/s in one chat)`,
        }),
      ];
    } finally {
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});

/** Latency in the number of owners. */
export const growth = (server: Server) => ({
  name: 'growth',
  async run(bench: Bench): Promise<Row[]> {
    const counts = bench.quick ? [1, 1_000] : [1, 100, 10_000];
    const medians: number[] = [];
    for (const count of counts) {
      bench.note(`${count} owners`);
      const database = await server.database();
      const standIn = await startStandIn();
      await seedPeople(database.db, 1_000_000, count);
      // As if invited: people of the configuration are few.
      await database.db.query(
        `INSERT INTO invitations (code_hash, created_by, created_at, expires_at, used_by, used_at)
         SELECT 'bench-' || id, id, clock_timestamp(), clock_timestamp(), id, clock_timestamp() FROM people`,
      );
      await database.db.query(
        `INSERT INTO tasks (space_id, number, title, created_by, created_at)
         SELECT s.id, n, 'Matter ' || n, s.owner_id, clock_timestamp() FROM spaces s, generate_series(1, 20) n`,
      );
      await database.db.query('UPDATE spaces SET next_number = 21');
      await database.db.query('ANALYZE');
      const people = Array.from(
        { length: Math.min(count, 20) },
        (_, index) => 1_000_000 + index * Math.floor(count / Math.min(count, 20)),
      );
      await standIn.people(people);
      const steward = await startSteward({
        folder: server.folder('growth'),
        settings: botSettings(standIn, database.url, [1_000_000]),
        mode: 'webhook',
      });
      try {
        const times: number[] = [];
        for (let round = -20; round < (bench.quick ? 60 : 200); round += 1) {
          const person = people[(round + 20) % people.length] ?? 1_000_000;
          const took = await standIn.ask(person, round % 2 === 0 ? `buy milk ${round}` : '/list');
          if (round >= 0) times.push(took);
        }
        medians.push(summary(times).p50);
      } finally {
        await steward.stop();
        await standIn.stop();
        await database.drop();
      }
    }
    const ratio = (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN);
    return [
      judged(ratio < 1.5, {
        what: `update to reply by the number of owners, 20 tasks each`,
        measured: counts
          .map((count, index) => `${count.toLocaleString('en')}: ${ms(medians[index] ?? Number.NaN)}`)
          .join(', '),
        target: 'constant',
        beside: `${ratio.toFixed(2)} × of one owner (p50)`,
      }),
    ];
  },
});
