/** Archives that people send: fetched from Telegram past the chat's lane, proved, offered, and taken in once they say yes. */
import { type Actor, type Person, readPerson } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { Clock, EpochMs } from '../../core/clock.ts';
import type { BotId, ChatId, PersonId } from '../../core/ids.ts';
import { type Loop, startLoop } from '../../core/loop.ts';
import { translator } from '../../locales/translator.ts';
import { ANSWER, enqueue, type Outgoing } from '../../outbox/outbox.ts';
import type { Contents } from '../../storage/contents/contents.ts';
import { dropFile, fileContent, keepFile } from '../../storage/contents/transfer-files.ts';
import type { Database, Queryable, Tx } from '../../storage/database.ts';
import { build } from '../../telegram/builder.ts';
import { FileNotFetched, type FileSource, fetchWhole } from '../../telegram/receive/files.ts';
import type { View } from '../../telegram/view.ts';
import { filesOf } from './archive/files.ts';
import { type ArchivedRow, ITEM_TABLES, type ItemTable } from './archive/format.ts';
import { ArchiveFault, type OpenArchive, openArchive, type ReadLimits } from './archive/read.ts';
import { statements as sql } from './statements.ts';
import { type Counts, type Hooks, locateRows, NOTHING, sum, takeIn, takeSettings } from './taking-in.ts';
import { offerView, type Preview } from './views.ts';

/** A bot may fetch no larger file. */
export const MOST_BYTES = 20 * 1024 * 1024;
/** What a chat takes in at once: some seconds of work in one transaction, and one undo. Larger ones go by the command line. */
export const CHAT_LIMITS: ReadLimits = { bytes: 200_000_000, rows: 20_000 };
const BATCH = 500;
const TRIES = 4;
const NAME = 'imports';
const IDLE_MS = 5_000;

/** A table's rows with each task behind the one it is a part of; those whose whole is not among them, or that go round in a circle, come last. */
async function* wholeFirst(table: (typeof ITEM_TABLES)[number], rows: AsyncIterable<ArchivedRow>) {
  const given = new Set<string>();
  const waiting = new Map<string, ArchivedRow[]>();
  function* withParts(first: ArchivedRow): Generator<ArchivedRow> {
    const next = [first];
    for (let row = next.pop(); row !== undefined; row = next.pop()) {
      yield row;
      given.add(row.key);
      next.push(...(waiting.get(row.key) ?? []));
      waiting.delete(row.key);
    }
  }
  for await (const row of rows) {
    const whole = table === 'tasks' ? row['parentId'] : null;
    if (typeof whole !== 'string' || given.has(whole)) {
      yield* withParts(row);
      continue;
    }
    const parts = waiting.get(whole);
    if (parts === undefined) waiting.set(whole, [row]);
    else parts.push(row);
  }
  for (const [whole, parts] of waiting) {
    waiting.delete(whole);
    for (const part of parts) yield* withParts(part);
  }
}

/** The rows of an archive in the order in which they refer to one another, in batches of one table. */
export async function* batchesOf(
  archive: OpenArchive,
): AsyncGenerator<{ readonly table: (typeof ITEM_TABLES)[number]; readonly rows: readonly ArchivedRow[] }> {
  for (const table of ITEM_TABLES) {
    let rows: ArchivedRow[] = [];
    for await (const row of wholeFirst(table, archive.rows(table))) {
      rows.push(row);
      if (rows.length < BATCH) continue;
      yield { table, rows };
      rows = [];
    }
    if (rows.length > 0) yield { table, rows };
  }
}

/** Reads an archive to its end and says what it would bring. @throws ArchiveFault when any of it is not as it should be. */
export async function previewOf(
  db: Queryable,
  actor: Actor,
  archive: OpenArchive,
  limits: ReadLimits,
): Promise<Preview> {
  const rows: Record<ItemTable, number> = {
    projects: 0,
    clients: 0,
    tasks: 0,
    dependencies: 0,
    notes: 0,
    attachments: 0,
    reminders: 0,
    saved_filters: 0,
    templates: 0,
  };
  let there = 0;
  for await (const batch of batchesOf(archive)) {
    rows[batch.table] += batch.rows.length;
    if (ITEM_TABLES.reduce((total, table) => total + rows[table], 0) > limits.rows)
      throw new ArchiveFault('portability-error-large');
    there += (await locateRows(db, actor, batch.table, batch.rows)).size;
  }
  const { person, exportedAt, part, last } = archive.manifest;
  const settings = archive.settings !== undefined && actor.person.onboardedAt === null;
  return { person, exportedAt, part, last, rows, there, settings };
}

