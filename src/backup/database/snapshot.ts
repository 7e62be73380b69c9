/** One consistent picture of the database: every table as of the same instant, while Steward goes on working. */
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Stores } from '../../storage/contents/contents.ts';
import type { Head, Manifest } from '../archive/format.ts';
import type { Contents } from '../archive/write.ts';
import { attachmentsOutside } from '../attachments.ts';
import { BackupFault } from '../faults.ts';
import { readSequences, readTables } from './catalogue.ts';
import { columnList, quoted, withSession } from './session.ts';

/** What the head says beside what the database says of itself. */
export type About = Pick<Head, 'createdAt' | 'steward'>;

/** What is read. */
export interface Source {
  readonly connection: pg.ClientConfig;
  /** where attachments outside the database lie */
  readonly stores: Stores;
  /** Steward works with this server already: it need not be proved again */
  readonly known: boolean;
}

async function readMigrations(client: pg.Client): Promise<Head['migrations']> {
  const { rows: there } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there",
  );
  if (!there[0]?.there)
    throw new BackupFault(
      'The database holds no Steward',
      'check DATABASE_URL; a new installation is made by `steward start`',
    );
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations
      WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  const unfinished = rows.find((row) => !row.finished);
  if (unfinished)
    throw new BackupFault(
      `Migration ${unfinished.name} is under way or has failed`,
      'let it finish, or mend it as `steward migrate --status` says',
    );
  if (rows.length === 0) throw new BackupFault('The database holds no migration', 'run `steward migrate`');
  return rows.map(({ name, checksum }) => ({ name, checksum }));
}

/** Without the secrets' table (a schema from before it) there is nothing to open. */
async function readMasterKeys(client: pg.Client, tables: Head['tables']): Promise<string[]> {
  if (!tables.some((table) => table.name === 'secrets')) return [];
  const { rows } = await client.query<{ id: string }>('SELECT DISTINCT key_id AS id FROM secrets ORDER BY 1');
  return rows.map((row) => row.id);
}

async function readSequenceValues(client: pg.Client): Promise<Manifest['sequences']> {
  const values: Manifest['sequences'] = [];
  for (const name of await readSequences(client)) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${quoted(name)}`,
    );
    if (rows[0]) values.push({ name, ...rows[0] });
  }
  return values;
}

/**
 * Runs `work` on the contents of the database as they are now. Reads only, holds no lock but against changes of the schema.
 * @throws BackupFault when this is no database of Steward, or a migration is unfinished.
 */
export function withSnapshot<T>(
  { connection, stores, known }: Source,
  about: About,
  work: (contents: Contents, warnings: string[]) => Promise<T>,
): Promise<T> {
  const read = async (client: pg.Client): Promise<T> => {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { tables, left } = await readTables(client);
    if (tables.length > 0) {
      // Before the first row is read, so that no migration changes a table between two of them. Nobody else waits for this.
      await client.query(`LOCK TABLE ${tables.map((table) => quoted(table.name)).join(', ')} IN ACCESS SHARE MODE`);
    }
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version");
    const head: Head = {
      format: 'steward-backup',
      version: 1,
      ...about,
      postgres: rows[0]?.version ?? '',
      migrations: await readMigrations(client),
      masterKeys: await readMasterKeys(client, tables),
      tables,
    };
    const warnings = left.map((name) => `the table ${JSON.stringify(name)} is none of Steward's and is left out`);
    const contents: Contents = {
      head,
      rows(table) {
        const query = client.query(copyTo(`COPY ${quoted(table.name)} ${columnList(table.columns)} TO STDOUT`));
        return { stream: query as AsyncIterable<Buffer>, count: () => query.rowCount };
      },
      attachments: () => attachmentsOutside(client, stores, warnings),
      // Sequences belong to no snapshot; asked for after the last row, none is behind a row.
      sequences: () => readSequenceValues(client),
    };
    // Given up in the middle of a table, the session is hung up on: a ROLLBACK would first have to hear the rest of the table.
    const done = await work(contents, warnings);
    await client.query('ROLLBACK');
    return done;
  };
  return withSession(connection, read, known);
}
