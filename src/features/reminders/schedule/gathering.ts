/** The end of quiet time: what was held back comes in one message, each reminder in it to be answered. */
import type { EpochMs } from '../../../core/clock.ts';
import type { PersonId, ReminderId, SpaceId } from '../../../core/ids.ts';
import { OPEN_END, type QuietTime, quietEnd } from '../../../core/quiet.ts';
import {
  cancelNamed,
  type DueDelivery,
  gather,
  gatheringName,
  type HeldForQuiet,
  hold,
  plan,
  QUIET,
  quietOf,
  quietOfSpace,
  skip,
  takeQuiet,
} from '../../../outbox/ledger.ts';
import { REMINDER } from '../../../outbox/outbox.ts';
import type { Tx } from '../../../storage/database.ts';
import { type FiredFacts, type GatheredFacts, titleIn } from '../views/fired.ts';
import { AWAY_MS, type Batch, factsOf, gatheringOf, holdQuiet, mentionOf, quietUntil } from './batch.ts';
import { planNag } from './nagging.ts';
import { type Moment, type Reason, statements } from './planning.ts';
import { type Ground, isSeries } from './timing.ts';

/** Whether an occurrence is no reminder's own, but the message after quiet time. */
export function isGathering(due: DueDelivery): boolean {
  return due.reminderId === null && due.occurrence.startsWith(`${QUIET}:`);
}

/** What was held in the chats whose quiet time is over by these occurrences. */
export function takeHeld(tx: Tx, leads: readonly DueDelivery[], now: EpochMs): Promise<DueDelivery[]> {
  return takeQuiet(tx, [...new Set(leads.map((lead) => lead.chatId))], now);
}

/** Whether a lead tells an occurrence of its chat: everybody's in a group, one's own elsewhere. */
function isOf(lead: DueDelivery, due: DueDelivery): boolean {
  return lead.chatId < 0 || due.personId === lead.personId;
}

interface Member {
  readonly due: DueDelivery;
  readonly ground: Ground;
  /** occurrences of the same series that came before it in the quiet time */
  readonly earlier: number;
}

/**
 * Makes the message of a lead out of what was held in its chat, in a group of everybody in it. Of a series that came several times the
 * newest is told. `outOfUse` says why an occurrence has lost its point meanwhile, `busy` whether its reminder is being changed right now: it comes a moment later.
 */
export function gatherInto(
  batch: Batch,
  lead: DueDelivery,
  held: readonly DueDelivery[],
  grounds: ReadonlyMap<ReminderId, Ground>,
  outOfUse: (ground: Ground) => Reason | null,
  busy: (id: ReminderId) => EpochMs | null,
): void {
  const newest = new Map<ReminderId, Member>();
  for (const due of held) {
    if (due.chatId !== lead.chatId || due.reminderId === null || !isOf(lead, due)) continue;
    const ground = grounds.get(due.reminderId);
    const later =
      ground === undefined ? busy(due.reminderId) : ground.groupAway ? batch.now + AWAY_MS : quietUntil(batch, ground);
    const out =
      ground === undefined ? 'deleted' : (outOfUse(ground) ?? (ground.muted && isSeries(ground) ? 'muted' : null));
    if (later !== null) holdQuiet(batch, due.id, due, later);
    else if (ground === undefined || out !== null)
      batch.skip.push({ id: due.id, reason: (out ?? 'deleted') satisfies Reason });
    else {
      const before = newest.get(ground.id);
      if (before !== undefined) batch.skip.push({ id: before.due.id, reason: 'quiet-together' satisfies Reason });
      newest.set(ground.id, { due, ground, earlier: before === undefined ? 0 : before.earlier + 1 });
    }
  }
  const members = [...newest.values()].sort((a, b) => a.due.dueAt - b.due.dueAt);
  const [first] = members;
  if (first === undefined) return void batch.skip.push({ id: lead.id, reason: 'changed' satisfies Reason });
  batch.gathered.push(...members.map(({ due }) => ({ id: due.id, lead: lead.id })));
  for (const { due, ground } of members) planNag(batch, due, ground);
  batch.told.push(...members.map(({ ground }) => ground.id));
  batch.send.push({
    id: lead.id,
    message: {
      chatId: lead.chatId,
      priority: REMINDER,
      method: 'sendMessage',
      payload: payloadOf(batch, members, first),
      deliveryId: lead.id,
      orderAt: lead.dueAt,
      link:
        members.length === 1
          ? { role: 'reminder', entity: 'reminder', entityId: first.ground.id, data: { task: first.ground.taskId } }
          : { role: 'list', entity: 'none', entityId: null, data: listData(members.map(({ due }) => due.id)) },
    },
  });
}

/** What the message of several keeps to be shown again: which occurrences it tells. */
function listData(ids: readonly number[]): { readonly list: string; readonly members: string } {
  return { list: QUIET, members: ids.join(',') };
}

/** One reads as it would have read by itself, with the time it was due. */
function payloadOf(batch: Batch, members: readonly Member[], first: Member): FiredFacts {
  const facts = factsOf(batch, first.due.dueAt, first.ground, null);
  if (members.length === 1) return { ...facts, answers: first.due.id, meantFor: facts.meantFor ?? first.due.dueAt };
  const gathered: GatheredFacts[] = members.map(({ due, ground, earlier }) => ({
    delivery: due.id,
    number: ground.number,
    title: titleIn(ground.text, ground.taskTitle),
    dueAt: due.dueAt,
    earlier,
    mention: mentionOf(ground),
  }));
  // Of several topics of a forum it goes to the one that is everybody's.
  const threads = new Set(members.map(({ ground }) => ground.threadId));
  return { ...facts, gathered, threadId: threads.size === 1 ? facts.threadId : null };
}

/** After the batch was planned: who is told by whom, and which reminders have nothing to come any more. */
export async function settleGathered(tx: Tx, batch: Batch): Promise<void> {
  await gather(tx, batch.gathered, batch.now);
  if (batch.told.length === 0) return;
  // Those left out beside a newer one are no more to come either.
  await skip(tx, batch.skip, batch.now);
  await tx.query(statements.endUnplanned, [batch.told]);
}

/** A person's quiet time, zone or hours changed: what is held comes when it is quiet no longer, or at once. */
export async function quietChanged(tx: Tx, person: { readonly id: PersonId } & QuietTime, at: Moment): Promise<void> {
  await holdAnew(tx, await quietOf(tx, person.id), person, at);
}

/** The same for a group. */
export async function groupQuietChanged(
  tx: Tx,
  group: { readonly id: SpaceId } & QuietTime,
  at: Moment,
): Promise<void> {
  await holdAnew(tx, await quietOfSpace(tx, group.id), group, at);
}

async function holdAnew(tx: Tx, held: readonly HeldForQuiet[], quiet: QuietTime, at: Moment): Promise<void> {
  if (held.length === 0) return;
  const until = quietEnd(quiet, at.now) ?? at.now;
  const moved = held.filter((one) => one.heldUntil !== until);
  const names = moved.map((one) => gatheringName(one.personId, one.chatId, one.heldUntil));
  await cancelNamed(tx, [...new Set(names)], 'changed' satisfies Reason, at.now);
  await hold(
    tx,
    moved.map(({ id }) => ({ id, until, reason: QUIET })),
  );
  if (until >= OPEN_END) return;
  const gatherings = new Map(held.map((one) => gatheringOf(one, until)).map((one) => [one.occurrence, one] as const));
  await plan(tx, [...gatherings.values()], at.now, at.wake);
}
