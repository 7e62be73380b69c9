/** What an attempt means for others: a chat or everything rests, a chat is gone or has moved. */
import type { EpochMs } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import type { Database } from '../../storage/database.ts';
import { type Attempted, isAnswer } from './attempt.ts';
import { type Claimed, chatUnreachable, migrateChat, type PacedBot, pauseAll, pauseChats, slowDown } from './claims.ts';

export interface ConsequencesOptions extends PacedBot {
  readonly db: Database;
  readonly limited: (scope: 'chat' | 'global') => void;
  /** Telegram refused what we built */
  readonly rejected: (reason: string) => void;
}

export interface Consequences {
  /** Draws them; when the attempt began and ended, epoch ms. */
  draw(message: Claimed, result: Attempted, begun: EpochMs, now: EpochMs): Promise<void>;
  /** Why nothing reaches Telegram at present. */
  problem(): 'unreached' | 'unauthorized' | null;
}

/** So many chats refused within one another's time mean the limit of all. */
const CHATS_MEAN_GLOBAL = 3;
/** The longest between two tries: an unknown token is likely to stay so, a network comes back. */
const LONGEST_WAIT_MS = { unauthorized: 30_000, unreached: 5_000 } as const;

/** Opens the memory of refusals of one sender. */
export function openConsequences(options: ConsequencesOptions): Consequences {
  const { db } = options;
  const limited = new Map<ChatId, { readonly until: EpochMs; readonly answer: boolean }>();
  /** Others than answers rest. */
  let rest = { since: 0, until: 0 };
  let problem: 'unreached' | 'unauthorized' | null = null;
  let outages = 0;
  let restsUntil = 0;

  /** All that was on its way when Telegram went away fails: one outage, not as many as there were messages. */
  async function outage(kind: 'unreached' | 'unauthorized', now: EpochMs): Promise<void> {
    if (now < restsUntil) return;
    outages = Math.min(outages + 1, 10);
    const forMs = Math.min(LONGEST_WAIT_MS[kind], 250 * 2 ** outages);
    restsUntil = now + forMs;
    await pauseAll(db, options, now, forMs);
  }

  /**
   * Answers go on while other messages rest: mostly the others used up the limit, and whoever writes should not have to wait for that. Where only answers were
   * refused, or one that was tried during the rest, everything rests.
   */
  async function limit(message: Claimed, forMs: number, begun: EpochMs, now: EpochMs): Promise<void> {
    const { chatId } = message;
    const until = now + forMs;
    for (const [chat, one] of limited) if (one.until <= now) limited.delete(chat);
    limited.set(chatId, { until, answer: isAnswer(message) });
    const inVain = isAnswer(message) && begun >= rest.since && begun < rest.until;
    const global = inVain || limited.size >= CHATS_MEAN_GLOBAL;
    options.limited(global ? 'global' : 'chat');
    await pauseChats(db, [{ chatId, until }]);
    if (!global) return;
    // What was on its way when the rest began tells nothing new of answers.
    const already = now < rest.until;
    const resting = inVain || (!already && [...limited.values()].every(({ answer }) => answer)) ? 'all' : 'others';
    limited.clear();
    rest = { since: already ? rest.since : now, until: Math.max(rest.until, until) };
    await slowDown(db, options, now, forMs, resting);
  }

  return {
    problem: () => problem,
    async draw(message, result, begun, now) {
      if (result.limitedMs !== undefined) await limit(message, result.limitedMs, begun, now);
      problem = result.outage ?? null;
      if (result.outage) await outage(result.outage, now);
      else [outages, restsUntil] = [0, 0];
      if (result.unreachable !== undefined) await chatUnreachable(db, message.chatId, result.unreachable, now);
      if (result.migrateTo !== undefined) await migrateChat(db, message.chatId, result.migrateTo);
      if (result.rejected !== undefined) options.rejected(result.rejected);
    },
  };
}
