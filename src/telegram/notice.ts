/** What Steward says on its own and nobody waits for, ready for the outbox. */
import type { ChatId } from '../core/ids.ts';
import { DIGEST, type Outgoing } from '../outbox/outbox.ts';
import { build } from './builder.ts';
import type { View } from './view.ts';

/** The messages of a view for a chat, behind answers and reminders, without previews of what they link to. */
export function noticeOf(chatId: ChatId, view: View): Outgoing[] {
  return build(view).map((message) => ({
    chatId,
    priority: DIGEST,
    method: 'sendMessage',
    payload: { ...message, link_preview_options: { is_disabled: true } },
  }));
}
