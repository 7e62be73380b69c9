/** Every call the bot made and the sums over them, for tests to ask: what was accepted, which answers never arrived. */
import type { EpochMs } from '../core/clock.ts';
import type { JsonObject } from './wire/params.ts';

/** One call of the Bot API. Never holds the token; uploaded files appear by name and size. */
export interface RecordedCall {
  readonly n: number;
  readonly method: string;
  readonly params: JsonObject;
  readonly chatId: number | undefined;
  readonly at: EpochMs;
  /** Status of the answer; 0 when the call was cut off before it was accepted and nothing was answered. */
  readonly code: number;
  readonly description: string | undefined;
  /** The call had its effect. */
  readonly accepted: boolean;
  /** The call had its effect, but the bot did not get the answer (or got a 5xx). */
  readonly answerLost: boolean;
  /** The message the call wrote, if one. */
  readonly messageId: number | undefined;
}

export interface Counters {
  calls: number;
  /** Messages written by the bot. */
  acceptedSends: number;
  /** Messages written by the bot whose answer it did not get. */
  lostSends: number;
  /** Calls of any kind that had their effect and whose answer was lost. */
  lostAnswers: number;
  refused: number;
  /** Answers with 429. */
  floods: number;
  updates: number;
  webhookPosts: number;
  webhookFailures: number;
}

export class Journal {
  readonly counters: Counters = {
    calls: 0,
    acceptedSends: 0,
    lostSends: 0,
    lostAnswers: 0,
    refused: 0,
    floods: 0,
    updates: 0,
    webhookPosts: 0,
    webhookFailures: 0,
  };
  readonly #keep: number;
  #ring: RecordedCall[] = [];

  /** Keeps the last `keep` calls, at most twice as many for a moment. */
  constructor(keep: number) {
    this.#keep = keep;
  }

  record(call: Omit<RecordedCall, 'n'>, wrote: number): void {
    const { counters } = this;
    counters.calls += 1;
    if (call.accepted) counters.acceptedSends += wrote;
    // A poll that is cut off loses nothing: its updates come again.
    if (call.answerLost && call.method !== 'getUpdates') {
      counters.lostAnswers += 1;
      counters.lostSends += wrote;
    }
    if (!call.accepted) counters.refused += 1;
    if (call.code === 429) counters.floods += 1;
    this.#ring.push({ n: counters.calls, ...call });
    // Halving at twice the bound costs less than a shift per call.
    if (this.#ring.length >= this.#keep * 2) this.#ring = this.#ring.slice(-this.#keep);
  }

  /** The calls kept, oldest first; `method` in any case, `after` a call's number. */
  calls(
    filter: { method?: string | undefined; chatId?: number | undefined; after?: number | undefined } = {},
  ): RecordedCall[] {
    const method = filter.method?.toLowerCase();
    return this.#ring
      .slice(-this.#keep)
      .filter(
        (call) =>
          (method === undefined || call.method.toLowerCase() === method) &&
          (filter.chatId === undefined || call.chatId === filter.chatId) &&
          (filter.after === undefined || call.n > filter.after),
      );
  }
}
