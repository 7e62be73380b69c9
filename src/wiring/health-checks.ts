/** What health looks at, in words. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { lastGoodText, TROUBLE_TEXT } from '../backup/finding.ts';
import { backupState, trouble } from '../backup/state.ts';
import type { Config } from '../config/config.ts';
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

const told = (status: CheckResult['status'], message: string): CheckResult => ({ status, message });

/** The database as far as it is opened; throws what is waited for before that. */
function opened(grounds: Grounds): Database {
  const db = grounds.db();
  if (!db) throw new Error(grounds.waitingFor() ?? 'not opened yet');
  return db;
}

async function database(grounds: Grounds): Promise<CheckResult> {
  await opened(grounds).query('SELECT 1');
  return { status: 'ok' };
}

async function migrations(grounds: Grounds): Promise<CheckResult> {
  return grounds.db() ? { status: 'ok' } : told('down', grounds.waitingFor() ?? 'not applied yet');
}

async function telegram({ bot, now }: Grounds): Promise<CheckResult> {
  const state = bot()?.state();
  if (!state) return told('degraded', 'not started yet');
  const { poller, sending, setUp, webhook } = state;
  if (poller.problem === 'unauthorized' || sending === 'unauthorized')
    return told('degraded', 'Telegram refuses the token');
  if (poller.problem === 'conflict') return told('degraded', 'another program polls with this token');
  if (poller.problem === 'unreachable' || sending === 'unreached' || !setUp)
    return told('degraded', 'Telegram is not reached');
  if (webhook?.lastErrorAt && now() - webhook.lastErrorAt < WEBHOOK_TROUBLE_MS)
    return told('degraded', `Telegram could not deliver: ${webhook.lastError ?? ''}, ${webhook.pending} wait`);
  return { status: 'ok' };
}

async function polling({ webhook, roles, bot }: Grounds): Promise<CheckResult> {
  if (webhook) return told('ok', 'webhook mode');
  if (!roles.poller) return told('ok', 'polled elsewhere');
  const active = bot()?.state().poller.active;
  return told('ok', active ? 'this process polls' : 'another process polls, or an election is under way');
}

async function inbox(grounds: Grounds): Promise<CheckResult> {
  const { waiting, parked, oldestSeconds } = await inboxDepth(opened(grounds));
  // Never counted as waiting: the update that asks for the status.
  const message = `${oldestSeconds < IN_HAND_SECONDS ? 0 : waiting} waiting, ${parked} put aside`;
  return told(oldestSeconds > INBOX_STALE_SECONDS ? 'degraded' : 'ok', message);
}

async function deliveries(grounds: Grounds): Promise<CheckResult> {
  const waiting = await depth(opened(grounds));
  const late = waiting.some((row) => grounds.now() - row.oldest > OUTBOX_STALE_MS);
  const states = await deliveryStates(opened(grounds));
  const message = states.map((row) => `${row.count} ${row.state}`).join(', ');
  return { status: late ? 'degraded' : 'ok', ...(message === '' ? {} : { message }) };
}

/** How backups stand, in words; archives may lie anywhere, their rows do not. */
async function backups(grounds: Grounds): Promise<CheckResult> {
  const { config, now } = grounds;
  const state = await backupState(opened(grounds));
  const wrong = trouble(state, { schedule: config.backup.schedule, zone: config.timezone }, now());
  if (!wrong) return told('ok', lastGoodText(state));
  return told('degraded', `${TROUBLE_TEXT[wrong.kind]}; ${lastGoodText(state)}`);
}

async function housekeeping({ queue, roles, now }: Grounds, startedAt: number): Promise<CheckResult> {
  if (queue() || !roles.worker) return { status: 'ok' };
  return told(now() - startedAt < QUEUE_START_MS ? 'ok' : 'degraded', 'not started yet');
}

async function loops({ heartbeats }: Grounds): Promise<CheckResult> {
  const stalled = heartbeats.stalled(STALLED_MS);
  return stalled.length === 0 ? { status: 'ok' } : told('degraded', `silent: ${stalled.join(', ')}`);
}

/** Looks at the delay since the last look, which health keeps for some seconds. */
function watchedEventLoop(): () => Promise<CheckResult> {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return async () => {
    const { status, message } = eventLoop(delay.percentile(99) / 1e6);
    delay.reset();
    return told(status, message);
  };
}

async function disk({ config }: Grounds): Promise<CheckResult> {
  const { status, message } = await diskSpace(config.dataDir);
  return told(status, message);
}

async function resident(): Promise<CheckResult> {
  const { status, message } = memory();
  return told(status, message);
}

/** The checks of a process, in the order they are told. */
export function healthChecks(grounds: Grounds): HealthCheck[] {
  const startedAt = grounds.now();
  return [
    { name: 'database', critical: true, run: () => database(grounds) },
    { name: 'migrations', critical: true, run: () => migrations(grounds) },
    { name: 'telegram', critical: false, run: () => telegram(grounds) },
    { name: 'poller', critical: false, run: () => polling(grounds) },
    { name: 'inbox', critical: false, run: () => inbox(grounds) },
    { name: 'deliveries', critical: false, run: () => deliveries(grounds) },
    { name: 'backups', critical: false, run: () => backups(grounds) },
    { name: 'queue', critical: false, run: () => housekeeping(grounds, startedAt) },
    { name: 'loops', critical: false, run: () => loops(grounds) },
    { name: 'eventLoop', critical: false, run: watchedEventLoop() },
    { name: 'disk', critical: false, run: () => disk(grounds) },
    { name: 'memory', critical: false, run: resident },
  ];
}
