/** /cancel: ends whatever question of Steward's is waiting for an answer; where none is, offers the newest change to be taken back. */
import { undoable } from '../../actions/undo.ts';
import { iso } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { Context } from '../../telegram/feature.ts';
import { actionText, undoButton } from '../history/index.ts';

const waitingFlow = {
  name: 'cancel:waitingFlow',
  text: 'SELECT kind FROM flows WHERE chat_id = $1 AND person_id = $2 AND expires_at > $3',
};

/** Ends the flow of this chat and person, or offers an undo; throws UserError when there is neither. */
export async function cancel(context: Context): Promise<void> {
  const { inbound, actor, now, tx, t } = context;
  const [flow] = await tx.query(waitingFlow, [inbound.chatId, actor.person.id, iso(now)]);
  if (flow) {
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
