/** A pause of everything, as recurring tasks keep it: put off to its end or without a date until it is ended, and brought back. */
import type { Actor } from '../../../access/people.ts';
import type { Changes } from '../../../actions/changes.ts';
import type { EpochMs } from '../../../core/clock.ts';
import type { SpaceId, TaskId } from '../../../core/ids.ts';
import { today } from '../../../core/zones.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Writing } from '../closing/contract.ts';
import { datesBack } from '../recurring.ts';
import { statements as sql } from '../statements.ts';
import { asSeries, beforeRest, paused, resting } from './own.ts';
import { datesAfterRest } from './pauses.ts';

/** A task that fell due while everything was paused. */
export type FellDue = Pick<Task, 'number' | 'title'> & { readonly dueDate: string };

/** Tasks told on return, and those beyond. */
export interface WaitedTasks {
  readonly rows: FellDue[];
  readonly more: number;
}

/** Told one by one. */
const MOST_TOLD = 10;

export function everythingPauses({ write }: Pick<Writing, 'write'>) {
  const recurring = (changes: Changes, actor: Actor) => changes.tx.query<Task>(sql.lockRecurring, [actor.spaceId]);

  /**
   * Puts every recurring task of the space that is due before a day ('YYYY-MM-DD') off to its first date from then on; null: none has a
   * date until they go on. What is paused, or over by then, stays as it is. Returns how many.
   */
  async function pauseEverything(changes: Changes, actor: Actor, until: string | null, now: EpochMs): Promise<number> {
    let count = 0;
    for (const before of await recurring(changes, actor)) {
      if (before.series?.paused === true || before.dueDate === null) continue;
      if (until === null) {
        const patch = { dueDate: null, dueTime: null, startDate: null, series: paused(beforeRest(before)) };
        await write(changes, actor, before, patch, now);
      } else {
        if (before.dueDate >= until) continue;
        const dates = datesBack(asSeries(beforeRest(before)), until, actor.person.timezone);
        if (dates === null) continue;
        await write(changes, actor, before, { ...dates, series: resting(before, until) }, now);
      }
      count += 1;
    }
    return count;
  }

  /** Brings back what is paused or was put off by a pause of everything: its first date from today on. Returns how many. */
  async function resumeEverything(changes: Changes, actor: Actor, now: EpochMs): Promise<number> {
    const day = today(now, actor.person.timezone);
    let count = 0;
    for (const before of await recurring(changes, actor)) {
      const { series } = before;
      if (series?.paused !== true && (series?.rests === undefined || series.rests.until <= day)) continue;
      const dates = datesAfterRest(before, day, actor.person.timezone);
      if (dates === null) continue;
      await write(changes, actor, before, dates, now);
      count += 1;
    }
    return count;
  }

  return { pauseEverything, resumeEverything };
}

/** Open tasks of a space due from a day on and before another ('YYYY-MM-DD'), the earliest first; without those of `except`. */
export async function fellDue(
  db: Queryable,
  space: SpaceId,
  from: string,
  before: string,
  except: readonly TaskId[],
): Promise<WaitedTasks> {
  const rows = await db.query<FellDue & { total: number }>(sql.fellDue, [space, from, before, except, MOST_TOLD]);
  return {
    rows: rows.map(({ number, title, dueDate }) => ({ number, title, dueDate })),
    more: (rows[0]?.total ?? 0) - rows.length,
  };
}
