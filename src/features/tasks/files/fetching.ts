/** Fetches the files people sent, past the chat's lane: the task is there at once, its file follows, whatever dies or is away meanwhile. */
import { type Person, readPerson } from '../../../access/people.ts';
import type { Clock, EpochMs } from '../../../core/clock.ts';
import { iso } from '../../../core/clock.ts';
import type { BotId, ChatId, PersonId } from '../../../core/ids.ts';
import { type Loop, startLoop } from '../../../core/loop.ts';
import { translator } from '../../../locales/translator.ts';
import { ANSWER, enqueue, type Outgoing } from '../../../outbox/outbox.ts';
import type { Contents } from '../../../storage/contents/contents.ts';
import type { Database, Tx } from '../../../storage/database.ts';
import { build } from '../../../telegram/builder.ts';
import type { FileKind } from '../../../telegram/feature.ts';
import { FileNotFetched, type FileSource, fetchWhole } from '../../../telegram/receive/files.ts';
import { notFetchedView } from '../views/files.ts';
import { mediaTypeOf } from './media-type.ts';
import { MOST_BYTES, type NotFetched } from './service.ts';
import { statements as sql } from './statements.ts';

export interface FileFetching {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly files: FileSource;
  readonly contents: Contents;
  /** Messages wait to be sent. */
  readonly wakeSender?: () => void;
  /** Stores what kept a file from coming and returns the reference people are shown. */
  readonly record: (error: unknown, place: string) => string;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

interface Waiting {
  readonly id: number;
  readonly personId: PersonId;
  readonly chatId: ChatId;
  readonly telegramFile: string;
  readonly kind: FileKind;
  readonly attempts: number;
  readonly batch: string;
  /** epoch ms */
  readonly createdAt: EpochMs;
}

const NAME = 'files';
const IDLE_MS = 5_000;
/** A third of what `takeWaiting` gives a process: a dead one's file is taken up soon, that of one which lives is left to it. */
const TAKEN_BEAT_MS = 6_000;
/** Longest pause between two tries. */
const LONGEST_WAIT_MS = 300_000;
/** Telegram may be away for long; after this a file counts as gone. */
const GIVE_UP_MS = 3 * 86_400_000;

/** Starts fetching what waits; `wake` it when something new does. Every replica runs one, each file is fetched by one of them. */
export function startFetching(options: FileFetching): Loop {
  const { db, clock, botId, files, contents } = options;

  async function keep(waiting: Waiting, signal: AbortSignal): Promise<void> {
    const wanted = { fileId: waiting.telegramFile, mostBytes: MOST_BYTES };
    const content = await fetchWhole(files, wanted, signal, () => options.beat(NAME));
    const mediaType = await mediaTypeOf(content);
    const { sha256, bytes } = await contents.keep(db, content, clock.now());
    await end(waiting, (tx) => tx.query(sql.kept, [waiting.id, sha256, bytes, mediaType]));
  }

  /** Says that the file is being fetched for as long as it is. Said too late, another fetches it too: the first to keep it does. */
  async function stillTaken(waiting: Waiting, work: Promise<void>): Promise<void> {
    let said: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      said = db.query(sql.stillTaken, [waiting.id]).catch(options.onError);
    }, TAKEN_BEAT_MS);
    try {
      await work;
    } finally {
      clearInterval(timer);
      await said;
    }
  }

  /** Settles one file of a message, and tells what failed of the message once nothing of it is on its way. */
  async function end(waiting: Waiting, settle: (tx: Tx) => Promise<object[]>, ref?: string): Promise<void> {
    const person = await readPerson(db, waiting.personId);
    await db.transaction(async (tx) => {
      await tx.query(sql.lockBatch, [waiting.batch]);
      // Somebody else was faster, or it was forgotten with its person.
      if ((await settle(tx)).length === 0) return;
      const failed = await tx.query<NotFetched>(sql.untold, [waiting.batch, iso(clock.now())]);
      if (failed.length === 0) return;
      const shown = ref ?? options.record(new FileNotFetched('gone', 'a file of an album did not come'), 'files');
      await enqueue(tx, botId, messages(waiting.chatId, person, failed, shown), {
        wake: options.wakeSender ?? (() => {}),
      });
    });
  }

  async function fail(waiting: Waiting, why: 'gone' | 'large', error: unknown): Promise<void> {
    const ref = options.record(error, 'files');
    await end(waiting, (tx) => tx.query(sql.failed, [waiting.id, why]), ref);
  }

  async function failedTry(waiting: Waiting, error: unknown, isEnding: boolean): Promise<void> {
    const why = error instanceof FileNotFetched ? error.why : 'later';
    if (why !== 'later') return fail(waiting, why, error);
    if (clock.now() - waiting.createdAt > GIVE_UP_MS) return fail(waiting, 'gone', error);
    // Telegram that is away is told by health; a store that does not take bytes is a fault of the installation.
    if (!(error instanceof FileNotFetched)) options.onError(error);
    // Another process, or the next one here, goes on at once.
    if (isEnding) return void (await db.query(sql.retryLater, [waiting.id, 0]));
    const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(waiting.attempts, 12));
    await db.query(sql.retryLater, [waiting.id, wait]);
  }

  return startLoop({
    name: NAME,
    beat: options.beat,
    onError: options.onError,
    async turn(signal) {
      const [waiting] = await db.query<Waiting>(sql.takeWaiting, [botId]);
      if (!waiting) return IDLE_MS;
      try {
        await stillTaken(waiting, keep(waiting, signal));
      } catch (error) {
        await failedTry(waiting, error, signal.aborted);
      }
      return 0;
    },
  });
}

function messages(chatId: ChatId, person: Person, failed: readonly NotFetched[], ref: string): Outgoing[] {
  const t = translator(person.language);
  const view = notFetchedView(t, failed, ref);
  const payload = { repeatMark: t.text('shared-repeat') };
  return build(view).map((part) => ({
    chatId,
    priority: ANSWER,
    method: 'sendMessage',
    payload: { ...part, ...payload },
    ...(view.shows ? { link: view.shows } : {}),
  }));
}
