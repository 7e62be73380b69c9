/** What is logged or ticked lies behind: "log 1h friday" is last Friday's, "did yoga at 7am" today's. */
import { addMonths, type DayNumber } from '../../core/days.ts';
import type { Piece } from '../pieces.ts';
import type { Scan } from '../scan.ts';

/** The pieces with days ahead put behind: a weekday a week back, a date a year; a time without a day is of today. */
export function lookingBack(scan: Scan, pieces: readonly Piece[]): Piece[] {
  const back = (day: DayNumber, weekday: boolean): DayNumber =>
    day <= scan.today ? day : weekday ? day - 7 : addMonths(day, -12) <= scan.today ? addMonths(day, -12) : day;
  const placed = pieces.map((piece): Piece => {
    const { meant } = piece;
    if (meant.k !== 'date' || meant.today) return piece;
    const days = meant.days.map((day) => (day === scan.today + 1 ? day : back(day, meant.weekday !== null)));
    return { ...piece, meant: { ...meant, days, sameDay: null, nearer: null } };
  });
  const timed = placed.find(({ meant }) => meant.k === 'clock');
  if (timed === undefined || placed.some(({ meant }) => meant.k !== 'clock')) return placed;
  const today = { k: 'date' as const, days: [scan.today], sameDay: null, nearer: null, today: false, weekday: null };
  return [{ ...timed, to: timed.from, meant: today }, ...placed];
}
