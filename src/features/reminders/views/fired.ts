/** A fired reminder as it reads at the moment it leaves: on time, late with the reason, repeated, or in the name of missed ones. */
import { z } from 'zod';
import type { DeliveryId, ReminderId, TaskId } from '../../../core/ids.ts';
import { wallClock } from '../../../core/zones.ts';
import { translator } from '../../../locales/translator.ts';
import { instantSpan } from '../../../telegram/dates.ts';
import type { DeliveryMoment } from '../../../telegram/feature.ts';
import { type Button, bold, joined, type Span, type View } from '../../../telegram/view.ts';
import { buttons } from '../bot/buttons.ts';
import { gatheredView, mentioned } from './gathered.ts';
import { type WaitedFacts, waitedFacts, waitedLines, waitedTasksFacts } from './waited.ts';

const instant = z.number();
/** Telegram's id of somebody, and how they are called */
const mention = z.object({ id: z.number(), name: z.string() });

/** What a message of a fired reminder is made of, kept in the outbox from the moment it fell due. */
const firedFacts = z.object({
  reminderId: z.number().transform((id) => id as ReminderId),
  number: z.number(),
  text: z.string(),
  task: z
    .object({
      id: z.number().transform((id) => id as TaskId),
      number: z.number(),
      title: z.string(),
      dueDate: z.string().nullable(),
      dueTime: z.string().nullable(),
      dueAt: instant.nullable(),
      client: z.string().nullable(),
    })
    .nullable(),
  /** of a series that goes on, which can be muted */
  series: z.boolean(),
  language: z.string(),
  zone: z.string(),
  clock: z.enum(['12', '24']).nullable(),
  /** the person's hour of "tonight", 'HH:MM' */
  tonight: z.string(),
  /** epoch ms: when it was handed over for sending */
  firedAt: instant,
  /** epoch ms: the time it was meant for, where we held it back on purpose */
  meantFor: instant.nullable(),
  /** epoch ms: missed occurrences of the series named in this message, oldest first */
  missed: z.array(instant),
  /** how many more were missed; `missedCapped`: at least */
  missedMore: z.number(),
  missedCapped: z.boolean(),
  /** the occurrence its buttons answer, where that is not the message's own */
  answers: z
    .number()
    .transform((id) => id as DeliveryId)
    .nullable()
    .default(null),
  /** reminders told together after quiet time, this one among them; none: this one alone */
  gathered: z
    .array(
      z.object({
        delivery: z.number().transform((id) => id as DeliveryId),
        number: z.number(),
        title: z.string(),
        dueAt: instant,
        /** occurrences of the same series before it */
        earlier: z.number(),
        mention: mention.nullable().default(null),
      }),
    )
    .default([]),
  /** it was said before: which time this is, of how many, and since when it waits */
  nag: z.object({ number: z.number(), times: z.number(), since: instant }).nullable().default(null),
  /** the end of a pause of everything: what fell due in it; null: an ordinary reminder */
  waited: z.array(waitedFacts).nullable().default(null),
  waitedTasks: waitedTasksFacts.nullable().default(null),
  /** the topic of a group's forum it goes to; the sender reads it too */
  threadId: z.number().nullable().default(null),
  /** whom of a group it concerns */
  mention: mention.nullable().default(null),
});

/** A styled piece of a text, as `Translator.spans` is told. */
export type Piece = Exclude<Span, string>;

export type FiredFacts = z.infer<typeof firedFacts>;
/** The facts of a message that is no reminder's own. */
export function returnFacts(
  to: Pick<FiredFacts, 'language' | 'zone' | 'clock' | 'firedAt'>,
): z.input<typeof firedFacts> {
  return {
    ...to,
    ...{ reminderId: 0, number: 0, text: '', task: null, series: false, tonight: '', meantFor: null },
    ...{ missed: [], missedMore: 0, missedCapped: false },
  };
}

export type GatheredFacts = FiredFacts['gathered'][number];

/** The words of a reminder: its own, or its task's title. */
export function titleIn(text: string, taskTitle: string | null): string {
  return text === '' ? (taskTitle ?? '') : text;
}

/** Lateness from which it is told. Milliseconds. */
const TOLD_LATE_MS = 60_000;
/** "Tonight" is not offered when it is this near or over. Minutes. */
const TONIGHT_MARGIN = 15;

/** See `DeliveryHandler.render`. */
export function render(moment: DeliveryMoment): View {
  const facts = firedFacts.parse(moment.payload);
  const { task, number } = facts;
  if (facts.waited !== null) return returnView(facts, facts.waited, moment);
  if (facts.gathered.length > 0) {
    const open = facts.gathered.map((one) => ({ ...one, state: 'sent' as const, until: null }));
    return gatheredView({ t: translator(facts.language), ...shownTo(facts, moment) }, open, moment.repeat);
  }
  const lines = [headline(facts, moment), mentionLine(facts), subject(facts, moment), missedLine(facts, moment)];
  return {
    lines: lines.filter((line) => line.length > 0),
    buttons: actions(facts, moment),
    shows: {
      role: 'reminder',
      entity: 'reminder',
      entityId: facts.reminderId,
      data: { delivery: facts.answers ?? moment.deliveryId, number, task: task?.id ?? null },
    },
  };
}

