/** What a feature offers to the chat: commands, buttons, intents of free text, answers to replies, flows, deliveries. */
import type { Actor, Person } from '../access/people.ts';
import type { Changes } from '../actions/changes.ts';
import type { Performed, Summary } from '../actions/perform.ts';
import type { TableName } from '../actions/tables.ts';
import type { RestoreHook } from '../actions/undo.ts';
import type { Capture, CaptureContext, Intent } from '../capture/index.ts';
import type { EpochMs } from '../core/clock.ts';
import type { BotId, ChatId, DeliveryId } from '../core/ids.ts';
import type { Translator } from '../locales/translator.ts';
import type { DeliveryKind, DueDelivery } from '../outbox/ledger.ts';
import type { Outgoing } from '../outbox/outbox.ts';
import type { Tx } from '../storage/database.ts';
import type { ButtonTable } from './buttons.ts';
import type { MessageSubject, View } from './view.ts';

/** One message or button press as features see it. */
export interface Inbound {
  readonly chatId: ChatId;
  readonly chatKind: 'private' | 'group';
  /** the topic of a group's forum; null: none */
  readonly threadId: number | null;
  /** Telegram's id of the person's message; for a button, of our message that carries it */
  readonly messageId: number;
  /** of an album the ids of all its messages, else the one */
  readonly messageIds: readonly number[];
  /** the words; of a photo or file its caption; '' where there are none */
  readonly text: string;
  /** what our message shows to which this one replies */
  readonly repliesTo: { readonly messageId: number; readonly subject: MessageSubject | null } | null;
  /** what our message shows whose button was pressed */
  readonly pressed: { readonly messageId: number; readonly subject: MessageSubject | null } | null;
  readonly files: readonly InboundFile[];
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  /** who wrote a forwarded message: its words are what somebody else said, never what this person asks for */
  readonly forwarded: Forwarded | null;
  /** what the earlier part of the same album became, where Telegram brought it in parts */
  readonly continues: MessageSubject | null;
  /** of a long text that came as several messages the words of each so far, which `text` joins; of any other message none */
  readonly pieces: readonly string[];
  /** Telegram's language of the sender ('ru', 'en-US'), '' when not told */
  readonly languageCode: string;
  readonly senderName: string;
}

/** Where a forwarded message comes from, as far as Telegram tells. */
export interface Forwarded {
  /** '' where not even a name is told */
  readonly name: string;
  /** the message in its channel, or whoever has a public name */
  readonly link: string | null;
  /** epoch ms; when it was written */
  readonly at: EpochMs;
}

/** How a file came, and how it is sent back. */
export type FileKind = 'photo' | 'document' | 'audio' | 'voice' | 'video' | 'animation' | 'video_note' | 'sticker';

/** A file Telegram holds for us; albums bring several in one Inbound. */
export interface InboundFile {
  readonly kind: FileKind;
  readonly fileId: string;
  /** the same for the same content, however often it is sent; '' where Telegram does not tell */
  readonly uniqueId: string;
  /** the message that brought it: of an album each has its own */
  readonly messageId: number;
  /** as the sender's client has it, unproved */
  readonly name: string | null;
  readonly bytes: number | null;
  /** seconds */
  readonly duration: number | null;
}

/** The unit of work of one update: everything written through it is committed together with "this update is handled". */
export interface Context {
  readonly tx: Tx;
  readonly actor: Actor;
  /** who wrote, with their own settings; in a group `actor.person` has the group's */
  readonly author: Person;
  /** the update made the group's space */
  readonly isNewGroup: boolean;
  readonly botId: BotId;
  readonly now: EpochMs;
  readonly t: Translator;
  readonly inbound: Inbound;
  /** now, zone, locale and habits of the person, for the grammar and for showing times */
  readonly capture: CaptureContext;
  /**
   * Applies a change once, undoable and audited. The key is made of the update and of the order of calls in it. What changes no row leaves no
   * line in the history, unless it is to be told `always`.
   */
  perform<T>(
    kind: string,
    change: (changes: Changes) => Promise<T>,
    summary: (result: T) => Summary,
    told?: 'always',
  ): Promise<Performed<T>>;
  /** Puts a new message to this chat into the outbox. */
  answer(view: View): Promise<void>;
  /** Edits the message whose button was pressed; where none was, a new message. */
  replace(view: View): Promise<void>;
  /** Edits one of our messages of this chat by its Telegram id. */
  edit(messageId: number, view: View): Promise<void>;
  /** A short notice over the chat for a button press (may be lost); nothing elsewhere. */
  toast(text: string): void;
  /** Puts any other message (another chat, a raw call) into the outbox. */
  send(messages: readonly Outgoing[]): Promise<void>;
  /** Plans deliveries may need waking; call after ledger.plan. */
  readonly wakeDeliveries: () => void;
  readonly flow: {
    /** The next plain message in this chat goes to `kind`'s handler, for `minutes` (15 when not given). */
    start(kind: string, data: Readonly<Record<string, string | number | null>>, minutes?: number): Promise<void>;
    end(): Promise<void>;
  };
  /** Does what a press on the button with this data of our message does. */
  press(message: NonNullable<Inbound['pressed']>, data: string): Promise<void>;
  /** Handles `text` as if the person had written it now (a tapped example, an answer to "did you mean"). */
  handleText(text: string): Promise<void>;
}

