/** How updates reach the bot: by getUpdates or by a webhook, never both. */
import type { Update, WebhookInfo } from '@grammyjs/types';
import { conflict } from '../wire/refusal.ts';
import { type WebhookContext, WebhookDelivery, type WebhookSettings } from './webhook.ts';

export class BotDelivery {
  readonly #context: WebhookContext;
  #webhook: WebhookDelivery | undefined;

  constructor(context: WebhookContext) {
    this.#context = context;
  }

  /** Answers getUpdates; see UpdateQueue.poll. Throws a Refusal (409) while a webhook is set. */
  poll(offset: number, limit: number, timeoutMs: number, signal: AbortSignal): Promise<Update[]> {
    if (this.#webhook) {
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    return this.#context.queue.poll(offset, limit, timeoutMs, signal);
  }

  /** Sets which types of update are wanted; undefined leaves it as it was. */
  allow(types: readonly string[] | undefined): void {
    if (types !== undefined) this.#context.queue.allowed = types;
  }

  /** Replaces the webhook; undefined removes it. What was not delivered stays pending. */
  setWebhook(settings: WebhookSettings | undefined): void {
    const { queue } = this.#context;
    this.#webhook?.stop();
    this.#webhook = undefined;
    queue.onUpdate = undefined;
    if (!settings) return;
    queue.interrupt('terminated by setWebhook request');
    const webhook = new WebhookDelivery(settings, this.#context);
    this.#webhook = webhook;
    queue.onUpdate = (pending) => webhook.add(pending);
  }

  dropPending(): void {
    this.#context.queue.dropAll();
  }

  webhookInfo(): WebhookInfo {
    const { queue } = this.#context;
    const error = this.#webhook?.lastError;
    const types = (queue.allowed ?? []).filter((type): type is AllowedUpdate => type !== '');
    return {
      url: this.#webhook?.settings.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.pending.size,
      ...(this.#webhook ? { max_connections: this.#webhook.settings.maxConnections } : {}),
      ...(types.length > 0 ? { allowed_updates: types } : {}),
      ...(error ? { last_error_date: Math.floor(error.at / 1000), last_error_message: error.message } : {}),
    };
  }

  /** Stops posting to the webhook. */
  stop(): void {
    this.setWebhook(undefined);
  }
}

type AllowedUpdate = NonNullable<WebhookInfo['allowed_updates']>[number];
