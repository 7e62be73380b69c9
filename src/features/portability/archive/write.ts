/** Writes a person's export as ZIP archives, each made while it is read: nothing larger than a page lies in memory. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Actor } from '../../../access/people.ts';
import { type EpochMs, iso } from '../../../core/clock.ts';
import { version } from '../../../core/version.ts';
import type { Translator } from '../../../locales/translator.ts';
import type { Contents } from '../../../storage/contents/contents.ts';
import { ContentMissing } from '../../../storage/contents/store.ts';
import type { Queryable } from '../../../storage/database.ts';
import { extensionFor } from '../../tasks/index.ts';
import { CSV_START, csvLine } from './csv.ts';
import { tableFor } from './csv-tables.ts';
import { type ArchivedFile, fileMember } from './file-members.ts';
import {
  csvOf,
  FORMAT,
  FORMAT_VERSION,
  ITEM_TABLES,
  type ItemTable,
  MANIFEST,
  type Manifest,
  memberOf,
  RECORD_MEMBERS,
  rowLine,
  SETTINGS,
} from './format.ts';
import { type Cursor, type KeyOf, keysOf, type Member, pageOf, type Row } from './rows.ts';

const MEMBERS: readonly Member[] = [...ITEM_TABLES, ...RECORD_MEMBERS];

/** JSON lines of one archive, compressed. With the tables for people it stays below the 20 MB that a bot may fetch again. */
const PART_BYTES = 9_000_000;

export interface ExportOptions {
  readonly now: EpochMs;
  readonly t: Translator;
  /** compressed bytes of JSON lines, and bytes of files, after which the next archive begins */
  readonly partBytes?: number;
  /** where the bytes of attachments are read; left out: they do not come along */
  readonly contents?: Pick<Contents, 'read'>;
}

export interface Archive {
  readonly part: number;
  /** To be read to its end before the next archive is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
  /** true once the content was read and nothing follows */
  last(): boolean;
  /** rows of each member in this archive, once its content was read */
  rows(): Readonly<Record<string, number>>;
}

const isItems = (member: Member): member is ItemTable => (ITEM_TABLES as readonly string[]).includes(member);

/** A row of what happened, as a line: instants in ISO 8601, names as the database has them. */
function recordLine(row: Row, keyOf: KeyOf): string {
  const { id: _, reminderId, ...rest } = row;
  const entries = Object.entries(rest).map(
    ([name, value]) => [name, /At$|^at$/.test(name) && typeof value === 'number' ? iso(value) : value] as const,
  );
  const reminder = typeof reminderId === 'number' ? { reminder: keyOf('reminders', reminderId) } : {};
  return JSON.stringify({ ...Object.fromEntries(entries), ...reminder });
}

/** What the archives of one export share. */
interface Export {
  readonly db: Queryable;
  readonly actor: Actor;
  readonly options: ExportOptions;
  readonly partBytes: number;
  readonly keyOf: KeyOf;
  /** how far each member was written, and which to their end */
  readonly cursors: Map<Member, Cursor>;
  readonly done: Set<Member>;
}

/** One archive while it is written: its members are made one after another, as they are read. */
interface Part {
  readonly number: number;
  /** compressed bytes that have left */
  written: number;
  /** the rows of each member that are in it: behind `from`, up to `to` */
  readonly spans: Map<Member, { readonly from: Cursor; readonly to: Cursor }>;
  readonly facts: Record<string, { readonly rows: number; readonly sha256: string }>;
  /** checksums of the files that go into it, and what they are called there */
  readonly files: Map<string, string>;
  fileBytes: number;
}

/**
 * The archives of the actor's space, one after another. Run it in a transaction that sees one state (REPEATABLE READ) where others may
 * write meanwhile.
 */
export async function* writeArchives(db: Queryable, actor: Actor, options: ExportOptions): AsyncGenerator<Archive> {
  const { partBytes = PART_BYTES } = options;
  const keyOf = await keysOf(db, actor);
  const cursors = new Map<Member, Cursor>(MEMBERS.map((member) => [member, 0]));
  const whole: Export = { db, actor, options, partBytes, keyOf, cursors, done: new Set() };
  for (let number = 1; whole.done.size < MEMBERS.length; number += 1)
    yield archiveOf(whole, { number, written: 0, spans: new Map(), facts: {}, files: new Map(), fileBytes: 0 });
}

function archiveOf(whole: Export, part: Part): Archive {
  const zip = new ZipFile();
  addMembers(zip, whole, part);
  // A fault of a member must reach whoever reads the archive: the library would only stop.
  const output = Readable.from(zip.outputStream as NodeJS.ReadableStream as AsyncIterable<Uint8Array>);
  zip.on('error', (error: Error) => output.destroy(error));
  return {
    part: part.number,
    content: counted(output, (bytes) => {
      part.written += bytes;
    }),
    last: () => whole.done.size === MEMBERS.length,
    rows: () => Object.fromEntries(MEMBERS.map((one) => [one, part.facts[memberOf(one)]?.rows ?? 0])),
  };
}

