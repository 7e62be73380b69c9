/** A session of its own for backup or restore: no time limits, values written the same way by every server. */
import type pg from 'pg';
import { connectChecked } from '../../storage/migrations/server-check.ts';

/** Time limits of the pool do not fit a session that reads or writes everything; the text of values must not depend on the server's settings. */
const SETTINGS = [
  'SET statement_timeout = 0',
  'SET idle_in_transaction_session_timeout = 0',
  'SET lock_timeout = 0',
  "SET DateStyle = 'ISO, YMD'",
  "SET IntervalStyle = 'postgres'",
  "SET TimeZone = 'UTC'",
  'SET extra_float_digits = 3',
  "SET bytea_output = 'hex'",
  'SET xmloption = content',
  "SET client_encoding = 'UTF8'",
  // A large table is read from its beginning, also while another session reads it: the order of rows is part of the checksum.
  'SET synchronize_seqscans = off',
].join('; ');

/** Opens one and runs `work`; `known`: Steward works with this server already. @throws ConfigurationError, Upstream as `connectChecked`. */
export async function withSession<T>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
  known = false,
): Promise<T> {
  // A table may take hours to go to a bucket, an index minutes to be made; a dead peer is told by keep-alive.
  const client = await connectChecked({ ...connection, query_timeout: 0 }, known);
  try {
    await client.query(SETTINGS);
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A name as it stands in a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Columns as they stand in COPY; a table without any has rows of nothing. */
export function columnList(columns: readonly { readonly name: string }[]): string {
  return `(${columns.map((column) => quoted(column.name)).join(', ')})`;
}
