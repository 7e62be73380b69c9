/** A chat for tests of features: runs commands, button presses and words on real transactions and keeps what would be sent. */
import { ensurePerson, type Person, type Role, readPerson } from '../../src/access/people.ts';
import { perform } from '../../src/actions/perform.ts';
import { type DrivenClock, iso } from '../../src/core/clock.ts';
import type { BotId, ChatId } from '../../src/core/ids.ts';
import { translator } from '../../src/locales/translator.ts';
import type { Outgoing } from '../../src/outbox/outbox.ts';
import type { Database } from '../../src/storage/database.ts';
import { plainText } from '../../src/telegram/builder.ts';
import { routeButton } from '../../src/telegram/buttons.ts';
import { captureContext } from '../../src/telegram/dispatch/context.ts';
import type { Command, Context, Feature, Inbound } from '../../src/telegram/feature.ts';
import type { Waiting } from '../../src/telegram/receive/inbox.ts';
import { type Button, plainLines, type View } from '../../src/telegram/view.ts';

export const TEST_BOT = 4242 as BotId;

/** What one update caused. */
export interface Told {
  readonly answers: View[];
  readonly replaced: View[];
  readonly edits: Array<{ messageId: number; view: View }>;
  readonly toasts: string[];
  readonly sent: Outgoing[];
  /** texts handed back to the router (tapped examples) */
  readonly handled: string[];
  /** everything shown, answers and edits, as plain text */
  readonly text: string;
}

export interface TestChat {
  readonly chatId: ChatId;
  /** the kind of the flow that waits for the next plain message */
  flow(): Promise<string | null>;
  /** that flow, as the router is handed it */
  waiting(): Promise<Waiting | null>;
  person(): Promise<Person>;
  /** Runs '/undo 3' as the router would; throws when no feature has the command for this person. */
  command(line: string, inbound?: Partial<Inbound>): Promise<Told>;
  /** Presses a button of the message shown last, by its label or part of it. */
  press(label: string): Promise<Told>;
  /** Presses any callback data, as from a message of long ago. */
  pressData(data: string): Promise<Told>;
  /** Hands a plain message to the waiting flow; `taken` false: the flow did not want it. */
  say(text: string, inbound?: Partial<Inbound>): Promise<Told & { taken: boolean }>;
  /** Runs `work` as one update. */
  update(work: (context: Context) => Promise<void>, inbound?: Partial<Inbound>): Promise<Told>;
}

/** The plain text of a view, a line a line. */
export function shown(view: View): string {
  return plainLines(view.lines).map(plainText).join('\n');
}

/** The labels of a view's buttons, row by row. */
export function labels(view: View | undefined): string[] {
  return (view?.buttons ?? []).flat().map((button) => button.label);
}

/** Above those that test files choose for themselves. */
let lastTelegramId = 900_000;

/** The Telegram id of somebody new, in the database of the test file. */
export function newTelegramId(): number {
  lastTelegramId += 1;
  return lastTelegramId;
}

/** Makes a person if they are not there; ids of Telegram are the caller's. */
export function testPerson(
  db: Database,
  telegramUserId: number,
  settings: { name?: string; role?: Role; language?: string; timezone?: string } = {},
): Promise<Person> {
  const { name = 'Ada', role = 'member', language = 'en', timezone = 'Europe/Berlin' } = settings;
  return db.transaction((tx) => ensurePerson(tx, { telegramUserId, name, role, language, locale: language, timezone }));
}

/** Counted over all chats, so that two chats of one person never make the same key. */
let updates = 0;

