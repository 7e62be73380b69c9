/** The message that tells how a backup asked for in chat ended. */
import { readPerson } from '../../access/people.ts';
import type { Run } from '../../backup/runs.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { ChatId, PersonId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import type { Outgoing } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { noticeOf } from '../../telegram/notice.ts';
import { endedView } from './views.ts';

const asker = {
  name: 'backup:asker',
  text: 'SELECT c.person_id AS id FROM chats c JOIN people p ON p.id = c.person_id WHERE c.chat_id = $1 AND p.role = $2',
};

/** The messages for the chat it was asked for in; none when nobody there is the operator any more. */
export async function backupEndedNotice(
  tx: Tx,
  run: Run & { readonly chatId: ChatId },
  now: EpochMs,
): Promise<Outgoing[]> {
  const [row] = await tx.query<{ id: PersonId }>(asker, [run.chatId, 'operator']);
  if (!row) return [];
  const person = await readPerson(tx, row.id);
  const view = endedView({ t: translator(person.language), person, now }, run);
  return noticeOf(run.chatId, view);
}
