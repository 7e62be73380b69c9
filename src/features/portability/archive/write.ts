/** Writes a person's export as ZIP archives, each made while it is read: nothing larger than a page lies in memory. */
import { createHash, type Hash } from 'node:crypto';
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
import { type ArchivedFile, fileMember } from './file-members.ts';
import {
  COLUMNS,
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
import { type Cursor, keysOf, type Member, pageOf, type Row } from './rows.ts';

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
function recordLine(row: Row, keyOf: (table: ItemTable, id: number) => string): string {
  const { id: _, reminderId, ...rest } = row;
  const entries = Object.entries(rest).map(
    ([name, value]) => [name, /At$|^at$/.test(name) && typeof value === 'number' ? iso(value) : value] as const,
  );
  const reminder = typeof reminderId === 'number' ? { reminder: keyOf('reminders', reminderId) } : {};
  return JSON.stringify({ ...Object.fromEntries(entries), ...reminder });
}

interface Span {
  readonly from: Cursor;
  readonly to: Cursor;
}

/**
 * The archives of the actor's space, one after another. Run it in a transaction that sees one state (REPEATABLE READ) where others may
 * write meanwhile.
 */
export async function* writeArchives(db: Queryable, actor: Actor, options: ExportOptions): AsyncGenerator<Archive> {
  const { partBytes = PART_BYTES } = options;
  const keyOf = await keysOf(db, actor);
  const cursors = new Map<Member, Cursor>(MEMBERS.map((member) => [member, 0]));
  const done = new Set<Member>();

  for (let part = 1; done.size < MEMBERS.length; part += 1) {
    let written = 0;
    const spans = new Map<Member, Span>();
    const facts: Record<string, { rows: number; sha256: string }> = {};
    const zip = new ZipFile();
    const files = new Map<string, string>();
    let fileBytes = 0;
    const mtime = new Date(options.now);
    const member = (name: string, lines: () => AsyncGenerator<string>) =>
      zip.addReadStreamLazy(name, { mtime }, (give) => give(null, Readable.from(lines(), { objectMode: false })));

    async function* json(of: Member): AsyncGenerator<string> {
      const hash = createHash('sha256');
      const from = cursors.get(of) ?? 0;
      let [count, after] = [0, from];
      while (!done.has(of) && written < partBytes) {
        const page = await pageOf(db, actor.spaceId, of, after);
        const { rows, end } = of === 'attachments' ? fitting(page) : page;
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
      spans.set(of, { from, to: after });
      facts[memberOf(of)] = { rows: count, sha256: hash.digest('hex') };
    }

    /** As many attachments as there is room for their files; one always, or nothing would ever come to an end. */
    function fitting({ rows, end }: Awaited<ReturnType<typeof pageOf>>): Awaited<ReturnType<typeof pageOf>> {
      if (!options.contents) return { rows, end };
      let count = 0;
      for (const row of rows) {
        const { sha256, bytes } = row['fileId'] as ArchivedFile;
        if (!files.has(sha256) && fileBytes > 0 && fileBytes + bytes > partBytes) break;
        if (!files.has(sha256)) fileBytes += bytes;
        files.set(sha256, fileMember(sha256, extensionFor(row['mediaType'] as string | null)));
        count += 1;
      }
      const taken = rows.slice(0, count);
      return { rows: taken, end: Number(taken.at(-1)?.['id'] ?? 0) };
    }

    /** Behind everything that says which files there are. */
    function addFiles(): void {
      for (const [checksum, name] of files)
        zip.addReadStreamLazy(name, { mtime, compress: false }, (give) => {
          give(null, Readable.from(contentOf(db, options, checksum), { objectMode: false }));
        });
      member(MANIFEST, manifest);
      zip.end();
    }

    async function* csv(of: Member): AsyncGenerator<string> {
      const { from, to } = spans.get(of) ?? { from: 0, to: 0 };
      const table = tableFor(of, options.t, keyOf);
      yield CSV_START + csvLine(table.head);
      for (let after = from; after < to; ) {
        const { rows, end } = await pageOf(db, actor.spaceId, of, after);
        yield rows.map((row) => csvLine(table.cells(row))).join('');
        after = rows.length === 0 ? to : end;
      }
      if (of === MEMBERS.at(-1)) addFiles();
    }

    async function* manifest(): AsyncGenerator<string> {
      const told: Omit<Manifest, 'exportedAt'> & { exportedAt: string } = {
        format: FORMAT,
        version: FORMAT_VERSION,
        program: version,
        exportedAt: iso(options.now),
        person: actor.person.name,
        part,
        last: done.size === MEMBERS.length,
        members: facts,
      };
      yield `${JSON.stringify(told, null, 2)}\n`;
    }

    zip.addBuffer(Buffer.from(`${options.t.text('portability-readme')}\n`), 'README.txt', { mtime });
    const settings = `${JSON.stringify(settingsOf(actor), null, 2)}\n`;
    zip.addBuffer(Buffer.from(settings), SETTINGS, { mtime });
    facts[SETTINGS] = { rows: 1, sha256: sha256(createHash('sha256'), settings) };
    for (const one of MEMBERS) member(memberOf(one), () => json(one));
    for (const one of MEMBERS) member(csvOf(one), () => csv(one));

    // A fault of a member must reach whoever reads the archive: the library would only stop.
    const output = Readable.from(zip.outputStream as NodeJS.ReadableStream as AsyncIterable<Uint8Array>);
    zip.on('error', (error: Error) => output.destroy(error));
    yield {
      part,
      content: counted(output, (bytes) => {
        written += bytes;
      }),
      last: () => done.size === MEMBERS.length,
      rows: () => Object.fromEntries(MEMBERS.map((one) => [one, facts[memberOf(one)]?.rows ?? 0])),
    };
  }
}

/** The bytes of a file; none where somebody removed them: the archive is of use without them. */
async function* contentOf(db: Queryable, { contents }: ExportOptions, checksum: string): AsyncGenerator<Uint8Array> {
  try {
    if (contents) yield* contents.read(db, checksum);
  } catch (error) {
    if (!(error instanceof ContentMissing)) throw error;
  }
}

function sha256(hash: Hash, content: string): string {
  return hash.update(content).digest('hex');
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

interface Table {
  readonly head: readonly string[];
  cells(row: Row): readonly unknown[];
}

/** The columns of a member as people read them: its archive's columns, instants as ISO 8601, what happened in words. */
function tableFor(of: Member, t: Translator, keyOf: (table: ItemTable, id: number) => string): Table {
  if (of === 'history') {
    const head = ['at', 'what', 'kind', 'via', 'undoneAt'];
    return {
      head,
      cells: (row) => [
        instant(row['at']),
        happened(t, row['summary']),
        row['kind'],
        row['via'],
        instant(row['undoneAt']),
      ],
    };
  }
  if (of === 'deliveries') {
    const head = ['dueAt', 'state', 'reason', 'sentAt', 'latenessMs', 'kind'];
    return {
      head,
      cells: (row) => [
        instant(row['dueAt']),
        row['state'],
        row['reason'],
        instant(row['sentAt']),
        row['latenessMs'],
        row['kind'],
      ],
    };
  }
  const columns = Object.entries(COLUMNS[of]);
  return {
    head: columns.map(([name]) => name),
    cells: (row) =>
      columns.map(([name, column]) => {
        const value = row[name];
        if (value === null || value === undefined) return null;
        if (column.kind === 'instant') return instant(value);
        if (column.kind === 'reference') return keyOf(column.to, Number(value));
        if (column.kind === 'file')
          return fileMember((value as ArchivedFile).sha256, extensionFor(row['mediaType'] as string | null));
        return typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : value;
      }),
  };
}

function instant(value: unknown): string | null {
  return typeof value === 'number' ? iso(value) : null;
}

/** What an action did, in the person's language; its kind where a text is not there any more. */
function happened(t: Translator, summary: unknown): string {
  if (typeof summary !== 'object' || summary === null || !('key' in summary)) return '';
  const args = 'args' in summary && typeof summary.args === 'object' && summary.args !== null ? summary.args : {};
  try {
    return t.text(String(summary.key), args as Record<string, string | number>);
  } catch {
    return String(summary.key);
  }
}
