/** The first thing that sees an update: who may pass. Pure, no I/O: a stranger costs a look into two maps and leaves nothing behind. */
import { createHash } from 'node:crypto';
import type { Directory, Person } from '../../access/people.ts';
import type { ChatId, PersonId } from '../../core/ids.ts';
import { type Addressee, isAddressed } from './addressed.ts';

/** The update types Steward asks Telegram for; all others are refused even when they come. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
export type UpdateType = (typeof ALLOWED_UPDATES)[number];

/** An update as it came: only its id is known to be right. */
export interface RawUpdate {
  readonly update_id: number;
  readonly [field: string]: unknown;
}

export interface Passed {
  readonly verdict: 'passed';
  readonly type: UpdateType;
  readonly personId: PersonId;
  readonly lane: ChatId;
  readonly mediaGroup: string | null;
}

export type Verdict =
  | Passed
  | { readonly verdict: 'refused'; readonly type: UpdateType | 'other' }
  /** A stranger with an open invitation code, in a private chat. */
  | { readonly verdict: 'invited'; readonly code: string; readonly from: TelegramUser };

export interface TelegramUser {
  readonly id: number;
  readonly name: string;
  readonly languageCode: string;
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const isId = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** True when `value` is an update at all: an object with an id. Everything else in it is judged by `gate`. */
export function isUpdate(value: unknown): value is RawUpdate {
  return isObject(value) && isId(value['update_id']) && value['update_id'] >= 0;
}

/** A person and not a bot, a channel or an anonymous admin. */
function sender(from: unknown): TelegramUser | undefined {
  if (!isObject(from) || !isId(from['id']) || from['is_bot'] === true) return undefined;
  const first = typeof from['first_name'] === 'string' ? from['first_name'] : '';
  const last = typeof from['last_name'] === 'string' ? ` ${from['last_name']}` : '';
  return {
    id: from['id'],
    name: `${first}${last}`.trim().slice(0, 128),
    languageCode: typeof from['language_code'] === 'string' ? from['language_code'].slice(0, 16) : '',
  };
}

/** SHA-256 of an invitation code, hex: what the directory knows codes by. */
export function invitationHash(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** What a bot that is not in a group is there. */
const ABSENT: ReadonlySet<unknown> = new Set(['left', 'kicked']);

const isGroup = (chat: Json): boolean => chat['type'] === 'group' || chat['type'] === 'supergroup';

/**
 * Whether somebody allowed is to be heard in a group: they added Steward to it or removed it, pressed a button there, or addressed
 * Steward. Whoever is not allowed is not, whatever the group.
 */
function isHeard(type: UpdateType, holder: Json, isKnown: boolean, bot: Addressee): boolean {
  switch (type) {
    case 'my_chat_member':
      return isKnown || (isObject(holder['new_chat_member']) && !ABSENT.has(holder['new_chat_member']['status']));
    case 'callback_query':
      return isKnown;
    default:
      return isAddressed(holder, bot);
  }
}

/**
 * Whom a notice of Telegram about a known group concerns, whoever caused it: the one who left it, or any of its people when it moves to
 * another chat id. A move unheard would leave its tasks behind.
 */
function concerned(message: Json, chatId: number, directory: Directory): Person | undefined {
  const left = message['left_chat_member'];
  const group = directory.group(chatId);
  if (group && isObject(left) && isId(left['id'])) return directory.byTelegramId(left['id']);
  const from = message['migrate_from_chat_id'];
  const moving = isId(message['migrate_to_chat_id']) ? group : isId(from) ? directory.group(from) : undefined;
  return moving && directory.people().find(({ id }) => moving.memberIds.has(id));
}

function mayUse(type: UpdateType, holder: Json, chat: Json, user: TelegramUser, context: Known): Person | undefined {
  const { directory, bot } = context;
  const person = directory.byTelegramId(user.id);
  if (!person || !isId(chat['id'])) return undefined;
  if (chat['type'] === 'private') return chat['id'] === user.id ? person : undefined;
  if (!isGroup(chat)) return undefined;
  return isHeard(type, holder, directory.group(chat['id']) !== undefined, bot) ? person : undefined;
}

interface Known {
  readonly directory: Directory;
  readonly bot: Addressee;
}

/** Judges one update. Nothing in it is trusted: missing and odd fields refuse it. */
export function gate(update: RawUpdate, directory: Directory, bot: Addressee): Verdict {
  const type = ALLOWED_UPDATES.find((name) => isObject(update[name]));
  if (!type) return { verdict: 'refused', type: 'other' };
  const refused: Verdict = { verdict: 'refused', type };
  const body = update[type];
  if (!isObject(body)) return refused;
  const user = sender(body['from']);
  const holder = type === 'callback_query' ? body['message'] : body;
  if (!isObject(holder)) return refused;
  const passed = (person: Person, lane: number, group: unknown): Passed => ({
    verdict: 'passed',
    type,
    personId: person.id,
    lane: lane as ChatId,
    mediaGroup: type === 'message' && typeof group === 'string' ? group.slice(0, 64) : null,
  });
  const chat = holder['chat'];
  if (!isObject(chat) || !isId(chat['id'])) return refused;
  if (type === 'message' && isGroup(chat)) {
    const person = concerned(body, chat['id'], directory);
    if (person) return passed(person, chat['id'], undefined);
  }
  if (!user) return refused;
  // Anonymous admins and posts in the name of a channel carry sender_chat; business messages belong to somebody else's chat.
  if (isObject(holder['sender_chat']) || holder['business_connection_id'] !== undefined) return refused;
  const person = mayUse(type, holder, chat, user, { directory, bot });
  if (person) return passed(person, chat['id'], holder['media_group_id']);
  if (type === 'message' && chat['type'] === 'private' && chat['id'] === user.id && typeof body['text'] === 'string') {
    const code = /^\/start inv-([A-Z0-9]{8,64})$/.exec(body['text'])?.[1];
    if (code && directory.hasInvitation(invitationHash(code))) return { verdict: 'invited', code, from: user };
  }
  return refused;
}