/** Nothing to answer: what fires once follows by itself, series go on. */
function returnView(facts: FiredFacts, waited: readonly WaitedFacts[], moment: DeliveryMoment): View {
  const t = translator(facts.language);
  const repeat = moment.repeat ? t.text('reminder-fired-repeat') : '';
  return {
    lines: [
      [t.text('reminder-return'), repeat],
      [],
      ...waitedLines({ t, ...shownTo(facts, moment) }, waited, facts.waitedTasks),
    ],
    shows: { role: 'list', entity: 'none', entityId: null, data: { list: 'reminders', page: 0 } },
  };
}

function headline(facts: FiredFacts, moment: DeliveryMoment): Span[] {
  const t = translator(facts.language);
  const title = bold(titleIn(facts.text, facts.task?.title ?? null));
  const late = moment.now - moment.dueAt > TOLD_LATE_MS;
  const at = (instantMs: number) => instantSpan({ ...shownTo(facts, moment), at: instantMs });
  const repeat = moment.repeat ? t.text('reminder-fired-repeat') : '';
  if (facts.nag !== null) {
    const { number, times, since } = facts.nag;
    return t.spans('reminder-fired-nag', { title, due: at(since), number, times, repeat });
  }
  if (facts.meantFor !== null && !late)
    return t.spans('reminder-fired-held', { title, due: at(facts.meantFor), repeat });
  if (!late) return t.spans('reminder-fired', { title, repeat });
  const due = at(facts.meantFor ?? moment.dueAt);
  // Handed over in time and yet late: it was not we who were away.
  const ours = facts.firedAt - moment.dueAt > TOLD_LATE_MS;
  return ours
    ? t.spans('reminder-fired-late', { title, due, until: at(facts.firedAt), repeat })
    : t.spans('reminder-fired-delayed', { title, due, until: at(moment.now), repeat });
}

/** Names them as Telegram notifies by. */
function mentionLine({ mention, language }: FiredFacts): Span[] {
  return mention === null ? [] : translator(language).spans<Piece>('reminder-fired-for', { name: mentioned(mention) });
}

function shownTo(facts: FiredFacts, moment: DeliveryMoment) {
  return { zone: facts.zone, language: facts.language, clock: facts.clock, now: moment.now, place: 'row' as const };
}

function subject(facts: FiredFacts, moment: DeliveryMoment): Span[] {
  const { task } = facts;
  if (task === null) return [];
  const t = translator(facts.language);
  const due =
    task.dueAt !== null && task.dueTime !== null ? instantSpan({ ...shownTo(facts, moment), at: task.dueAt }) : null;
  return joined([
    due !== null && t.spans('reminder-fired-task-due', { due }),
    facts.text !== '' &&
      facts.text !== task.title &&
      t.spans<Piece>('reminder-fired-task', { number: task.number, title: task.title }),
    task.client !== null && t.spans<Piece>('reminder-fired-client', { client: task.client }),
  ]);
}

function missedLine(facts: FiredFacts, moment: DeliveryMoment): Span[] {
  if (facts.missed.length === 0) return [];
  const t = translator(facts.language);
  const times = joined(
    facts.missed.map((at) => instantSpan({ ...shownTo(facts, moment), at })),
    ', ',
  );
  const more =
    facts.missedMore === 0
      ? ''
      : t.text('reminder-fired-missed-more', { count: facts.missedMore, capped: facts.missedCapped ? 'yes' : 'no' });
  return t.spans('reminder-fired-missed', { times, more });
}

function actions(facts: FiredFacts, moment: DeliveryMoment): Button[][] {
  const t = translator(facts.language);
  const delivery = facts.answers ?? moment.deliveryId;
  const later = (snooze: '10m' | '1h' | 'tonight' | 'tomorrow'): Button => ({
    label: t.text(`reminder-snooze-${snooze}-button`),
    data: buttons.snooze({ delivery, for: snooze }),
  });
  const first: Button[] = [
    { label: t.text('reminder-done-button'), data: buttons.done({ delivery }) },
    later('10m'),
    later('1h'),
    ...(tonightIsAhead(facts, moment) ? [later('tonight')] : []),
    later('tomorrow'),
  ];
  const second: Button[] = [
    ...(facts.task === null ? [] : [{ label: t.text('reminder-open-button'), data: buttons.open({ delivery }) }]),
    ...(facts.series ? [{ label: t.text('reminder-mute-button'), data: buttons.silence({ delivery }) }] : []),
  ];
  return second.length === 0 ? [first] : [first, second];
}

function tonightIsAhead(facts: FiredFacts, moment: DeliveryMoment): boolean {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  return minutes(facts.tonight) - minutes(wallClock(moment.now, facts.zone).time) > TONIGHT_MARGIN;
}
