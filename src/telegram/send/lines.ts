/** Answers of each chat on their way from this process: one after another; what stands behind one that must wait is given back. */
import type { ChatId } from '../../core/ids.ts';
import type { Claimed } from './claims.ts';

export interface LinesOptions {
  /** Sends one; resolves to false when those behind it should not leave now. */
  readonly send: (message: Claimed) => Promise<boolean>;
  /** Puts one back among those that wait, as if it had never been claimed. */
  readonly giveBack: (message: Claimed) => void;
}

export interface Lines {
  /**
   * Sends answers of one chat behind those already on their way. `since` (monotonic, ms): when the database was asked whether something
   * waits before them; what had to wait later than that stands before them after all. Resolves to whether the chat may have more.
   */
  follow(chatId: ChatId, messages: readonly Claimed[], since?: number): Promise<boolean>;
  /** An answer of the chat has to wait; it stands before all that follows until the database says so too. */
  waits(chatId: ChatId): void;
  /** The database says so now. */
  waitingWritten(chatId: ChatId): void;
}

/** A chat in which something had to wait is remembered for longer than any transaction lasts. */
const REMEMBERED_MS = 60_000;

/** Opens the lines of one sender. */
export function openLines(options: LinesOptions): Lines {
  const tails = new Map<ChatId, Promise<boolean>>();
  const waited = new Map<ChatId, number>();

  async function run(
    before: Promise<boolean> | undefined,
    chatId: ChatId,
    messages: readonly Claimed[],
    since: number,
  ): Promise<boolean> {
    let open = (await before) ?? true;
    open &&= since > (waited.get(chatId) ?? Number.NEGATIVE_INFINITY);
    for (const message of messages) {
      if (open) open = await options.send(message);
      else options.giveBack(message);
    }
    return open;
  }

  return {
    async follow(chatId, messages, since = Number.POSITIVE_INFINITY) {
      const tail = run(tails.get(chatId), chatId, messages, since);
      tails.set(chatId, tail);
      try {
        return await tail;
      } finally {
        if (tails.get(chatId) === tail) tails.delete(chatId);
      }
    },
    waits: (chatId) => void waited.set(chatId, Number.POSITIVE_INFINITY),
    waitingWritten(chatId) {
      const now = performance.now();
      for (const [chat, at] of waited) if (at < now - REMEMBERED_MS) waited.delete(chat);
      waited.set(chatId, now);
    },
  };
}

/** Holds back what came after a common claim of this process until it is known what that claim took: the database knew before we did. */
export interface BehindClaim {
  /** A common claim begins. */
  begin(): void;
  /** What it took stands in its lines; or is not `known`, and nothing may pass it. */
  end(known: boolean): void;
  /** Runs `work` at once, or behind the claim that is under way. */
  run(work: (known: boolean) => void): void;
}

/** Opens it for one sender. */
export function openBehindClaim(): BehindClaim {
  let underWay = false;
  const held: Array<(known: boolean) => void> = [];
  return {
    begin() {
      underWay = true;
    },
    end(known) {
      underWay = false;
      for (const work of held.splice(0)) work(known);
    },
    run(work) {
      if (underWay) held.push(work);
      else work(true);
    },
  };
}
