/** People as Telegram tells of them, and where a forwarded message comes from. */
import { z } from 'zod';
import type { Forwarded } from '../feature.ts';

export const user = z.object({
  id: z.number(),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().default(''),
});

const originChat = z.object({ id: z.number(), title: z.string().optional(), username: z.string().optional() });
export const origin = z.object({
  type: z.string(),
  date: z.number().default(0),
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: originChat.optional(),
  chat: originChat.optional(),
  message_id: z.number().optional(),
});

/** What Telegram tells of whoever wrote a forwarded message; null for one of the person's own. `date`: all that older servers tell. */
export function forwardedFrom(from: z.infer<typeof origin> | undefined, date: number | undefined): Forwarded | null {
  if (from === undefined) return date === undefined ? null : { name: '', link: null, at: date * 1000 };
  const name = [from.sender_user?.first_name, from.sender_user?.last_name].filter(Boolean).join(' ');
  const chat = from.chat ?? from.sender_chat;
  return {
    name: name || from.sender_user_name || chat?.title || '',
    link: linkOf(from),
    at: from.date * 1000,
  };
}

/** Where the forwarded message, or whoever wrote it, is found: Telegram tells it of channels and of public names only. */
function linkOf({ sender_user, sender_chat, chat, message_id }: z.infer<typeof origin>): string | null {
  const publicName = (name: string | undefined) => (name !== undefined && /^\w{3,40}$/.test(name) ? name : null);
  if (chat !== undefined && message_id !== undefined) {
    const channel = publicName(chat.username);
    if (channel !== null) return `https://t.me/${channel}/${message_id}`;
    // A private channel's address opens for its members.
    const number = /^-100(\d+)$/.exec(String(chat.id))?.[1];
    return number === undefined ? null : `https://t.me/c/${number}/${message_id}`;
  }
  const name = publicName(chat?.username ?? sender_chat?.username ?? sender_user?.username);
  return name === null ? null : `https://t.me/${name}`;
}
