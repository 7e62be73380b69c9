/** From a person's message to the answer in their chat, for every command, by the number of tasks. */
import { digits, ms, type Summary, summary } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { seedPeople, seedTasks } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { type StandInProcess, startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const SIZES = [10, 1_000, 10_000] as const;
const FIRST = 5_000;

/** What people send; '{n}' a new number each time, '{t}' the number of a task that is there. */
const MESSAGES = [
  'call Bob tomorrow 3pm about {n}',
  'remind me to stretch in {n} minutes',
  'buy milk {n}',
  '/list',
  '/today',
  '/week',
  '/overdue',
  '/someday',
  '/list #sales',
  '/search offer acme',
  'offer acme?',
  '/task {t}',
  '/edit {t} Call Bobby {n}',
  '/due {t} tomorrow 15:00',
  '/priority {t} high',
  '/tag {t} home',
  '/note {t} asked for Friday',
  '/defer {t} monday',
  '/estimate {t} 30m',
  '/done {t}',
  '/reopen {t}',
  '/undo',
  '/history',
  '/remind {n}m stretch',
  '/reminders',
  '/settings',
  '/help',
  '/status',
] as const;

interface Measured {
  readonly text: string;
  readonly times: Summary;
}

async function measure(standIn: StandInProcess, user: number, rounds: number): Promise<Measured[]> {
  let n = 1;
  const times = new Map<string, number[]>();
  for (let round = -3; round < rounds; round += 1) {
    for (const text of MESSAGES) {
      n += 1;
      const words = text.replace('{n}', String(n)).replace('{t}', String(1 + (Math.max(0, round) % 9)));
      const took = await standIn.ask(user, words);
      if (round >= 0) times.set(text, [...(times.get(text) ?? []), took]);
    }
  }
  return [...times].map(([text, each]) => ({ text, times: summary(each) }));
}

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
      measured.push(await measure(standIn, user, rounds));
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
  const shown = (one: Measured | undefined) =>
    one ? `${one.text.replace(/ .*\{.*$/, ' …')} ${ms(one.times.p99)}` : '';
  return `slowest p99: ${shown(first)}, ${shown(second)}`;
}

export const reply = (server: Server) => ({
  name: 'reply',
  async run(bench: Bench): Promise<Row[]> {
    const rows: Row[] = [];
    for (const mode of ['webhook', 'polling'] as const) {
      const measured = await all(server, bench, mode, bench.quick ? 8 : 60);
      const p50 = (size: number) => Math.max(...(measured[size]?.map((one) => one.times.p50) ?? []));
      for (const [index, size] of SIZES.entries()) {
        const each = measured[index] ?? [];
        const [worst50, worst99] = [p50(index), Math.max(...each.map((one) => one.times.p99))];
        if (process.env['BENCH_DETAIL']) {
          for (const one of each) bench.note(`  ${one.text}: p50 ${ms(one.times.p50)} p99 ${ms(one.times.p99)}`);
        }
        rows.push(
          judged(worst50 < 10 && worst99 < 50, {
            what: `update to reply, ${mode}, ${size.toLocaleString('en')} tasks`,
            measured: `slowest command: p50 ${ms(worst50)}, p99 ${ms(worst99)}`,
            target: 'every command p50 < 10 ms, p99 < 50 ms',
            beside: size === 10 ? slowest(each) : `${digits(worst50 / p50(0))} × of 10 tasks; ${slowest(each)}`,
          }),
        );
      }
    }
    return rows;
  },
});
