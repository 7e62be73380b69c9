/** Takes one parsed update to the feature that answers it. One registry of commands, one table of buttons, the grammar for the rest. */
import { type Group, personIn } from '../../access/groups.ts';
import type { Actor } from '../../access/people.ts';
import { parse } from '../../capture/index.ts';
import type { EpochMs } from '../../core/clock.ts';
import { Bug, Conflict, Forbidden, NotFound, UserError } from '../../core/errors.ts';
import type { BotId, ChatId } from '../../core/ids.ts';
import type { Translator } from '../../locales/translator.ts';
import { linkAt } from '../../outbox/outbox.ts';
import type { Tx } from '../../storage/database.ts';
import { checkScopes, routeButton } from '../buttons.ts';
import type { Command, CommandCall, Context, Feature, Inbound } from '../feature.ts';
import type { Waiting } from '../receive/inbox.ts';
import type { MessageSubject, View } from '../view.ts';
import type { Parsed } from './inbound.ts';

export interface RouterOptions {
  readonly features: readonly Feature[];
  /** the bot's own name, so that /list@OtherBot is not ours */
  readonly username: () => string | undefined;
  /** Answers a command that there is not, or that the person may not use. */
  readonly unknownCommand: (context: Context, typed: string) => Promise<void>;
  readonly captured: (outcome: string) => void;
}

export interface Router {
  /** every command, once */
  readonly commands: readonly Command[];
  /** Handles one update in its context; `waiting`: the flow that waits for a plain message there. */
  handle(context: Context, parsed: Parsed, waiting: Waiting | null): Promise<void>;
  /** Handles a long text of which another piece came, and of whose earlier ones `made` was made; null: nothing yet. */
  goOn(context: Context, made: MessageSubject | null): Promise<void>;
  /** Tells the features that a chat that refused us is back. */
  returned(context: Context, since: EpochMs): Promise<void>;
  /** Handles plain words as if the person had written them now. */
  handleText(context: Context, text: string): Promise<void>;
  /** Does what a button with this data does. */
  press(context: Context, data: string): Promise<void>;
  /** What one of these messages of the person became. */
  madeOf(tx: Tx, botId: BotId, chatId: ChatId, messageIds: readonly number[]): Promise<MessageSubject | null>;
  /** What our message `messageId` shows. */
  subjectOf(tx: Tx, botId: BotId, chatId: ChatId, messageId: number): Promise<MessageSubject | null>;
}

/** Words of a command's arguments; "quoted words" (also „…“, «…», “…”) are one. An unclosed quote ends with the text. */
function commandWords(rest: string): string[] {
  const words: string[] = [];
  const pattern = /["„“«]([^"„“”»]*)["“”»]?|(\S+)/gu;
  for (const match of rest.matchAll(pattern)) words.push(match[1] ?? match[2] ?? '');
  return words;
}

/** '/Name@bot rest' in parts; undefined when the text is no command. */
export function parseCommand(text: string): { call: CommandCall; bot: string | undefined } | undefined {
  // Names have Latin letters only; what looks like one in other letters («/задачи») is answered as an unknown command.
  const match = /^\/([\p{L}\p{N}_]{1,64})(?:@([A-Za-z0-9_]+))?(?:\s+([\s\S]*))?$/u.exec(text.trimEnd());
  if (!match?.[1]) return undefined;
  const rest = (match[3] ?? '').trim();
  return { call: { typed: match[1].toLowerCase(), rest, words: commandWords(rest) }, bot: match[2] };
}

/** Said alone, these end what is being asked. The second ones may mean something else where nothing is. */
const ENDS = /^(?:cancel(?: (?:it|that))?|never ?mind|forget (?:it|that)|отмена|не надо|неважно|забудь|отбой)[.!…]*$/iu;
const ENDS_A_QUESTION = /^(?:stop|quit|exit|enough|стоп|хватит|отмени(?:ть)?|выйти|выход)[.!…]*$/iu;

const SUBJECT_ROLES = ['reminder', 'card', 'list', 'prompt'] as const;

