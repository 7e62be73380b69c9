/** Who and what is in a database that is to be restored into: another program's tables, Steward's data, a Steward at work. */
import type pg from 'pg';
import { BackupFault } from '../faults.ts';
import { readTables } from './catalogue.ts';
import { quoted } from './session.ts';

/** 'empty': no table of anyone, or Steward's without a row that means something; 'filled': Steward's with data. */
export type Occupied = 'empty' | 'filled';

/** Tables a new installation fills by itself: their rows are nobody's data. */
const OWN_HOUSEKEEPING = new Set([
  '_prisma_migrations',
  'leases',
  'pace',
  'bot_facts',
  'rate_limits',
  'stored_errors',
  'backup_runs',
]);

/** Name of the database a session is in. */
export async function databaseName(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  return rows[0]?.name ?? '';
}

/** What is there. @throws BackupFault when it is another program's. */
export async function occupied(client: pg.ClientBase): Promise<Occupied> {
  const { tables, left } = await readTables(client);
  const names = [...tables.map((table) => table.name), ...left];
  if (names.length === 0) return 'empty';
  if (!names.includes('_prisma_migrations'))
    throw new BackupFault(
      `The database ${await databaseName(client)} holds tables of another program (${names.slice(0, 5).join(', ')})`,
      'name an empty database, or one of Steward',
    );
  for (const name of names) {
    if (OWN_HOUSEKEEPING.has(name)) continue;
    const { rows } = await client.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ${quoted(name)}) AS filled`);
    if (rows[0]?.filled) return 'filled';
  }
  return 'empty';
}

/**
 * Refuses while a Steward works on the database: it would go on writing what it remembers. One that hangs is seen by its connections,
 * one whose network is cut by its lease, which runs out in ten seconds.
 */
export async function refuseWhileInUse(client: pg.ClientBase): Promise<void> {
  const { rows: connected } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'steward'`,
  );
  const { rows: there } = await client.query<{ leases: string | null }>("SELECT to_regclass('leases')::text AS leases");
  const { rows: alive } = there[0]?.leases
    ? await client.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM leases WHERE name LIKE 'process:%' AND expires_at > clock_timestamp()",
      )
    : { rows: [] };
  const connections = connected[0]?.count ?? 0;
  if (connections === 0 && (alive[0]?.count ?? 0) === 0) return;
  throw new BackupFault(
    `A Steward is at work on this database (${connections > 0 ? `${connections} connections` : 'its lease has not run out yet'})`,
    'stop every Steward (Ctrl-C, `systemctl stop steward`, `kubectl scale --replicas=0`), wait ten seconds, and try again',
  );
}
