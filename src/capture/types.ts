/** What goes into the grammar and what comes out of it. */

import type { EpochMs } from '../core/clock.ts';
import type { Day, WeekStart } from '../core/days.ts';
import type { Finished } from './intent/looking-back.ts';

/** The hours parts of the day stand for, as minutes since midnight; each adjustable in the owner's settings. */
export interface DayParts {
  morning: number;
  noon: number;
  afternoon: number;
  evening: number;
  tonight: number;
  night: number;
  endOfDay: number;
}

export const DAY_PARTS: DayParts = {
  morning: 540,
  noon: 720,
  afternoon: 900,
  evening: 1080,
  tonight: 1200,
  night: 1260,
  endOfDay: 1080,
};

/** Everything the grammar may know besides the words. The same text and context always give the same capture. */
export interface CaptureContext {
  /** The present instant. */
  now: EpochMs;
  /** The owner's IANA zone. */
  zone: string;
  /** The IANA zone in which days and times are given back, where it is not the one they are said in. */
  keptIn?: string;
  /** BCP 47 tag of the owner ('en-GB', 'ru'); decides the order of 5/6 when it has a region. */
  locale: string;
  /** '24' only when the owner chose it: then "at 5" is 5:00. Default '12'. */
  clock?: '12' | '24';
  weekStart?: WeekStart;
  /** The owner's setting; overrides the locale. */
  dateOrder?: 'dmy' | 'mdy';
  /** Hours that differ from DAY_PARTS. */
  dayParts?: Partial<DayParts>;
}

export type Grain = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** When, as `steward parse` prints it. ISO 8601 with the zone's offset; `end` is exclusive, null for a plain instant. */
export interface When {
  start: string;
  end: string | null;
  grain: Grain;
  kind: 'instant' | 'period';
}

/** A rule without DTSTART; its time of day stands in BYHOUR and BYMINUTE. 'completion': counted from when the last one was finished. */
export interface Recurrence {
  rrule: string;
  basis: 'schedule' | 'completion';
}

export type Intent =
  | 'add'
  | 'remind'
  | 'done'
  | 'reopen'
  | 'move'
  | 'snooze'
  | 'delete'
  | 'note'
  | 'list'
  | 'search'
  | 'log'
  | 'tick'
  | 'timer_start'
  | 'timer_stop'
  | 'help'
  | 'undo'
  | 'none';

/** low < medium < high < critical < urgent */
export type Priority = 'low' | 'medium' | 'high' | 'critical' | 'urgent';

/**
 * Why the words of a date were not taken as one; the title then keeps them as typed. impossible: no such date or time (31 February, 25:00);
 * past: it lies behind us and a task or reminder wants the future; too_far: beyond what a calendar is good for (year 9999);
 * never: a recurrence that has no occurrence; elsewhere: a series that does not stand on the clock it would be kept by (`keptIn`);
 * rule: a rule of RFC 5545 that cannot be read or has parts that are not kept.
 */
export type Refusal = 'impossible' | 'past' | 'too_far' | 'never' | 'elsewhere' | 'rule';

/** What an item is due on or a reminder fires at, on the owner's wall clock. */
export interface WallTime {
  day: Day;
  /** 'HH:MM'; null: the whole day. */
  time: string | null;
}

/** One way of understanding the words for a time. */
export interface Reading {
  when: When;
  recurrence: Recurrence | null;
  /**
   * True when the instant itself is meant ("in 2 hours"), so it stays put when the owner's zone changes; false when the wall clock is
   * ("tomorrow 9:00").
   */
  exact: boolean;
  /** The instant of `when.start`. */
  at: EpochMs;
  /** Wall clock of `when.start`; `time` is null when the words name no time of day. */
  start: WallTime;
  /** What a task with these words is due on: a period's last day, a range's start, "by X": X. */
  due: WallTime;
  /** When a reminder with these words fires: always with a time; a day or period without one takes the morning hour of its first day. */
  remind: { day: Day; time: string; at: EpochMs };
  /** The title of the item if this reading is the one meant. */
  title: string;
}

/** What a message lists or which words it searches. */
export type ListFilter = 'open' | 'today' | 'tomorrow' | 'week' | 'overdue' | 'someday' | 'reminders' | 'done';

/** The item a message acts on: its number ("#12"), or words of its title. */
export interface Target {
  number: number | null;
  words: string;
}

/** What an item is moved by: whole months and days first, then minutes. */
export interface Shift {
  months: number;
  days: number;
  minutes: number;
}

/** A misspelt word and the one it was taken for; shown on the card. */
export interface Correction {
  typed: string;
  meant: string;
}

/** The meaning of one message. The fields up to `refused` are, in this order, what `steward parse` prints. */
export interface Capture {
  /** The words that are left: as typed when nothing was taken out, else with connecting words trimmed and the first letter raised. */
  title: string;
  when: When | null;
  recurrence: Recurrence | null;
  priority: Priority | null;
  tags: string[];
  project: string | null;
  client: string | null;
  estimateMinutes: number | null;
  intent: Intent;
  /** Every plausible reading when the owner is to be asked (then `when` and `recurrence` are null); empty otherwise. */
  readings: Reading[];
  refused: Refusal | null;

  /** How long before it is due the owner wants to be reminded, in minutes: "…, remind me an hour before". Only with `add`. */
  ahead: readonly number[];
  /** The one reading behind `when`; null when there is none. */
  reading: Reading | null;
  /** The words in doubt, as typed, when there are several readings or a refusal; for "friday midnight — which night?". */
  doubt: string;
  /** Other days worth a button beside an accepted reading ("next friday": the nearer one). */
  alternatives: Reading[];
  /** For done, reopen, move, snooze, delete, note, tick, timer_start, log: the item meant. Null when the message names none. */
  target: Target | null;
  /** For list. */
  list: ListFilter | null;
  /** For a list of what was done: the days asked about. */
  finished: Finished | null;
  /** For search: the words looked for. For note: the text of the note. */
  query: string;
  /** For undo: how many changes. */
  undoCount: number;
  /** For log: minutes spent. */
  spentMinutes: number | null;
  /** For move, where a length alone was said ("by 2 days"): counted from when the item is due; `when` counts it from now. */
  shift: Shift | null;
  corrections: Correction[];
}

/** A bare expression of time ("2h", "tomorrow 9"), as in a reply to a reminder. */
export interface WhenCapture {
  /** The one reading, or null. */
  reading: Reading | null;
  /** Every plausible reading when the owner is to be asked. */
  readings: Reading[];
  refused: Refusal | null;
}
