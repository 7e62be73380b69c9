/** One parsed update in its context: who acts, what they answer to, and whether their chat is back. */
import { type Directory, meet } from '../../access/people.ts';
import { type Clock, iso } from '../../core/clock.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import type { Outlet } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import type { Context, Inbound } from '../feature.ts';
import type { Head } from '../receive/inbox.ts';
import { makeContext } from './context.ts';
import type { Parsed } from './inbound.ts';
import { actorFor, type Router } from './router.ts';

/** What handling needs of the dispatcher's surroundings. */
export interface HandlingOptions {
  readonly clock: Clock;
  readonly botId: BotId;
  readonly directory: Directory;
  readonly router: Router;
  /** where answers go */
  readonly outlet: Outlet;
  readonly wakeDeliveries: () => void;
  /** Ends the client's waiting for a press, with a notice or none. May fail unseen. */
  readonly answerPress: (callbackId: string, text: string | undefined) => void;
}

const reachable = {
  name: 'dispatcher:reachable',
  text: `UPDATE chats c SET unreachable_since = CASE WHEN $2 THEN coalesce(c.unreachable_since, $3::timestamptz) END,
                            unreachable_reason = CASE WHEN $2 THEN 'blocked' END
           FROM (SELECT chat_id, unreachable_since AS since FROM chats WHERE chat_id = $1) old
          WHERE c.chat_id = old.chat_id AND (c.unreachable_since IS NOT NULL) <> $2
         RETURNING old.since`,
};

/** Handles `parsed` in `tx`; what it causes commits with the caller's mark that the update is handled. */
export async function handleParsed(
  options: HandlingOptions,
  tx: Tx,
  lane: ChatId,
  head: Head,
  parsed: Parsed,
): Promise<void> {
  const { clock, router } = options;
  let toast: string | undefined;
  const context = await contextFor(options, tx, head, parsed, (text) => {
    toast = text;
  });
  // They write to us, so we may write to them; unless they just told us not to.
  const blocked = parsed.kind === 'membership' && !parsed.present;
  // Mostly the chat is as it was, which the head of its lane tells without asking.
  if (parsed.chatId !== lane || blocked !== (head.unreachableSince !== null)) {
    const [before] = await tx.query<{ since: number | null }>(reachable, [parsed.chatId, blocked, iso(clock.now())]);
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
  const group = parsed.chatKind === 'group' ? options.directory.group(parsed.chatId)?.spaceId : undefined;
  const subject = async (messageId: number | null) =>
    messageId === null ? null : { messageId, subject: await router.subjectOf(tx, botId, parsed.chatId, messageId) };
  const isMessage = parsed.kind === 'message' || parsed.kind === 'edited';
  const inbound: Inbound = {
    chatId: parsed.chatId,
    chatKind: parsed.chatKind,
    messageId: parsed.kind === 'membership' ? 0 : parsed.messageId,
    text: isMessage ? parsed.text : '',
    repliesTo: isMessage ? await subject(parsed.replyTo) : null,
    pressed: parsed.kind === 'press' ? await subject(parsed.messageId) : null,
    files: isMessage ? parsed.files : [],
    location: isMessage ? parsed.location : null,
    forwardedFrom: isMessage ? parsed.forwardedFrom : null,
    languageCode: parsed.languageCode,
    senderName: parsed.senderName,
  };
  return makeContext({
    tx,
    actor: actorFor(person, inbound, group),
    botId,
    now: options.clock.now(),
    updateKey: `update:${botId}:${head.updateId}`,
    receivedAt: head.receivedAt,
    flowWaits: head.flow !== null,
    inbound,
    outlet: options.outlet,
    wakeDeliveries: options.wakeDeliveries,
    toast,
    handleText: router.handleText,
  });
}
