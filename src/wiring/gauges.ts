/** Values that must be asked for, kept in memory every few seconds, so that a scrape never waits for the database. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { backupState } from '../backup/state.ts';
import type { Clock, EpochMs } from '../core/clock.ts';
import { type Loop, startLoop, within } from '../core/loop.ts';
import { diskSpace, memoryLimit } from '../observability/ground.ts';
import type { Metrics } from '../observability/metrics.ts';
import { deliveryStates, nextDue } from '../outbox/ledger.ts';
import { depth } from '../outbox/outbox.ts';
import type { Queue } from '../queue/queue.ts';
import type { Database } from '../storage/database.ts';
import type { ErrorRecorder } from '../storage/stored-errors.ts';
import type { Bot } from '../telegram/bot.ts';
import { inboxDepth } from '../telegram/receive/inbox.ts';
import { WEBHOOK_PROBLEMS, type WebhookState, webhookProblem } from '../telegram/receive/webhook.ts';
import { WEBHOOK_TROUBLE_MS } from './health-checks.ts';

export interface Watched {
  readonly db: Database;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly errors: ErrorRecorder;
  readonly bot: () => Pick<Bot, 'state'> | undefined;
  readonly queue: () => Queue | undefined;
  readonly beat: (name: string) => void;
  readonly ready: () => boolean;
  readonly mode: 'polling' | 'webhook';
  readonly dataDir: string;
}

const EVERY_MS = 5_000;
/** A database that takes longer than this to say its depths counts as down; the other gauges do not wait for it. */
const BOUND_MS = 2_000;
const RESOLUTION_MS = 20;

function processGauges({ db, metrics, bot, clock, ready }: Watched): void {
  metrics.set('steward_ready', {}, ready() ? 1 : 0);
  const pool = db.poolState();
  metrics.set('steward_database_pool_connections', { state: 'open' }, pool.total);
  metrics.set('steward_database_pool_connections', { state: 'idle' }, pool.idle);
  metrics.set('steward_database_pool_connections', { state: 'waiting' }, pool.waiting);
  const state = bot()?.state();
  metrics.set('steward_poller_active', {}, state?.poller.active ? 1 : 0);
  for (const problem of ['conflict', 'unauthorized', 'unreachable'] as const) {
    const sending = state?.sending === 'unreached' ? 'unreachable' : state?.sending;
    metrics.set(
      'steward_telegram_problem',
      { problem },
      state?.poller.problem === problem || sending === problem ? 1 : 0,
    );
  }
  if (state?.webhook) webhookGauges(metrics, state.webhook, clock.now());
}

function webhookGauges(metrics: Metrics, { pending, lastErrorAt, lastError }: WebhookState, now: EpochMs): void {
  metrics.set('steward_webhook_pending_updates', {}, pending);
  metrics.set('steward_webhook_last_error_timestamp_seconds', {}, (lastErrorAt ?? 0) / 1000);
  const fresh = lastErrorAt !== null && now - lastErrorAt < WEBHOOK_TROUBLE_MS;
  const found = fresh ? webhookProblem(lastError ?? '') : undefined;
  for (const problem of WEBHOOK_PROBLEMS)
    metrics.set('steward_webhook_problem', { problem }, problem === found ? 1 : 0);
}

async function diskGauges({ metrics, dataDir }: Watched): Promise<void> {
  const { freeBytes, sizeBytes } = await diskSpace(dataDir);
  metrics.set('steward_disk_free_bytes', {}, freeBytes);
  metrics.set('steward_disk_size_bytes', {}, sizeBytes);
}

async function databaseGauges({ db, metrics, queue }: Watched, now: EpochMs): Promise<void> {
  const inbox = await inboxDepth(db);
  metrics.set('steward_inbox_depth', {}, inbox.waiting);
  metrics.set('steward_inbox_oldest_seconds', {}, inbox.oldestSeconds);
  metrics.set('steward_inbox_parked', {}, inbox.parked);
  const waiting = await depth(db);
  for (const [priority, name] of ['answer', 'reminder', 'digest'].entries()) {
    metrics.set(
      'steward_outbox_depth',
      { priority: name },
      waiting.find((row) => row.priority === priority)?.count ?? 0,
    );
  }
  const oldest = Math.min(now, ...waiting.map((row) => row.oldest));
  metrics.set('steward_outbox_oldest_seconds', {}, (now - oldest) / 1000);
  const due = await nextDue(db);
  metrics.set('steward_ledger_overdue_seconds', {}, due === null ? 0 : Math.max(0, now - due) / 1000);
  const states = await deliveryStates(db);
  metrics.reset('steward_deliveries_pending');
  for (const row of states) metrics.set('steward_deliveries_pending', { state: row.state }, row.count);
  for (const row of (await queue()?.depth()) ?? [])
    metrics.set('steward_queue_jobs', { queue: row.queue, state: row.state }, row.count);
}

async function backupGauges({ db, metrics }: Watched): Promise<void> {
  const { good, failed, tried, found, hindered, drilled } = await backupState(db);
  metrics.set('steward_backup_last_success_timestamp_seconds', {}, (good?.startedAt ?? 0) / 1000);
  metrics.set('steward_backup_last_attempt_timestamp_seconds', {}, (tried ?? 0) / 1000);
  metrics.set('steward_backup_last_failed', {}, failed ? 1 : 0);
  metrics.set('steward_backup_last_size_bytes', {}, good?.bytes ?? 0);
  metrics.set('steward_backup_last_duration_seconds', {}, ((good?.endedAt ?? 0) - (good?.startedAt ?? 0)) / 1000);
  metrics.set('steward_backup_found_bad', {}, found ? 1 : 0);
  metrics.set('steward_drill_hindered', {}, hindered ? 1 : 0);
  metrics.set('steward_drill_last_success_timestamp_seconds', {}, (drilled?.startedAt ?? 0) / 1000);
}

/** Starts keeping the gauges, and stores errors that waited for the database. */
export function startGauges(watched: Watched): Loop {
  const { metrics, clock, errors } = watched;
  const loopDelay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loopDelay.enable();
  metrics.set('steward_memory_limit_bytes', {}, memoryLimit());
  metrics.set('steward_telegram_mode', { mode: watched.mode }, 1);
  let reading: Promise<boolean> | undefined;
  const loop = startLoop({
    name: 'gauges',
    beat: watched.beat,
    onError: () => {},
    async turn() {
      for (const [quantile, percent] of [
        ['0.5', 50],
        ['0.99', 99],
      ] as const) {
        // What is measured is the way from one tick to the next, which is the resolution when nothing delays it.
        const value = loopDelay.percentile(percent) / 1e9 - RESOLUTION_MS / 1000;
        metrics.set('steward_event_loop_delay_seconds', { quantile }, Number.isFinite(value) ? Math.max(0, value) : 0);
      }
      loopDelay.reset();
      processGauges(watched);
      void diskGauges(watched).catch(() => {});
      void errors.flush().catch(() => {});
      // One reading at a time: before a database that hangs they would queue up.
      reading ??= databaseGauges(watched, clock.now())
        .then(() => backupGauges(watched))
        .then(
          () => true,
          () => false,
        )
        .finally(() => {
          reading = undefined;
        });
      metrics.set('steward_database_up', {}, (await within(reading, BOUND_MS, false)) ? 1 : 0);
      return EVERY_MS;
    },
  });
  return {
    wake: loop.wake,
    async stop() {
      loopDelay.disable();
      await loop.stop();
    },
  };
}
