/** Tells the operator that the disk fills up, while there is room to tell it, and afterwards that it was full. */
import type { Person } from '../../access/people.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import type { Outgoing } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { noticeOf } from '../../telegram/notice.ts';
import { statements as sql } from './statements.ts';

/** What is told once by any replica is not told again for so long: it may be a disk that never has much room. */
const AGAIN_MS = 86_400_000;
const MIB = 1_048_576;

export interface DiskTrouble {
  /** how bad it was since it was told last */
  readonly worst: 'degraded' | 'down';
  readonly isFullNow: boolean;
  readonly freeBytes: number;
  /** epoch ms */
  readonly now: EpochMs;
}

/** The notice, empty where one like it was told within a day. The mark is set in `tx`: put the messages into the outbox in the same transaction. */
export async function diskNotice(tx: Tx, operator: Person, trouble: DiskTrouble): Promise<Outgoing[]> {
  const { worst, isFullNow, freeBytes, now } = trouble;
  if (operator.telegramUserId === null) return [];
  const marked = await tx.query(sql.markTold, [`told-disk-${worst}`, iso(now), iso(now - AGAIN_MS)]);
  if (marked.length === 0) return [];
  const t = translator(operator.language);
  const free = Math.floor(freeBytes / MIB);
  const full = isFullNow ? 'status-disk-full' : 'status-disk-was-full';
  const text = t.text(worst === 'down' ? full : 'status-disk-low', { free });
  return noticeOf(operator.telegramUserId as ChatId, { lines: [[text]] });
}
