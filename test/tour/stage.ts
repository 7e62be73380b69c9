/** A whole Steward on a clock that stands still until the story moves it, and the people of the story who write to it. */
import { DrivenClock, type EpochMs } from '../../src/core/clock.ts';
import { instantOf, isoWithOffset } from '../../src/core/zones.ts';
import {
  type FileContent,
  keyboardOf,
  type SandboxEvent,
  type SandboxUser,
  type SeenMessage,
} from '../../src/sandbox/index.ts';
import { type Steward, startSteward, textOf } from '../e2e/steward.ts';
import { Told, type ToldPart, type Transcript } from './transcript.ts';

/** Where the story takes place. */
export const ZONE = 'Europe/Berlin';

/** The id of the story's group. */
const GROUP = -1_001_000_000_077;

/** What Steward still has to do by itself: occurrences that are due and not told, files that have not come. */
const WAITING = `SELECT (SELECT count(*) FROM files WHERE state = 'waiting')::int + (SELECT count(*) FROM deliveries
  WHERE (state = 'due' AND due_at <= $1) OR (state = 'held' AND held_until <= $1) OR state = 'sending')::int AS n`;

/** The code of an invitation is another each time; the story tells only that there is one. */
const unsaid = (text: string) => text.replace(/(?<=inv-)[A-Z0-9]{12}/g, (code) => '•'.repeat(code.length));

type MediaKind = Parameters<SandboxUser['sendFile']>[0];

/** Somebody of the story. Each act resolves to everything anybody saw because of it. */
export interface Voice {
  readonly user: SandboxUser;
  /** Writes a message. */
  says(words: string): Promise<Told>;
  /** Writes a message again until it is answered: a code that was just made is known at the door a moment later. */
  knocks(words: string): Promise<Told>;
  /** Presses a button of the newest message that has it, or of the newest one among those that hold `where`. */
  presses(button: string, where?: string): Promise<Told>;
  /** Replies to the newest message of Steward that holds `where`. */
  replies(where: string, words: string): Promise<Told>;
  /** Changes their own newest message that reads `before`. */
  edits(before: string, after: string): Promise<Told>;
  /** The newest message of Steward in their chat. */
  heard(): string;
  /** Sends a file, with or without words below it. */
  sends(kind: MediaKind, file: FileContent): Promise<Told>;
  /** Forwards what somebody without an account here wrote. */
  forwards(from: string, words: string): Promise<Told>;
}

export interface Stage {
  readonly steward: Steward;
  readonly transcript: Transcript;
  /** Begins a day ('YYYY-MM-DD'); its title stands in the transcript. */
  day(day: string, title: string): void;
  /** Time passes until 'HH:MM' of the day, and nobody hears anything meanwhile. */
  quietUntil(time: string): Promise<void>;
  /** It is 'HH:MM' of the day: what Steward says by itself then. */
  comes(time: string): Promise<Told>;
  /** Tells the reader of the transcript what is about to happen. */
  tell(words: string): void;
  /** It becomes 'HH:MM' while Steward is stopped. */
  passes(time: string): Promise<void>;
  /** Steward is stopped, or started again. */
  stop(): Promise<void>;
  start(): Promise<Told>;
  voice(id: number, name: string, language: string): Voice;
  /** A group of these people, to which the first of them adds Steward: what it says, and each of them speaking there. */
  group(title: string, members: readonly Voice[]): Promise<{ told: Told; voices: readonly Voice[] }>;
  end(): Promise<void>;
}

