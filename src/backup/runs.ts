/** The rows in which every run of backup, verification, drill and restore is kept, and what `/status`, health and metrics read of them. */
import { type EpochMs, iso } from '../core/clock.ts';
import { errorCode, errorMessage } from '../core/errors.ts';
import type { ChatId } from '../core/ids.ts';
import type { Queryable, Tx } from '../storage/database.ts';
import { loadSql } from '../storage/sql.ts';
import { isArchiveBad } from './faults.ts';

const sql = loadSql(new URL('./runs.sql', import.meta.url), [
  'begin',
  'succeed',
  'fail',
  'ask',
  'nextAsked',
  'takeAsked',
  'endInterrupted',
  'latest',
  'recent',
  'written',
  'installed',
  'toTell',
  'trim',
]);

export type RunKind = 'backup' | 'verify' | 'drill' | 'restore';

/** Runs that look at an archive: one that could not be made says nothing about the archive, and ends as 'hindered'. */
export const INSPECTIONS: readonly RunKind[] = ['verify', 'drill'];

export type RunCause = 'schedule' | 'command' | 'chat' | 'restore';

/** 'hindered': a verification or drill that could not be made, whatever the archive is worth. */
export type RunState = 'asked' | 'running' | 'succeeded' | 'failed' | 'hindered';

/** A run as it is kept. Instants are epoch ms. */
export interface Run {
  readonly id: number;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly cause: RunCause;
  readonly target: string;
  readonly archive: string | null;
  readonly startedAt: EpochMs | null;
  readonly endedAt: EpochMs | null;
  readonly bytes: number | null;
  readonly rows: number | null;
  readonly sha256: string | null;
  readonly encrypted: boolean;
  readonly reason: string | null;
  readonly warnings: readonly string[] | null;
}

/** How a run ended well. */
export interface Outcome {
  readonly archive?: string | undefined;
  readonly bytes: number;
  readonly rows: number | null;
  readonly sha256: string;
  readonly encrypted: boolean;
  readonly warnings?: readonly string[];
}

/** A schema from before the table: the run goes on, unrecorded. */
function withoutTable(error: unknown): undefined {
  if (errorCode(error) === '42P01') return undefined;
  throw error;
}

/** Writes that a run began; undefined where the schema knows no runs yet. */
export async function beginRun(
  db: Queryable,
  run: { kind: RunKind; cause: RunCause; target: string; archive: string | null; at: EpochMs },
): Promise<number | undefined> {
  const values = [run.kind, run.cause, run.target, run.archive, iso(run.at)];
  const rows = await db.query<{ id: number }>(sql.begin, values).catch(withoutTable);
  return rows?.[0]?.id;
}

/** Writes that it ended well. */
export async function endRun(db: Queryable, id: number | undefined, at: EpochMs, outcome: Outcome): Promise<void> {
  if (id === undefined) return;
  const { archive = null, bytes, rows, sha256, encrypted, warnings = [] } = outcome;
  await db.query(sql.succeed, [id, iso(at), archive, bytes, rows, sha256, encrypted, warnings]);
}

/** Writes that it failed, and why: of a verification or a drill also whether that is the archive's fault. */
export async function failRun(db: Queryable, id: number | undefined, at: EpochMs, error: unknown): Promise<void> {
  if (id === undefined) return;
  await db.query(sql.fail, [id, iso(at), errorMessage(error).slice(0, 2_000), isArchiveBad(error), INSPECTIONS]);
}

/** Asks for a backup in a chat; false when one is asked for or under way already. */
export async function askForBackup(tx: Tx, target: string, at: EpochMs, chatId: ChatId): Promise<boolean> {
  return (await tx.query(sql.ask, [target, iso(at), chatId])).length > 0;
}

/** A request nobody has taken up yet. */
export async function askedBackup(db: Queryable): Promise<number | undefined> {
  const [row] = await db.query<{ id: number }>(sql.nextAsked);
  return row?.id;
}

/** Takes a request up; false when another did. */
export async function takeAsked(
  db: Queryable,
  id: number,
  at: EpochMs,
  archive: string,
  target: string,
): Promise<boolean> {
  return (await db.query(sql.takeAsked, [id, iso(at), archive, target])).length > 0;
}

/** Ends the rows of runs that died, but `mine`. Only with the lease of backups in hand. */
export async function endInterrupted(db: Queryable, at: EpochMs, mine: number | undefined): Promise<void> {
  await db.query(sql.endInterrupted, [iso(at), mine ?? 0, INSPECTIONS]).catch(withoutTable);
}

/** The newest run of each kind and end. */
export function latestRuns(db: Queryable): Promise<Run[]> {
  return db.query<Run>(sql.latest);
}

/** The newest runs of any kind. */
export function recentRuns(db: Queryable, limit: number): Promise<Run[]> {
  return db.query<Run>(sql.recent, [limit]);
}

export interface Written {
  readonly sha256: string | null;
  readonly bytes: number | null;
}

/** What this database knows of an archive; undefined: nothing. */
export async function writtenAs(db: Queryable, archive: string): Promise<Written | undefined> {
  const rows = await db.query<Written>(sql.written, [archive]).catch(withoutTable);
  return rows?.[0];
}

/** When Steward was installed into this database. */
export async function installedAt(db: Queryable): Promise<EpochMs | null> {
  const [row] = await db.query<{ at: EpochMs | null }>(sql.installed);
  return row?.at ?? null;
}

/** Takes the ends that were asked for in chats and not told yet, and marks them told: put the messages into the same transaction. */
export function takeUntoldRuns(tx: Tx, now: EpochMs): Promise<Array<Run & { readonly chatId: ChatId }>> {
  return tx.query<Run & { chatId: ChatId }>(sql.toTell, [iso(now)]);
}

/** Forgets runs older than a year, but the newest of each kind and end. */
export async function trimRuns(db: Queryable, now: EpochMs): Promise<void> {
  await db.query(sql.trim, [iso(now - 365 * 86_400_000)]);
}
