/** Rows of reminders that got an older image back: what was answered is open again, said again where its owner wants that, and what comes next follows. */
import type { Actor } from '../../../access/people.ts';
import { iso } from '../../../core/clock.ts';
import type { DeliveryId, ReminderId } from '../../../core/ids.ts';
import { plan } from '../../../outbox/ledger.ts';
import type { Tx } from '../../../storage/database.ts';
import { nagAfter } from './nagging.ts';
import { lockGrounds, type Moment, replan, statements } from './planning.ts';
import { type Ground, isSeries } from './timing.ts';

/** Rows of reminders got an older image back: answers taken back are open again, and what comes next follows the rows. */
export async function reminderRestored(tx: Tx, _actor: Actor, ids: readonly ReminderId[], at: Moment): Promise<void> {
  await replan(tx, ids, 'undone', at);
  const grounds = await lockGrounds(tx, ids);
  const series = grounds.filter((ground) => isSeries(ground)).map((ground) => ground.id);
  const ended = grounds.filter((ground) => !isSeries(ground) && ground.status === 'ended').map((ground) => ground.id);
  if (series.length > 0) await tx.query(statements.reopenAfter, [series]);
  if (ended.length > 0) await tx.query(statements.reopen, [ended]);
  if (grounds.length > 0) await tx.query(statements.closeAnswered, [grounds.map((ground) => ground.id), iso(at.now)]);
  await restartNags(tx, grounds, at);
}

interface Unanswered {
  readonly reminderId: ReminderId;
  readonly base: DeliveryId;
  /** how often it was said again */
  readonly said: number;
}

/** With an answer taken back nobody has answered: it is said again, the interval counted from now, as often as is left. */
async function restartNags(tx: Tx, grounds: readonly Ground[], at: Moment): Promise<void> {
  const insistent = new Map(grounds.filter(({ nagMinutes }) => nagMinutes !== null).map((one) => [one.id, one]));
  if (insistent.size === 0) return;
  const open = await tx.query<Unanswered>(statements.unansweredNags, [[...insistent.keys()]]);
  if (open.length === 0) return;
  await tx.query(statements.reopenBases, [open.map(({ base }) => base)]);
  const again = open.flatMap(({ reminderId, base, said }) => {
    const ground = insistent.get(reminderId);
    const next = ground === undefined ? null : nagAfter(ground, base, said, at.now);
    return next === null ? [] : [next];
  });
  await plan(tx, again, at.now, at.wake);
}
