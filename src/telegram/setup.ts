/** What Telegram must know of the bot, told as soon as it is reached and kept true: its commands, its webhook; and its name, which Telegram tells. */
import type { Directory } from '../access/people.ts';
import type { BotId } from '../core/ids.ts';
import { type Loop, startLoop } from '../core/loop.ts';
import type { Database } from '../storage/database.ts';
import { keepMenu } from './dispatch/menu.ts';
import type { Command } from './feature.ts';
import { keepUsername, knownUsername } from './receive/username.ts';
import { keepWebhook, type WebhookState } from './receive/webhook.ts';
import { type TelegramApi, TelegramFailure } from './send/api.ts';

export interface SetupOptions {
  readonly db: Database;
  readonly api: TelegramApi;
  readonly botId: BotId;
  readonly directory: Directory;
  readonly commands: readonly Command[];
  /** absent: long polling */
  readonly webhook?: { readonly url: string; readonly secret: string } | undefined;
  /** whether this process speaks to Telegram; one that takes updates only learns the name from the others */
  readonly tells: boolean;
  /** the name as it is known so far */
  readonly username: string | undefined;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
  /** something to say in the log */
  readonly told: (event: string) => void;
}

export interface Setup {
  /** The bot's name once Telegram told it. */
  username(): string | undefined;
  state(): {
    /** Telegram knows all it must */
    readonly setUp: boolean;
    /** in webhook mode, what Telegram last said of it */
    readonly webhook: WebhookState | null;
  };
  stop(): Promise<void>;
}

/** How often the menus, and a webhook that somebody else may set, are compared again after they were set right. */
const MENU_KEEP_MS = 15 * 60_000;
const WEBHOOK_KEEP_MS = 60_000;
const KEEP_RETRY_MS = 5_000;

/** Starts keeping it. */
export function startSetup(options: SetupOptions): Setup {
  const { db, api, botId, directory } = options;
  let { username } = options;
  let setUp = false;
  let webhook: WebhookState | null = null;

  async function tellAll(): Promise<void> {
    username = (await api.ask<{ username?: string }>('getMe')).username ?? username;
    if (username !== undefined) await keepUsername(db, botId, username);
    if (options.webhook) {
      webhook = await keepWebhook(db, api, botId, options.webhook);
      if (webhook.wasSet) options.told('webhook-set');
    }
    const menus = await keepMenu(db, api, botId, options.commands, directory);
    if (menus > 0) options.told('menu-set');
  }

  async function tell(): Promise<number> {
    try {
      await tellAll();
      setUp = true;
      return options.webhook ? WEBHOOK_KEEP_MS : MENU_KEEP_MS;
    } catch (error) {
      if (!(error instanceof TelegramFailure)) throw error;
      setUp = false;
      options.told(`setup-failed ${error.message}`);
      const { outcome } = error;
      return outcome.kind === 'limited' ? outcome.retryAfterMs : KEEP_RETRY_MS;
    }
  }

  /** This process may have started before Telegram told the others. */
  async function listen(): Promise<number> {
    username = await knownUsername(db, botId);
    return username === undefined ? KEEP_RETRY_MS : MENU_KEEP_MS;
  }

  const keeping: Loop = startLoop({
    name: 'telegram-setup',
    beat: options.beat,
    onError: options.onError,
    turn: options.tells ? tell : listen,
  });
  return { username: () => username, state: () => ({ setUp, webhook }), stop: keeping.stop };
}
