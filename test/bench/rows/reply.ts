/** From a person's message to the answer in their chat, for every command, by the number of tasks. */
import { digits, ms } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { seedPeople, seedTasks } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { startStandIn } from '../stage/standin.ts';
import { type Measured, walk } from '../stage/steps.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const SIZES = [10, 10_000] as const;
const FIRST = 5_000;

async function all(server: Server, bench: Bench, mode: 'polling' | 'webhook', rounds: number): Promise<Measured[][]> {
  const database = await server.database();
  const standIn = await startStandIn();
  const users = SIZES.map((_, index) => FIRST + index);
  await seedPeople(database.db, FIRST, users.length);
  for (const [index, size] of SIZES.entries()) await seedTasks(database.db, FIRST + index, size);
  await database.db.query('ANALYZE');
  const steward = await startSteward({
    folder: server.folder('reply'),
    settings: botSettings(standIn, database.url, users),
    mode,
  });
  try {
    const measured: Measured[][] = [];
    for (const [index, user] of users.entries()) {
      bench.note(`${mode}, ${SIZES[index]} tasks`);
      measured.push(await walk(standIn, user, rounds));
    }
    return measured;
  } finally {
    await steward.stop();
    await standIn.stop();
    await database.drop();
  }
}

/** The two slowest commands, for whoever wants to make them faster. */
function slowest(measured: readonly Measured[]): string {
  const [first, second] = [...measured].sort((a, b) => b.times.p99 - a.times.p99);
  const shown = (one: Measured | undefined) => (one ? `${one.what} ${ms(one.times.p99)}` : '');
  return `slowest p99: ${shown(first)}, ${shown(second)}`;
}

export const reply = (server: Server) => ({
  name: 'reply',
  async run(bench: Bench): Promise<Row[]> {
    const rows: Row[] = [];
    for (const mode of ['webhook', 'polling'] as const) {
      const measured = await all(server, bench, mode, bench.quick ? 4 : 40);
      const p50 = (size: number) => Math.max(...(measured[size]?.map((one) => one.times.p50) ?? []));
      for (const [index, size] of SIZES.entries()) {
        const each = measured[index] ?? [];
        const [worst50, worst99] = [p50(index), Math.max(...each.map((one) => one.times.p99))];
        rows.push(
          judged(worst50 < 10 && worst99 < 50, {
            what: `update to reply, ${mode}, a small database, ${size.toLocaleString('en')} tasks`,
            measured: `slowest command: p50 ${ms(worst50)}, p99 ${ms(worst99)}`,
            target: 'every command and button p50 < 10 ms, p99 < 50 ms',
            beside: size === 10 ? slowest(each) : `${digits(worst50 / p50(0))} × of 10 tasks; ${slowest(each)}`,
          }),
        );
      }
    }
    return rows;
  },
});
