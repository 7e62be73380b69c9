/** What a person missed while their chat refused us, told at the first contact. */
import { type EpochMs, iso } from '../../core/clock.ts';
import { instantSpan } from '../../telegram/dates.ts';
import type { Context } from '../../telegram/feature.ts';
import { bold } from '../../telegram/view.ts';

const missed = {
  name: 'status:missed',
  text: `SELECT coalesce(nullif(r.text, ''), t.title, '') AS text, d.due_at, count(*) OVER ()::int AS count
           FROM deliveries d
           LEFT JOIN reminders r ON r.id = d.reminder_id
           LEFT JOIN tasks t ON t.id = r.task_id
          WHERE (d.person_id = $1 OR $4) AND d.chat_id = $2 AND d.state = 'failed' AND d.closed_at >= $3
            AND NOT (d.reminder_id IS NULL AND d.occurrence ~ '^(quiet|pause):')
          ORDER BY d.due_at DESC LIMIT 5`,
};

/** Tells what could not be delivered since `since`; nothing when there was nothing. */
export async function tellMissed(context: Context, since: EpochMs): Promise<void> {
  const { tx, t, actor, now, inbound } = context;
  const rows = await tx.query<{ text: string; dueAt: EpochMs; count: number }>(missed, [
    actor.person.id,
    inbound.chatId,
    iso(since),
    actor.group !== undefined,
  ]);
  const [first] = rows;
  if (!first) return;
  const style = {
    now,
    zone: actor.person.timezone,
    language: actor.person.locale,
    clock: actor.person.clock,
    place: 'row',
  } as const;
  await context.answer({
    lines: [
      [bold(t.text('status-missed', { count: first.count }))],
      ...rows.map((row) => ['⏰ ', row.text, ' · ', ...instantSpan({ ...style, at: row.dueAt })]),
      ...(first.count > rows.length ? [[t.text('status-missed-more', { count: first.count - rows.length })]] : []),
    ],
  });
}
