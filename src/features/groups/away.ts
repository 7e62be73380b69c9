/** Tells people, each once and in private, that Steward cannot write in a group any more: their reminders there rest. */
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import { DIGEST, type Outgoing } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { build } from '../../telegram/builder.ts';
import { awayView } from './views.ts';

const untold = {
  name: 'groups:untold',
  text: `UPDATE groups g SET absence_told_at = $1
           FROM spaces s JOIN chats c ON c.chat_id = s.chat_id
          WHERE s.id = g.id AND c.unreachable_since IS NOT NULL AND g.absence_told_at IS NULL
         RETURNING g.id, s.title`,
};
const concerned = {
  name: 'groups:concerned',
  text: `SELECT p.telegram_user_id AS chat_id, p.language, count(r.id)::int AS reminders
           FROM memberships m JOIN people p ON p.id = m.person_id
           JOIN chats c ON c.chat_id = p.telegram_user_id AND c.unreachable_since IS NULL
           LEFT JOIN reminders r ON r.space_id = m.space_id AND r.person_id = p.id AND r.status IN ('active', 'paused')
          WHERE m.space_id = $1 AND p.role IN ('operator', 'member')
          GROUP BY p.id HAVING count(r.id) > 0 ORDER BY p.id`,
};

/** The messages for those who have reminders in groups that were lost; marks the groups told in `tx`. Safe on every replica at once. */
export async function absenceNotices(tx: Tx, now: EpochMs): Promise<Outgoing[]> {
  const messages: Outgoing[] = [];
  for (const group of await tx.query<{ id: number; title: string }>(untold, [iso(now)])) {
    const people = await tx.query<{ chatId: ChatId; language: string; reminders: number }>(concerned, [group.id]);
    for (const { chatId, language, reminders } of people)
      for (const message of build(awayView(translator(language), group.title, reminders)))
        messages.push({
          chatId,
          priority: DIGEST,
          method: 'sendMessage',
          payload: { ...message, link_preview_options: { is_disabled: true } },
        });
  }
  return messages;
}
