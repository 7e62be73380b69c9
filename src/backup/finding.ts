/** How backups stand, in words for the doctor: whether the place can be reached from here, and what the rows say. */
import type { Config } from '../config/config.ts';
import { type Clock, iso } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import type { Finding } from '../observability/ground.ts';
import type { Queryable } from '../storage/database.ts';
import { backupState, trouble } from './state.ts';
import { openTarget } from './targets/open.ts';

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
  const good = state.good?.startedAt ? `last good one ${iso(state.good.startedAt)}` : 'none yet';
  const wrong = trouble(state, { schedule, zone: config.timezone }, clock.now());
  if (!wrong) return { status: 'ok', message: good };
  if (wrong.kind === 'failed' || wrong.kind === 'found') {
    const [message = '', mend = ''] = wrong.reason.split(' Mend: ');
    const what = wrong.kind === 'failed' ? 'the last try failed' : 'an archive was found bad';
    return { status: 'down', message: `${what}: ${message}`, mend: mend.replace(/\.$/, '') || 'run `steward backup`' };
  }
  return { status: 'degraded', message: `overdue; ${good}`, mend: 'run `steward backup`, or start what makes them' };
}
