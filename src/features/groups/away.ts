/** Tells people, each once and in private, that Steward cannot write in a group any more: their reminders there rest. */
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import type { Outgoing } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { noticeOf } from '../../telegram/notice.ts';
import { statements } from './statements.ts';
import { awayView } from './views.ts';

/** The messages for those who have reminders in groups that were lost; marks the groups told in `tx`. Safe on every replica at once. */
export async function absenceNotices(tx: Tx, now: EpochMs): Promise<Outgoing[]> {
  const messages: Outgoing[] = [];
  for (const group of await tx.query<{ id: number; title: string }>(statements.takeUntold, [iso(now)])) {
    const people = await tx.query<{ chatId: ChatId; language: string; reminders: number }>(statements.concerned, [
      group.id,
    ]);
    for (const { chatId, language, reminders } of people)
      messages.push(...noticeOf(chatId, awayView(translator(language), group.title, reminders)));
  }
  return messages;
}
