/** One parsed update in its context: who acts, what they answer to, and whether their chat is back. */
import { enterGroup, type Group, groupsOf, leaveGroup } from '../../access/groups.ts';
import { type Directory, meet } from '../../access/people.ts';
import { type Clock, iso } from '../../core/clock.ts';
import { NotFound } from '../../core/errors.ts';
import type { BotId, ChatId, PersonId } from '../../core/ids.ts';
import type { Outlet } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import type { Context, Inbound } from '../feature.ts';
import { withoutName } from '../receive/addressed.ts';
import type { Head } from '../receive/inbox.ts';
import { migrateChat } from '../send/claims.ts';
import { makeContext } from './context.ts';
import type { Parsed, ParsedLeaving, ParsedMessage } from './inbound.ts';
import { answered, before, editedWhole, keepPieces, type LongText, together, updateKey } from './long-text.ts';
import { actorFor, type Router } from './router.ts';
import { statements } from './statements.ts';

/** What handling needs of the dispatcher's surroundings. */
export interface HandlingOptions {
  readonly clock: Clock;
  readonly botId: BotId;
  readonly directory: Directory;
  /** the bot's own name, once Telegram told it */
  readonly username: () => string | undefined;
  readonly router: Router;
  /** where answers go */
  readonly outlet: Outlet;
  readonly wakeDeliveries: () => void;
  /** Ends the client's waiting for a press, with a notice or none. May fail unseen. */
  readonly answerPress: (callbackId: string, text: string | undefined) => void;
}

const ALONE = { amends: null, answered: null, pieces: [] } as const;

/** Handles `parsed` in `tx`, `text` where it goes on with one; what it causes commits with the caller's mark that the update is handled. */
export async function handleParsed(
  options: HandlingOptions,
  tx: Tx,
  lane: ChatId,
  head: Head,
  given: Parsed,
  text: LongText | null,
): Promise<void> {
  const { clock, router } = options;
  if (text && (await goOn(options, tx, head, text))) return;
  const parsed = given.kind === 'edited' ? await wholeOf(options, tx, given) : given;
  if (parsed.kind === 'moved') return migrateChat(tx, parsed.from, parsed.to);
  if (parsed.kind === 'left') return leave(options, tx, parsed);
  let toast: string | undefined;
  const blocked = parsed.kind === 'membership' && !parsed.present;
  // Somebody allowed takes Steward out of a group it never worked in.
  if (blocked && parsed.chatKind === 'group' && !options.directory.group(parsed.chatId)) return;
  const context = await contextFor(options, tx, head, parsed, (text) => {
    toast = text;
  });
  // They write to us, so we may write to them; unless they just told us not to.
  // Mostly the chat is as it was, which the head of its lane tells without asking.
  if (parsed.chatId !== lane || blocked !== (head.unreachableSince !== null)) {
    const [before] = await tx.query<{ since: number | null }>(statements.reachable, [
      parsed.chatId,
      blocked,
      iso(clock.now()),
    ]);
    if (before && before.since !== null && !blocked) await router.returned(context, before.since);
  }
  if (parsed.kind === 'press') tx.afterCommit(() => options.answerPress(parsed.callbackId, toast));
  await router.handle(context, parsed, head.flow);
}

/** Puts a further piece of a long text to what was made of those before it; false where there is nothing to put it to. */
async function goOn(options: HandlingOptions, tx: Tx, head: Head, text: LongText): Promise<boolean> {
  const { botId, router, clock } = options;
  const [{ message: root }] = text;
  const madeOf = () => router.madeOf(tx, botId, root.chatId, [root.messageId]);
  const so = await before(tx, botId, text, await madeOf());
  if (so === null) return false;
  const words = text.map(({ message }) => saidTo(options, message));
  const whole: ParsedMessage = { ...root, text: together(text, words), mentions: [] };
  const goesOn = { amends: so.amends, answered: await answered(tx, botId, text), pieces: words };
  const context = await contextFor(options, tx, head, whole, () => {}, goesOn);
  try {
    await router.goOn(context, so.made);
  } catch (error) {
    // It went since.
    if (error instanceof NotFound) return false;
    throw error;
  }
  keepPieces(tx, botId, text, words, await madeOf(), clock.now());
  return true;
}

