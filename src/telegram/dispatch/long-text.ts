/**
 * A text too long for one message: Telegram's clients send it in pieces, one right after another, and they are taken as one. Nothing is waited
 * for: the first piece is answered as any message, and each that comes is put to what was made of those before it.
 */
import { newerChanges } from '../../actions/undo.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ActionId, BotId, ChatId } from '../../core/ids.ts';
import { addLink, type MessageSubject } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { cutBetween, mayGoOn } from '../receive/cut.ts';
import { type Head, markLong, piecesBefore } from '../receive/inbox.ts';
import type { Parsed, ParsedMessage } from './inbound.ts';
import { parseUpdate } from './inbound.ts';
import { statements } from './statements.ts';

/** One message of a long text. */
export interface Piece {
  readonly message: ParsedMessage;
  readonly updateId: number;
  /** epoch ms */
  readonly receivedAt: EpochMs;
  /** what stood between it and the piece before */
  readonly between: string;
}

/** A text in two pieces or more, the first first; the last is the message at hand. */
export type LongText = readonly [Piece, Piece, ...Piece[]];

/** Between the dates of two pieces, seconds at most. */
const APART_S = 2;
/** A piece that goes on while the answer to those before it is on its way waits for that answer to have its place, for so long at most. */
const ANSWER_MS = 2_000;

/** Said in one line and no more: an order of its own, however soon it comes. */
const COMMAND = /^\/\w+(?:@\w+)?(?: [^\n]{0,60})?$/u;

const isText = ({ kind, text, files, location }: ParsedMessage): boolean =>
  kind === 'message' && text !== '' && files.length === 0 && location === null;

/** Forwarded of the same sender, who sent both within the same time; or neither was. */
function alike({ forwarded: a }: ParsedMessage, { forwarded: b }: ParsedMessage): boolean {
  if (a === null || b === null) return a === b;
  return a.name === b.name && Math.abs(b.at - a.at) <= APART_S * 1000;
}

/** What stood between two messages of a sender where they are pieces of one text; null where they are not. */
function between(before: ParsedMessage, next: ParsedMessage): string | null {
  const apart = next.dateSeconds - before.dateSeconds;
  if (!isText(before) || !isText(next) || apart < 0 || apart > APART_S) return null;
  if (before.messageId >= next.messageId || before.threadId !== next.threadId || !alike(before, next)) return null;
  if (next.replyTo !== null && next.replyTo !== before.replyTo) return null;
  return COMMAND.test(next.text) ? null : cutBetween(before.text, next.text);
}

/** The long text that the message at hand goes on with; null where it is a message of its own, as nearly all are. */
export async function longText(
  tx: Tx,
  botId: BotId,
  lane: ChatId,
  head: Head,
  parsed: Parsed | undefined,
): Promise<LongText | null> {
  if (parsed?.kind !== 'message') return null;
  if (head.longUpdate === null || !isText(parsed)) return null;
  const { updateId, receivedAt } = head;
  const found: Piece[] = [{ message: parsed, updateId, receivedAt, between: '' }];
  for (const earlier of await piecesBefore(tx, botId, lane, head)) {
    const message = parseUpdate('message', earlier.payload);
    const [next] = found;
    const cut = next && message?.kind === 'message' ? between(message, next.message) : null;
    if (!next || message?.kind !== 'message' || cut === null) break;
    found.splice(0, 1, { ...earlier, message, between: '' }, { ...next, between: cut });
  }
  // The first two have nothing between them: what was written after an answer was there is a message of its own.
  const first = found.findIndex(({ message }, index) => found[index + 1]?.message.messageId === message.messageId + 1);
  const [root, second, ...others] = first === -1 ? [] : found.slice(first);
  return root && second ? [{ ...root, between: '' }, second, ...others] : null;
}

/** Remembers a message that others may go on with, once it is handled. */
export function rememberLong(tx: Tx, lane: ChatId, updateId: number, parsed: Parsed | undefined): void {
  if (parsed?.kind === 'message' && isText(parsed) && mayGoOn(parsed.text)) markLong(tx, lane, updateId);
}

/** Words of pieces as one text. */
export const together = (pieces: ReadonlyArray<{ readonly between: string }>, words: readonly string[]): string =>
  words.map((text, index) => (pieces[index]?.between ?? '') + text).join('');

/** An answer to pieces of a text, as it stands in the outbox. */
interface Answer {
  readonly id: number;
  readonly state: string;
  readonly messageId: number | null;
  /** it shows an item or asks about one */
  readonly shows: boolean;
}

