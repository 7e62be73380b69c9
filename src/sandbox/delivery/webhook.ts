/** Delivers updates to the bot's webhook as Telegram does: in order per chat, many chats at once, again with backoff until a 2xx. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Clock } from '../../core/clock.ts';
import { errorCode, errorMessage } from '../../core/errors.ts';
import type { Counters } from '../journal.ts';
import type { PendingUpdate, UpdateQueue } from './updates.ts';

export interface WebhookSettings {
  readonly url: string;
  readonly secretToken: string | undefined;
  readonly maxConnections: number;
}

export interface WebhookTiming {
  /** The first wait after a failure; doubles up to `retryMaxMs`. */
  readonly retryMs: number;
  readonly retryMaxMs: number;
  /** How long the bot may take to answer. */
  readonly timeoutMs: number;
}

export const telegramTiming: WebhookTiming = { retryMs: 1000, retryMaxMs: 60_000, timeoutMs: 60_000 };

/** How long an update is held back so that a later one can overtake it. */
const overtakeMs = 40;

interface Lane {
  readonly waiting: PendingUpdate[];
  failures: number;
}

interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly type: string;
  readonly body: string;
}

export interface WebhookContext {
  readonly queue: UpdateQueue;
  readonly clock: Clock;
  readonly random: () => number;
  readonly counters: Counters;
  readonly timing: WebhookTiming;
  /** Runs the method a bot wrote into its answer. */
  readonly execute: (body: string) => Promise<void>;
}

/** One webhook from setWebhook to its removal. */
export class WebhookDelivery {
  readonly settings: WebhookSettings;
  lastError: { readonly at: number; readonly message: string } | undefined;
  readonly #context: WebhookContext;
  readonly #lanes = new Map<string, Lane>();
  readonly #ready: string[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #abort = new AbortController();
  readonly #agent: HttpAgent | HttpsAgent;
  #busy = 0;

  constructor(settings: WebhookSettings, context: WebhookContext) {
    this.settings = settings;
    this.#context = context;
    const options = { keepAlive: true, maxSockets: settings.maxConnections };
    this.#agent = settings.url.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
    for (const pending of context.queue.pending.values()) this.add(pending);
  }

  add(pending: PendingUpdate): void {
    let lane = this.#lanes.get(pending.lane);
    if (lane) {
      const { reorder } = this.#context.queue.disturbance;
      if (reorder > 0 && lane.waiting.length > 0 && this.#context.random() < reorder) {
        lane.waiting.splice(lane.waiting.length - 1, 0, pending);
      } else lane.waiting.push(pending);
      return;
    }
    lane = { waiting: [pending], failures: 0 };
    this.#lanes.set(pending.lane, lane);
    if (this.#context.random() < this.#context.queue.disturbance.reorder) this.#later(pending.lane, overtakeMs);
    else this.#start(pending.lane);
  }

  stop(): void {
    this.#abort.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#agent.destroy();
  }

  #later(name: string, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#start(name);
    }, ms);
    this.#timers.add(timer);
  }

  #start(name: string): void {
    if (this.#abort.signal.aborted) return;
    if (this.#busy >= this.settings.maxConnections) {
      this.#ready.push(name);
      return;
    }
    this.#busy += 1;
    void this.#deliverNext(name).finally(() => {
      this.#busy -= 1;
      const next = this.#ready.shift();
      if (next !== undefined) this.#start(next);
    });
  }

  /** Delivers the first update of the lane, then queues the lane again at the end of those that are ready: chats take turns. */
  async #deliverNext(name: string): Promise<void> {
    const lane = this.#lanes.get(name);
    const { queue, counters, timing } = this.#context;
    const pending = lane?.waiting.shift();
    if (!lane || !pending) {
      this.#lanes.delete(name);
      return;
    }
    if (queue.pending.has(pending.update.update_id)) {
      counters.webhookPosts += 1;
      const failure = await this.#deliver(pending);
      if (this.#abort.signal.aborted) return;
      if (failure !== undefined) {
        counters.webhookFailures += 1;
        this.lastError = { at: this.#context.clock.now(), message: failure };
        lane.waiting.unshift(pending);
        lane.failures += 1;
        this.#later(name, Math.min(timing.retryMaxMs, timing.retryMs * 2 ** Math.min(lane.failures - 1, 20)));
        return;
      }
      lane.failures = 0;
      const { duplicate } = queue.disturbance;
      if (duplicate > 0 && this.#context.random() < duplicate) lane.waiting.unshift(pending);
      else queue.confirm(pending.update.update_id);
    }
    if (lane.waiting.length > 0) this.#ready.push(name);
    else this.#lanes.delete(name);
  }

  /** Posts one update. Returns what went wrong, as getWebhookInfo words it. */
  async #deliver(pending: PendingUpdate): Promise<string | undefined> {
    try {
      const answer = await this.#post(JSON.stringify(pending.update), true);
      if (answer.status < 200 || answer.status > 299) {
        return `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
      }
      if (answer.body !== '' && answer.type.startsWith('application/json')) await this.#context.execute(answer.body);
      return undefined;
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ECONNREFUSED') return 'Connection refused';
      if (code === 'ECONNRESET') return 'Connection reset by peer';
      return errorMessage(error);
    }
  }

  /** `again`: once more at once when a kept-alive connection turns out to be closed, as HTTP clients do. */
  #post(body: string, again: boolean): Promise<Answer> {
    const { url, secretToken } = this.settings;
    return new Promise((resolve, reject) => {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const request = send(
        url,
        {
          method: 'POST',
          agent: this.#agent,
          signal: this.#abort.signal,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            ...(secretToken === undefined ? {} : { 'x-telegram-bot-api-secret-token': secretToken }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              statusText: response.statusMessage ?? '',
              type: response.headers['content-type'] ?? '',
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      request.setTimeout(this.#context.timing.timeoutMs, () => request.destroy(new Error('Read timeout expired')));
      request.on('error', (error) => {
        const stale = request.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
        if (stale && again && !this.#abort.signal.aborted) this.#post(body, false).then(resolve, reject);
        else reject(error);
      });
      request.end(body);
    });
  }
}
