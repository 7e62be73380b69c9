/** The unit of work of one update: what features write through it commits together with "this update is handled". */
import type { Actor, Person } from '../../access/people.ts';
import { amend, perform } from '../../actions/perform.ts';
import { type CaptureContext, DAY_PARTS, type DayParts } from '../../capture/types.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { WeekStart } from '../../core/days.ts';
import type { ActionId, BotId, ChatId } from '../../core/ids.ts';
import { type Translator, translator } from '../../locales/translator.ts';
import { ANSWER, enqueue, type Outgoing, type Outlet } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { type BuiltMessage, build } from '../builder.ts';
import type { Context, Inbound } from '../feature.ts';
import { buildNative } from '../render/native.ts';
import { inSpace, italic, type MessageSubject, type View } from '../view.ts';
import { statements } from './statements.ts';

/** A flow forgets its question after this long. */
const FLOW_MINUTES = 15;

export interface ContextOptions {
  readonly tx: Tx;
  readonly actor: Actor;
  /** who wrote, as they are in their own chat */
  readonly author: Person;
  readonly isNewGroup: boolean;
  readonly botId: BotId;
  readonly now: EpochMs;
  /** names the update in idempotency keys */
  readonly updateKey: string;
  /** reserved for the first action */
  readonly actionId: ActionId;
  /** epoch ms */
  readonly receivedAt: EpochMs;
  /** whether a flow waited for this update: nothing need be ended where none does */
  readonly flowWaits: boolean;
  readonly inbound: Inbound;
  /** of a further piece of a long text: the change it is put to, and the message that answered the pieces before */
  readonly goesOn?: { readonly amends: ActionId | null; readonly answered: number | null };
  /** where answers go */
  readonly outlet: Outlet;
  readonly wakeDeliveries: () => void;
  /** Called after the commit with what `toast` was last given. */
  readonly toast: (text: string) => void;
  readonly handleText: (context: Context, text: string) => Promise<void>;
  readonly press: (context: Context, data: string) => Promise<void>;
}

/** 'HH:MM' to minutes since midnight. */
function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

const WEEK_STARTS: Readonly<Record<number, WeekStart>> = { 1: 'monday', 6: 'saturday', 7: 'sunday' };

/** A question of a group: who was asked stands with the message, and that it wants a reply in its last line. */
function asking(view: View, actor: Actor, t: Translator): View {
  const shows = view.shows ?? { role: 'prompt', entity: 'none', entityId: null };
  return {
    ...view,
    lines: [...view.lines, [italic(t.text('shared-reply-here'))]],
    shows: { ...shows, data: { ...shows.data, asks: actor.person.id } },
  };
}

/** What the grammar may know of a person. `keptIn`: the zone of the group they write in, where days and times are kept in that. */
export function captureContext(person: Person, now: EpochMs, keptIn?: string): CaptureContext {
  const dayParts: Partial<DayParts> = {};
  for (const [name, time] of Object.entries(person.dayParts)) {
    if (name in DAY_PARTS) dayParts[name as keyof DayParts] = minutes(time);
  }
  return {
    now,
    zone: person.timezone,
    ...(keptIn === undefined || keptIn === person.timezone ? {} : { keptIn }),
    locale: person.locale,
    weekStart: WEEK_STARTS[person.weekStart] ?? 'monday',
    dayParts,
    ...(person.clock === null ? {} : { clock: person.clock }),
    ...(person.dateOrder === null ? {} : { dateOrder: person.dateOrder }),
  };
}

/** What a message shows, and the button that leaves its question: /cancel finds it there. */
function shownBy({ shows, buttons = [] }: View): MessageSubject | undefined {
  const way = buttons.flat().find((button) => 'data' in button && button.leaves);
  if (way === undefined || !('data' in way)) return shows;
  const subject = shows ?? { role: 'prompt', entity: 'none', entityId: null };
  return { ...subject, data: { ...subject.data, leave: way.data } };
}

/** A question that an edit leaves without a way out is none any more. */
function answeredBy(view: View, before: MessageSubject | null | undefined): View {
  if (view.shows !== undefined || before?.data?.['leave'] === undefined) return view;
  const { leave: _, ...data } = before.data;
  return { ...view, shows: { ...before, data } };
}

function outgoing(
  chatId: ChatId,
  method: Outgoing['method'],
  part: BuiltMessage,
  extra: Record<string, unknown>,
  view: View | undefined,
  causedAt: EpochMs,
): Outgoing {
  const link = view && shownBy(view);
  return {
    chatId,
    priority: ANSWER,
    method,
    payload: { ...part, link_preview_options: { is_disabled: true }, ...extra },
    causedAt,
    ...(link ? { link } : {}),
  };
}

/** The parts of a view; one that is a single message also has its native form, where it is wanted. */
function partsOf(view: View, native: boolean): Array<BuiltMessage & { readonly rich?: unknown }> {
  const parts = build(view);
  const [only] = parts;
  const rich = native && only !== undefined && parts.length === 1 ? buildNative(view) : undefined;
  return only === undefined || rich === undefined ? parts : [{ ...only, rich }];
}

