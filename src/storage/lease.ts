/** Leases: rows with an expiry by the database's clock. They outlive no owner, unlike locks bound to a half-open connection, and pass through any pooler. */
import { randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Queryable } from './database.ts';
import { isAlive } from './postgres/process.ts';
import { loadSql } from './sql.ts';

const sql = loadSql(new URL('./lease.sql', import.meta.url), ['take', 'release', 'list', 'trim']);

/** Takes or renews the lease `name` for `ttlMs`; false when another holds it. */
export async function takeLease(db: Queryable, name: string, owner: string, ttlMs: number): Promise<boolean> {
  const rows = await db.query<{ owner: string }>(sql.take, [name, owner, ttlMs]);
  return rows.length > 0;
}

/** Gives the lease back, so that the next owner need not wait for its expiry. */
export async function releaseLease(db: Queryable, name: string, owner: string): Promise<void> {
  await db.query(sql.release, [name, owner]);
}

/** Forgets the leases of processes long gone. */
export async function trimLeases(db: Queryable): Promise<void> {
  await db.query(sql.trim);
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
  const leases = await db.query<{ name: string; owner: string }>(sql.list);
  for (const { name, owner } of leases) if (isGone(owner)) await db.query(sql.release, [name, owner]);
}
