/** The end of a pause of everything: what fell due meanwhile is told in one message. */
import type { EpochMs } from '../../../core/clock.ts';
import { iso } from '../../../core/clock.ts';
import type { PersonId, ReminderId, SpaceId } from '../../../core/ids.ts';
import { instantOf } from '../../../core/zones.ts';
import type { DueDelivery, Planned } from '../../../outbox/ledger.ts';
import { REMINDER } from '../../../outbox/outbox.ts';
import type { Tx } from '../../../storage/database.ts';
import { titleIn } from '../views/fired.ts';
import type { WaitedFacts } from '../views/waited.ts';
import { type Batch, factsOf, quietUntil } from './batch.ts';
import { type Reason, statements } from './planning.ts';
import { type Ground, isSeries, missedOf, morningOf, onceAt, seriesOf } from './timing.ts';

const RETURN = 'pause';

/** The occurrence that tells, on the morning of a day ('YYYY-MM-DD'), what waited since `start` (epoch ms), when everything was paused. */
export function returnOf(
  actor: {
    readonly person: {
      readonly id: PersonId;
      readonly timezone: string;
      readonly dayParts: Readonly<Record<string, string>>;
    };
  } & Pick<Planned, 'spaceId' | 'chatId'>,
  day: string,
  start: EpochMs,
): Planned {
  const { person, spaceId, chatId } = actor;
  return {
    kind: 'reminder',
    spaceId,
    personId: person.id,
    chatId,
    reminderId: null,
    occurrence: `${RETURN}:${person.id}:${chatId}:${start}:${instantOf(day, '00:00', person.timezone)}`,
    dueAt: instantOf(day, morningOf(person.dayParts), person.timezone),
  };
}

/** Whether an occurrence is no reminder's own, but tells of the end of a pause. */
export function isReturn(due: DueDelivery): boolean {
  return due.reminderId === null && due.occurrence.startsWith(`${RETURN}:`);
}

/** Since when everything was paused, and the midnight at which series go on. Epoch ms. */
function pauseOf(due: DueDelivery): { readonly start: EpochMs; readonly end: EpochMs } {
  const [start = 0, end = 0] = due.occurrence.split(':').slice(-2).map(Number);
  return { start, end };
}

/** A reminder that was paused together with others. */
export interface Paused {
  readonly id: ReminderId;
  readonly spaceId: SpaceId;
  /** epoch ms */
  readonly pausedAt: EpochMs;
}

/** What was paused together, of each of these returns. */
export function pausedOf(tx: Tx, returns: readonly DueDelivery[]): Promise<Paused[]> {
  return tx.query<Paused>(statements.pausedTogether, [
    returns.map((due) => due.spaceId),
    returns.map((due) => iso(pauseOf(due).start)),
  ]);
}

/** What of paused reminders fell due between an instant and now, oldest first; series that are not muted, silent before `end`, with how often. Epoch ms. */
export async function waitedOf(
  grounds: readonly Ground[],
  since: EpochMs,
  now: EpochMs,
  end = now,
): Promise<WaitedFacts[]> {
  const waited: WaitedFacts[] = [];
  for (const ground of grounds) {
    const about = { number: ground.number, title: titleIn(ground.text, ground.taskTitle) };
    if (!isSeries(ground)) {
      const at = onceAt(ground)?.at ?? null;
      if (at !== null && at > since && at <= now) waited.push({ ...about, at, times: null, capped: false });
      continue;
    }
    // A muted series would not have come either.
    if (ground.muted) continue;
    const { occurrences, capped } = await missedOf(seriesOf(ground), since, Math.min(now, end - 1));
    const [first] = occurrences;
    if (first !== undefined) waited.push({ ...about, at: first.at, times: occurrences.length, capped });
  }
  return waited.sort((a, b) => a.at - b.at);
}

/** Makes the message of a return. Where everything was resumed or taken back before, there is nothing to tell. */
export async function tellReturn(
  batch: Batch,
  due: DueDelivery,
  paused: readonly Paused[],
  grounds: ReadonlyMap<ReminderId, Ground>,
): Promise<void> {
  const { start, end } = pauseOf(due);
  const over = ({ pausedUntil, timezone }: Ground) =>
    pausedUntil === null || instantOf(pausedUntil, '00:00', timezone) <= end;
  const mine = paused.filter((one) => one.spaceId === due.spaceId && one.pausedAt === start);
  const known = mine
    .flatMap((one) => grounds.get(one.id) ?? [])
    .filter((ground) => ground.status !== 'done' && over(ground));
  const [first] = known;
  if (first === undefined) return void batch.skip.push({ id: due.id, reason: 'changed' satisfies Reason });
  const quiet = quietUntil(batch, first);
  if (quiet !== null) return void batch.hold.push({ id: due.id, until: quiet, reason: 'quiet' satisfies Reason });
  batch.send.push({
    id: due.id,
    message: {
      chatId: due.chatId,
      priority: REMINDER,
      method: 'sendMessage',
      payload: { ...factsOf(batch, due.dueAt, first, null), waited: await waitedOf(known, start, due.dueAt, end) },
      deliveryId: due.id,
      orderAt: due.dueAt,
      link: { role: 'list', entity: 'none', entityId: null, data: { list: 'reminders', page: 0 } },
    },
  });
}
