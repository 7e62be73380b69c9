/** Whether the Bot API server takes native messages: tried, and remembered for a while where it does not. */
import type { EpochMs } from '../../../core/clock.ts';
import type { Outcome } from '../api.ts';
import { CANNOT_EDIT, isOurFault, NOT_MODIFIED } from './refusals.ts';

/** How long a server that takes none is not asked again. */
const RESTS_MS = 3_600_000;
/** So many refused one after another, whatever the words, and the server takes none as we build them. */
const REFUSALS_MEAN_NONE = 3;

/** A server from before native messages has no such method, or misses the text in an edit. */
const KNOWS_NONE =
  /method not found|unknown method|no such method|text is empty|text is required|^(?!.*can't parse).*rich[ _]?message/i;

export interface NativeSupport {
  /** Whether a native message should be tried at `now`. */
  isTaken(now: EpochMs): boolean;
  /** One was taken. */
  took(): void;
  /**
   * One was refused, and `plain` is what became of the same in plain form. Returns why Telegram refused what we built; undefined where
   * the server knows no native messages, or nothing can be told.
   */
  refused(outcome: Outcome, plain: Outcome, now: EpochMs): string | undefined;
}

/** Opens the memory of one process; `none` is told once of a server that takes none, until it has taken one. */
export function openNativeSupport(none: (reason: string) => void): NativeSupport {
  let restsUntil = Number.NEGATIVE_INFINITY;
  let refusals = 0;
  let told = false;

  return {
    // A clock that was set back must not make it rest for longer.
    isTaken: (now) => now >= restsUntil || restsUntil - now > RESTS_MS,
    took() {
      refusals = 0;
      told = false;
    },
    refused(outcome, plain, now) {
      // Where the plain form got no answer either, or none but that the bot is unknown, nothing is known of the native one.
      if (plain.kind === 'unauthorized' || plain.kind === 'unreached' || plain.kind === 'lost') return undefined;
      const reason = 'reason' in outcome ? outcome.reason : '';
      refusals += 1;
      const knowsNone = outcome.kind === 'unauthorized' || KNOWS_NONE.test(reason);
      if (knowsNone || refusals >= REFUSALS_MEAN_NONE) {
        restsUntil = now + RESTS_MS;
        if (!told) none(reason);
        told = true;
      }
      return knowsNone ? undefined : reason;
    },
  };
}

/** True where Telegram refused the native form for itself, so that the plain one should be sent at once: nothing was acted on. */
export function yieldsToPlain(outcome: Outcome): boolean {
  // 404 is said of an unknown method as well as of an unknown bot: the plain form shows which.
  if (outcome.kind === 'unauthorized') return outcome.code === 404;
  return isOurFault(outcome) && !NOT_MODIFIED.test(outcome.reason) && !CANNOT_EDIT.test(outcome.reason);
}
