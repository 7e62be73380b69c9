/** How backups stand, in words for the doctor: whether the place can be reached from here, and what the rows say. */
import type { Config } from '../config/config.ts';
import { type Clock, iso } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import type { Finding } from '../observability/ground.ts';
import type { Queryable } from '../storage/database.ts';
import { type BackupState, backupState, type Trouble, trouble } from './state.ts';
import { openTarget } from './targets/open.ts';

/** What is wrong, in a few words for operators. */
export const TROUBLE_TEXT: Readonly<Record<Trouble['kind'], string>> = {
  failed: 'the last try failed',
  stale: 'overdue',
  never: 'overdue',
  found: 'an archive was found bad',
  hindered: 'the last drill could not be made',
};

/** When the last good backup was made (ISO 8601, UTC), in words for operators. */
export function lastGoodText({ good }: BackupState): string {
  return good?.startedAt ? `last good one ${iso(good.startedAt)}` : 'none yet';
}

/** What a run that ended badly means; its own reason may say another mend. */
const ENDED_BADLY = {
  failed: { status: 'down', mend: 'run `steward backup`' },
  found: { status: 'down', mend: 'run `steward backup`' },
  hindered: { status: 'degraded', mend: 'run `steward drill`' },
} as const;

/** Looks at the rows, and at a bucket. A folder is made with the first archive, so one that is not there yet is no fault. */
export async function backupFinding(
  db: Queryable,
  config: Pick<Config, 'backup' | 's3' | 'timezone'>,
  clock: Clock,
): Promise<Finding> {
  const { target, schedule } = config.backup;
  if (target.startsWith('s3:') && schedule !== 'off') {
    try {
      await (await openTarget(config, clock)).probe();
    } catch (error) {
      const [message = '', mend = ''] = errorMessage(error).split(' Mend: ');
      return { status: 'down', message, mend: mend.replace(/\.$/, '') };
    }
  }
  const state = await backupState(db);
  const wrong = trouble(state, { schedule, zone: config.timezone }, clock.now());
  if (!wrong) return { status: 'ok', message: lastGoodText(state) };
  const text = TROUBLE_TEXT[wrong.kind];
  if ('reason' in wrong) {
    const { status, mend } = ENDED_BADLY[wrong.kind];
    const [reason = '', itsMend = ''] = wrong.reason.split(' Mend: ');
    return { status, message: `${text}: ${reason}`, mend: itsMend.replace(/\.$/, '') || mend };
  }
  const mend = 'run `steward backup`, or start what makes them';
  return { status: 'degraded', message: `${text}; ${lastGoodText(state)}`, mend };
}
