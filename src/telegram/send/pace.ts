/** How fast one bot may send: a token bucket in the database's row, shared by the replicas, that learns from refusals. Pure. */
import type { EpochMs } from '../../core/clock.ts';

/** The row: `rate` null means as fast as Telegram takes it. */
export interface Pace {
  readonly tokens: number;
  /** messages a second */
  readonly rate: number | null;
  /** messages a second at which Telegram last refused; null: not known */
  readonly ceiling: number | null;
  /** epoch ms */
  readonly refilledAt: EpochMs;
  /** epoch ms; all sending waits until then */
  readonly pausedUntil: EpochMs | null;
  /** epoch ms; all but answers to people waits until then */
  readonly othersPausedUntil: EpochMs | null;
}

/** Who waits after refusals. */
export type Resting = 'all' | 'others';

/** Where a bot without a limit of ours begins again once several chats were refused, and what is then believed to be the limit: Telegram's documented one. */
const LEARNED_RATE = 25;
const LIKELY_CEILING = 30;
/** Refusals do not slow further than this: below, they come of single chats or of Telegram's own trouble, and each names its pause anyway. */
const LOWEST_LEARNED = 5;
/** Part of the bucket that only answers to people may use, so that a thousand reminders do not make a person wait. */
const RESERVE = 0.2;
/** Holds one message beside the part kept for answers, or nothing but answers would leave at the lowest rates. */
const SMALLEST_BUCKET = 2;
/**
 * An unrefused bot gets this much faster every second, up to nine tenths of where it was refused and slowly from there: every refusal makes
 * people wait. A ceiling far below the documented one was a storm of refusals rather than a limit, and is soon tried again.
 */
const GROWTH = 1.03;
const NEAR_CEILING = 0.9;
const GROWTH_NEAR_CEILING = 1.001;
const TRUSTED_CEILING = 20;
/** A ceiling passed by so much is none any more. */
const CEILING_GONE = 1.2;
/** Beyond this rate a bot counts as unlimited again. */
const UNLIMITED_ABOVE = 2_000;
/** Messages claimed at once without a rate. */
const UNPACED_BATCH = 400;

/** `rate` after `seconds` without a refusal. */
function grown(rate: number, ceiling: number | null, seconds: number): number {
  const near = ceiling === null || ceiling < TRUSTED_CEILING ? Number.POSITIVE_INFINITY : ceiling * NEAR_CEILING;
  const toNear = rate >= near ? 0 : Math.log(near / rate) / Math.log(GROWTH);
  if (seconds <= toNear) return rate * GROWTH ** seconds;
  return Math.max(rate, near) * GROWTH_NEAR_CEILING ** (seconds - toNear);
}

function isPast(until: EpochMs | null, now: EpochMs): boolean {
  return until === null || until <= now;
}

/**
 * The bucket refilled for the time since; holds at most a second's worth, and in a rest only the answers' part. A clock set back refills nothing. `most`: the configured
 * rate, which is never grown beyond; null: whatever Telegram takes.
 */
export function refill(pace: Pace, now: EpochMs, most: number | null): Pace {
  if (pace.rate === null) return { ...pace, refilledAt: now };
  const seconds = Math.max(0, now - pace.refilledAt) / 1000;
  const rate = Math.min(most ?? Number.POSITIVE_INFINITY, grown(pace.rate, pace.ceiling, Math.min(seconds, 60)));
  const resting = Math.min(seconds, Math.max(0, (pace.othersPausedUntil ?? 0) - pace.refilledAt) / 1000);
  const afterRest = Math.min(
    pace.tokens + resting * pace.rate,
    resting > 0 ? Math.max(1, pace.rate * RESERVE) : Number.POSITIVE_INFINITY,
  );
  return {
    ...pace,
    rate: rate > UNLIMITED_ABOVE ? null : rate,
    ceiling: pace.ceiling !== null && rate > pace.ceiling * CEILING_GONE ? null : pace.ceiling,
    tokens: Math.min(Math.max(SMALLEST_BUCKET, rate), afterRest + (seconds - resting) * pace.rate),
    refilledAt: now,
  };
}

/**
 * How many answers, and how many other messages, may leave now. While others rest answers go one by one, the next when none is `underWay`: where they are
 * refused too, one more refusal tells it.
 */
export function allowance(pace: Pace, now: EpochMs, underWay = false): { answers: number; others: number } {
  if (!isPast(pace.pausedUntil, now)) return { answers: 0, others: 0 };
  const answers = pace.rate === null ? UNPACED_BATCH : Math.max(0, Math.floor(pace.tokens));
  if (!isPast(pace.othersPausedUntil, now)) return { answers: underWay ? 0 : Math.min(1, answers), others: 0 };
  if (pace.rate === null) return { answers, others: UNPACED_BATCH };
  return { answers, others: Math.max(0, Math.floor(pace.tokens - pace.rate * RESERVE)) };
}

/**
 * Answers that a process may send at once and report afterwards: none while all waits, at most half of what the bucket may hold, so that
 * several replicas doing so together stay near the pace.
 */
export function spareAnswers(pace: Pace, now: EpochMs): number {
  if (!isPast(pace.pausedUntil, now) || !isPast(pace.othersPausedUntil, now)) return 0;
  return pace.rate === null ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor(pace.tokens - pace.rate / 2));
}

/**
 * The pace after several chats were refused at once: until Telegram's word nothing leaves, or nothing but answers to people, whose chats were not
 * refused; then it goes on slower. What is refused during the rest was on its way before it: a burst of hundreds slows once, not hundreds of times.
 */
export function slowed(pace: Pace, now: EpochMs, retryAfterMs: number, resting: Resting): Pace {
  const later = (until: EpochMs | null) => Math.max(until ?? 0, now + retryAfterMs);
  const rest = {
    othersPausedUntil: later(pace.othersPausedUntil),
    pausedUntil: resting === 'all' ? later(pace.pausedUntil) : pace.pausedUntil,
  };
  if (pace.rate !== null && !isPast(pace.othersPausedUntil, now)) return { ...pace, ...rest };
  const rate = pace.rate === null ? LEARNED_RATE : Math.max(Math.min(pace.rate, LOWEST_LEARNED), pace.rate * 0.8);
  return { tokens: 0, rate, ceiling: pace.rate ?? LIKELY_CEILING, refilledAt: now, ...rest };
}

/** Milliseconds until the next answer, or the next other message, may leave, for a loop with nothing else to do. */
export function untilNext(pace: Pace, now: EpochMs, what: 'answer' | 'other'): number {
  const left = (until: EpochMs | null) => Math.max(0, (until ?? 0) - now);
  const rest = Math.max(left(pace.pausedUntil), what === 'other' ? left(pace.othersPausedUntil) : 0);
  if (rest > 0 || pace.rate === null) return rest;
  const missing = (what === 'other' ? pace.rate * RESERVE : 0) + 1 - pace.tokens;
  return missing <= 0 ? 0 : (missing / pace.rate) * 1000;
}