export type Topic = 'start' | 'tasks' | 'reminders' | 'settings' | 'safety' | 'owner';

/** A command, declared once: router, /help, Telegram's menu, the reference and "did you mean" all come from it. Its description is the Fluent message 'command-<name>', its examples (full lines to tap, '/undo 3') are the lines of 'command-<name>-examples'. */
export interface Command {
  /** without the slash, as Telegram takes it */
  readonly name: string;
  /** older names that do the same, hidden from the menu */
  readonly aliases?: readonly string[];
  /** words that, said alone, mean the command: nobody has a task called "settings" */
  readonly spoken?: readonly string[];
  /** '[n]' or '<words>', shown in help; '' when it takes none */
  readonly usage: string;
  readonly topic: Topic;
  /** 'operator' commands are neither shown to nor taken from others */
  readonly scope: 'everyone' | 'operator';
  /** shown in Telegram's menu */
  readonly menu: boolean;
  /** what it is for is not built yet: it says so, and stands in no menu and no topic of help */
  readonly later?: boolean;
  /** 'private': about one person alone; in a group it is answered with the way to the private chat */
  readonly place?: 'private';
  readonly run: (context: Context, call: CommandCall) => Promise<void>;
}

/** How a command was called. */
export interface CommandCall {
  /** name or alias as typed, without slash, in lower case */
  readonly typed: string;
  /** everything behind the command, trimmed, as typed */
  readonly rest: string;
  /** `rest` in words; "quoted words" are one */
  readonly words: readonly string[];
}

/** Facts of a delivery at the moment it leaves. All it needs was put into `payload` when it fell due. */
export interface DeliveryMoment {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly deliveryId: DeliveryId;
  /** epoch ms */
  readonly dueAt: EpochMs;
  /** epoch ms */
  readonly now: EpochMs;
  /** an earlier attempt's answer was lost: the message says "(repeat)" */
  readonly repeat: boolean;
}

/** What becomes of occurrences that fell due: messages to send, others skipped with a reason or held until an instant. */
export interface Fired {
  readonly send: ReadonlyArray<{ readonly id: DeliveryId; readonly message: Outgoing }>;
  readonly skip: ReadonlyArray<{ readonly id: DeliveryId; readonly reason: string }>;
  readonly hold: ReadonlyArray<{ readonly id: DeliveryId; readonly until: EpochMs; readonly reason: string }>;
}

export interface DeliveryHandler {
  /** Called in one transaction with up to some hundreds of due occurrences, oldest first; plans what follows them. */
  fire(tx: Tx, due: readonly DueDelivery[], now: EpochMs, wake: () => void): Promise<Fired>;
  /** Pure: the message as it should read at this moment (late, repeated). */
  render(moment: DeliveryMoment): View;
}

/** Who fires and renders the deliveries of a kind. */
export type DeliveryHandlers = Partial<Record<DeliveryKind, DeliveryHandler>>;

export interface Feature {
  readonly name: string;
  readonly commands?: readonly Command[];
  readonly buttons?: ReadonlyArray<ButtonTable<Context>>;
  /** Free text by what the grammar made of it. */
  readonly intents?: Partial<Record<Intent, (context: Context, capture: Capture) => Promise<void>>>;
  /** Words the grammar takes for a new item or for nothing, which may order something of an item that is there ("rename …"). Returning false: not for me. */
  readonly said?: (context: Context, text: string) => Promise<boolean>;
  /** A reply to our message about an item of this entity. */
  readonly replies?: Partial<Record<'task' | 'reminder', (context: Context, subject: MessageSubject) => Promise<void>>>;
  /** A forwarded message: data, whatever it says. */
  readonly forwarded?: (context: Context) => Promise<void>;
  /** Flows that take forwarded messages too: they ask for a file or words to keep, not for an order. */
  readonly takesForwards?: readonly string[];
  /** Another part of an album whose earlier part became this item. */
  readonly continued?: (context: Context, subject: MessageSubject) => Promise<void>;
  /** Plain messages that a flow waits for, by flow kind. Returning false: not for me, handle it as any message. */
  readonly flows?: Readonly<
    Record<string, (context: Context, data: Readonly<Record<string, string | number | null>>) => Promise<boolean>>
  >;
  /** The person edited a message of theirs from which an item was made, or it is a long text and another piece of it came (`inbound.pieces`). */
  readonly edited?: Partial<
    Record<'task' | 'lines' | 'reminder', (context: Context, subject: MessageSubject) => Promise<void>>
  >;
  readonly deliveries?: DeliveryHandlers;
  /** A location was sent that no flow waited for. Returning false: not for me. */
  readonly location?: (context: Context) => Promise<boolean>;
  /** The person writes again in a chat that refused our messages since `since` (epoch ms). */
  readonly returned?: (context: Context, since: EpochMs) => Promise<void>;
  /** Somebody allowed added Steward to this group, for the first time or again. */
  readonly joined?: (context: Context, isNew: boolean) => Promise<void>;
  /** Rows of these tables got an older image back. */
  readonly restored?: Partial<Record<TableName, RestoreHook>>;
}
