/** The peer for lateness: pg-boss alone, so many jobs due each second, a worker that does nothing but look at the clock. */
import { PgBoss } from 'pg-boss';
import { systemClock } from '../../../src/core/clock.ts';

const { DATABASE = '{}', PER_SECOND = '1000', SECONDS = '10', LEAD_MS = '5000' } = process.env;
const perSecond = Number(PER_SECOND);
const seconds = Number(SECONDS);
const boss = new PgBoss({ ...JSON.parse(DATABASE), max: 10, supervise: false, schedule: false });
boss.on('error', (error) => console.error(error.message));
await boss.start();
await boss.createQueue('bench');
const from = Math.ceil((systemClock.now() + Number(LEAD_MS)) / 1000) * 1000;
for (let second = 0; second < seconds; second += 1) {
  const due = from + second * 1000;
  await boss.insert(
    'bench',
    Array.from({ length: perSecond }, () => ({ data: { due }, startAfter: new Date(due) })),
  );
}
const late: number[] = [];
const begun = systemClock.now();
await boss.work<{ due: number }>('bench', { batchSize: 1000, pollingIntervalSeconds: 0.5 }, async (jobs) => {
  const now = systemClock.now();
  for (const job of jobs) late.push(now - job.data.due);
  if (late.length >= perSecond * seconds) process.send?.({ late, insertedLate: begun > from });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
