/** What the rules find in a message: stretches of tokens that speak of time, before they are put together. */
import type { DayNumber } from '../core/days.ts';
import type { Frequency } from '../core/recurrence/terms.ts';
import type { Rule } from '../core/recurrence.ts';
import type { Grain, Refusal } from './types.ts';
import type { Part } from './words/lexeme.ts';

/** A time of day as said. */
export interface Clock {
  hour: number;
  minute: number;
  second: number;
  /** 'am' and 'pm' were said; 'bare' leaves the half of the day to the conventions; 'fixed' stands as it is. */
  half: 'am' | 'pm' | 'bare' | 'fixed';
  /** "in the morning": decides a bare hour. */
  part: Part | null;
  /** "midnight", the one between two days. */
  midnight: boolean;
  /** A bare hour that is as likely of the morning as of the evening: asked. */
  either: boolean;
}

export type Meant =
  | {
      k: 'date';
      /** Days the words may mean; one when they are clear. */
      days: readonly DayNumber[];
      /** Today, when the words would mean it if a later time of today is given. */
      sameDay: DayNumber | null;
      /** "next friday": an earlier day worth offering. */
      nearer: DayNumber | null;
      /** The words say "today" or "tonight". */
      today: boolean;
      /** 1 to 7 when a weekday alone was said: a period beside it ("next week") then decides which one. */
      weekday: number | null;
    }
  | {
      k: 'period';
      start: DayNumber;
      end: DayNumber;
      grain: Grain;
      nearer: { start: DayNumber; end: DayNumber } | null;
      /** Named by weekdays alone ("mon-wed"): a week beside it then decides which. */
      weekdays?: true;
    }
  /** Several periods the words may mean. */
  | { k: 'periods'; choices: readonly { start: DayNumber; end: DayNumber; grain: Grain }[] }
  | { k: 'clock'; clocks: readonly Clock[] }
  /** `or`: the same range read otherwise ("7-3": a day's shift or a night's), to be asked about. */
  | { k: 'clocks'; from: Clock; to: Clock; or?: { from: Clock; to: Clock } }
  /** From a time of one day to a time of another: "fri 6pm - sun 3pm". */
  | { k: 'moments'; from: { day: DayNumber; clock: Clock }; to: { day: DayNumber; clock: Clock } }
  | { k: 'part'; part: Part | 'endOfDay'; today: boolean }
  /** Milliseconds from now, with months and days before them. `by`: a length without "in", which puts something off by as much. */
  | { k: 'exact'; months: number; days: number; ms: number; grain: Grain; by?: boolean }
  /** Several such lengths the words may mean: "in a few days". */
  | { k: 'exacts'; choices: readonly { months: number; days: number; ms: number; grain: Grain }[] }
  /** How long what was named before lasts: "at 3 for 90 minutes". */
  | { k: 'lasting'; months: number; days: number; ms: number }
  | { k: 'repeat'; repeat: Repeat }
  | { k: 'fault'; reason: Refusal };

export interface Piece {
  from: number;
  to: number;
  meant: Meant;
  /** The word before it, where that matters: "by", "before", "after". */
  lead: 'by' | 'before' | 'after' | 'start' | null;
}

/** A recurrence as said; becomes an RFC 5545 rule. */
export interface Repeat {
  freq: Frequency;
  interval: number;
  months: readonly number[];
  /** Days of the month as said, 1 to 31; -1 is the last. */
  monthDays: readonly number[];
  /** 'MO' or '-1FR'. */
  days: readonly string[];
  setPos: number | null;
  clocks: readonly Clock[];
  /** "every morning": minutes since midnight. */
  minutes: readonly number[];
  /** The part of the day those minutes came from: decides a bare hour said beside it. */
  part: Part | null;
  /** "between 9 and 17", for rules of hours and minutes. */
  window: { from: Clock; to: Clock } | null;
  count: number | null;
  until: DayNumber | null;
  /** "for 3 weeks": how long it goes on, which `until` counts from the first day there may be; a number of times where it comes out even. */
  lasts: { months: number; days: number } | null;
  /** "until 6pm": seconds since midnight of that day; null: its end. */
  untilSeconds: number | null;
  starting: DayNumber | null;
  basis: 'schedule' | 'completion';
  /** How often in what, when the days are not said: "twice a week". */
  vague: number | null;
  /** "every 3rd monday" is every third week, or the third of each month. */
  either: Repeat | null;
  /** A day the words may mean instead. */
  orDay: DayNumber | null;
  /** The days as said may also mean each of them once: "mon, wed and fri". */
  orOnce: boolean;
  /** Written as a rule rather than said in words: kept as it stands, short months and all. `weekStart`: its WKST; `rule`: the whole of it but its ends, where words have no such recurrence. */
  written: { weekStart: string | null; rule: Rule | null } | null;
}

/** Tells of a token whether it belongs to one of the pieces. */
export function covering(pieces: readonly Piece[]): (index: number) => boolean {
  const tokens = new Set<number>();
  for (const { from, to } of pieces) for (let index = from; index < to; index += 1) tokens.add(index);
  return (index) => tokens.has(index);
}

export const SCHEDULED: Omit<Repeat, 'freq' | 'interval'> = {
  months: [],
  monthDays: [],
  days: [],
  setPos: null,
  clocks: [],
  minutes: [],
  part: null,
  window: null,
  count: null,
  until: null,
  lasts: null,
  untilSeconds: null,
  starting: null,
  basis: 'schedule',
  vague: null,
  either: null,
  orDay: null,
  orOnce: false,
  written: null,
};

/** A rule's answer: what it found and the token after it. */
export interface Found<T> {
  value: T;
  next: number;
}
