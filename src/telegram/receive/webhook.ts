/** Keeps Telegram's idea of our webhook true: set when it differs, never removed on shutdown. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BotId } from '../../core/ids.ts';
import type { Database } from '../../storage/database.ts';
import { botFact, keepBotFact } from '../facts.ts';
import type { TelegramApi } from '../send/api.ts';
import { ALLOWED_UPDATES } from './gate.ts';

interface WebhookInfo {
  url: string;
  max_connections?: number;
  allowed_updates?: string[];
  pending_update_count: number;
  last_error_date?: number;
  last_error_message?: string;
}

const FACT = 'webhook';
/** Telegram's default, said each time: another program may have set another. */
const CONNECTIONS = 40;

/** What is kept of our last call. */
const factForm = z.object({ secret: z.string() });

/** What Telegram says of our webhook after it was compared: how much waits there, and the last failure to deliver. */
export interface WebhookState {
  /** it was set now, because it differed */
  readonly wasSet: boolean;
  readonly pending: number;
  /** epoch ms */
  readonly lastErrorAt: number | null;
  readonly lastError: string | null;
}

/** Why Telegram could not deliver: our certificate, the way to us, what we answered. */
export const WEBHOOK_PROBLEMS = ['certificate', 'unreachable', 'answer', 'other'] as const;

/** Sorts Telegram's `last_error_message`; its words are not documented, so what is not known is 'other'. */
export function webhookProblem(message: string): (typeof WEBHOOK_PROBLEMS)[number] {
  if (/ssl|certificate|tls/i.test(message)) return 'certificate';
  if (/wrong response|^\d{3}\b/i.test(message)) return 'answer';
  if (/refused|timed? ?out|timeout|resolve|unreachable|reset|closed|connect/i.test(message)) return 'unreachable';
  return 'other';
}

/**
 * Sets the webhook when its address, update types or secret differ from what Telegram or our last call say. Telegram does not
 * show the secret, so its hash is kept. Throws `TelegramFailure`.
 */
export async function keepWebhook(
  db: Database,
  api: TelegramApi,
  botId: BotId,
  webhook: { url: string; secret: string },
): Promise<WebhookState> {
  const secret = createHash('sha256').update(`steward webhook ${webhook.secret}`).digest('hex');
  const info = await api.ask<WebhookInfo>('getWebhookInfo');
  const state = {
    pending: info.pending_update_count,
    lastErrorAt: info.last_error_date === undefined ? null : info.last_error_date * 1000,
    lastError: info.last_error_message ?? null,
  };
  const told = factForm.safeParse(await botFact(db, botId, FACT)).data;
  const same =
    info.url === webhook.url &&
    JSON.stringify([...(info.allowed_updates ?? [])].sort()) === JSON.stringify([...ALLOWED_UPDATES].sort()) &&
    told?.secret === secret;
  if (same) return { ...state, wasSet: false };
  await api.ask('setWebhook', {
    url: webhook.url,
    secret_token: webhook.secret,
    allowed_updates: ALLOWED_UPDATES,
    max_connections: CONNECTIONS,
    drop_pending_updates: false,
  });
  await keepBotFact(db, botId, FACT, { secret });
  return { ...state, wasSet: true };
}
