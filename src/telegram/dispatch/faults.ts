/** What can go wrong beside the update itself: the database going away, numbers it cannot hold, updates that kill their process. */
import { errorCode } from '../../core/errors.ts';

/** Errors of the database that say nothing about the update: connection lost, shutdown, deadlock, no room. */
export function isTransient(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  if (/^(08|40|53|57P|58|55P03|25P0[23])/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_)/.test(code))
    return true;
  return (
    error instanceof Error &&
    /connection terminated|timeout exceeded when trying to connect|not queryable|Connection ended/i.test(error.message)
  );
}

/** "Numeric value out of range". */
export const isOutOfRange = (error: unknown) => errorCode(error) === '22003';

/** Each process that tried the update died of it. */
export class Deadly extends Error {}