function addMembers(zip: ZipFile, whole: Export, part: Part): void {
  const { db, actor, options } = whole;
  const mtime = new Date(options.now);
  const add = (name: string, content: () => AsyncGenerator<string | Uint8Array>, compress = true) =>
    zip.addReadStreamLazy(name, { mtime, compress }, (give) =>
      give(null, Readable.from(content(), { objectMode: false })),
    );

  /** Behind everything that says which files there are. */
  function addFiles(): void {
    for (const [checksum, name] of part.files) add(name, () => contentOf(db, options, checksum), false);
    add(MANIFEST, () => manifestText(whole, part));
    zip.end();
  }
  async function* lastOfAll(content: AsyncGenerator<string>): AsyncGenerator<string> {
    yield* content;
    addFiles();
  }

  zip.addBuffer(Buffer.from(`${options.t.text('portability-readme')}\n`), 'README.txt', { mtime });
  const settings = `${JSON.stringify(settingsOf(actor), null, 2)}\n`;
  zip.addBuffer(Buffer.from(settings), SETTINGS, { mtime });
  part.facts[SETTINGS] = { rows: 1, sha256: createHash('sha256').update(settings).digest('hex') };
  for (const one of MEMBERS) add(memberOf(one), () => jsonLines(whole, part, one));
  for (const one of MEMBERS) {
    const isLast = one === MEMBERS.at(-1);
    add(csvOf(one), () => (isLast ? lastOfAll(csvLines(whole, part, one)) : csvLines(whole, part, one)));
  }
}

/** The rows of a member that this archive has room for. */
async function* jsonLines(whole: Export, part: Part, of: Member): AsyncGenerator<string> {
  const { db, actor, keyOf, cursors, done } = whole;
  const hash = createHash('sha256');
  const from = cursors.get(of) ?? 0;
  let [count, after] = [0, from];
  while (!done.has(of) && part.written < whole.partBytes) {
    const page = await pageOf(db, actor.spaceId, of, after);
    const { rows, end } = of === 'attachments' ? fitting(whole, part, page) : page;
    if (rows.length === 0) {
      if (page.rows.length === 0) done.add(of);
      break;
    }
    const text = rows.map((row) => `${isItems(of) ? rowLine(of, row, keyOf) : recordLine(row, keyOf)}\n`).join('');
    hash.update(text);
    [count, after] = [count + rows.length, end];
    yield text;
  }
  cursors.set(of, after);
  part.spans.set(of, { from, to: after });
  part.facts[memberOf(of)] = { rows: count, sha256: hash.digest('hex') };
}

type Page = Awaited<ReturnType<typeof pageOf>>;

/** As many attachments as there is room for their files; one always, or nothing would ever come to an end. */
function fitting({ options, partBytes }: Export, part: Part, { rows, end }: Page): Page {
  if (!options.contents) return { rows, end };
  let count = 0;
  for (const row of rows) {
    const { sha256, bytes } = row['fileId'] as ArchivedFile;
    if (!part.files.has(sha256) && part.fileBytes > 0 && part.fileBytes + bytes > partBytes) break;
    if (!part.files.has(sha256)) part.fileBytes += bytes;
    part.files.set(sha256, fileMember(sha256, extensionFor(row['mediaType'] as string | null)));
    count += 1;
  }
  const taken = rows.slice(0, count);
  return { rows: taken, end: Number(taken.at(-1)?.['id'] ?? 0) };
}

/** The same rows as a table. */
async function* csvLines({ db, actor, options, keyOf }: Export, part: Part, of: Member): AsyncGenerator<string> {
  const { from, to } = part.spans.get(of) ?? { from: 0, to: 0 };
  const table = tableFor(of, options.t, keyOf);
  yield CSV_START + csvLine(table.head);
  for (let after = from; after < to; ) {
    const { rows, end } = await pageOf(db, actor.spaceId, of, after);
    yield rows.map((row) => csvLine(table.cells(row))).join('');
    after = rows.length === 0 ? to : end;
  }
}

async function* manifestText({ actor, options, done }: Export, part: Part): AsyncGenerator<string> {
  const told: Omit<Manifest, 'exportedAt'> & { exportedAt: string } = {
    format: FORMAT,
    version: FORMAT_VERSION,
    program: version,
    exportedAt: iso(options.now),
    person: actor.person.name,
    part: part.number,
    last: done.size === MEMBERS.length,
    members: part.facts,
  };
  yield `${JSON.stringify(told, null, 2)}\n`;
}

/** The bytes of a file; none where somebody removed them: the archive is of use without them. */
async function* contentOf(db: Queryable, { contents }: ExportOptions, checksum: string): AsyncGenerator<Uint8Array> {
  try {
    if (contents) yield* contents.read(db, checksum);
  } catch (error) {
    if (!(error instanceof ContentMissing)) throw error;
  }
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    count(chunk.length);
    yield chunk;
  }
}

function settingsOf({ person }: Actor): Row {
  const { name, language, locale, timezone, dateOrder, clock, weekStart, dayParts } = person;
  const { quietHours, quietLetsUrgent, nativeTables } = person;
  return {
    ...{ name, language, locale, timezone, dateOrder, clock, weekStart, dayParts },
    ...{ quietHours, quietLetsUrgent, nativeTables },
  };
}
