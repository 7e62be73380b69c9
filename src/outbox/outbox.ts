/** Messages waiting to be sent: put in by the transaction that causes them, claimed and finished by a sender. Knows no Telegram. */
import type { EpochMs } from '../core/clock.ts';
import { iso } from '../core/clock.ts';
import type { BotId, ChatId, DeliveryId } from '../core/ids.ts';
import { trimFiles } from '../storage/contents/transfer-files.ts';
import type { Queryable, Tx } from '../storage/database.ts';
import { loadSql } from '../storage/sql.ts';

export const statements = loadSql(new URL('./outbox.sql', import.meta.url), [
  'enqueue',
  'enqueueOwn',
  'ensurePace',
  'lockPace',
  'setPace',
  'candidates',
  'groupsLately',
  'claim',
  'claimDeliveries',
  'finish',
  'forgetWaits',
  'pauseChats',
  'chatUnreachable',
  'chatReachable',
  'migrateChat',
  'giveBack',
  'recover',
  'recoverDeliveries',
  'dropUnknown',
  'cancelForDeliveries',
  'pending',
  'depth',
  'linkAt',
  'firstShowing',
  'lastShown',
  'addLink',
  'trimPayloads',
  'trim',
  'trimLinks',
]);

/** Answers to a person leave before reminders, reminders before digests and notices. */
export const ANSWER = 0;
export const REMINDER = 1;
export const DIGEST = 2;
export type SendPriority = typeof ANSWER | typeof REMINDER | typeof DIGEST;

/**
 * The item a message shows, kept under the message's Telegram id. `role` 'reminder' also names the delivery, 'list' the list and its page;
 * `entity` 'lines' is a message of several lines, with the first of the tasks they became, or none while that is asked.
 */