/** A private chat of `person` with these features. */
export function testChat(db: Database, clock: DrivenClock, person: Person, features: readonly Feature[]): TestChat {
  const chatId = (person.telegramUserId ?? 0) as ChatId;
  let last: View | undefined;

  async function update(work: (context: Context) => Promise<void>, inbound: Partial<Inbound> = {}): Promise<Told> {
    updates += 1;
    const id = updates;
    const told = { answers: [], replaced: [], edits: [], toasts: [], sent: [], handled: [] } as Omit<Told, 'text'>;
    const shownNow: View[] = [];
    await db.transaction(async (tx) => {
      const now = clock.now();
      const fresh = await readPerson(tx, person.id);
      const actor = { person: fresh, spaceId: fresh.spaceId, chatId, via: 'person' as const };
      let actions = 0;
      await work({
        tx,
        actor,
        author: fresh,
        isNewGroup: false,
        botId: TEST_BOT,
        now,
        t: translator(fresh.language),
        inbound: {
          chatId,
          chatKind: 'private',
          threadId: null,
          messageId: 1000 + id,
          messageIds: [inbound.messageId ?? 1000 + id],
          text: '',
          repliesTo: null,
          pressed: null,
          files: [],
          location: null,
          forwarded: null,
          continues: null,
          pieces: [],
          languageCode: fresh.language,
          senderName: fresh.name,
          ...inbound,
        },
        capture: captureContext(fresh, now),
        perform: (kind, change, summary, told) =>
          perform(tx, actor, {
            key: `test:${chatId}:${id}#${actions++}`,
            unshared: {},
            kind,
            at: now,
            change,
            summary,
            always: told === 'always',
          }),
        answer: async (view) => {
          told.answers.push(view);
          shownNow.push(view);
        },
        replace: async (view) => {
          told.replaced.push(view);
          shownNow.push(view);
        },
        edit: async (messageId, view) => {
          told.edits.push({ messageId, view });
          shownNow.push(view);
        },
        toast: (text) => void told.toasts.push(text),
        send: async (messages) => void told.sent.push(...messages),
        wakeDeliveries: () => {},
        flow: {
          start: async (kind, data, minutes = 15) => {
            await tx.query(
              `INSERT INTO flows (chat_id, person_id, kind, data, expires_at) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (chat_id, person_id) DO UPDATE SET kind = $3, data = $4, expires_at = $5`,
              [chatId, person.id, kind, JSON.stringify(data), iso(now + minutes * 60_000)],
            );
          },
          end: async () => {
            await tx.query('DELETE FROM flows WHERE chat_id = $1 AND person_id = $2', [chatId, person.id]);
          },
        },
        press: async (_message, data) => void told.handled.push(data),
        handleText: async (text) => void told.handled.push(text),
      });
    });
    last = shownNow.findLast((view) => view.buttons !== undefined) ?? last;
    return { ...told, text: shownNow.map(shown).join('\n\n') };
  }

  async function waiting(): Promise<Waiting | null> {
    const [flow] = await db.query<Waiting>(
      'SELECT kind, data FROM flows WHERE chat_id = $1 AND person_id = $2 AND expires_at > $3',
      [chatId, person.id, iso(clock.now())],
    );
    return flow ?? null;
  }

  function pressData(data: string): Promise<Told> {
    const tables = features.flatMap((feature) => feature.buttons ?? []);
    const route = routeButton(tables, data);
    if (route.kind !== 'handler') throw new Error(`button ${data}: ${route.reason}`);
    const run = async (context: Context) => {
      if (route.movesOn) await context.flow.end();
      await route.run(context);
    };
    return update(run, { pressed: { messageId: 900, subject: last?.shows ?? null } });
  }

  return {
    chatId,
    flow: async () => (await waiting())?.kind ?? null,
    waiting,
    person: () => readPerson(db, person.id),
    update,
    pressData,
    press(label) {
      const offered: readonly Button[] = (last?.buttons ?? []).flat();
      const button = offered.find((one) => one.label === label) ?? offered.find((one) => one.label.includes(label));
      if (button === undefined || !('data' in button)) throw new Error(`no button '${label}' in ${labels(last)}`);
      return pressData(button.data);
    },
    async command(line, inbound) {
      const [, typed = '', rest = ''] = /^\/(\S+)\s*(.*)$/s.exec(line) ?? [];
      const known: Command[] = features.flatMap((feature) => feature.commands ?? []);
      const found = known.find((one) => one.name === typed || one.aliases?.includes(typed));
      const { role } = await readPerson(db, person.id);
      if (!found || (found.scope === 'operator' && role !== 'operator')) throw new Error(`no command /${typed}`);
      const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
      return update((context) => found.run(context, { typed, rest, words }), { text: line, ...inbound });
    },
    async say(text, inbound) {
      const flow = await waiting();
      const handler = features.map((feature) => feature.flows?.[flow?.kind ?? '']).find((one) => one !== undefined);
      if (!flow || !handler) throw new Error(`no flow waits for '${text}'`);
      let taken = false;
      const told = await update(
        async (context) => {
          taken = await handler(context, flow.data);
        },
        { text, ...inbound },
      );
      return { ...told, taken };
    },
  };
}
