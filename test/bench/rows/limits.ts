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

export const limits = (server: Server) => ({
  name: 'limits',
  async run(bench: Bench): Promise<Row[]> {
    const [perSecond, seconds] = bench.quick ? [60, 8] : [60, 20];
    const total = perSecond * seconds;
    const database = await server.database();
    const standIn = await startStandIn({ limits: true });
    // Every reminder in a chat of its own: what holds them back is the limit of all.
    await seedPeople(database.db, FIRST, total);
    await standIn.people([...Array.from({ length: total }, (_, index) => FIRST + index), ...ASKING]);
    const steward = await startSteward({
      folder: server.folder('limits'),
      settings: botSettings(standIn, database.url, ASKING),
      mode: 'webhook',
    });
    try {
      await standIn.ask(ASKING[0] ?? 300, '/help');
      const from = Math.ceil((systemClock.now() + 3_000) / 1000) * 1000;
      await seedReminders(database.db, { firstId: FIRST, chats: total, from, perSecond, seconds });
      const replies: number[] = [];
      const until = from + (total / 20 + 20) * 1000;
      for (let count = 0, turn = 0; count < total && systemClock.now() < until; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        if (systemClock.now() > from) replies.push(await standIn.ask(ASKING[turn % ASKING.length] ?? 300, '/today'));
        count = await standIn.reminded();
      }
      const reminded = await standIn.takeReminded();
      const tookSeconds = Math.max(...reminded.map((each) => each.due + each.late - from)) / 1000;
      const order = inversions(reminded.map((each) => each.due));
      const answers = summary(replies);
      return [
        judged(order <= total / 100 && reminded.length === total, {
          what: `${total.toLocaleString('en')} reminders, ${perSecond} due a second, Telegram's limits on`,
          measured: `${reminded.length.toLocaleString('en')} arrived at ${digits(reminded.length / tookSeconds)} a second; ${order} before an earlier one`,
          target: 'in order of due time, none lost',
          beside: `limit 30/s: ${digits((reminded.length / tookSeconds / 30) * 100)} % of it used`,
        }),
        judged(answers.p99 < 1000, {
          what: 'answers to people meanwhile',
          measured: `p50 ${ms(answers.p50)}, p99 ${ms(answers.p99)}`,
          target: 'p99 < 1 s',
          beside: `${answers.count} messages of ${ASKING.length} people`,
        }),
      ];
    } finally {
      await steward.stop();
      await standIn.stop();
      await database.drop();
    }
  },
});
