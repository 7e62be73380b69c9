/** What can go wrong beside the update itself: the database going away, numbers it cannot hold, updates that kill their process. */
import { errorCode } from '../../core/errors.ts';
import { isConnectionTrouble } from '../../storage/away.ts';

/** Errors of the database that say nothing about the update: connection lost, shutdown, deadlock, no room. */
export function isTransient(error: unknown): boolean {
  return isConnectionTrouble(error) || /^(?:40|58|55P03|25P0[23])/.test(errorCode(error) ?? '');
}

/** "Numeric value out of range". */
export const isOutOfRange = (error: unknown) => errorCode(error) === '22003';

/** Each process that tried the update died of it. */
export class Deadly extends Error {}
