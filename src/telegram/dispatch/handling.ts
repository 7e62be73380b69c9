/** One parsed update in its context: who acts, what they answer to, and whether their chat is back. */
import { enterGroup, type Group, groupsOf, leaveGroup } from '../../access/groups.ts';
import { type Directory, meet } from '../../access/people.ts';
import { type Clock, iso } from '../../core/clock.ts';
import type { BotId, ChatId, PersonId } from '../../core/ids.ts';
import type { Outlet } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import type { Context, Inbound } from '../feature.ts';
import { withoutName } from '../receive/addressed.ts';
import type { Head } from '../receive/inbox.ts';
import { migrateChat } from '../send/claims.ts';
import { makeContext } from './context.ts';
import type { Parsed, ParsedLeaving, ParsedMessage } from './inbound.ts';
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

/** Handles `parsed` in `tx`; what it causes commits with the caller's mark that the update is handled. */
export async function handleParsed(
  options: HandlingOptions,
  tx: Tx,
  lane: ChatId,
  head: Head,
  parsed: Parsed,
): Promise<void> {
  const { clock, router } = options;
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

async function contextFor(
  options: HandlingOptions,
  tx: Tx,
  head: Head,
  parsed: Parsed,
  toast: (text: string) => void,
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
    updateKey: `update:${botId}:${head.updateId}`,
    actionId: head.actionId,
    receivedAt: head.receivedAt,
    flowWaits: head.flow !== null,
    inbound,
    outlet: options.outlet,
    wakeDeliveries: options.wakeDeliveries,
    toast,
    handleText: router.handleText,
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