export async function openStage(people: readonly number[], begin: string, transcript: Transcript): Promise<Stage> {
  const clock = new DrivenClock(begin);
  const steward = await startSteward({ mode: 'polling', people, clock });
  const { sandbox } = steward;
  const names = new Map<number, string>();
  let today = '';

  const waiting = async () => {
    const [row] = await steward.db.query<{ n: number }>(WAITING, [new Date(clock.now()).toISOString()]);
    return row?.n ?? 0;
  };

  /** No update on its way, nothing left to do, and every answer is out. */
  async function settled(): Promise<void> {
    for (;;) {
      await steward.quiet();
      if ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      else {
        // What was just done may have left an answer behind.
        await steward.quiet();
        if ((await waiting()) === 0) return;
      }
    }
  }

  /** What everybody sees of `act`, in the order it first showed, each message in its last state. */
  async function watching(actor: number | null, act: () => unknown): Promise<Told> {
    const parts = new Map<string, ToldPart>();
    const stop = sandbox.watch((event) => {
      const part = partOf(event, actor);
      if (part === null) return;
      const before = parts.get(part.key);
      parts.set(part.key, before === undefined ? part : { ...part, changed: before.changed });
    });
    try {
      await act();
      await settled();
    } finally {
      stop();
    }
    // Each chat has its own order, and nobody promises one between them: what others see is told after what is seen here.
    const here = (part: ToldPart) => (part.to === null ? '' : part.to);
    return new Told([...parts.values()].sort((a, b) => here(a).localeCompare(here(b))));
  }

  function partOf(event: SandboxEvent, actor: number | null): ToldPart | null {
    const to = (id: number | undefined) => (id === undefined || id === actor ? null : (names.get(id) ?? null));
    if (event.kind === 'toast' && event.text !== '')
      return { key: `toast ${event.queryId}`, to: to(event.userId), shown: event.text, changed: false };
    if ((event.kind !== 'message' && event.kind !== 'edit') || !event.seen.fromBot) return null;
    const { chatId, message } = event.seen;
    const shown = 'text' in message ? { ...message, text: unsaid(message.text ?? '') } : message;
    return { key: `message ${chatId} ${message.message_id}`, to: to(chatId), shown, changed: event.kind === 'edit' };
  }

  const moment = (time: string): EpochMs => {
    const at = instantOf(today, time, ZONE);
    if (at < clock.now()) throw new Error(`the story goes back to ${today} ${time}`);
    return at;
  };
  const pass = (time: string) => {
    const at = moment(time);
    transcript.time(isoWithOffset(at, ZONE).slice(11, 16));
    return watching(null, () => clock.set(at));
  };

  function voice(id: number, name: string, language: string): Voice {
    const user = sandbox.user(id, { first_name: name, username: name.toLowerCase(), language_code: language });
    names.set(id, name);
    return speaking(user, name, id);
  }

  /** Somebody in a chat: their own with Steward, or a group. */
  function speaking(user: SandboxUser, name: string, chat: number): Voice {
    const fromBot = () => sandbox.messages(chat).filter((one) => one.fromBot && one.deletedAt === undefined);
    const newest = (what: string, holds: (one: SeenMessage) => boolean): SeenMessage => {
      const found = fromBot().findLast(holds);
      if (found === undefined) throw new Error(`${name} sees no message with ${what}`);
      return found;
    };
    const write = async (words: string, act: () => unknown) => {
      const told = await watching(chat, act);
      transcript.said(name, unsaid(words), told);
      return told;
    };
    return {
      user,
      heard: () => textOf(newest('anything', () => true)),
      says: (words) => write(words, () => user.send(words, { chat })),
      knocks: (words) =>
        write(words, async () => {
          const before = fromBot().length;
          while (fromBot().length === before) {
            user.send(words, { chat });
            await steward.quiet();
          }
        }),
      presses: async (label, where = '') => {
        const message = newest(
          `[${label}]`,
          (one) =>
            textOf(one).includes(where) &&
            keyboardOf(one.message)
              .flat()
              .some((button) => button.text === label),
        );
        const told = await watching(chat, async () => {
          const { queryId } = user.press(message, label);
          // The answer to a press is told past the outbox, a moment after the commit.
          while (sandbox.world.queries.get(queryId)?.answer === undefined)
            await new Promise((resolve) => setTimeout(resolve, 2));
        });
        transcript.pressed(name, label, told);
        return told;
      },
      replies: async (where, words) => {
        const to = newest(`"${where}"`, (one) => textOf(one).includes(where));
        const told = await watching(chat, () => user.send(words, { chat, replyTo: to.message.message_id }));
        transcript.replied(name, textOf(to).split('\n')[0] ?? '', words, told);
        return told;
      },
      edits: async (before, after) => {
        const own = sandbox
          .messages(chat)
          .findLast((one) => one.message.from?.id === user.id && textOf(one) === before);
        if (own === undefined) throw new Error(`${name} never wrote "${before}"`);
        const told = await watching(chat, () => user.edit(own.message.message_id, after, { chat }));
        transcript.edited(name, before, after, told);
        return told;
      },
      sends: async (kind, file) => {
        const told = await watching(chat, () => user.sendFile(kind, file, { chat }));
        transcript.sent(name, kind, file.name, file.caption ?? '', told);
        return told;
      },
      forwards: async (from, words) => {
        const origin = { type: 'hidden_user', sender_user_name: from, date: Math.floor(clock.now() / 1000) } as const;
        const told = await watching(chat, () => user.send(words, { chat, extra: { forward_origin: origin } }));
        transcript.forwarded(name, from, words, told);
        return told;
      },
    };
  }

  return {
    steward,
    transcript,
    day(day, title) {
      today = day;
      transcript.day(day, title);
    },
    async quietUntil(time) {
      const told = await pass(time);
      if (told.parts.length > 0) throw new Error(`before ${today} ${time} somebody hears:\n${told.text()}`);
    },
    tell: (words) => transcript.note(words),
    async passes(time) {
      clock.set(moment(time));
      transcript.time(time);
    },
    async comes(time) {
      const told = await pass(time);
      transcript.came(told);
      return told;
    },
    async stop() {
      await steward.stop();
      transcript.remark('Steward is switched off.');
    },
    async start() {
      const told = await watching(null, () => steward.start());
      transcript.remark('Steward is started again.');
      transcript.came(told);
      return told;
    },
    voice,
    async group(title, members) {
      const [first] = members;
      if (first === undefined) throw new Error('a group has somebody in it');
      names.set(GROUP, title);
      const users = members.map(({ user }) => user);
      sandbox.group(GROUP, title, users, 'supergroup');
      const told = await watching(GROUP, () => sandbox.addBot(GROUP, first.user));
      transcript.remark(`${first.user.profile.first_name} adds Steward to the group “${title}”.`);
      transcript.came(told);
      return { told, voices: users.map((user) => speaking(user, `${user.profile.first_name} in ${title}`, GROUP)) };
    },
    end: () => steward.end(),
  };
}
