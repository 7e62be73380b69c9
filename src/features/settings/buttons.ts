/** The buttons of settings and onboarding. */
import { DAY_PARTS, type DayParts } from '../../capture/types.ts';
import { declareButtons, flag, int, nullable, oneOf, text, time } from '../../telegram/buttons.ts';

/** The parts of a day whose hours can be set, in the order of the day. */
export const PARTS = [
  'morning',
  'noon',
  'afternoon',
  'evening',
  'tonight',
  'night',
  'endOfDay',
] as const satisfies ReadonlyArray<keyof DayParts>;
export type Part = (typeof PARTS)[number];

/** 'HH:MM' of minutes since midnight. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** When a part of the day begins unless chosen otherwise, 'HH:MM'. */
export const defaultTime = (part: Part): string => timeOf(DAY_PARTS[part]);

const SECTIONS = ['zone', 'language', 'dates', 'clock', 'week', 'parts'] as const;
export type Section = (typeof SECTIONS)[number];

/** The longest IANA name is of 32 characters. */
const zone = text(40);

export const buttons = declareButtons('s', {
  menu: {},
  open: { section: oneOf(...SECTIONS) },
  /** `start`: pressed in the onboarding, which goes on to its next question */
  zone: { zone, start: flag },
  language: { language: oneOf('en', 'ru'), start: flag },
  dates: { order: nullable(oneOf('dmy', 'mdy')) },
  clock: { clock: nullable(oneOf('12', '24')) },
  week: { day: oneOf('1', '6', '7') },
  part: { part: oneOf(...PARTS) },
  partAt: { part: oneOf(...PARTS), at: nullable(time) },
  quiet: {},
  /** hours of every day, a silence that begins now or ends, whether urgent ones pass */
  quietSet: { what: oneOf('22-7', '23-8', 'no-hours', '1h', 'morning', 'on', 'off', 'urgent', 'no-urgent') },
  /** how lists look; a sample of native tables; the button inside it, which only a client that draws it shows */
  tables: {},
  tablesTry: {},
  tablesSeen: {},
  tablesPlain: {},
  /** the onboarding's questions that were passed over */
  skip: { step: oneOf('zone', 'language') },
  /** one of the examples, handled as if typed */
  example: { number: int },
  help: {},
  /** the words were no place: handled as if typed now */
  keep: {},
});
