/** The end of a pause of everything: what fell due meanwhile is told in one message. */
import type { EpochMs } from '../../../core/clock.ts';
import { iso } from '../../../core/clock.ts';
import type { PersonId, ReminderId, SpaceId, TaskId } from '../../../core/ids.ts';
import type { QuietTime } from '../../../core/quiet.ts';
import { instantOf, wallClock } from '../../../core/zones.ts';
import type { DueDelivery, Planned } from '../../../outbox/ledger.ts';
import { REMINDER } from '../../../outbox/outbox.ts';
import type { Queryable, Tx } from '../../../storage/database.ts';
import type { ClockChoice } from '../../../telegram/dates.ts';
import { returnFacts, titleIn } from '../views/fired.ts';
import type { WaitedFacts, WaitedTasksFacts } from '../views/waited.ts';
import { type Batch, quietUntil } from './batch.ts';
import { type Reason, statements } from './planning.ts';
import { type Ground, isSeries, missedOf, morningOf, onceAt, seriesOf } from './timing.ts';

const RETURN = 'pause';

/** Open tasks that fell due from a day on and before another ('YYYY-MM-DD'), without those of `except`; given by the tasks feature. */
export type FellDue = (
  db: Queryable,
  space: SpaceId,
  from: string,
  before: string,
  except: readonly TaskId[],
) => Promise<WaitedTasksFacts>;

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

/** Since when everything was paused. Epoch ms. */
function startOf(due: DueDelivery): EpochMs {
  return Number(due.occurrence.split(':').at(-2));
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
    returns.map((due) => iso(startOf(due))),
  ]);
}

/** What of paused reminders fell due between an instant and now, oldest first; series that are not muted, silent before `end`, with how often. Epoch ms. */
export function waitedOf(grounds: readonly Ground[], since: EpochMs, now: EpochMs, end = now): WaitedFacts[] {
  const waited: WaitedFacts[] = [];
  for (const ground of grounds) {
    const about = { number: ground.number, title: titleIn(ground.text, ground.taskTitle), task: ground.taskId };
    if (!isSeries(ground)) {
      const at = onceAt(ground)?.at ?? null;
      if (at !== null && at > since && at <= now) waited.push({ ...about, at, times: null, capped: false });
      continue;
    }
    // A muted series would not have come either.
    if (ground.muted) continue;
    const { occurrences, capped } = missedOf(seriesOf(ground), since, Math.min(now, end - 1));
    const [first] = occurrences;
    if (first !== undefined) waited.push({ ...about, at: first.at, times: occurrences.length, capped });
  }
  return waited.sort((a, b) => a.at - b.at);
}

/** Whose pause it was, as they are now. */
export interface Pauser extends QuietTime {
  readonly id: SpaceId;
  readonly personId: PersonId;
  /** epoch ms: null when it was ended or taken back */
  readonly pausedSince: EpochMs | null;
  /** 'YYYY-MM-DD' */
  readonly pausedUntil: string | null;
  readonly dayParts: Readonly<Record<string, string>>;
  readonly language: string;
  readonly clock: ClockChoice;
}

/** The spaces of these returns. */
export async function pausersOf(tx: Tx, returns: readonly DueDelivery[]): Promise<Map<SpaceId, Pauser>> {
  if (returns.length === 0) return new Map();
  const rows = await tx.query<Pauser>(statements.pausers, [returns.map((due) => due.spaceId)]);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Makes the message of a return, and ends the pause. Where everything was resumed or taken back before, there is nothing to tell.
 * `fellDue`: tasks that fell due meanwhile.
 */
export async function tellReturn(
  tx: Tx,
  batch: Batch,
  due: DueDelivery,
  pausers: Map<SpaceId, Pauser>,
  paused: readonly Paused[],
  grounds: ReadonlyMap<ReminderId, Ground>,
  fellDue: FellDue,
): Promise<void> {
  const start = startOf(due);
  const pauser = pausers.get(due.spaceId);
  if (pauser?.pausedSince !== start || pauser.pausedUntil === null)
    return void batch.skip.push({ id: due.id, reason: 'changed' satisfies Reason });
  const { pausedUntil, timezone, language, clock } = pauser;
  const morning = instantOf(pausedUntil, morningOf(pauser.dayParts), timezone);
  // They moved west meanwhile, or the pause was made longer: it is not that morning yet.
  if (morning > batch.now)
    return void batch.hold.push({ id: due.id, until: morning, reason: 'zone-changed' satisfies Reason });
  const end = instantOf(pausedUntil, '00:00', timezone);
  const mine = paused.filter((one) => one.spaceId === due.spaceId && one.pausedAt === start);
  const known = mine
    .flatMap((one) => grounds.get(one.id) ?? [])
    .filter((one) => one.status !== 'done' && (one.pausedUntil === null || one.pausedUntil <= pausedUntil));
  const quiet = quietUntil(batch, { ...pauser, chatId: due.chatId });
  if (quiet !== null) return void batch.hold.push({ id: due.id, until: quiet, reason: 'quiet' satisfies Reason });
  await tx.query(statements.endPause, [pauser.id, iso(start)]);
  // Another return of the same pause tells nothing more.
  pausers.delete(pauser.id);
  const waited = waitedOf(known, start, due.dueAt, end);
  const told = waited.flatMap((one) => one.task ?? []) as TaskId[];
  const waitedTasks = await fellDue(tx, due.spaceId, wallClock(start, timezone).day, pausedUntil, told);
  batch.send.push({
    id: due.id,
    message: {
      chatId: due.chatId,
      priority: REMINDER,
      method: 'sendMessage',
      payload: { ...returnFacts({ language, zone: timezone, clock, firedAt: batch.now }), waited, waitedTasks },
      deliveryId: due.id,
      orderAt: due.dueAt,
      link: { role: 'list', entity: 'none', entityId: null, data: { list: 'reminders', page: 0 } },
    },
  });
}
