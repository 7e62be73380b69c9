/** Leases: rows with an expiry by the database's clock. They outlive no owner, unlike locks bound to a half-open connection, and pass through any pooler. */
import { randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Queryable } from './database.ts';
import { isAlive } from './postgres/process.ts';

const take = {
  name: 'lease:take',
  text: `INSERT INTO leases (name, owner, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
         WHERE leases.owner = excluded.owner OR leases.expires_at <= clock_timestamp()
         RETURNING owner`,
};
const release = { name: 'lease:release', text: 'DELETE FROM leases WHERE name = $1 AND owner = $2' };
const list = { name: 'lease:list', text: 'SELECT name, owner FROM leases WHERE expires_at > clock_timestamp()' };
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

/** The world process ids of this process mean something in: host and, in containers, their namespace of processes. */
function processWorld(): string {
  try {
    return `${hostname()}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

const world = processWorld();

/** A name for this process as an owner of leases: never the same again, and telling its neighbours whether it lives. */
export function ownerName(): string {
  return `${world}/${process.pid}/${randomBytes(6).toString('hex')}`;
}

/** True when `owner` was a process beside this one and is gone. Of processes elsewhere nothing is known: false. */
function isGone(owner: string): boolean {
  const [, place, pid] = /^(.*)\/(\d+)\/[0-9a-f]+$/.exec(owner) ?? [];
  return place === world && !isAlive(Number(pid));
}

/** Ends the leases of processes beside this one that died, so that a restart on one machine need not wait for their expiry. */
export async function endLeasesOfTheDead(db: Queryable): Promise<void> {
  const leases = await db.query<{ name: string; owner: string }>(list);
  for (const { name, owner } of leases) if (isGone(owner)) await db.query(release, [name, owner]);
}
