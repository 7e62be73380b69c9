/** Internal jobs on a timetable over pg-boss: each runs on one replica at a time. Domain tables are the truth, so the queue may be dropped at any time. */
import { PgBoss } from 'pg-boss';
import { whileAway } from '../storage/away.ts';
import type { Database } from '../storage/database.ts';

/** A job that runs by timetable. */
export interface ScheduledJob {
  /** 'trim', 'ground', 'reconcile' */
  readonly name: string;
  /** cron expression of five fields */
  readonly cron: string;
  /** IANA zone of the expression */
  readonly zone: string;
  /** a run longer than this is taken for dead and made again */
  readonly expireSeconds: number;
  readonly run: () => Promise<void>;
}

export interface QueueOptions {
  readonly db: Database;
  readonly jobs: readonly ScheduledJob[];
  readonly onError: (error: unknown) => void;
  /** ends the waiting for a database that is away */
  readonly signal: AbortSignal;
}

export interface Queue {
  /** Jobs by state, of all queues. */
  depth(): Promise<Array<{ queue: string; state: 'ready' | 'active' | 'failed'; count: number }>>;
  /** Runs a job once, as soon as a worker is free; a second request before that is the same one. */
  runNow(name: string): Promise<void>;
  /** Ends the workers; running jobs get `boundMs` to finish. */
  stop(boundMs: number): Promise<void>;
}

/** Where pg-boss keeps its tables: apart from ours, made and migrated by itself. */
const SCHEMA = 'pgboss';

/** The error behind what pg-boss tells of a worker: it spreads the error into a plain object, which no log and no register can read. */
function errorOf(emitted: unknown): unknown {
  if (emitted instanceof Error || typeof emitted !== 'object' || emitted === null) return emitted;
  const { message, stack, ...fields } = emitted as { readonly message?: unknown; readonly stack?: unknown };
  const error = Object.assign(new Error(String(message ?? 'the queue failed')), fields);
  if (typeof stack === 'string') error.stack = stack;
  return error;
}

/** Starts the queue and its workers, as soon as the database is there. Its tables are made when missing. Undefined when told to end before. */
export async function startQueue(options: QueueOptions): Promise<Queue | undefined> {
  const { signal } = options;
  const boss = await whileAway(
    async () => (signal.aborted ? undefined : startBoss(options)),
    (error) => signal.aborted || options.onError(error),
  );
  return (
    boss && {
      async depth() {
        const queues = await boss.getQueues();
        return queues.flatMap((queue) => [
          { queue: queue.name, state: 'ready' as const, count: queue.queuedCount },
          { queue: queue.name, state: 'active' as const, count: queue.activeCount },
        ]);
      },
      async runNow(name) {
        await boss.send(name, null, { singletonKey: 'now' });
      },
      async stop(boundMs) {
        await boss.stop({ graceful: true, timeout: boundMs, close: false });
      },
    }
  );
}

/** Whole or not at all: what was begun when it fails is ended. */
async function startBoss(options: QueueOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => options.db.executeSql(text, values) },
    schema: SCHEMA,
    supervise: true,
    schedule: true,
  });
  boss.on('error', (emitted) => options.onError(errorOf(emitted)));
  try {
    await boss.start();
    await work(boss, options);
    return boss;
  } catch (error) {
    await boss.stop({ graceful: false, close: false }).catch(() => {});
    throw error;
  }
}

/** Sets the workers and the timetable of the jobs up. */
async function work(boss: PgBoss, options: QueueOptions): Promise<void> {
  for (const job of options.jobs) {
    await boss.createQueue(job.name, {
      policy: 'singleton',
      retryLimit: 2,
      retryBackoff: true,
      expireInSeconds: job.expireSeconds,
      deleteAfterSeconds: 86_400,
    });
    await boss.work(job.name, { pollingIntervalSeconds: 10 }, async () => {
      try {
        await job.run();
      } catch (error) {
        options.onError(error);
        throw error;
      }
    });
    await boss.schedule(job.name, job.cron, null, { tz: job.zone });
  }
  const known = new Set(options.jobs.map((job) => job.name));
  for (const schedule of await boss.getSchedules()) {
    // A job of an older version: its timetable would fill a queue nobody works on.
    if (!known.has(schedule.name)) await boss.unschedule(schedule.name);
  }
}
