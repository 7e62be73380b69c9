/** The joining words each kind of expression may begin with, beside what has a meaning of its own: spares the others its rules. */
import type { Role } from './lexeme.ts';

const joining = (...roles: Role[]): ReadonlySet<Role> => new Set(roles);

export const DAY = joining(
  ...(['within', 'hence', 'ahead', 'the', 'a', 'next', 'this', 'coming', 'last', 'penultimate', 'half'] as const),
  'number', // "числа 15-го"
);
export const CLOCK = joining('half', 'quarter', 'a', 'without');
export const PERIOD = joining(
  ...(['the', 'last', 'next', 'this', 'coming', 'of', 'weekOf'] as const),
  ...(['end', 'start', 'middle', 'early', 'mid', 'late'] as const),
);
