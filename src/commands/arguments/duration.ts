/** Lengths of time as options of the command line give them. */
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** '90s', '2m', '1.5h', '500ms' or a bare number of seconds, in milliseconds. Throws InvalidArgumentError, which commander tells. */
export function duration(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined) throw new InvalidArgumentError('give a time like 90s, 2m or 500ms');
  return Math.round(Number(amount) * factor);
}
