/** Makes an Inbound of a stored update: parsed here once, trusted behind it. */
import { z } from 'zod';
import type { ChatId } from '../../core/ids.ts';
import type { Inbound, InboundFile } from '../feature.ts';
import type { RawUpdate, UpdateType } from '../receive/gate.ts';
import { forwardedFrom, origin, user } from './origin.ts';

const file = z.object({
  file_id: z.string(),
  file_unique_id: z.string().default(''),
  file_name: z.string().optional(),
  file_size: z.number().nonnegative().optional(),
  duration: z.number().nonnegative().optional(),
  title: z.string().optional(),
  performer: z.string().optional(),
});

const chat = z.object({ id: z.number(), type: z.string(), title: z.string().default('') });

/** Only mentions of people without a username are of use here. */
const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: z.object({ id: z.number() }).optional(),
});

const message = z.object({
  message_id: z.number(),
  date: z.number().default(0),
  edit_date: z.number().optional(),
  chat,
  from: user.optional(),
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
  entities: z.array(entity).optional().catch(undefined),
  caption_entities: z.array(entity).optional().catch(undefined),
  text: z.string().optional(),
  caption: z.string().optional(),
  reply_to_message: z.object({ message_id: z.number() }).optional(),
  // One that cannot be read is still somebody else's: its words must not pass for the person's own.
  forward_origin: origin.catch({ type: 'unknown', date: 0 }).optional(),
  forward_date: z.number().optional(),
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
  migrate_from_chat_id: z.number().optional(),
  left_chat_member: z.object({ id: z.number() }).optional(),
});

const callback = z.object({
  id: z.string(),
  from: user,
  message: z.object({
    message_id: z.number(),
    chat,
    message_thread_id: z.number().optional(),
    is_topic_message: z.boolean().optional(),
  }),
  data: z.string().optional(),
});

const standing = z.object({ status: z.string(), is_member: z.boolean().optional() });

const isThere = ({ status, is_member }: z.infer<typeof standing>): boolean =>
  !['left', 'kicked'].includes(status) && !(status === 'restricted' && is_member === false);

const member = z.object({
  chat,
  from: user,
  old_chat_member: standing.optional(),
  new_chat_member: standing,
});

type Message = z.infer<typeof message>;

interface Common {
  readonly chatId: ChatId;
  readonly chatKind: 'private' | 'group';
  /** of a group */
  readonly title: string;
  /** the topic of a group's forum; null: none */
  readonly threadId: number | null;
  readonly senderName: string;
  readonly username: string | null;
  readonly languageCode: string;
}

/** A message, new or edited. Ids of messages are resolved to what they show by the router. */
export interface ParsedMessage extends Common {
  readonly kind: 'message' | 'edited';
  readonly messageId: number;
  readonly dateSeconds: number;
  /** of an album all of its messages, else the one */
  readonly messageIds: readonly number[];
  /** members of the same album that were handled before: Telegram brought it in parts */
  readonly continues: readonly number[];
  readonly text: string;
  readonly replyTo: number | null;
  readonly files: readonly InboundFile[];
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  readonly forwarded: Inbound['forwarded'];
  /** people named by a link instead of their @name: where in the text, and Telegram's id */
  readonly mentions: ReadonlyArray<{ readonly offset: number; readonly length: number; readonly userId: number }>;
  /** nothing a person wrote or sent: somebody joined, a title changed */
  readonly isService: boolean;
}

export interface ParsedPress extends Common {
  readonly kind: 'press';
  readonly callbackId: string;
  readonly messageId: number;
  readonly data: string;
}

/** The person blocked or unblocked the bot; in a group they added or removed it, or changed what it may do there. */
export interface ParsedMembership extends Common {
  readonly kind: 'membership';
  readonly present: boolean;
  /** it was not there before */
  readonly came: boolean;
}

/** A group got another chat id. */
export interface ParsedMove extends Common {
  readonly kind: 'moved';
  readonly from: ChatId;
  readonly to: ChatId;
}

/** Somebody left a group or was taken out of it. */
export interface ParsedLeaving extends Common {
  readonly kind: 'left';
  readonly userId: number;
}

export type Parsed = ParsedMessage | ParsedPress | ParsedMembership | ParsedMove | ParsedLeaving;

function common(
  chat: { id: number; type: string; title: string },
  from: z.infer<typeof user> | undefined,
  topic: { message_thread_id?: number | undefined; is_topic_message?: boolean | undefined } = {},
): Common {
  return {
    title: chat.title,
    threadId: topic.is_topic_message === true ? (topic.message_thread_id ?? null) : null,
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
      ? [
          {
            kind,
            fileId: value.file_id,
            uniqueId: value.file_unique_id,
            messageId: of.message_id,
            name: value.file_name ?? titleOf(value),
            bytes: value.file_size ?? null,
            duration: value.duration ?? null,
          },
        ]
      : [];
  return [
    // Telegram sends every size of a photo; the last is the largest.
    ...take('photo', of.photo?.at(-1)),
    // An animation comes as a document too.
    ...take('document', of.animation ? undefined : of.document),
    ...take('audio', of.audio),
    ...take('voice', of.voice),
    ...take('video', of.video),
    ...take('animation', of.animation),
    ...take('video_note', of.video_note),
    ...take('sticker', of.sticker),
  ];
}

/** A recording as its tags call it. */
function titleOf({ title, performer }: z.infer<typeof file>): string | null {
  return title === undefined ? null : [performer, title].filter(Boolean).join(' – ');
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

function mentionIn({ type, offset, length, user: named }: z.infer<typeof entity>): ParsedMessage['mentions'][number][] {
  return type === 'text_mention' && named ? [{ offset, length, userId: named.id }] : [];
}

/** What Telegram says of a group itself; undefined for anything people wrote. */
function noticeOf(of: Message): ParsedMove | ParsedLeaving | undefined {
  const about = common(of.chat, of.from, of);
  if (about.chatKind !== 'group') return undefined;
  const { migrate_from_chat_id: from, migrate_to_chat_id: to, left_chat_member: left } = of;
  if (to !== undefined) return { ...about, kind: 'moved', from: about.chatId, to: to as ChatId };
  if (from !== undefined) return { ...about, kind: 'moved', from: from as ChatId, to: about.chatId };
  return left && { ...about, kind: 'left', userId: left.id };
}

function parsedMessage(
  kind: 'message' | 'edited',
  value: unknown,
): ParsedMessage | ParsedMove | ParsedLeaving | undefined {
  const parsed = message.safeParse(value);
  if (!parsed.success) return undefined;
  const of = parsed.data;
  const notice = noticeOf(of);
  if (notice) return notice;
  const text = words(of);
  const attached = files(of);
  return {
    ...common(of.chat, of.from, of),
    kind,
    messageId: of.message_id,
    dateSeconds: of.date,
    messageIds: [of.message_id],
    continues: [],
    text,
    replyTo: of.reply_to_message?.message_id ?? null,
    files: attached,
    location: of.location ?? null,
    forwarded: forwardedFrom(of.forward_origin, of.forward_date),
    mentions: (of.text === undefined ? of.caption_entities : of.entities)?.flatMap(mentionIn) ?? [],
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
        ...common(data.message.chat, data.from, data.message),
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
      const present = isThere(data.new_chat_member);
      const came = present && data.old_chat_member !== undefined && !isThere(data.old_chat_member);
      return { ...common(data.chat, data.from), kind: 'membership', present, came };
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
    messageIds: members.flatMap((part) => part.messageIds),
  };
}