/** An edited message with the words of all messages of its long text, in place of the first. */
async function wholeOf(options: HandlingOptions, tx: Tx, edited: ParsedMessage): Promise<ParsedMessage> {
  if (edited.files.length > 0) return edited;
  const whole = await editedWhole(tx, options.botId, edited, saidTo(options, edited), options.clock.now());
  return whole === null ? edited : { ...edited, ...whole, messageIds: [whole.messageId], mentions: [] };
}

async function contextFor(
  options: HandlingOptions,
  tx: Tx,
  head: Head,
  parsed: Parsed,
  toast: (text: string) => void,
  goesOn: NonNullable<Parameters<typeof makeContext>[0]['goesOn']> & { readonly pieces: readonly string[] } = ALONE,
): Promise<Context> {
  const { botId, router } = options;
  const known = head.person;
  // A configured person is a number until they write.
  const person = known.name === '' && parsed.senderName !== '' ? await meet(tx, known, parsed) : known;
  const entered =
    parsed.chatKind === 'group'
      ? await enterGroup(tx, { id: parsed.chatId, title: parsed.title }, person, options.clock.now())
      : undefined;
  const subject = async (messageId: number | null) =>
    messageId === null ? null : { messageId, subject: await router.subjectOf(tx, botId, parsed.chatId, messageId) };
  const isMessage = parsed.kind === 'message' || parsed.kind === 'edited';
  const parts = isMessage ? parsed.continues : [];
  const inbound: Inbound = {
    chatId: parsed.chatId,
    chatKind: parsed.chatKind,
    messageId: isMessage || parsed.kind === 'press' ? parsed.messageId : 0,
    messageIds: isMessage ? parsed.messageIds : [],
    text: isMessage ? saidTo(options, parsed) : '',
    threadId: parsed.threadId,
    repliesTo: isMessage ? await subject(parsed.replyTo) : null,
    pressed: parsed.kind === 'press' ? await subject(parsed.messageId) : null,
    files: isMessage ? parsed.files : [],
    location: isMessage ? parsed.location : null,
    forwarded: isMessage ? parsed.forwarded : null,
    continues: parts.length === 0 ? null : await router.madeOf(tx, botId, parsed.chatId, parts),
    pieces: goesOn.pieces,
    languageCode: parsed.languageCode,
    senderName: parsed.senderName,
  };
  const group = entered?.group ?? (await groupShown(tx, person.id, inbound));
  return makeContext({
    tx,
    actor: actorFor(person, inbound, group),
    author: person,
    isNewGroup: entered?.isNew ?? false,
    botId,
    now: options.clock.now(),
    updateKey: updateKey(botId, head.updateId),
    actionId: head.actionId,
    receivedAt: head.receivedAt,
    flowWaits: head.flow !== null,
    inbound,
    goesOn,
    outlet: options.outlet,
    wakeDeliveries: options.wakeDeliveries,
    toast,
    handleText: router.handleText,
    press: router.press,
  });
}

/** What was said to Steward: in a group without its name, and with a @name in place of each link to somebody who may use it. */
function saidTo({ directory, username }: HandlingOptions, parsed: ParsedMessage): string {
  if (parsed.chatKind !== 'group') return parsed.text;
  let { text } = parsed;
  for (const { offset, length, userId } of parsed.mentions.toReversed()) {
    const named = directory.byTelegramId(userId);
    const name = named && (named.username ?? named.name.trim().replaceAll(/\s+/g, '_'));
    if (name) text = `${text.slice(0, offset)}@${name}${text.slice(offset + length)}`;
  }
  return withoutName(text, username());
}

/** What somebody leaves behind stays with the group; they see it no more. */
async function leave({ directory }: HandlingOptions, tx: Tx, { chatId, userId }: ParsedLeaving): Promise<void> {
  const group = directory.group(chatId);
  const person = directory.byTelegramId(userId);
  if (group && person) await leaveGroup(tx, group.spaceId, person.id);
}

/** In their own chat a person acts on a group's items where our message shows such, as long as they are in the group. */
async function groupShown(tx: Tx, person: PersonId, { pressed, repliesTo }: Inbound): Promise<Group | undefined> {
  const space = (pressed ?? repliesTo)?.subject?.data?.['space'];
  if (typeof space !== 'number') return undefined;
  return (await groupsOf(tx, person)).find(({ id }) => id === space);
}
