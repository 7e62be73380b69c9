/** The ways to Telegram, and what the transport tells, in metrics and log lines. */
import type { TelegramConfig } from '../config/config.ts';
import { errorCode } from '../core/errors.ts';
import { errorFields, errorName, type Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import { DISK_FULL, isConnectionTrouble } from '../storage/away.ts';
import type { ErrorRecorder } from '../storage/stored-errors.ts';
import type { BotOptions } from '../telegram/bot.ts';
import { type FileSource, openFiles } from '../telegram/receive/files.ts';
import { openTelegramApi, type TelegramApi } from '../telegram/send/api.ts';

/** One kind of trouble with the database is told so often. */
const SAME_TROUBLE_MS = 5_000;
const DISK_FULL_LINE =
  'the disk of the database is full; what was said waits and is taken up when there is space. Mend: free some space';

/** Errors of background work: those of connections are logged, all others are kept and counted. */
export function backgroundErrors(log: Logger, errors: ErrorRecorder): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    if (!isConnectionTrouble(error)) {
      errors.record(error, 'background');
      return;
    }
    // Told by health and metrics, and mended by waiting. All loops meet it, again and again: one line a while, or the log fills what is left of a disk.
    const code = errorCode(error) ?? errorName(error);
    const now = performance.now();
    if (now - (told.get(code) ?? Number.NEGATIVE_INFINITY) < SAME_TROUBLE_MS) return;
    told.set(code, now);
    if (code === DISK_FULL) log.error(DISK_FULL_LINE, errorFields(error));
    else log.warn('connection trouble', errorFields(error));
  };
}

const TOLD: Readonly<Record<string, { level: 'info' | 'warn' | 'error'; message: string }>> = {
  'poller-became': { level: 'info', message: 'this process polls Telegram' },
  'poller-lost': { level: 'info', message: 'another process polls Telegram, or this one stopped' },
  'poller-webhook-removed': { level: 'warn', message: 'a webhook was set for this bot; removed, pending updates kept' },
  'poller-conflict': {
    level: 'warn',
    message:
      'another program polls with this token; waiting for it to end. Mend: stop the other, or give this one a token of its own',
  },
  'poller-unauthorized': {
    level: 'error',
    message: 'Telegram refuses the token. Mend: get the present one from @BotFather and set TELEGRAM_BOT_TOKEN',
  },
  'webhook-set': { level: 'info', message: 'webhook set' },
  'menu-set': { level: 'info', message: 'commands told to Telegram' },
};

/** The events of a bot as metrics and log lines. */
export function botEvents(options: { log: Logger; metrics: Metrics; errors: ErrorRecorder }): BotOptions['events'] {
  const { log, metrics, errors } = options;
  // From 0 on: the first failure of a process must be a rise that an alert sees.
  for (const kind of ['reminder', 'digest', 'notice'])
    for (const state of ['queued', 'skipped', 'held', 'sent', 'failed', 'unknown'])
      metrics.count('steward_deliveries_total', { kind, state }, 0);
  return {
    error: backgroundErrors(log, errors),
    update: (type, outcome) => metrics.count('steward_updates_total', { type, outcome }),
    handled(type, outcome, seconds) {
      metrics.count('steward_updates_handled_total', { type, outcome });
      if (outcome === 'handled') metrics.observe('steward_update_handle_seconds', {}, seconds);
    },
    failed: async (error, place) => {
      const ref = errors.record(error, place);
      await errors.flush().catch(() => {});
      return ref;
    },
    delivery: (kind, state) => metrics.count('steward_deliveries_total', { kind, state }),
    fired: (kind, state, count) => {
      if (count > 0) metrics.count('steward_deliveries_total', { kind, state }, count);
    },
    lateness: (seconds) => metrics.observe('steward_delivery_lateness_seconds', {}, seconds),
    reply: (seconds) => metrics.observe('steward_update_reply_seconds', {}, seconds),
    limited: (scope) => metrics.count('steward_telegram_rate_limited_total', { scope }),
    recovered(count) {
      metrics.count('steward_messages_recovered_total', {}, count);
      log.warn('took over messages of a process that died while sending', { count });
    },
    noNative: (reason) =>
      log.info('the Bot API server takes no native tables: lists are sent as plain text', { reason }),
    rejected: (reason) => void errors.record(new RejectedByTelegram(reason), 'send'),
    told(event) {
      const line = TOLD[event];
      if (line) log[line.level](line.message);
      else log.warn('Telegram could not be told what it must know; tried again', { reason: event });
    },
  };
}

/** Telegram refused a message we built. */
class RejectedByTelegram extends Error {}

/** Opens the ways to Telegram: calls, counted and timed, and files. Nothing is asked yet. */
export function openTelegram(
  config: Pick<TelegramConfig, 'token' | 'apiRoot'>,
  metrics: Metrics,
): { readonly api: TelegramApi; readonly files: FileSource } {
  const access = { token: config.token.reveal(), root: config.apiRoot };
  const api = openTelegramApi({
    ...access,
    observe(method, code, seconds) {
      metrics.count('steward_telegram_requests_total', { method, code });
      if (method !== 'getUpdates') metrics.observe('steward_telegram_request_seconds', {}, seconds);
    },
  });
  return { api, files: openFiles({ api, ...access }) };
}
