/** Housekeeping by timetable: trimming, the reconciler, the ground. Each runs on one replica at a time. */
import { trimHistory } from '../actions/history.ts';
import { trimRuns } from '../backup/runs.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import { trimImports } from '../features/portability/index.ts';
import { reconcileReminders } from '../features/reminders/index.ts';
import { indexMissing } from '../features/tasks/index.ts';
import { trimLimits } from '../http/limits.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { trimLedger } from '../outbox/ledger.ts';
import { trimOutbox } from '../outbox/outbox.ts';
import type { ScheduledJob } from '../queue/queue.ts';
import type { Contents } from '../storage/contents/contents.ts';
import type { Database } from '../storage/database.ts';
import { trimLeases } from '../storage/lease.ts';
import { type ErrorRecorder, trimErrors } from '../storage/stored-errors.ts';
import { trimInbox } from '../telegram/receive/inbox.ts';
import { checkGround } from './ground.ts';

export interface JobOptions {
  readonly db: Database;
  readonly contents: Contents;
  readonly clock: Clock;
  readonly config: Config;
  readonly log: Logger;
  readonly errors: ErrorRecorder;
  readonly metrics: Metrics;
  readonly wakeDeliveries: () => void;
}

/** A statement that trims may take this long: after months away, or the first time on a slow disk, there is much to forget. */
const TRIM_MS = 240_000;

/** Counts and times the runs of `job`. Both counters begin at 0: a first failure must be a rise that an alert sees. */
export function counted(job: ScheduledJob, metrics: Metrics): ScheduledJob {
  const queue = job.name;
  for (const outcome of ['completed', 'failed']) metrics.count('steward_queue_runs_total', { queue, outcome }, 0);
  return {
    ...job,
    async run() {
      const started = performance.now();
      let outcome = 'failed';
      try {
        await job.run();
        outcome = 'completed';
      } finally {
        metrics.count('steward_queue_runs_total', { queue, outcome });
        metrics.observe('steward_queue_run_seconds', { queue }, (performance.now() - started) / 1000);
      }
    },
  };
}

/** The timetable. */
export function internalJobs(options: JobOptions): ScheduledJob[] {
  const { db, contents, clock, config, log, errors, metrics, wakeDeliveries } = options;
  const jobs: ScheduledJob[] = [
    {
      name: 'trim',
      cron: '17 * * * *',
      zone: config.timezone,
      expireSeconds: 1800,
      run: async () => {
        const patient = db.patient(TRIM_MS);
        await trimInbox(patient);
        await trimOutbox(patient, clock.now());
        await trimLedger(patient, clock.now());
        await trimErrors(patient, clock.now());
        await trimLimits(patient, clock);
        await trimRuns(patient, clock.now());
        await trimLeases(patient);
        await trimImports(patient, clock.now());
        await trimHistory(patient, clock.now(), config.undoDays);
        await patient.query('DELETE FROM flows WHERE expires_at < clock_timestamp()');
      },
    },
    {
      name: 'files',
      cron: '29 * * * *',
      zone: config.timezone,
      expireSeconds: 1800,
      run: async () => {
        await contents.settle(db);
        const removed = await contents.sweep(db, clock.now(), config.undoDays);
        if (removed > 0) log.info('bytes of files removed, which nothing can bring back any more', { count: removed });
      },
    },
    {
      name: 'reconcile',
      cron: '*/5 * * * *',
      zone: config.timezone,
      expireSeconds: 240,
      run: async () => {
        const planned = await reconcileReminders(db, clock.now(), wakeDeliveries);
        if (planned > 0) log.warn('the ledger lacked occurrences; planned again', { count: planned });
        const indexed = await indexMissing(db);
        if (indexed > 0) log.info('tasks taken up into the search', { count: indexed });
      },
    },
    {
      name: 'ground',
      cron: '41 4 * * *',
      zone: config.timezone,
      expireSeconds: 900,
      run: () => checkGround({ db, config, log, errors }),
    },
  ];
  return jobs.map((job) => counted(job, metrics));
}
