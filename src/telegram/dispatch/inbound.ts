/** Makes an Inbound of a stored update: parsed here once, trusted behind it. */
import { z } from 'zod';
import type { ChatId } from '../../core/ids.ts';
import type { InboundFile } from '../feature.ts';
import type { RawUpdate, UpdateType } from '../receive/gate.ts';

const file = z.object({
  file_id: z.string(),
  file_name: z.string().optional(),
  file_size: z.number().optional(),
  title: z.string().optional(),
});

const user = z.object({
  id: z.number(),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().default(''),
});

const origin = z.object({
  type: z.string(),
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: z.object({ title: z.string().optional() }).optional(),
  chat: z.object({ title: z.string().optional() }).optional(),
});

const message = z.object({
  message_id: z.number(),
  date: z.number().default(0),
  edit_date: z.number().optional(),
  chat: z.object({ id: z.number(), type: z.string() }),
  from: user.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  reply_to_message: z.object({ message_id: z.number() }).optional(),
  forward_origin: origin.optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  photo: z.array(file).optional(),
  document: file.optional(),
  audio: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  sticker: file.extend({ emoji: z.string().optional() }).optional(),
  dice: z.object({ emoji: z.string() }).optional(),
  contact: z.object({ first_name: z.string(), last_name: z.string().optional(), phone_number: z.string() }).optional(),
  venue: z.object({ title: z.string(), address: z.string() }).optional(),
  poll: z.object({ question: z.string() }).optional(),
  checklist: z.object({ title: z.string(), tasks: z.array(z.object({ text: z.string() })).default([]) }).optional(),
  migrate_to_chat_id: z.number().optional(),
});

const callback = z.object({
  id: z.string(),
  from: user,
  message: z.object({ message_id: z.number(), chat: z.object({ id: z.number(), type: z.string() }) }),
  data: z.string().optional(),
});

const member = z.object({
  chat: z.object({ id: z.number(), type: z.string() }),
  from: user,
  new_chat_member: z.object({ status: z.string() }),
});

type Message = z.infer<typeof message>;

interface Common {
  readonly chatId: ChatId;
  readonly chatKind: 'private' | 'group';
  readonly senderName: string;
  readonly username: string | null;
  readonly languageCode: string;
}

/** A message, new or edited. Ids of messages are resolved to what they show by the router. */
export interface ParsedMessage extends Common {
  readonly kind: 'message' | 'edited';
  readonly messageId: number;
  readonly text: string;
  readonly replyTo: number | null;
  readonly files: readonly InboundFile[];
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  readonly forwardedFrom: string | null;
  /** nothing a person wrote or sent: somebody joined, a title changed */
  readonly isService: boolean;
}

export interface ParsedPress extends Common {
  readonly kind: 'press';
  readonly callbackId: string;
  readonly messageId: number;
  readonly data: string;
}

/** The person blocked or unblocked the bot. */
export interface ParsedMembership extends Common {
  readonly kind: 'membership';
  readonly present: boolean;
}

export type Parsed = ParsedMessage | ParsedPress | ParsedMembership;

function common(chat: { id: number; type: string }, from: z.infer<typeof user> | undefined): Common {
  return {
    chatId: chat.id as ChatId,
    chatKind: chat.type === 'private' ? 'private' : 'group',
    senderName: [from?.first_name, from?.last_name].filter(Boolean).join(' '),
    username: from?.username ?? null,
    languageCode: from?.language_code ?? '',
  };
}

function files(of: Message): InboundFile[] {
  const take = (kind: InboundFile['kind'], value: z.infer<typeof file> | undefined): InboundFile[] =>
    value
      ? [{ kind, fileId: value.file_id, name: value.file_name ?? value.title ?? null, bytes: value.file_size ?? null }]
      : [];
  return [
    // Telegram sends every size of a photo; the last is the largest.
    ...take('photo', of.photo?.at(-1)),
    // An animation comes as a document too.
    ...take('document', of.animation ? undefined : of.document),
    ...take('audio', of.audio),
    ...take('voice', of.voice),
    ...take('video', of.video ?? of.video_note ?? of.animation),
    ...take('other', of.sticker),
  ];
}

function forwarded(of: Message): string | null {
  const from = of.forward_origin;
  if (!from) return null;
  const name = [from.sender_user?.first_name, from.sender_user?.last_name].filter(Boolean).join(' ');
  return name || from.sender_user_name || from.sender_chat?.title || from.chat?.title || '';
}

function words(of: Message): string {
  if (of.text !== undefined) return of.text;
  if (of.caption !== undefined) return of.caption;
  if (of.sticker?.emoji) return of.sticker.emoji;
  // Who sends 🎲 alone gets a thrown one.
  if (of.dice) return of.dice.emoji;
  if (of.contact)
    return [of.contact.first_name, of.contact.last_name, of.contact.phone_number].filter(Boolean).join(' ');
  if (of.venue) return `${of.venue.title}, ${of.venue.address}`;
  if (of.poll) return of.poll.question;
  if (of.checklist) return [of.checklist.title, ...of.checklist.tasks.map((task) => task.text)].join('\n');
  return '';
}

function parsedMessage(kind: 'message' | 'edited', value: unknown): ParsedMessage | undefined {
  const parsed = message.safeParse(value);
  if (!parsed.success) return undefined;
  const of = parsed.data;
  const text = words(of);
  const attached = files(of);
  return {
    ...common(of.chat, of.from),
    kind,
    messageId: of.message_id,
    text,
    replyTo: of.reply_to_message?.message_id ?? null,
    files: attached,
    location: of.location ?? null,
    forwardedFrom: forwarded(of),
    isService: text === '' && attached.length === 0 && !of.location,
  };
}

/** What an update says; undefined for one that cannot be understood (it is handled by doing nothing). */
export function parseUpdate(type: UpdateType, update: RawUpdate): Parsed | undefined {
  switch (type) {
    case 'message':
      return parsedMessage('message', update['message']);
    case 'edited_message':
      return parsedMessage('edited', update['edited_message']);
    case 'callback_query': {
      const parsed = callback.safeParse(update['callback_query']);
      if (!parsed.success) return undefined;
      const { data } = parsed;
      return {
        ...common(data.message.chat, data.from),
        kind: 'press',
        callbackId: data.id,
        messageId: data.message.message_id,
        data: data.data ?? '',
      };
    }
    case 'my_chat_member': {
      const parsed = member.safeParse(update['my_chat_member']);
      if (!parsed.success) return undefined;
      const { data } = parsed;
      const present = !['left', 'kicked'].includes(data.new_chat_member.status);
      return { ...common(data.chat, data.from), kind: 'membership', present };
    }
  }
}

/** An album as one message: the words of whichever member has them, the files of all. */
export function asAlbum(members: readonly ParsedMessage[]): ParsedMessage | undefined {
  const [first] = members;
  if (!first) return undefined;
  return {
    ...first,
    text: members
      .map((part) => part.text)
      .filter((text) => text !== '')
      .join('\n'),
    files: members.flatMap((part) => part.files),
  };
}
