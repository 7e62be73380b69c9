/** What a batch of occurrences that fell due comes to, and how one of them is sent or held back for quiet time. */
import type { EpochMs } from '../../../core/clock.ts';
import type { ChatId, DeliveryId, PersonId, ReminderId } from '../../../core/ids.ts';
import { choseIt, OPEN_END, type QuietTime, quietEnd } from '../../../core/quiet.ts';
import { type DueDelivery, gatheringName, type Held, type Planned, QUIET } from '../../../outbox/ledger.ts';
import { type Outgoing, REMINDER } from '../../../outbox/outbox.ts';
import type { FiredFacts } from '../views/fired.ts';
import type { Reason } from './planning.ts';
import { dueInstant, type Ground, isSeries, type Missed, morningOf, onceAt } from './timing.ts';

/** An occurrence later than this is skipped where the reminder's policy says so. Milliseconds. */
export const LATE_MS = 3_600_000;
/** How long an occurrence rests at a time while Steward cannot write in its group. Milliseconds. */
export const AWAY_MS = 3_600_000;
/** Missed occurrences named in the message. */
const MOST_NAMED = 3;
/** The task priority that is urgent. */
const URGENT = 5;

/** What the batch comes to. */
export interface Batch {
  readonly now: EpochMs;
  readonly send: Array<{ id: DeliveryId; message: Outgoing }>;
  readonly skip: Array<{ id: DeliveryId; reason: string }>;
  readonly hold: Held[];
  readonly plan: Planned[];
  /** reminders that have nothing to come any more */
  readonly ended: ReminderId[];
  /** reminders whose pause is over */
  readonly resumed: ReminderId[];
  /** series that missed several occurrences: settled once the missed ones have records */
  readonly missed: Array<{ readonly due: DueDelivery; readonly ground: Ground; readonly missed: Missed }>;
  /** occurrences told by the message of another */
  readonly gathered: Array<{ readonly id: DeliveryId; readonly lead: DeliveryId }>;
  /** reminders told by such a message: they may have nothing to come any more */
  readonly told: ReminderId[];
  /** what series with the same rule, start and zone come to: a crowd of "every day at 9" is expanded once */
  readonly expanded: Map<string, Missed>;
  /** the end of quiet time of each person and group that has one */
  readonly quiet: Map<string, EpochMs | null>;
}

export function newBatch(now: EpochMs): Batch {
  const lists = { send: [], skip: [], hold: [], plan: [], ended: [], resumed: [], missed: [], gathered: [], told: [] };
  return { now, ...lists, expanded: new Map(), quiet: new Map() };
}

/** Missed occurrences told in a message, oldest first. */
export interface Told {
  readonly others: ReadonlyArray<{ readonly at: EpochMs }>;
  readonly more: number;
  readonly capped: boolean;
}

export function tooLate(batch: Batch, ground: Ground, dueAt: EpochMs): boolean {
  return ground.latePolicy === 'skip' && batch.now - dueAt > LATE_MS;
}

/** Until when a person wants no reminder (epoch ms), null for now. */
export function quietUntil(batch: Batch, ground: QuietTime & Pick<Ground, 'personId' | 'chatId'>): EpochMs | null {
  if (ground.quietHours === null && ground.quietSince === null) return null;
  const whose = `${ground.personId} ${ground.chatId}`;
  const known = batch.quiet.get(whose);
  if (known !== undefined) return known;
  const end = quietEnd(ground, batch.now);
  batch.quiet.set(whose, end);
  return end;
}

/** Whether a reminder is one of those that may pass in quiet time: called urgent itself, or of an urgent task. */
function isUrgent(reminder: { readonly urgent: boolean | null; readonly taskPriority: number | null }): boolean {
  return reminder.urgent === true || reminder.taskPriority === URGENT;
}

/** How sending went: 'held' ones are still to come. */
export type Sending = 'sent' | 'held' | 'skipped';

/**
 * Sends an occurrence, or holds it back while its person wants quiet: it comes afterwards, together with the others. Urgent ones pass
 * where their person lets them, and so does an instant the person chose by a snooze. Where the policy is to skip what is late, nothing
 * is held back for longer than that.
 */