/** Takes a whole archive in as one change. The settings come along for who has none yet. */
export async function takeArchive(
  changes: Changes,
  actor: Actor,
  archive: OpenArchive,
  options: { readonly hooks: Hooks; readonly now: EpochMs; readonly contents: Contents },
): Promise<Counts> {
  const { hooks, now, contents } = options;
  if (archive.settings && actor.person.onboardedAt === null)
    await takeSettings(changes, actor, archive.settings, hooks, now);
  let counts = NOTHING;
  for await (const { table, rows } of batchesOf(archive))
    counts = sum(counts, await takeIn(changes, actor, table, rows, hooks, now, filesOf(archive, contents)));
  return counts;
}

/** The kept file of an offer, whole: it is at most as large as a bot may fetch. */
export async function keptArchive(db: Queryable, file: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of fileContent(db, file)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export interface ImportLoopOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly botId: BotId;
  readonly files: FileSource;
  readonly contents: Pick<Contents, 'settle'>;
  readonly beat: (name: string) => void;
  readonly onError: (error: unknown) => void;
}

interface Waiting {
  readonly id: number;
  readonly personId: PersonId;
  readonly chatId: ChatId;
  readonly telegramFile: string;
  readonly attempts: number;
}

function message(chatId: ChatId, view: View): Outgoing[] {
  return build(view).map((part) => ({ chatId, priority: ANSWER, method: 'sendMessage', payload: { ...part } }));
}

/** Why an archive is not taken, as a Fluent key; undefined when another try may help. */
function refusalOf(error: unknown): ArchiveFault | undefined {
  if (error instanceof ArchiveFault) return error;
  if (!(error instanceof FileNotFetched) || error.why === 'later') return undefined;
  return new ArchiveFault(error.why === 'large' ? 'portability-error-too-large-to-fetch' : 'portability-error-gone');
}

/** Starts fetching what waits; `wake` it when something new does, or an archive was taken in: its files go where files are kept. Every replica runs one, each archive is handled by one of them. */
export function startImports(options: ImportLoopOptions): Loop {
  const { db, clock, botId, files } = options;

  async function offer(waiting: Waiting, person: Person, signal: AbortSignal): Promise<void> {
    const wanted = { fileId: waiting.telegramFile, mostBytes: MOST_BYTES };
    const content = await fetchWhole(files, wanted, signal, () => options.beat(NAME));
    const archive = await openArchive(content, CHAT_LIMITS);
    const actor: Actor = { person, spaceId: person.spaceId, chatId: waiting.chatId, via: 'person' };
    let preview: Preview;
    try {
      preview = await previewOf(db, actor, archive, CHAT_LIMITS);
    } finally {
      archive.close();
    }
    const now = clock.now();
    const t = translator(person.language);
    const style = { now, zone: person.timezone, language: person.locale, clock: person.clock };
    await db.transaction(async (tx) => {
      const { id } = await keepFile(tx, one(content), now);
      const offered = await tx.query(sql.offerImport, [waiting.id, id]);
      // Somebody else was faster, or it was given up.
      if (offered.length === 0) return dropFile(tx, id);
      await enqueue(tx, botId, message(waiting.chatId, offerView(t, style, preview, waiting.id)), { wake: () => {} });
    });
  }

  async function refuse(waiting: Waiting, person: Person, fault: ArchiveFault): Promise<void> {
    const t = translator(person.language);
    await db.transaction(async (tx) => {
      const ended = await tx.query(sql.endImport, [waiting.id, 'refused']);
      if (ended.length === 0) return;
      await enqueue(tx, botId, message(waiting.chatId, { lines: [[t.text(fault.key, { ...fault.args })]] }), {
        wake: () => {},
      });
    });
  }

  // Of an import that was just taken in, or of one taken in before this process began.
  let unsettled = true;
  const loop = startLoop({
    name: NAME,
    beat: options.beat,
    onError: options.onError,
    async turn(signal) {
      const [waiting] = await db.query<Waiting>(sql.takeImport);
      if (!waiting && unsettled) {
        unsettled = false;
        await options.contents.settle(db);
      }
      if (!waiting) return IDLE_MS;
      const person = await readPerson(db, waiting.personId);
      try {
        await offer(waiting, person, signal);
      } catch (error) {
        const fault = refusalOf(error);
        if (fault) await refuse(waiting, person, fault);
        // Another process, or the next one here, goes on at once.
        else if (signal.aborted) await db.query(sql.retryImport, [waiting.id, 0]);
        else if (waiting.attempts >= TRIES) {
          await refuse(waiting, person, new ArchiveFault('portability-error-unreached'));
          if (!(error instanceof FileNotFetched)) options.onError(error);
        } else await db.query(sql.retryImport, [waiting.id, 2 ** waiting.attempts]);
      }
      return 0;
    },
  });
  return {
    ...loop,
    wake() {
      unsettled = true;
      loop.wake();
    },
  };
}

async function* one(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

/** Puts an archive that a person sent into the line of those to be fetched. */
export async function awaitImport(tx: Tx, actor: Actor, telegramFile: string, at: string): Promise<void> {
  await tx.query(sql.addImport, [actor.person.id, actor.spaceId, actor.chatId, telegramFile, at]);
}