function answers(tx: Tx, botId: BotId, text: LongText): Promise<Answer[]> {
  const before = text.slice(0, -1).map(({ receivedAt }) => iso(receivedAt));
  return tx.query<Answer>(statements.answersTo, [botId, text[0].message.chatId, before, before[0]]);
}

/** Whether the answer to the pieces before is just leaving: then it is known in a moment which message it became. */
export async function isBeingAnswered(tx: Tx, botId: BotId, { ageMs }: Head, text: LongText): Promise<boolean> {
  return ageMs < ANSWER_MS && (await answers(tx, botId, text)).some(({ state }) => state === 'sending');
}

/** The message that answered the pieces before, which now tells of all; null where it has not left, and does not any more. */
export async function answered(tx: Tx, botId: BotId, text: LongText): Promise<number | null> {
  const all = await answers(tx, botId, text);
  const waiting = all.filter(({ state }) => state === 'due' || state === 'unknown').map(({ id }) => id);
  if (waiting.length > 0) await tx.query(statements.dropAnswers, [waiting]);
  const sent = all.filter(({ messageId }) => messageId !== null);
  return (sent.find(({ shows }) => shows) ?? sent.at(-1))?.messageId ?? null;
}

/** What the pieces before became, and the change that the new one is put to; made null: nothing yet, so that all is read anew. */
export interface Before {
  readonly made: MessageSubject | null;
  /** taken back together with it; null where that would take back what was changed since */
  readonly amends: ActionId | null;
}

/** The key of what an update changes first. */
export const updateKey = (botId: BotId, updateId: number): string => `update:${botId}:${updateId}`;

/** What the pieces before became; null where the new one stands alone: that was taken back, or leaves nothing to put it to. */
export async function before(
  tx: Tx,
  botId: BotId,
  [root]: LongText,
  made: MessageSubject | null,
): Promise<Before | null> {
  const [action] = await tx.query<{ id: ActionId; undone: boolean }>(statements.firstAction, [
    `${updateKey(botId, root.updateId)}#0`,
  ]);
  const isAsked = made?.entity === 'lines' && made.entityId === null;
  if (made === null || isAsked) return action ? null : { made: null, amends: null };
  if (made.entity === 'none' || made.entity === 'lines' || action?.undone) return null;
  const amends = action && (await newerChanges(tx, action.id)).length === 0 ? action.id : null;
  return { made, amends };
}

/** Ties each piece to what the text became, with its words: an edit of one finds the others. */
export function keepPieces(
  tx: Tx,
  botId: BotId,
  text: LongText,
  words: readonly string[],
  made: MessageSubject | null,
  now: EpochMs,
): void {
  const [{ message: root }] = text;
  const { entity, entityId } = made ?? { entity: 'none', entityId: null };
  for (const [index, { message, between: cut }] of text.entries()) {
    if (index === 0) continue;
    const data = {
      of: root.messageId,
      text: words[index] ?? '',
      between: cut,
      ...(index === 1 ? { first: words[0] ?? '' } : {}),
    };
    addLink(tx, botId, root.chatId, message.messageId, { role: 'source', entity, entityId, data }, now);
  }
}

interface Kept {
  readonly messageId: number;
  readonly entity: MessageSubject['entity'];
  readonly entityId: number | null;
  readonly data: { readonly of: number; readonly text: string; readonly between: string; readonly first?: string };
}

/** A long text of which one message was edited into `words`, and its first message; null: it is none. Keeps the words for the next edit. */
export async function editedWhole(
  tx: Tx,
  botId: BotId,
  { chatId, messageId }: ParsedMessage,
  words: string,
  now: EpochMs,
): Promise<{ readonly messageId: number; readonly text: string } | null> {
  const kept = await tx.query<Kept>(statements.piecesOf, [botId, chatId, messageId]);
  const [second] = kept;
  if (!second) return null;
  const root = second.data.of;
  const told = kept.map((one) => (one.messageId === messageId ? { ...one.data, text: words } : one.data));
  const first = messageId === root ? words : (second.data.first ?? '');
  for (const [index, { messageId: id, entity, entityId }] of kept.entries()) {
    const data = { ...told[index], ...(index === 0 ? { first } : {}) };
    addLink(tx, botId, chatId, id, { role: 'source', entity, entityId, data }, now);
  }
  return { messageId: root, text: first + told.map(({ between: cut, text }) => cut + text).join('') };
}
