/** Which archives go: beyond the number to keep or too old, but never one of the newest good ones. */
import type { EpochMs } from '../core/clock.ts';
import type { Database } from '../storage/database.ts';
import { writtenAs } from './runs.ts';
import type { Stored, Target } from './targets/target.ts';
import { prove } from './verify.ts';

export interface Policy {
  /** archives kept */
  readonly keepLast: number;
  readonly maxAgeDays: number;
  /** the newest good ones that nothing removes; at least 1 counts */
  readonly minKeep: number;
}

const DAY_MS = 86_400_000;

/** Archives, the newest first, that the policy would remove if all were good. Those dated in the future are too old for nobody to say. Pure. */
export function expired(archives: readonly Stored[], policy: Policy, now: EpochMs): Stored[] {
  return archives.filter((one, index) => index >= policy.keepLast || now - one.madeAt > policy.maxAgeDays * DAY_MS);
}

export interface RetentionOptions {
  readonly db: Database;
  readonly target: Target;
  readonly policy: Policy;
  readonly identity: string | undefined;
  readonly now: EpochMs;
  /** just proved good */
  readonly fresh: string;
}

/**
 * Removes what the policy no longer keeps; returns the names. Only after `fresh` was proved good. Before anything goes, as many of the
 * newest as must stay are proved anew: a disk may have spoilt what was good when it was made, and then an older one is the last good one.
 */
export async function applyRetention(options: RetentionOptions): Promise<string[]> {
  const { target, policy, now } = options;
  const archives = freshFirst(await target.list(), options.fresh);
  const doomed = new Set(expired(archives, policy, now).map((one) => one.name));
  if (doomed.size === 0) return [];
  const wanted = Math.max(1, policy.minKeep);
  let good = 0;
  const removed: string[] = [];
  for (const { name } of archives) {
    if (good < wanted) {
      // What cannot be proved good is not counted, nor is it removed before enough good ones are known.
      if (name === options.fresh || (await isGood(options, name))) good += 1;
      continue;
    }
    if (!doomed.has(name)) continue;
    await target.remove(name);
    removed.push(name);
  }
  return removed;
}

/** Archives, the newest first, with `fresh` before others of its second: names tell no more than seconds, and it is the newest of them. */
function freshFirst(archives: readonly Stored[], fresh: string): readonly Stored[] {
  const made = archives.find((one) => one.name === fresh);
  if (made === undefined) return archives;
  const others = archives.filter((one) => one !== made);
  const before = others.findIndex((one) => one.madeAt === made.madeAt);
  return before === -1 ? archives : others.toSpliced(before, 0, made);
}

async function isGood({ db, target, identity }: RetentionOptions, name: string): Promise<boolean> {
  try {
    await prove(() => target.read(name), identity, await writtenAs(db, name));
    return true;
  } catch {
    return false;
  }
}
