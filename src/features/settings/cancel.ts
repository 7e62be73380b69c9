/** /cancel: ends whatever question of Steward's is waiting for an answer, in words or by a button; where none is, offers the newest change to be taken back. */
import { undoable } from '../../actions/undo.ts';
import { iso } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { Context } from '../../telegram/feature.ts';
import type { MessageSubject } from '../../telegram/view.ts';
import { actionText, undoButton } from '../history/index.ts';

const waitingFlow = {
  name: 'cancel:waitingFlow',
  text: 'SELECT kind FROM flows WHERE chat_id = $1 AND person_id = $2 AND expires_at > $3',
};

/** What the newest message of ours shows, reminders apart: those come by themselves. */
const newestShown = {
  name: 'cancel:newestShown',
  text: `SELECT message_id, role, entity, entity_id, data FROM message_links
          WHERE bot_id = $1 AND chat_id = $2 AND role NOT IN ('source', 'reminder') ORDER BY message_id DESC, created_at DESC LIMIT 1`,
};

/** Takes the way out of the question that the newest message asks by buttons; false where it asks nothing. */
async function leave(context: Context): Promise<boolean> {
  const { tx, botId, inbound, actor } = context;
  const [shown] = await tx.query<MessageSubject & { readonly messageId: number }>(newestShown, [botId, inbound.chatId]);
  const { leave: data, space = actor.spaceId } = shown?.data ?? {};
  if (shown === undefined || typeof data !== 'string' || space !== actor.spaceId) return false;
  const { messageId, ...subject } = shown;
  await context.press({ messageId, subject }, data);
  return true;
}

/** Ends the flow of this chat and person, or leaves the newest question, or offers an undo; throws UserError when there is none of them. */
export async function cancel(context: Context): Promise<void> {
  const { inbound, actor, now, tx, t } = context;
  const [flow] = await tx.query(waitingFlow, [inbound.chatId, actor.person.id, iso(now)]);
  if (flow || (await leave(context))) {
    await context.flow.end();
    return context.answer({ lines: [[t.text('settings-cancelled')]] });
  }
  const [newest] = await undoable(tx, actor, 1, now);
  const told = newest === undefined ? null : await actionText(context, newest);
  if (newest === undefined || told === null) throw new UserError('error-nothing-to-cancel');
  await context.answer({
    lines: [[t.text('settings-nothing-asked')], t.spans('settings-last-change', { what: told })],
    buttons: [[undoButton(t, newest)]],
  });
}