/** Messages for a view as new ones of `chatId`; what it shows is tied to the last. `native`: the reader's client draws native messages. */
export function newMessages(
  chatId: ChatId,
  view: View,
  repeatMark: string,
  causedAt: EpochMs,
  place: Place = {},
  native = false,
): Outgoing[] {
  const parts = partsOf(view, native);
  const { reply_parameters, ...topic } = place;
  return parts.map((part, index) =>
    outgoing(
      chatId,
      'sendMessage',
      part,
      { repeatMark, ...topic, ...(index === 0 && reply_parameters ? { reply_parameters } : {}) },
      index === parts.length - 1 ? view : undefined,
      causedAt,
    ),
  );
}

/** What an edit comes to: what does not fit the edited message follows it as new ones, and the keyboard is on the last. */
function editedMessages(
  chatId: ChatId,
  messageId: number,
  view: View,
  topic: Omit<Place, 'reply_parameters'>,
  native: boolean,
  causedAt: EpochMs,
): Outgoing[] {
  return partsOf(view, native).map((part, index, { length }) =>
    outgoing(
      chatId,
      index === 0 ? 'editMessageText' : 'sendMessage',
      part,
      index === 0 ? { message_id: messageId } : topic,
      index === length - 1 ? view : undefined,
      causedAt,
    ),
  );
}

/** Where in a group a message goes: its topic, and the message it answers, so that everybody sees who is spoken to. */
interface Place {
  readonly message_thread_id?: number;
  readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply: true };
}

function placeOf({ chatKind, threadId, pressed, messageId }: Inbound): Place {
  if (chatKind === 'private') return {};
  return {
    ...(threadId === null ? {} : { message_thread_id: threadId }),
    ...(pressed || messageId === 0
      ? {}
      : { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } }),
  };
}

/** Makes the context of one update. */
export function makeContext(options: ContextOptions): Context {
  const { tx, actor, botId, now, inbound } = options;
  const chatId = inbound.chatId;
  const t = translator(actor.person.language);
  let performed = 0;
  let { flowWaits } = options;

  const send = (messages: readonly Outgoing[]) => enqueue(tx, botId, messages, options.outlet);
  const place = placeOf(inbound);
  /** In a group only replies reach Steward: what asks says so, and is known again by whom it asked. */
  let asks = false;
  const elsewhere = actor.group && inbound.chatKind === 'private' ? actor.group.id : null;
  const shown = (given: View): View => {
    const view = elsewhere === null ? given : inSpace(given, elsewhere);
    return asks && actor.group ? asking(view, actor, t) : view;
  };
  /** Many clients read a group. */
  const isNative = (view: View): boolean =>
    inbound.chatKind === 'private' && (options.author.nativeTables || view.asksNative === true);
  const { reply_parameters: _, ...topic } = place;
  const edit = (messageId: number, given: View) => {
    const { pressed } = inbound;
    const view = shown(pressed?.messageId === messageId ? answeredBy(given, pressed.subject) : given);
    return send(editedMessages(chatId, messageId, view, topic, isNative(view), options.receivedAt));
  };
  const { amends = null, answered = null } = options.goesOn ?? {};
  let told = answered;
  const answer = (given: View) => {
    const before = told;
    told = null;
    if (before !== null) return edit(before, given);
    const view = shown(given);
    return send(newMessages(chatId, view, t.text('shared-repeat'), options.receivedAt, place, isNative(view)));
  };
  const flow: Context['flow'] = {
    start: async (kind, data, lasts = FLOW_MINUTES) => {
      flowWaits = true;
      asks = true;
      const kept = JSON.stringify(elsewhere === null ? data : { ...data, space: elsewhere });
      await tx.query(statements.startFlow, [chatId, actor.person.id, kind, kept, iso(now + lasts * 60_000)]);
    },
    end: async () => {
      if (!flowWaits) return;
      flowWaits = false;
      asks = false;
      await tx.query(statements.endFlow, [chatId, actor.person.id]);
    },
  };
  const context: Context = {
    tx,
    actor,
    botId,
    now,
    t,
    inbound,
    author: options.author,
    isNewGroup: options.isNewGroup,
    capture: captureContext(options.author, now, actor.group?.timezone),
    perform: (kind, change, summary, always) =>
      amends !== null
        ? amend(tx, amends, change)
        : perform(tx, actor, {
            unshared: performed === 0 ? { id: options.actionId } : {},
            key: `${options.updateKey}#${performed++}`,
            kind,
            at: now,
            change,
            summary,
            always: always === 'always',
          }),
    answer,
    replace: (view) => (inbound.pressed ? edit(inbound.pressed.messageId, view) : answer(view)),
    edit,
    toast: options.toast,
    send,
    wakeDeliveries: options.wakeDeliveries,
    flow,
    press: (pressed, data) =>
      options.press(makeContext({ ...options, inbound: { ...inbound, pressed, messageId: pressed.messageId } }), data),
    handleText: (text) => options.handleText(context, text),
  };
  return context;
}