export interface MessageSubject {
  readonly role: 'card' | 'reminder' | 'list' | 'source' | 'prompt';
  readonly entity: 'task' | 'lines' | 'reminder' | 'none';
  readonly entityId: number | null;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A kept file (`src/storage/contents/transfer-files.ts`) as 'sendDocument' carries it in `payload.file`. */
export interface OutgoingFile {
  readonly id: string;
  /** as the person sees it */
  readonly name: string;
  readonly bytes: number;
}

/** A kept content (`src/storage/contents`) as the methods that send media carry it in `payload.file`. */
export interface OutgoingContent {
  /** null while it is not here: then only Telegram's own copy can be sent */
  readonly sha256: string | null;
  readonly name: string;
  readonly bytes: number;
  /** Telegram's id of it, where this bot may use it */
  readonly telegramFile: string | null;
  /** whether its bytes can be sent by the method; as a document anything can */
  readonly fits: boolean;
  /** said instead where neither is there any more */
  readonly missing: string;
}

/** Methods that send a file, and the parameter it is given as. */
export const FILE_PARAMETERS = {
  sendDocument: 'document',
  sendPhoto: 'photo',
  sendAudio: 'audio',
  sendVoice: 'voice',
  sendVideo: 'video',
  sendAnimation: 'animation',
  sendVideoNote: 'video_note',
  sendSticker: 'sticker',
} as const;
export type FileMethod = keyof typeof FILE_PARAMETERS;

export interface Outgoing {
  readonly chatId: ChatId;
  readonly priority: SendPriority;
  readonly method: 'sendMessage' | FileMethod | 'editMessageText' | 'editMessageReplyMarkup' | 'deleteMessage';
  /**
   * Parameters of the call without chat_id; with `deliveryId`, the facts its renderer needs at the moment of sending. Beside them
   * 'repeatMark', what is added to a message that may have arrived before, and 'rich', the form tried before the text.
   */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly deliveryId?: DeliveryId;
  readonly link?: MessageSubject;
  /** epoch ms; order within the priority, the due instant for deliveries */
  readonly orderAt?: EpochMs;
  /** epoch ms; not to be sent before */
  readonly notBefore?: EpochMs;
  /** epoch ms; when the update it answers was received, for the measure of update to reply */
  readonly causedAt?: EpochMs;
}

/** A message of ours as it stands in the outbox, claimed by the transaction that put it in. */
export interface PutIn extends Outgoing {
  readonly id: number;
  /** epoch ms */
  readonly orderAt: EpochMs;
}

/** Where messages go once their transaction is committed. */
export interface Outlet {
  /** Something waits for the common claim. */
  wake(): void;
  /** Claims what may leave at once for a sender of this process: an answer then waits for one commit instead of two. */
  readonly own?: {
    /** Who claims, and the time (epoch ms) until which pauses have ended; undefined when nothing should leave at once in this chat now. */
    begin(chatId: ChatId): { readonly owner: string; readonly now: EpochMs } | undefined;
    /** Takes messages that were claimed, once they are committed, in their order. */
    take(messages: readonly PutIn[]): void;
  };
}

const instant = (at: EpochMs | undefined): string | null => (at === undefined ? null : iso(at));

/** Puts messages of one bot into the outbox, in this order; `outlet` hears of them once the transaction is committed. */
export async function enqueue(tx: Tx, botId: BotId, messages: readonly Outgoing[], outlet: Outlet): Promise<void> {
  if (messages.length === 0) return;
  const { own } = outlet;
  const [first] = messages;
  const claim = first && messages.every(mayLeaveAtOnce) ? own?.begin(first.chatId) : undefined;
  if (own && claim) {
    for (const message of messages) putOwn(tx, botId, message, claim, { ...outlet, own });
    return;
  }
  const rows = messages.map((message, position) => ({
    ...message,
    position,
    orderAt: instant(message.orderAt),
    notBefore: instant(message.notBefore),
    causedAt: instant(message.causedAt),
  }));
  void tx.later(statements.enqueue, [botId, JSON.stringify(rows)]);
  tx.afterCommit(outlet.wake);
}

/** Answers that wait for nothing. Those of groups are counted by the common claim: a group takes few messages a minute. */
function mayLeaveAtOnce(message: Outgoing): boolean {
  const { priority, chatId, deliveryId, notBefore, orderAt } = message;
  return (
    priority === ANSWER && chatId > 0 && deliveryId === undefined && notBefore === undefined && orderAt === undefined
  );
}

function putOwn(
  tx: Tx,
  botId: BotId,
  message: Outgoing,
  claim: { readonly owner: string; readonly now: EpochMs },
  outlet: Outlet & { readonly own: NonNullable<Outlet['own']> },
): void {
  const { chatId, method, payload, link, causedAt } = message;
  let put: { id: number; orderAt: EpochMs; state: string } | undefined;
  const values = [
    ...[botId, chatId, method, JSON.stringify(payload), link ? JSON.stringify(link) : null, instant(causedAt)],
    ...[claim.owner, iso(claim.now)],
  ];
  tx.later<NonNullable<typeof put>>(statements.enqueueOwn, values).then(
    ([row]) => {
      put = row;
    },
    () => {},
  );
  tx.afterCommit(() => {
    if (put?.state === 'sending') outlet.own.take([{ ...message, id: put.id, orderAt: put.orderAt }]);
    else outlet.wake();
  });
}

/** What Steward's message shows: the newest of `roles` known of it, undefined for one we know nothing of. */
export async function linkAt(
  db: Queryable,
  botId: BotId,
  chatId: ChatId,
  messageId: number,
  roles: ReadonlyArray<MessageSubject['role']>,
): Promise<MessageSubject | undefined> {
  const [row] = await db.query<MessageSubject>(statements.linkAt, [botId, chatId, messageId, roles]);
  return row;
}

/** The task or reminder that the newest message of a chat shows or made, among those since an instant (epoch ms). */
export async function lastShown(
  db: Queryable,
  botId: BotId,
  chatId: ChatId,
  since: EpochMs,
): Promise<MessageSubject | undefined> {
  const [row] = await db.query<MessageSubject>(statements.lastShown, [botId, chatId, iso(since)]);
  return row;
}

/** The first message of ours in a chat that shows an item; null where none is known (yet). */
export async function firstShowing(
  db: Queryable,
  botId: BotId,
  chatId: ChatId,
  entity: string,
  entityId: number,
): Promise<number | null> {
  const [row] = await db.query<{ messageId: number }>(statements.firstShowing, [botId, chatId, entity, entityId]);
  return row?.messageId ?? null;
}

/** Remembers, when the transaction commits, that a message of the person (role 'source') or ours belongs to an item. */
export function addLink(
  tx: Tx,
  botId: BotId,
  chatId: ChatId,
  messageId: number,
  link: MessageSubject,
  at: EpochMs,
): void {
  void tx.later(statements.addLink, [
    botId,
    chatId,
    messageId,
    link.role,
    link.entity,
    link.entityId,
    JSON.stringify(link.data ?? {}),
    iso(at),
  ]);
}

/** Messages not ended yet. */
export async function pendingMessages(db: Queryable, botId: BotId): Promise<number> {
  const [row] = await db.query<{ count: number }>(statements.pending, [botId]);
  return row?.count ?? 0;
}

/** Waiting messages by priority and the instant the oldest should have left. */
export function depth(db: Queryable): Promise<Array<{ priority: SendPriority; count: number; oldest: EpochMs }>> {
  return db.query(statements.depth);
}

/** Wipes files an hour and contents a day after the end, rows after 30 days, links after a year: the policy of growth. */
export async function trimOutbox(db: Queryable, now: EpochMs): Promise<void> {
  const day = 86_400_000;
  await db.query(statements.trimPayloads, [iso(now - day)]);
  await db.query(statements.trim, [iso(now - 30 * day)]);
  await trimFiles(db, now);
  await db.query(statements.trimLinks, [iso(now - 365 * day)]);
}
