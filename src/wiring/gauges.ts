/** Values that must be asked for, kept in memory every few seconds, so that a scrape never waits for the database. */
import type { EpochMs } from '../core/clock.ts';
import type { Metrics } from '../observability/metrics.ts';
import { deliveryStates } from '../outbox/ledger.ts';
import { depth } from '../outbox/outbox.ts';
import type { Database } from '../storage/database.ts';
import type { Bot } from '../telegram/bot.ts';
import { inboxDepth } from '../telegram/receive/inbox.ts';

/** Reads depths and states once. Rejects when the database is away; what does not need it is set before. */
export async function refreshGauges(db: Database, metrics: Metrics, bot: Bot | undefined, now: EpochMs): Promise<void> {
  const pool = db.poolState();
  metrics.set('steward_database_pool_connections', { state: 'open' }, pool.total);
  metrics.set('steward_database_pool_connections', { state: 'idle' }, pool.idle);
  metrics.set('steward_database_pool_connections', { state: 'waiting' }, pool.waiting);
  const state = bot?.state();
  metrics.set('steward_poller_active', {}, state?.poller.active ? 1 : 0);
  for (const problem of ['conflict', 'unauthorized', 'unreachable'] as const) {
    const sending = state?.sending === 'unreached' ? 'unreachable' : state?.sending;
    metrics.set(
      'steward_telegram_problem',
      { problem },
      state?.poller.problem === problem || sending === problem ? 1 : 0,
    );
  }
  try {
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
    metrics.reset('steward_deliveries_pending');
    for (const row of await deliveryStates(db))
      metrics.set('steward_deliveries_pending', { state: row.state }, row.count);
    metrics.set('steward_database_up', {}, 1);
  } catch (error) {
    metrics.set('steward_database_up', {}, 0);
    throw error;
  }
}
