/** Answers to one of the reminders told together after quiet time: the message stays a list, and shows what became of it. */
import { z } from 'zod';
import { UserError } from '../../../core/errors.ts';
import type { DeliveryId } from '../../../core/ids.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { View } from '../../../telegram/view.ts';
import { statements } from '../statements.ts';
import { titleIn } from '../views/fired.ts';
import { type GatheredRow, gatheredView } from '../views/gathered.ts';
import { readerOf } from '../views/reader.ts';
import * as acting from './acting.ts';

const kept = z.object({ members: z.string().regex(/^\d+(?:,\d+)*$/) });

interface Row {
  readonly delivery: DeliveryId;
  readonly state: string;
  readonly reason: string | null;
  readonly dueAt: number;
  readonly number: number;
  readonly text: string;
  readonly taskTitle: string | null;
  readonly mentionId: number | null;
  readonly mentionName: string | null;
}

/** Does to one of them what its button says, and shows all of them as they are then. */
export async function answerTogether(
  context: Context,
  deps: acting.RemindersDeps,
  delivery: DeliveryId,
  what: 'done' | '1h' | 'tomorrow',
): Promise<void> {
  const fired = await acting.answerable(context, delivery);
  if (fired === null) return;
  const show = async (outcome: View) => context.replace(await listOf(context, outcome));
  if (what === 'done') await acting.done(context, deps, fired.reminder, fired.delivery, show);
  else await acting.snoozeBy(context, what, fired.reminder, fired.delivery, show);
}

async function listOf(context: Context, outcome: View): Promise<View> {
  const found = kept.safeParse(context.inbound.pressed?.subject?.data ?? {});
  if (!found.success) throw new UserError('error-old-button');
  const ids = found.data.members.split(',').map(Number);
  const rows = await context.tx.query<Row>(statements.together, [ids, context.actor.spaceId]);
  return gatheredView(readerOf(context), rows.map(shown), false, outcome);
}

function shown(row: Row): GatheredRow {
  const until = Date.parse(/^snoozed \d+ (\S+)$/.exec(row.reason ?? '')?.[1] ?? '');
  return {
    delivery: row.delivery,
    number: row.number,
    title: titleIn(row.text, row.taskTitle),
    dueAt: row.dueAt,
    earlier: 0,
    mention: row.mentionId === null ? null : { id: row.mentionId, name: row.mentionName ?? '' },
    state: row.state,
    until: Number.isNaN(until) ? null : until,
  };
}
