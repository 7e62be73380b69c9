/** Loads an archive into the database of a session, in the caller's transaction: nobody sees anything of it before the commit. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Migration } from '../../storage/migrations/migration-files.ts';
import { loadSql } from '../../storage/sql.ts';
import type { AttachmentContent, Manifest, TableManifest } from '../archive/format.ts';
import { type Proof, readArchive, rowsIn } from '../archive/read.ts';
import { ArchiveFault, BackupFault } from '../faults.ts';
import { INSPECTIONS } from '../runs.ts';
import { readTables } from './catalogue.ts';
import { putAside } from './indexes.ts';
import { addUnknown, dropEverything, makeSchema, migrateForward, pathFrom } from './schema.ts';
import { columnList, quoted } from './session.ts';

const STEPS = [
  'forgetProcesses',
  'forgetPace',
  'forgetFacts',
  'forgetLimits',
  'forgetPauses',
  'cancelAnswers',
  'doubtReminders',
  'doubtDeliveries',
  'replanStranded',
  'retryUpdates',
] as const;
const settling = loadSql(new URL('./settle.sql', import.meta.url), [...STEPS, 'endRuns']);

/**
 * Ids of the time between the backup and the restore stand in messages people still see. They are never given again, or the button of a
 * lost task would act on another: every sequence leaps so far.
 */
const LOST_IDS = 100_000;

export interface LoadOptions {
  readonly identity?: string | undefined;
  /** Tests only: other migrations than the program's own. */
  readonly migrations?: readonly Migration[] | undefined;
  /** Called for each attachment outside the database, when all rows are there. */
  readonly onAttachment?: (attachment: AttachmentContent) => Promise<void>;
}

/**
 * Replaces all of Steward's in the database by the archive's contents, and proves row by row that they are the same. To be rolled back
 * when it throws. Steward's schema is the archive's when it returns: `migrateForward` and `settle` follow.
 */
export async function load(
  client: pg.Client,
  source: AsyncIterable<Buffer>,
  options: LoadOptions = {},
): Promise<{ proof: Proof; warnings: string[]; forward(): Promise<number> }> {
  let warnings: string[] = [];
  let makeIndexes = async () => {};
  let forward = async () => 0;
  const counts = new Map<string, number>();
  const proof = await readArchive(source, {
    identity: options.identity,
    ...(options.onAttachment && { onAttachment: options.onAttachment }),
    async onHead(head) {
      const path = pathFrom(head, options.migrations);
      forward = async () => {
        await migrateForward(client, path);
        return path.forward.length;
      };
      await dropEverything(client);
      await makeSchema(client, path);
      warnings = await addUnknown(client, head.tables);
      makeIndexes = await putAside(client);
      // A migration may have put rows into its table. Emptied in the transaction that made it, a table also takes rows in their order.
      const { tables } = await readTables(client);
      await client.query(`TRUNCATE ${tables.map((table) => quoted(table.name)).join(', ')}`);
    },
    async onTable(table, rows) {
      const into = client.query(copyFrom(`COPY ${quoted(table.name)} ${columnList(table.columns)} FROM STDIN`));
      await pipeline(Readable.from(rows, { objectMode: true, highWaterMark: 1 }), into);
      counts.set(table.name, into.rowCount);
    },
  });
  const { manifest } = proof;
  for (const { name, rows } of manifest.tables) {
    if (counts.get(name) !== rows)
      throw new BackupFault(
        `The database took ${counts.get(name)} of ${rows} rows of ${name}`,
        'look at the log of the server',
      );
  }
  await makeIndexes();
  await setSequences(client, manifest);
  for (const table of manifest.tables) await compare(client, table);
  return { proof, warnings, forward };
}

async function setSequences(client: pg.Client, manifest: Manifest): Promise<void> {
  for (const { name, last, called } of manifest.sequences) {
    const { rows } = await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
      quoted(name),
    ]);
    if (rows[0]?.there) await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [quoted(name), last, called]);
  }
}

/** Reads a table back and compares it with what the manifest says of it. */
async function compare(client: pg.Client, table: TableManifest): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  const out = client.query(copyTo(`COPY ${quoted(table.name)} ${columnList(table.columns)} TO STDOUT`));
  for await (const chunk of out as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    rows += rowsIn(chunk);
  }
  if (rows !== table.rows || bytes !== table.bytes || hash.digest('hex') !== table.sha256)
    throw new ArchiveFault(
      'damaged',
      `reads back otherwise than it was written: ${table.name} has ${rows} rows of ${table.rows}, or others`,
    );
}

/** Gives rows that speak of the present the meaning they have now: nothing is sent as if it were new. `archive`: its name. */
export async function settle(client: pg.Client, archive: string): Promise<void> {
  for (const step of STEPS) await client.query(settling[step].text);
  await client.query(settling.endRuns.text, [archive, INSPECTIONS]);
  await client.query(
    `SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, least(last_value + $1, max_value))
       FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL AND increment_by = 1`,
    [LOST_IDS],
  );
}
