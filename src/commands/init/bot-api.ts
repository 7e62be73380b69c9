/** The three questions `init` has for Telegram, before there is a configuration: who is the bot, is a webhook set, who wrote to it. */
import { z } from 'zod';
import type { Secret } from '../../core/secret.ts';

export interface Writer {
  readonly id: number;
  /** First name, last name and user name, as the person shows them. */
  readonly name: string;
}

const answer = z.object({ ok: z.boolean(), description: z.string().optional(), result: z.unknown().optional() });
const me = z.object({ id: z.number(), username: z.string().optional(), first_name: z.string() });
const updates = z.array(
  z.object({
    message: z
      .object({
        chat: z.object({ type: z.string() }),
        from: z
          .object({
            id: z.number(),
            is_bot: z.boolean(),
            first_name: z.string(),
            last_name: z.string().optional(),
            username: z.string().optional(),
          })
          .optional(),
      })
      .optional(),
  }),
);

const TIMEOUT_MS = 15_000;

/** Telegram refused, or could not be reached. The message never holds the token. */
export class BotApiFailure extends Error {}

export class BotApi {
  readonly #root: string;
  readonly #token: Secret;

  constructor(root: string, token: Secret) {
    this.#root = root;
    this.#token = token;
  }

  async #call(method: string): Promise<unknown> {
    let body: unknown;
    try {
      // The address holds the token: what fetch throws is not passed on.
      const response = await fetch(`${this.#root}/bot${this.#token.reveal()}/${method}`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      body = await response.json();
    } catch {
      throw new BotApiFailure(`${new URL(this.#root).host} could not be reached`);
    }
    const parsed = answer.safeParse(body);
    if (!parsed.success) throw new BotApiFailure(`${new URL(this.#root).host} is no Bot API server`);
    if (!parsed.data.ok) throw new BotApiFailure(`Telegram refused: ${parsed.data.description ?? 'no reason given'}`);
    return parsed.data.result;
  }

  /** The bot's name, as people find it. */
  async name(): Promise<string> {
    const bot = me.parse(await this.#call('getMe'));
    return bot.username ? `@${bot.username}` : bot.first_name;
  }

  /** People who wrote to the bot privately, the latest first. Confirms nothing: Steward will still get these messages. */
  async writers(): Promise<Writer[]> {
    const found = new Map<number, Writer>();
    for (const { message } of updates.parse(await this.#call('getUpdates')).toReversed()) {
      const from = message?.from;
      if (!from || from.is_bot || message.chat.type !== 'private' || found.has(from.id)) continue;
      const names = [from.first_name, from.last_name, from.username && `(@${from.username})`];
      found.set(from.id, { id: from.id, name: names.filter(Boolean).join(' ') });
    }
    return [...found.values()];
  }
}
