/** A group takes few messages a minute: what left lately is counted, and a group that had its share rests. */
import { type EpochMs, iso } from '../core/clock.ts';
import type { BotId, ChatId } from '../core/ids.ts';
import type { Tx } from '../storage/database.ts';
import { statements } from './outbox.ts';

/** Messages a group takes within a minute, by Telegram's documents. */
export const GROUP_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** What left for a group within the last minute. */
export interface Lately {
  readonly chatId: ChatId;
  readonly count: number;
  /** epoch ms: when the first of it did */
  readonly since: EpochMs | null;
}

interface InChat {
  readonly chatId: ChatId;
}

/** Of the groups among the candidates; every one has an entry. Most claims have none, and ask nothing. */
export async function latelyOf(
  tx: Tx,
  botId: BotId,
  candidates: readonly InChat[],
  now: EpochMs,
): Promise<ReadonlyMap<ChatId, Lately>> {
  const groups = [...new Set(candidates.map(({ chatId }) => chatId).filter((id) => id < 0))];
  if (groups.length === 0) return new Map();
  const rows = await tx.query<Lately>(statements.groupsLately, [botId, groups, iso(now - MINUTE_MS)]);
  const none = groups.map((chatId) => [chatId, { chatId, count: 0, since: null }] as const);
  return new Map([...none, ...rows.map((row) => [row.chatId, row] as const)]);
}

/** Groups that have had their share with what was `taken` rest until the first of it is a minute old: until then nobody looks at them. */
export async function restGroups(
  tx: Tx,
  taken: readonly InChat[],
  lately: ReadonlyMap<ChatId, Lately>,
  now: EpochMs,
): Promise<void> {
  const full = [...lately.values()].filter(
    ({ chatId, count }) => count + taken.filter((one) => one.chatId === chatId).length >= GROUP_A_MINUTE,
  );
  if (full.length === 0) return;
  const pauses = full.map(({ chatId, since }) => ({ chatId, until: iso((since ?? now) + MINUTE_MS) }));
  await tx.query(statements.pauseChats, [JSON.stringify(pauses)]);
}