/** Puts the features together. Throws `Bug` when two of them claim the same command, button scope, intent or flow. */
export function makeRouter(options: RouterOptions): Router {
  const { features } = options;
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const byName = new Map<string, Command>();
  for (const command of commands) {
    for (const name of [command.name, ...(command.aliases ?? [])]) {
      if (byName.has(name)) throw new Bug(`two commands are named /${name}`);
      byName.set(name, command);
    }
  }
  const spoken = new Map<string, string>();
  for (const command of commands) {
    for (const words of command.spoken ?? []) {
      if (spoken.has(words)) throw new Bug(`two commands are called "${words}"`);
      spoken.set(words, command.name);
    }
  }
  const tables = features.flatMap((feature) => feature.buttons ?? []);
  checkScopes(tables);
  const intents = merged(
    features.map((feature) => feature.intents),
    'intent',
  );
  const replies = merged(
    features.map((feature) => feature.replies),
    'reply',
  );
  const flows = merged(
    features.map((feature) => feature.flows),
    'flow',
  );
  const edits = merged(
    features.map((feature) => feature.edited),
    'edit',
  );

  async function handleText(context: Context, text: string): Promise<void> {
    const command = parseCommand(text);
    if (command) return handleCommand(context, command);
    const called = spoken.get(
      text
        .trim()
        .replace(/[.!?…]+$/, '')
        .replaceAll('’', "'")
        .toLowerCase(),
    );
    if (called !== undefined)
      return handleCommand(context, { call: { typed: called, rest: '', words: [] }, bot: undefined });
    const capture = parse(text, context.capture);
    const open = capture.intent === 'add' || capture.intent === 'none' || capture.intent === 'move';
    // With a file words are about it: it is kept, whatever they would ask for.
    const brings = context.inbound.files.length > 0;
    // An order is one line; what follows it would be lost.
    if (open && !brings && context.inbound.forwarded === null && !/\S\s*\n\s*\S/.test(text)) {
      for (const feature of features) if (await feature.said?.(context, text)) return options.captured('ordered');
    }
    const handler = (brings ? undefined : intents.get(capture.intent)) ?? intents.get('add');
    if (!handler) throw new Bug(`nobody handles the intent ${capture.intent}`);
    options.captured(capture.refused ? 'refused' : capture.readings.length > 0 ? 'asked' : capture.intent);
    await handler(context, capture);
  }

  async function handleCommand(
    context: Context,
    parsed: { call: CommandCall; bot: string | undefined },
  ): Promise<void> {
    const name = options.username();
    if (parsed.bot !== undefined && name !== undefined && parsed.bot.toLowerCase() !== name.toLowerCase()) return;
    const command = byName.get(parsed.call.typed);
    const allowed = command && (command.scope === 'everyone' || context.actor.person.role === 'operator');
    // A command ends what a flow was asking: the person moved on.
    if (parsed.call.typed !== 'cancel') await context.flow.end();
    if (!allowed) return options.unknownCommand(context, parsed.call.typed);
    if (command.place === 'private' && context.inbound.chatKind === 'group')
      return context.answer(privatelyView(context.t, command.name, name));
    // A link from a group leads here: t.me/bot?start=export.
    const linked = command.name === 'start' && context.inbound.chatKind === 'private' && byName.get(parsed.call.rest);
    if (linked && linked.place === 'private' && linked !== command)
      return handleCommand(context, { call: { typed: linked.name, rest: '', words: [] }, bot: undefined });
    await command.run(context, parsed.call);
  }

  const forwards = features.find((feature) => feature.forwarded !== undefined)?.forwarded;
  const continues = features.find((feature) => feature.continued !== undefined)?.continued;
  const takesForwards = new Set(features.flatMap((feature) => feature.takesForwards ?? []));

  /** Somebody else's words: kept, never carried out, and no answer to a question unless it asks for anything to keep. */
  async function handleForward(context: Context, flow: Waiting | null): Promise<void> {
    const waiting = flow && takesForwards.has(flow.kind) ? flows.get(flow.kind) : undefined;
    if (flow && waiting && (await waiting(context, flow.data))) return;
    if (!forwards) throw new Bug('nobody takes forwarded messages');
    await forwards(context);
  }

  async function handleMessage(context: Context, waits: Waiting | null): Promise<void> {
    const { inbound, actor } = context;
    // A question about a group's item, asked in the private chat, is answered by a reply to it and by nothing else.
    const flow = (waits?.data['space'] ?? actor.spaceId) === actor.spaceId ? waits : null;
    const text = inbound.text;
    if (inbound.continues && inbound.continues.entity !== 'none' && continues)
      return continues(context, inbound.continues);
    if (inbound.forwarded) return handleForward(context, flow);
    if (parseCommand(text)) return handleText(context, text);
    const subject = inbound.repliesTo?.subject;
    const reply = subject && subject.entity !== 'none' ? replies.get(subject.entity) : undefined;
    // In a group a question is answered by a reply to it; in the private chat simply by the next message.
    const isAnswer = flow !== null && subject?.data?.['asks'] === context.actor.person.id;
    if (subject && reply && !isAnswer) return reply(context, subject);
    if (ENDS.test(text.trim()) || (flow && ENDS_A_QUESTION.test(text.trim()))) return handleText(context, '/cancel');
    const waiting = flow ? flows.get(flow.kind) : undefined;
    if (flow && waiting && (await waiting(context, flow.data))) return;
    if (inbound.location) {
      for (const feature of features) if (await feature.location?.(context)) return;
    }
    // Called by its name and told nothing.
    const isCalled = inbound.chatKind === 'group' && text.trim() === '' && inbound.files.length === 0;
    await handleText(context, isCalled ? '/help' : text);
  }

  async function handleEdit(context: Context): Promise<void> {
    const { inbound, tx, botId } = context;
    const source = await linkAt(tx, botId, inbound.chatId, inbound.messageId, ['source']);
    if (source === undefined || source.entity === 'none') return;
    await edits.get(source.entity)?.(context, source);
  }

  async function handlePress(context: Context, data: string): Promise<void> {
    const route = routeButton(tables, data);
    if (route.kind === 'unknown') {
      context.toast(context.t.text('error-old-button'));
      return;
    }
    if (route.movesOn) await context.flow.end();
    await route.run(context);
  }

  return {
    commands,
    handleText,
    press: handlePress,
    async goOn(context, made) {
      if (made === null || made.entity === 'none') return handleText(context, context.inbound.text);
      await edits.get(made.entity)?.(context, made);
    },
    async returned(context, since) {
      for (const feature of features) await feature.returned?.(context, since);
    },
    async madeOf(tx, botId, chatId, messageIds) {
      for (const messageId of messageIds) {
        const link = await linkAt(tx, botId, chatId, messageId, ['source']);
        if (link) return link;
      }
      return null;
    },
    async subjectOf(tx, botId, chatId, messageId) {
      return (await linkAt(tx, botId, chatId, messageId, SUBJECT_ROLES)) ?? null;
    },
    async handle(context, parsed, waiting) {
      switch (parsed.kind) {
        case 'message':
          return parsed.isService ? undefined : handleMessage(context, waiting);
        case 'edited':
          return handleEdit(context);
        case 'press':
          return handlePress(context, parsed.data);
        case 'membership':
          if (parsed.chatKind === 'group' && parsed.came)
            for (const feature of features) await feature.joined?.(context, context.isNewGroup);
          return undefined;
        case 'moved':
        case 'left':
          return undefined;
      }
    },
  };
}