export function sendOrHold(
  batch: Batch,
  due: { readonly id: DeliveryId; readonly dueAt: EpochMs },
  ground: Ground,
  told: Told | null = null,
): Sending {
  const until = quietUntil(batch, ground);
  const passes =
    until === null || (ground.quietLetsUrgent && isUrgent(ground)) || choseIt(ground, ground, due.dueAt, batch.now);
  if (passes) {
    batch.send.push({ id: due.id, message: messageOf(batch, due.id, due.dueAt, ground, told) });
    return 'sent';
  }
  if (ground.latePolicy === 'skip' && until - due.dueAt > LATE_MS) {
    batch.skip.push({ id: due.id, reason: QUIET });
    return 'skipped';
  }
  holdQuiet(batch, due.id, ground, until);
  return 'held';
}

/** Holds an occurrence until an instant, and plans the message that gathers what was held until then. */
export function holdQuiet(
  batch: Batch,
  id: DeliveryId,
  of: Pick<Planned, 'spaceId' | 'personId' | 'chatId'>,
  until: EpochMs,
): void {
  batch.hold.push({ id, until, reason: QUIET satisfies Reason });
  if (until >= OPEN_END) return;
  const gathering = gatheringOf(of, until);
  if (!batch.plan.some((one) => one.occurrence === gathering.occurrence)) batch.plan.push(gathering);
}

/** The occurrence whose message gathers what was held of a person, or in a group of everybody, until an instant (epoch ms). */
export function gatheringOf(
  of: { readonly spaceId: Planned['spaceId']; readonly personId: PersonId; readonly chatId: ChatId },
  until: EpochMs,
): Planned {
  const { spaceId, personId, chatId } = of;
  const occurrence = gatheringName(personId, chatId, until);
  return { kind: 'reminder', spaceId, personId, chatId, reminderId: null, occurrence, dueAt: until };
}

/** The facts of an occurrence's message. */
export function factsOf(batch: Batch, dueAt: EpochMs, ground: Ground, told: Told | null): FiredFacts {
  const named = told?.others.slice(-MOST_NAMED).map((other) => other.at) ?? [];
  const meant = isSeries(ground) || ground.basis === 'relative' ? dueAt : (onceAt(ground)?.at ?? dueAt);
  return {
    reminderId: ground.id,
    number: ground.number,
    text: ground.text,
    task:
      ground.taskId === null || ground.taskTitle === null
        ? null
        : {
            id: ground.taskId,
            number: ground.taskNumber ?? 0,
            title: ground.taskTitle,
            dueDate: ground.dueDate,
            dueTime: ground.dueTime,
            dueAt: dueInstant(ground, ground.timezone, morningOf(ground.dayParts)),
            client: ground.clientName,
          },
    series: isSeries(ground) || ground.ofHeardSeries,
    language: ground.language,
    zone: ground.timezone,
    clock: ground.clock,
    tonight: ground.dayParts['tonight'] ?? '20:00',
    firedAt: batch.now,
    // Held back by ourselves (a pause, a moved zone, an undo): told with the time it was meant for, without blaming an outage.
    meantFor: dueAt - meant > 60_000 ? meant : null,
    missed: named,
    missedMore: told === null ? 0 : told.others.length - named.length + told.more,
    missedCapped: told?.capped ?? false,
    answers: null,
    gathered: [],
    waited: null,
    waitedTasks: null,
    nag: null,
    threadId: ground.threadId,
    mention: mentionOf(ground),
  };
}

/** Whom of a group a reminder concerns. */
export function mentionOf({ mentionId, mentionName }: Ground): FiredFacts['mention'] {
  return mentionId === null ? null : { id: mentionId, name: mentionName ?? '' };
}

/** The message of an occurrence; `nag`: it was said before. */
export function messageOf(
  batch: Batch,
  id: DeliveryId,
  dueAt: EpochMs,
  ground: Ground,
  told: Told | null,
  nag: FiredFacts['nag'] = null,
): Outgoing {
  return {
    chatId: ground.chatId,
    priority: REMINDER,
    method: 'sendMessage',
    payload: { ...factsOf(batch, dueAt, ground, told), nag },
    deliveryId: id,
    orderAt: dueAt,
    link: { role: 'reminder', entity: 'reminder', entityId: ground.id, data: { task: ground.taskId } },
  };
}
