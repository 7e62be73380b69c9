/** How backups stand, from the rows of all runs: when the next is due, and what an operator should know. */
import { CronExpressionParser } from 'cron-parser';
import type { EpochMs } from '../core/clock.ts';
import type { Queryable } from '../storage/database.ts';
import { installedAt, latestRuns, type Run, type RunKind, type RunState } from './runs.ts';

/** The newest ends of each kind. */
export interface BackupState {
  readonly good: Run | undefined;
  /** the last try, when it failed after the last good one */
  readonly failed: Run | undefined;
  /** epoch ms; when the last one was tried, however it ended */
  readonly tried: EpochMs | null;
  /** a verification or drill that found its archive bad, after the last one of its kind that found one good */
  readonly found: Run | undefined;
  /** a drill that could not be made, after the last one that was */
  readonly hindered: Run | undefined;
  readonly verified: Run | undefined;
  readonly drilled: Run | undefined;
  readonly restored: Run | undefined;
  /** epoch ms; null: no migration was ever applied */
  readonly installedAt: EpochMs | null;
}

/** When backups are made: by cron in a zone, or 'off' where something else makes them. */
export interface Timetable {
  readonly schedule: string;
  /** IANA name */
  readonly zone: string;
}

const HOUR_MS = 3_600_000;
/** A backup that failed is tried again after this. */
const RETRY_MS = HOUR_MS / 2;
/** Archives are restored on trial this often. */
const DRILL_EVERY_MS = 7 * 24 * HOUR_MS;
/** A drill that could not be made is tried again after this. */
const DRILL_RETRY_MS = HOUR_MS;
/** What is due and not done for so long is told. */
const GRACE_MS = 2 * HOUR_MS;
/** Where something else makes them, its timetable is not known: most are daily. */
const ELSEWHERE_MS = 48 * HOUR_MS;

/** Reads the state. */
export async function backupState(db: Queryable): Promise<BackupState> {
  return stateOf(await latestRuns(db), await installedAt(db));
}

/** The state these runs come to; of each kind and end only the newest. Pure. */
export function stateOf(runs: readonly Run[], installed: EpochMs | null): BackupState {
  const newest = (kind: RunKind, state: RunState) => runs.find((run) => run.kind === kind && run.state === state);
  /** The newest of this kind and end, if none of `ends` came after it. */
  const standing = (state: RunState, kind: RunKind, ends: readonly RunState[]): Run | undefined => {
    const last = newest(kind, state);
    return last && ends.every((end) => (last.startedAt ?? 0) > (newest(kind, end)?.startedAt ?? 0)) ? last : undefined;
  };
  const good = newest('backup', 'succeeded');
  const failed = standing('failed', 'backup', ['succeeded']);
  return {
    good,
    failed,
    tried: (failed ?? good)?.startedAt ?? null,
    found: standing('failed', 'drill', ['succeeded']) ?? standing('failed', 'verify', ['succeeded']),
    hindered: standing('hindered', 'drill', ['succeeded', 'failed']),
    verified: newest('verify', 'succeeded'),
    drilled: newest('drill', 'succeeded'),
    restored: newest('restore', 'succeeded'),
    installedAt: installed,
  };
}

/** The last instant before `now` at which the timetable had a backup made. */
function lastPlanned({ schedule, zone }: Timetable, now: EpochMs): EpochMs {
  return CronExpressionParser.parse(schedule, { currentDate: new Date(now), tz: zone })
    .prev()
    .getTime();
}

/** The next such instant. */
export function nextPlanned({ schedule, zone }: Timetable, now: EpochMs): EpochMs {
  return CronExpressionParser.parse(schedule, { currentDate: new Date(now), tz: zone })
    .next()
    .getTime();
}

/** Where the count begins: the last good backup, or the installation before there was one. A clock that ran ahead then counts for nothing. */
function since({ good, installedAt: installed }: BackupState, now: EpochMs): EpochMs {
  const at = good?.startedAt ?? installed ?? now;
  return at > now ? 0 : at;
}

/**
 * Whether one is to be made now: the timetable's last instant passed without one, be it a minute ago or while nothing ran. After a
 * failure it is tried again half an hour later.
 */
export function isDue(state: BackupState, timetable: Timetable, now: EpochMs): boolean {
  if (timetable.schedule === 'off' || lastPlanned(timetable, now) <= since(state, now)) return false;
  const tried = state.failed?.startedAt ?? 0;
  return tried > now || now - tried >= RETRY_MS;
}

/**
 * Whether an archive is to be restored on trial now: a week after the last trial, however that ended, and an hour after one that could
 * not be made. Without the private key (`hasKey` false) an encrypted archive proves nothing: whoever has the key runs `steward drill`.
 */
export function isDrillDue({ good, found, drilled, hindered }: BackupState, hasKey: boolean, now: EpochMs): boolean {
  const passed = (at: EpochMs, wait: number) => at > now || now - at >= wait;
  const tried = Math.max(drilled?.startedAt ?? 0, found?.kind === 'drill' ? (found.startedAt ?? 0) : 0);
  return (
    good !== undefined &&
    (hasKey || !good.encrypted) &&
    passed(tried, DRILL_EVERY_MS) &&
    passed(hindered?.startedAt ?? Number.NEGATIVE_INFINITY, DRILL_RETRY_MS)
  );
}

/** What is wrong with backups, if anything; for health. */
export type Trouble =
  | { readonly kind: 'failed'; readonly at: EpochMs; readonly reason: string }
  | { readonly kind: 'stale'; readonly at: EpochMs }
  | { readonly kind: 'never' }
  | { readonly kind: 'found'; readonly at: EpochMs; readonly reason: string }
  /** the last drill could not be made: nobody knows of the archives more than before */
  | { readonly kind: 'hindered'; readonly at: EpochMs; readonly reason: string };

/** The most serious trouble. */
export function trouble(state: BackupState, timetable: Timetable, now: EpochMs): Trouble | undefined {
  const { good, failed, found, hindered } = state;
  if (failed) return { kind: 'failed', at: failed.startedAt ?? now, reason: failed.reason ?? '' };
  const bound = timetable.schedule === 'off' ? now - ELSEWHERE_MS : lastPlanned(timetable, now - GRACE_MS);
  if (since(state, now) < bound) return good ? { kind: 'stale', at: good.startedAt ?? 0 } : { kind: 'never' };
  if (found) return { kind: 'found', at: found.startedAt ?? now, reason: found.reason ?? '' };
  if (hindered) return { kind: 'hindered', at: hindered.startedAt ?? now, reason: hindered.reason ?? '' };
  return undefined;
}
