/** Every command in one large database: 10,000 owners, 200,000 tasks, 1,000,000 rows of history; by the number of the asking owner's tasks. */
import { iso, systemClock } from '../../../src/core/clock.ts';
import { digits, ms } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { type Filling, fill } from '../stage/fill.ts';
import { seedPeople, seedReminders } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { startStandIn } from '../stage/standin.ts';
import { type Measured, walk } from '../stage/steps.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const FIRST = 5_000;
const SIZES = [10, 1_000, 100_000] as const;
const SHARES = [0.0001, 0.01, 0.6];

/** Of the whole database; a quick run has a tenth of the owners and of the history. */
interface Extent {
  readonly owners: number;
  readonly history: number;
}
const WHOLE: Extent = { owners: 10_000, history: 1_000_000 };
const QUICK: Extent = { owners: 1_000, history: 100_000 };
/** Tasks of each of the others. */
const EACH = 10;

/** The three who ask, the largest with most of the history, and the many others. */
function fillings({ owners, history }: Extent): Filling[] {
  const asking = SIZES.map((tasks, index) => ({
    telegramId: FIRST + index,
    tasks,
    history: Math.round(history * (SHARES[index] ?? 0)),
  }));
  const others = Array.from({ length: owners - SIZES.length }, (_, index) => ({
    telegramId: FIRST + SIZES.length + index,
    tasks: EACH,
    history: Math.ceil((history * 0.39) / owners),
  }));
  return [...asking, ...others];
}

const worst = (measured: readonly Measured[], by: 'p50' | 'p99') =>
  measured.reduce((a, b) => (b.times[by] > a.times[by] ? b : a));

export const size = (server: Server) => ({
  name: 'size',
  async run(bench: Bench): Promise<Row[]> {
    const extent = bench.quick ? QUICK : WHOLE;
    const database = await server.database();
    const standIn = await startStandIn();
    const users = SIZES.map((_, index) => FIRST + index);
    await seedPeople(database.db, FIRST, extent.owners);
    await fill(database, fillings(extent), iso(systemClock.now()).slice(0, 10));
    for (const [index, tasks] of SIZES.entries())
      await seedReminders(database.db, {
        firstId: FIRST + index,
        chats: 1,
        from: systemClock.now() + 86_400_000,
        perSecond: 1,
        seconds: Math.min(1000, tasks / 10),
      });
    // Not to be taken for reminders that arrived.
    await database.db.query(`UPDATE reminders SET text = 'Look after matter ' || number`);
    bench.note('filled');
    const steward = await startSteward({
      folder: server.folder('size'),
      settings: botSettings(standIn, database.url, users),
      mode: 'webhook',
    });
    try {
      const measured: Measured[][] = [];
      for (const [index, user] of users.entries()) {
        bench.note(`${SIZES[index]} tasks`);
        measured.push(await walk(standIn, user, bench.quick ? 8 : 50));
      }
      return table(measured, extent, bench);
    } finally {
      for (const complaint of steward.complaints.slice(0, 5)) bench.note(complaint);
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});

function table(measured: readonly Measured[][], { owners, history }: Extent, bench: Bench): Row[] {
  const [few = []] = measured;
  const what = (one: Measured) => `${one.what} ${ms(one.times.p99)}`;
  const rows = measured.map((each, index) => {
    const slow = worst(each, 'p99');
    return judged(worst(each, 'p50').times.p50 < 10 && slow.times.p99 < 50, {
      what: `update to reply, ${SIZES[index]?.toLocaleString('en')} tasks beside ${owners.toLocaleString('en')} owners and ${history.toLocaleString('en')} rows of history`,
      measured: `slowest of ${each.length}: p50 ${ms(worst(each, 'p50').times.p50)} (${worst(each, 'p50').what}), p99 ${what(slow)}`,
      target: 'every command and button p50 < 10 ms, p99 < 50 ms',
      beside: index === 0 ? '' : `median of ratios to 10 tasks: ${digits(median(ratios(few, each)))} ×`,
    });
  });
  if (bench.detail) rows.push(...few.map((one) => detail(one.what, measured)));
  return rows;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function ratios(few: readonly Measured[], many: readonly Measured[]): number[] {
  return few.flatMap((one) => {
    const other = many.find((each) => each.what === one.what);
    return other ? [other.times.p50 / one.times.p50] : [];
  });
}

/** One command at each size. */
function detail(what: string, measured: readonly Measured[][]): Row {
  const each = measured.map((list) => list.find((one) => one.what === what)?.times);
  const shown = each.map((times) => (times ? `${digits(times.p50)} / ${digits(times.p99)}` : '–'));
  const [first, last] = [each[0], each.at(-1)];
  return judged(
    each.every((times) => times === undefined || (times.p50 < 10 && times.p99 < 50)),
    {
      what: `  ${what}`,
      measured: `${shown.join(', ')} ms`,
      target: 'p50 / p99 at 10, 1,000, 100,000',
      beside: first && last ? `${digits(last.p50 / first.p50)} ×` : '',
    },
  );
}
