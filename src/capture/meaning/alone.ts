/** Times of day without a day: the coming one. */
import type { DayNumber } from '../../core/days.ts';
import type { Clock } from '../pieces.ts';
import { secondsOf } from '../rules/clock.ts';
import type { Scan } from '../scan.ts';
import { nothing, type Outcome, outcome, unique } from './outcome.ts';
import { clocksOf, type Sorted, saysToday } from './settle.ts';
import { DAY_SECONDS, lasting, rangeReading, type Timed, timed } from './timed.ts';

/** A bare hour of today that has passed may mean this evening or tomorrow; any other stands. */
export function timesOn(scan: Scan, day: DayNumber, clock: Clock, second: number, today: boolean): Timed[] {
  if (clock.part === 'tonight' && clock.half === 'bare' && clock.hour < 5)
    return [timed(scan, day + 1, clock.hour * 3600 + clock.minute * 60)];
  const reading = timed(scan, day, second);
  // "сегодня ночью в 2", said by day: of the night that is coming.
  if (today && clock.part === 'night' && clock.hour <= 5 && reading.at < scan.context.now)
    return [timed(scan, day + 1, second)];
  if (!today || reading.at >= scan.context.now || clock.half !== 'bare' || clock.part !== null) return [reading];
  const later =
    second < DAY_SECONDS / 2
      ? [timed(scan, day, second + DAY_SECONDS / 2)].filter(({ at }) => at >= scan.context.now)
      : [];
  return later.length === 0 ? [reading] : [...later, timed(scan, day + 1, second)];
}

/** What a time, a range of times or a part of the day means by itself. */
export function timeAlone(scan: Scan, sorted: Sorted): Outcome {
  const twentyFour = scan.context.clock === '24';
  const today = saysToday(sorted);
  if (sorted.ranges.length > 0) {
    const readings = sorted.ranges.map((range) => {
      const from = secondsOf(range.from, twentyFour);
      const day = !today && from * 1000 <= scan.clockMs ? scan.today + 1 : scan.today;
      return rangeReading(scan, day, from, secondsOf(range.to, twentyFour));
    });
    return outcome(unique(readings));
  }
  const clocks = clocksOf(sorted);
  if (clocks.length > 0) {
    return outcome(
      unique(
        clocks
          .flatMap((clock) => {
            if (clock.midnight) return [timed(scan, scan.today, DAY_SECONDS)];
            const second = secondsOf(clock, twentyFour);
            if (today) return timesOn(scan, scan.today, clock, second, true);
            return [timed(scan, second * 1000 <= scan.clockMs ? scan.today + 1 : scan.today, second)];
          })
          .map((one) => lasting(scan, one, sorted)),
      ),
    );
  }
  const [part] = sorted.parts;
  if (part === undefined) return nothing;
  const second = scan.parts[part.part] * 60;
  if (part.part === 'tonight' || part.today) {
    if (part.part !== 'tonight' || second * 1000 > scan.clockMs) return outcome([timed(scan, scan.today, second)]);
    // Later than eight, "tonight" is the rest of this evening, or the next one: asked.
    const rest = Math.min(DAY_SECONDS, Math.ceil(scan.clockMs / 3_600_000 + 1e-9) * 3600);
    return outcome([timed(scan, scan.today, rest), timed(scan, scan.today + 1, second)]);
  }
  return outcome([timed(scan, second * 1000 <= scan.clockMs ? scan.today + 1 : scan.today, second)]);
}
