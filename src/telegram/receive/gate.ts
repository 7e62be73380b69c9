/** The first thing that sees an update: who may pass. Pure, no I/O: a stranger costs a look into two maps and leaves nothing behind. */
import { createHash } from 'node:crypto';
import type { Directory, Person } from '../../access/people.ts';
import type { ChatId, PersonId } from '../../core/ids.ts';

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

function mayUse(directory: Directory, chat: Json, user: TelegramUser): Person | undefined {
  const person = directory.byTelegramId(user.id);
  if (!person || !isId(chat['id'])) return undefined;
  if (chat['type'] === 'private') return chat['id'] === user.id ? person : undefined;
  if (chat['type'] !== 'group' && chat['type'] !== 'supergroup') return undefined;
  return directory.group(chat['id'])?.memberIds.has(person.id) ? person : undefined;
}

/** Judges one update. Nothing in it is trusted: missing and odd fields refuse it. */
export function gate(update: RawUpdate, directory: Directory): Verdict {
  const type = ALLOWED_UPDATES.find((name) => isObject(update[name]));
  if (!type) return { verdict: 'refused', type: 'other' };
  const refused: Verdict = { verdict: 'refused', type };
  const body = update[type];
  if (!isObject(body)) return refused;
  const user = sender(body['from']);
  const holder = type === 'callback_query' ? body['message'] : body;
  if (!user || !isObject(holder)) return refused;
  // Anonymous admins and posts in the name of a channel carry sender_chat; business messages belong to somebody else's chat.
  if (isObject(holder['sender_chat']) || holder['business_connection_id'] !== undefined) return refused;
  const chat = holder['chat'];
  if (!isObject(chat) || !isId(chat['id'])) return refused;
  const person = mayUse(directory, chat, user);
  if (person) {
    const group = holder['media_group_id'];
    return {
      verdict: 'passed',
      type,
      personId: person.id,
      lane: chat['id'] as ChatId,
      mediaGroup: type === 'message' && typeof group === 'string' ? group.slice(0, 64) : null,
    };
  }
  if (type === 'message' && chat['type'] === 'private' && chat['id'] === user.id && typeof body['text'] === 'string') {
    const code = /^\/start inv-([A-Z0-9]{8,64})$/.exec(body['text'])?.[1];
    if (code && directory.hasInvitation(invitationHash(code))) return { verdict: 'invited', code, from: user };
  }
  return refused;
}
