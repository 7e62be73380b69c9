/** What a person missed while their chat refused us, told at the first contact. */
import { type EpochMs, iso } from '../../core/clock.ts';
import { instantSpan } from '../../telegram/dates.ts';
import type { Context } from '../../telegram/feature.ts';
import { bold } from '../../telegram/view.ts';
import { statements as sql } from './statements.ts';

/** Tells what could not be delivered since `since`; nothing when there was nothing. */
export async function tellMissed(context: Context, since: EpochMs): Promise<void> {
  const { tx, t, actor, now, inbound } = context;
  const rows = await tx.query<{ text: string; dueAt: EpochMs; count: number }>(sql.missed, [
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
