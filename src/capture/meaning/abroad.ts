/** Times told by a clock that is the same all year and means one place ("5pm GMT"): given back on the owner's own. */
import { dayString } from '../../core/days.ts';
import { isoWithOffset, wallClock } from '../../core/zones.ts';
import type { Piece } from '../pieces.ts';
import { steadyAt } from '../rules/clock.ts';
import { meaning, type Scan } from '../scan.ts';
import type { Capture, CaptureContext, Reading } from '../types.ts';
import { kept } from './keeping.ts';

interface Abroad {
  readonly zone: string;
  /** the time with its clock's name, as typed */
  readonly typed: string;
}

/**
 * What a message means whose times are told by such a clock; `read` reads it as somebody who lives by that one. Null where the owner's own is meant, one that
 * may be meant otherwise, or a series: that would go by the one clock in winter and by the other in summer.
 */
export function fromAbroad(
  scan: Scan,
  pieces: readonly Piece[],
  read: (there: CaptureContext) => Capture,
): Capture | null {
  const there = toldAbroad(scan, pieces);
  if (there === null) return null;
  const capture = read({ ...scan.context, zone: there.zone });
  const all = [capture.reading, ...capture.readings];
  return all.some((one) => one !== null && one.recurrence !== null) ? null : onOwnClock(capture, there, scan.context);
}

function toldAbroad(scan: Scan, pieces: readonly Piece[]): Abroad | null {
  const timed = pieces.find(({ meant }) => meant.k === 'clock' || meant.k === 'clocks');
  const zone = timed === undefined ? null : steadyAt(scan, timed.to);
  if (timed === undefined || zone === null) return null;
  // "5pm GMT / 6pm CET"
  const named = scan.tokens.flatMap((_, index) => meaning(scan, index, 'zone')?.lexeme.zone ?? []);
  if (named.some((other) => other !== zone)) return null;
  // Where it is another day there, "tomorrow" may be either's.
  const dated = pieces.some(({ meant: { k } }) => k !== 'clock' && k !== 'clocks');
  if (dated && wallClock(scan.context.now, zone).day !== dayString(scan.today)) return null;
  return { zone, typed: scan.text.slice(scan.tokens[timed.from]?.start, scan.tokens[timed.to]?.end) };
}

function onOwnClock(capture: Capture, there: Abroad, context: CaptureContext): Capture {
  const { zone } = context;
  const own = (iso: string) => isoWithOffset(Date.parse(iso), zone);
  const told = (reading: Reading): Reading => {
    const { start, end } = reading.when;
    return { ...reading, when: { ...reading.when, start: own(start), end: end === null ? null : own(end) } };
  };
  const moved = kept(capture, { ...context, zone: there.zone, keptIn: zone });
  const reading = moved.reading === null ? null : told(moved.reading);
  const meant = reading?.start.time ?? null;
  return {
    ...moved,
    reading,
    when: reading?.when ?? null,
    readings: moved.readings.map(told),
    alternatives: moved.alternatives.map(told),
    corrections: meant === null ? moved.corrections : [...moved.corrections, { typed: there.typed, meant }],
  };
}
