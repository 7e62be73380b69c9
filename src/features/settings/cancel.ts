/** /cancel: ends whatever question of Steward's is waiting for an answer. */
import { iso } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import type { Context } from '../../telegram/feature.ts';

const waitingFlow = {
  name: 'cancel:waitingFlow',
  text: 'SELECT kind FROM flows WHERE chat_id = $1 AND person_id = $2 AND expires_at > $3',
};

/** Ends the flow of this chat and person; throws UserError when none waits. */
export async function cancel(context: Context): Promise<void> {
  const { inbound, actor, now } = context;
  const [flow] = await context.tx.query(waitingFlow, [inbound.chatId, actor.person.id, iso(now)]);
  if (!flow) throw new UserError('error-nothing-to-cancel');
  await context.flow.end();
  await context.answer({ lines: [[context.t.text('settings-cancelled')]] });
}
