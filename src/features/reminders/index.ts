/** Reminders: what other features and the composition root may use of them. */
import type { Actor } from '../../access/people.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { PersonId, SpaceId } from '../../core/ids.ts';
import { releaseSpace } from '../../outbox/ledger.ts';
import type { Database, Tx } from '../../storage/database.ts';
import type { GroupSettings } from '../../storage/rows.ts';
import type { Context } from '../../telegram/feature.ts';
import { showList } from './bot/commands.ts';
import { groupQuietChanged, quietChanged } from './schedule/gathering.ts';
import { personRemoved, personReturned, reconcile, replanGroup, replanPerson } from './schedule/planning.ts';
import { statements } from './statements.ts';

export type { RemindersDeps } from './bot/acting.ts';
export { actOnReminders, chooseReminder, remindersNamed } from './bot/asked.ts';
export { remindFrom } from './bot/making.ts';
export { remindersFeature } from './bot.ts';
export { remindersMoved, remindersOfTasks } from './tasklink.ts';

/** For the settings feature: plans the person's wall-clock reminders anew after a change of zone or morning hour. */
export function remindersOfPerson(wake: () => void): (tx: Tx, actor: Actor, now: EpochMs) => Promise<void> {
  return async (tx, actor, now) => {
    await replanPerson(tx, actor.person.id, { now, wake });
    await quietChanged(tx, actor.person, { now, wake });
  };
}

/** For the settings feature: how many reminders to come keep their hour when the zone changes. */
export async function onWallClock(tx: Tx, actor: Actor): Promise<number> {
  const [row] = await tx.query<{ count: number }>(statements.onWallClock, [actor.spaceId]);
  return row?.count ?? 0;
}

/** For the settings feature: what quiet time holds back follows a change of it. */
export function quietOfPerson(wake: () => void): (tx: Tx, actor: Actor, now: EpochMs) => Promise<void> {
  return (tx, actor, now) => quietChanged(tx, actor.person, { now, wake });
}

/** For the settings of a group: what is planned there follows its clock and its quiet time. */
export function remindersOfGroup(wake: () => void) {
  return {
    moved: async (tx: Tx, group: GroupSettings, now: EpochMs): Promise<void> => {
      await replanGroup(tx, group.id, { now, wake });
      await groupQuietChanged(tx, group, { now, wake });
    },
    quietChanged: (tx: Tx, group: GroupSettings, now: EpochMs): Promise<void> =>
      groupQuietChanged(tx, group, { now, wake }),
    /** Steward can write there again. */
    returned: (tx: Tx, group: SpaceId): Promise<void> => releaseSpace(tx, group, wake),
  };
}

/** For the people feature: what follows, in the same transaction, when somebody is removed or comes back. */
export interface RemindersOfPeople {
  personRemoved(tx: Tx, person: PersonId, now: EpochMs): Promise<void>;
  personReturned(tx: Tx, person: PersonId, now: EpochMs): Promise<void>;
}

/** The reminders' side of the contract with people. `wake` is called, after commit, when something new is planned. */
export function remindersOfPeople(wake: () => void): RemindersOfPeople {
  return {
    personRemoved: (tx, person, now) => personRemoved(tx, person, { now, wake }),
    personReturned: (tx, person, now) => personReturned(tx, person, { now, wake }),
  };
}

/** For the loop that keeps the ledger whole: plans again what it should hold and does not. Returns how many. */
export function reconcileReminders(db: Database, now: EpochMs, wake: () => void): Promise<number> {
  return reconcile(db, { now, wake });
}

/** Shows the first page of the list as a new message. */
export function showReminders(context: Context): Promise<void> {
  return showList(context, 0);
}