function merged<T>(parts: ReadonlyArray<Readonly<Record<string, T>> | undefined>, what: string): Map<string, T> {
  const all = new Map<string, T>();
  for (const part of parts) {
    for (const [name, handler] of Object.entries(part ?? {})) {
      if (all.has(name)) throw new Bug(`two features handle the ${what} ${name}`);
      all.set(name, handler);
    }
  }
  return all;
}

/** How an error the person can understand reads; undefined for anything that is our own fault. */
export function errorText(t: Translator, error: unknown): string | undefined {
  if (error instanceof UserError || error instanceof Conflict) return t.text(error.key, error.args);
  if (error instanceof NotFound) {
    const number = /^#(\d+)$/.exec(error.reference)?.[1];
    return number === undefined
      ? t.text('error-not-found')
      : t.text('error-item-not-found', { number: Number(number) });
  }
  if (error instanceof Forbidden) return t.text('error-not-allowed');
  return undefined;
}

/** What is between one person and Steward, asked for in a group: where it is answered. */
function privatelyView(t: Translator, command: string, username: string | undefined): View {
  const label = t.text('shared-private-button');
  return {
    lines: [[t.text('error-not-in-group')]],
    ...(username === undefined ? {} : { buttons: [[{ label, url: `https://t.me/${username}?start=${command}` }]] }),
  };
}

/** An error as a message. */
export function errorView(text: string): View {
  return { lines: text.split('\n').map((line) => [line]) };
}

/** Who acts: a person in their own space, or in the space of the group they write in. */
export function actorFor(
  person: Actor['person'],
  inbound: Pick<Inbound, 'chatId' | 'chatKind' | 'threadId'>,
  group: Group | undefined,
): Actor {
  const { chatId, threadId } = inbound;
  if (group === undefined) return { person, spaceId: person.spaceId, chatId, via: 'person' };
  const topic = threadId === null ? {} : { threadId };
  // On a group's items in one's own chat: by the group's clock, in one's own language.
  const own = inbound.chatKind === 'private' ? { language: person.language, locale: person.locale } : {};
  return { person: { ...personIn(group, person), ...own }, spaceId: group.id, chatId, via: 'person', group, ...topic };
}
