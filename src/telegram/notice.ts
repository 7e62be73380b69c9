/** What Steward says where nobody wrote, ready for the outbox. */
import type { ChatId } from '../core/ids.ts';
import { DIGEST, type Outgoing, type SendPriority } from '../outbox/outbox.ts';
import { build } from './builder.ts';
import type { View } from './view.ts';

/** The messages of a view for a chat other than that of the update at hand, without previews of what they link to; what it shows is tied to the last. */
export function messagesTo(chatId: ChatId, priority: SendPriority, view: View): Outgoing[] {
  return build(view).map((message, index, all) => ({
    chatId,
    priority,
    method: 'sendMessage',
    payload: { ...message, link_preview_options: { is_disabled: true } },
    ...(index === all.length - 1 && view.shows ? { link: view.shows } : {}),
  }));
}

/** Those of what nobody waits for: they go behind answers and reminders. */
export const noticeOf = (chatId: ChatId, view: View): Outgoing[] => messagesTo(chatId, DIGEST, view);
