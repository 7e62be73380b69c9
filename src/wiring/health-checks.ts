/** What health looks at, in words. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BackupState, backupState, trouble } from '../backup/state.ts';
import type { Config } from '../config/config.ts';
import { iso } from '../core/clock.ts';
import { diskSpace, eventLoop, memory } from '../observability/ground.ts';
import type { CheckResult, HealthCheck } from '../observability/health.ts';
import type { Heartbeats } from '../observability/heartbeats.ts';
import { deliveryStates } from '../outbox/ledger.ts';
import { depth } from '../outbox/outbox.ts';
import type { Queue } from '../queue/queue.ts';
import type { Database } from '../storage/database.ts';
import type { Bot } from '../telegram/bot.ts';
import { inboxDepth } from '../telegram/receive/inbox.ts';

export interface Grounds {
  readonly db: () => Database | undefined;
  readonly waitingFor: () => string | null;
  readonly bot: () => Bot | undefined;
  readonly queue: () => Queue | undefined;
  readonly heartbeats: Heartbeats;
  readonly config: Pick<Config, 'dataDir' | 'backup' | 'timezone'>;
  readonly now: () => number;
  readonly roles: { readonly worker: boolean; readonly poller: boolean };
  readonly webhook: boolean;
}

/** An update older than this means that nobody handles them. */
const INBOX_STALE_SECONDS = 60;
/** Updates that came this lately are being handled rather than waiting. */
const IN_HAND_SECONDS = 5;
/** A failed delivery to our webhook is told for this long. */
export const WEBHOOK_TROUBLE_MS = 180_000;
const OUTBOX_STALE_MS = 120_000;
/** A loop silent for longer than its longest sleep, and a long poll, by far. */
const STALLED_MS = 90_000;
/** Housekeeping begins beside serving: not having begun says something after this long only. */
const QUEUE_START_MS = 60_000;

/** How backups stand, in words; archives may lie anywhere, their rows do not. */
function backupHealth(state: BackupState, { config, now }: Grounds): CheckResult {
  const wrong = trouble(state, { schedule: config.backup.schedule, zone: config.timezone }, now());
  const good = state.good?.startedAt ? `last good one ${iso(state.good.startedAt)}` : 'none yet';
  if (!wrong) return { status: 'ok', message: good };
  const said = {
    failed: `the last try failed; ${good}`,
    stale: `overdue; ${good}`,
    never: 'overdue; there was never one',
    found: `an archive was found bad; ${good}`,
  };
  return { status: 'degraded', message: said[wrong.kind] };
}

/** The checks of a process. */
export function healthChecks(grounds: Grounds): HealthCheck[] {
  const opened = (): Database => {
    const db = grounds.db();
    if (!db) throw new Error(grounds.waitingFor() ?? 'not opened yet');
    return db;
  };
  const since = grounds.now();
  // Looked at since the last look, which health keeps for some seconds.
  const loopDelay = monitorEventLoopDelay({ resolution: 20 });
  loopDelay.enable();
  return [
    {
      name: 'database',
      critical: true,
      run: async () => {
        await opened().query('SELECT 1');
        return { status: 'ok' };
      },
    },
    {
      name: 'migrations',
      critical: true,
      run: async () =>
        grounds.db() ? { status: 'ok' } : { status: 'down', message: grounds.waitingFor() ?? 'not applied yet' },
    },
    {
      name: 'telegram',
      critical: false,
      run: async () => {
        const state = grounds.bot()?.state();
        if (!state) return { status: 'degraded', message: 'not started yet' };
        if (state.poller.problem === 'unauthorized' || state.sending === 'unauthorized') {
          return { status: 'degraded', message: 'Telegram refuses the token' };
        }
        if (state.poller.problem === 'conflict')
          return { status: 'degraded', message: 'another program polls with this token' };
        if (state.poller.problem === 'unreachable' || state.sending === 'unreached' || !state.setUp) {
          return { status: 'degraded', message: 'Telegram is not reached' };
        }
        const { webhook } = state;
        if (webhook?.lastErrorAt && grounds.now() - webhook.lastErrorAt < WEBHOOK_TROUBLE_MS) {
          return {
            status: 'degraded',
            message: `Telegram could not deliver: ${webhook.lastError ?? ''}, ${webhook.pending} wait`,
          };
        }
        return { status: 'ok' };
      },
    },
    {
      name: 'poller',
      critical: false,
      run: async () => {
        if (grounds.webhook) return { status: 'ok', message: 'webhook mode' };
        if (!grounds.roles.poller) return { status: 'ok', message: 'polled elsewhere' };
        return grounds.bot()?.state().poller.active
          ? { status: 'ok', message: 'this process polls' }
          : { status: 'ok', message: 'another process polls, or an election is under way' };
      },
    },
    {
      name: 'inbox',
      critical: false,
      run: async () => {
        const { waiting, parked, oldestSeconds } = await inboxDepth(opened());
        // Never counted as waiting: the update that asks for the status.
        const message = `${oldestSeconds < IN_HAND_SECONDS ? 0 : waiting} waiting, ${parked} put aside`;
        return { status: oldestSeconds > INBOX_STALE_SECONDS ? 'degraded' : 'ok', message };
      },
    },
    {
      name: 'deliveries',
      critical: false,
      run: async () => {
        const waiting = await depth(opened());
        const late = waiting.some((row) => grounds.now() - row.oldest > OUTBOX_STALE_MS);
        const states = await deliveryStates(opened());
        const message = states.map((row) => `${row.count} ${row.state}`).join(', ');
        return { status: late ? 'degraded' : 'ok', ...(message === '' ? {} : { message }) };
      },
    },
    {
      name: 'backups',
      critical: false,
      run: async () => backupHealth(await backupState(opened()), grounds),
    },
    {
      name: 'queue',
      critical: false,
      run: async () =>
        grounds.queue() || !grounds.roles.worker
          ? { status: 'ok' }
          : { status: grounds.now() - since < QUEUE_START_MS ? 'ok' : 'degraded', message: 'not started yet' },
    },
    {
      name: 'loops',
      critical: false,
      run: async () => {
        const stalled = grounds.heartbeats.stalled(STALLED_MS);
        return stalled.length === 0
          ? { status: 'ok' }
          : { status: 'degraded', message: `silent: ${stalled.join(', ')}` };
      },
    },
    {
      name: 'eventLoop',
      critical: false,
      run: async () => {
        const { status, message } = eventLoop(loopDelay.percentile(99) / 1e6);
        loopDelay.reset();
        return { status, message };
      },
    },
    {
      name: 'disk',
      critical: false,
      run: async () => {
        const { status, message } = await diskSpace(grounds.config.dataDir);
        return { status, message };
      },
    },
    {
      name: 'memory',
      critical: false,
      run: async () => {
        const { status, message } = memory();
        return { status, message };
      },
    },
  ];
}
