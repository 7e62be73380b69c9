/** Leases: rows with an expiry by the database's clock. They outlive no owner, unlike locks bound to a half-open connection, and pass through any pooler. */
import type { Queryable } from './database.ts';

const take = {
  name: 'lease:take',
  text: `INSERT INTO leases (name, owner, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
         WHERE leases.owner = excluded.owner OR leases.expires_at <= clock_timestamp()
         RETURNING owner`,
};
const release = { name: 'lease:release', text: 'DELETE FROM leases WHERE name = $1 AND owner = $2' };
const trim = {
  name: 'lease:trim',
  text: "DELETE FROM leases WHERE name LIKE 'process:%' AND expires_at < clock_timestamp() - interval '1 day'",
};

/** Takes or renews the lease `name` for `ttlMs`; false when another holds it. */
export async function takeLease(db: Queryable, name: string, owner: string, ttlMs: number): Promise<boolean> {
  const rows = await db.query<{ owner: string }>(take, [name, owner, ttlMs]);
  return rows.length > 0;
}

/** Gives the lease back, so that the next owner need not wait for its expiry. */
export async function releaseLease(db: Queryable, name: string, owner: string): Promise<void> {
  await db.query(release, [name, owner]);
}

/** Forgets the leases of processes long gone. */
export async function trimLeases(db: Queryable): Promise<void> {
  await db.query(trim);
}
