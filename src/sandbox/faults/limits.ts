/** Telegram's limits on sending, as its FAQ states them: about 30 messages a second overall, one a second in a chat, 20 a minute in a group. */

interface Bucket {
  tokens: number;
  at: number;
}

interface Rate {
  /** Tokens a second. */
  readonly refill: number;
  /** Tokens a rested bucket holds. */
  readonly burst: number;
}

export interface LimitRates {
  readonly overall: Rate;
  readonly privateChat: Rate;
  readonly group: Rate;
}

const telegramRates: LimitRates = {
  overall: { refill: 30, burst: 30 },
  privateChat: { refill: 1, burst: 4 },
  group: { refill: 20 / 60, burst: 20 },
};

/** Milliseconds that only ever grow: a limit must not follow a clock that is set. */
type Monotonic = () => number;

export class Limits {
  /** The limits count only when on; penalties set by faults always do. */
  enabled: boolean;
  rates: LimitRates = telegramRates;
  readonly #now: Monotonic;
  readonly #chats = new Map<number, Bucket>();
  readonly #overall: Bucket = { tokens: 30, at: 0 };
  readonly #penalties = new Map<number | 'global', number>();

  constructor(enabled: boolean, now: Monotonic = () => performance.now()) {
    this.enabled = enabled;
    this.#now = now;
  }

  /** Refuses the chat's calls (or all) for `seconds`. */
  penalise(scope: number | 'global', seconds: number): void {
    this.#penalties.set(scope, this.#now() + seconds * 1000);
  }

  clear(): void {
    this.#penalties.clear();
    this.#chats.clear();
  }

  /** Whole seconds a call for `chatId` has to wait, 0 when it may pass. `writes` counts it against the limits. */
  wait(chatId: number | undefined, writes: boolean): number {
    const now = this.#now();
    const penalty = Math.max(this.#penalty('global', now), chatId === undefined ? 0 : this.#penalty(chatId, now));
    if (penalty > 0) return Math.ceil(penalty / 1000);
    if (!this.enabled || !writes || chatId === undefined) return 0;
    const rate = chatId < 0 ? this.rates.group : this.rates.privateChat;
    let bucket = this.#chats.get(chatId);
    if (!bucket) {
      bucket = { tokens: rate.burst, at: now };
      this.#chats.set(chatId, bucket);
    }
    const wait = Math.max(lack(bucket, rate, now), lack(this.#overall, this.rates.overall, now));
    if (wait > 0) return Math.ceil(wait);
    bucket.tokens -= 1;
    this.#overall.tokens -= 1;
    return 0;
  }

  #penalty(scope: number | 'global', now: number): number {
    const until = this.#penalties.get(scope);
    if (until === undefined) return 0;
    if (until <= now) this.#penalties.delete(scope);
    return Math.max(0, until - now);
  }
}

/** Refills the bucket and says how many seconds it lacks for one token. */
function lack(bucket: Bucket, rate: Rate, now: number): number {
  bucket.tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * rate.refill);
  bucket.at = now;
  return bucket.tokens >= 1 ? 0 : (1 - bucket.tokens) / rate.refill;
}
