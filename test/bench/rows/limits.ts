/** Reminders under Telegram's limits: in order of their due time, none starved, and people still answered. */
import { systemClock } from '../../../src/core/clock.ts';
import { digits, inversions, ms, summary } from '../figures.ts';
import { type Bench, judged, type Row } from '../report.ts';
import { seedPeople, seedReminders } from '../stage/seed.ts';
import type { Server } from '../stage/server.ts';
import { startStandIn } from '../stage/standin.ts';
import { botSettings, startSteward } from '../stage/steward.ts';

const FIRST = 200_000;
const ASKING = Array.from({ length: 40 }, (_, index) => 300 + index);
/** Somebody asks this often, answered before or not: what waits is seen by as many as it would be. */
const ASKED_EVERY_MS = 250;

/** At Telegram's own servers its documented limit is kept from the start; any other Bot API server tells its limits by refusing. */
const WAYS = [
  { known: 'kept from the start', settings: { TELEGRAM_SEND_RATE: '30' } },
  { known: 'learned by refusals', settings: {} },
] as const;

async function measured(server: Server, bench: Bench, { known, settings }: (typeof WAYS)[number]): Promise<Row[]> {
  const [perSecond, seconds] = bench.quick ? [60, 8] : [60, 20];
  const total = perSecond * seconds;
  const database = await server.database();
  const standIn = await startStandIn({ limits: true });
  // Every reminder in a chat of its own: what holds them back is the limit of all.
  await seedPeople(database.db, FIRST, total);
  await standIn.people([...Array.from({ length: total }, (_, index) => FIRST + index), ...ASKING]);
  const steward = await startSteward({
    folder: server.folder('limits'),
    settings: { ...botSettings(standIn, database.url, ASKING), ...settings },
    mode: 'webhook',
  });
  try {
    await standIn.ask(ASKING[0] ?? 300, '/help');
    const from = Math.ceil((systemClock.now() + 3_000) / 1000) * 1000;
    await seedReminders(database.db, { firstId: FIRST, chats: total, from, perSecond, seconds });
    const replies: Array<Promise<number>> = [];
    const until = from + (total / 20 + 20) * 1000;
    for (let count = 0, turn = 0; count < total && systemClock.now() < until; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
      if (systemClock.now() > from) replies.push(standIn.ask(ASKING[turn % ASKING.length] ?? 300, '/today'));
      count = await standIn.reminded();
    }
    const answers = summary(await Promise.all(replies));
    const reminded = await standIn.takeReminded();
    const tookSeconds = Math.max(...reminded.map((each) => each.due + each.late - from)) / 1000;
    const order = inversions(reminded.map((each) => each.due));
    return [
      judged(order <= total / 100 && reminded.length === total, {
        what: `${total.toLocaleString('en')} reminders, ${perSecond} due a second, Telegram's limits on, ${known}`,
        measured: `${reminded.length.toLocaleString('en')} arrived at ${digits(reminded.length / tookSeconds)} a second; ${order} before an earlier one`,
        target: 'in order of due time, none lost',
        beside: `limit 30/s: ${digits((reminded.length / tookSeconds / 30) * 100)} % of it used`,
      }),
      judged(answers.p99 < 1000, {
        what: `answers to people meanwhile, limits ${known}`,
        measured: `p50 ${ms(answers.p50)}, p99 ${ms(answers.p99)}, the slowest ${ms(answers.max)}`,
        target: 'p99 < 1 s',
        beside: `${answers.count} messages of ${ASKING.length} people`,
      }),
    ];
  } finally {
    await steward.stop();
    await standIn.stop();
    await database.drop();
  }
}

export const limits = (server: Server) => ({
  name: 'limits',
  async run(bench: Bench): Promise<Row[]> {
    const rows: Row[] = [];
    for (const way of WAYS) rows.push(...(await measured(server, bench, way)));
    return rows;
  },
});
