/** How backups stand, in words for the doctor: whether the place can be reached from here, and what the rows say. */
import type { Config } from '../config/config.ts';
import { type Clock, iso } from '../core/clock.ts';
import { errorMessage } from '../core/errors.ts';
import type { Finding } from '../observability/ground.ts';
import type { Queryable } from '../storage/database.ts';
import { backupState, trouble } from './state.ts';
import { openTarget } from './targets/open.ts';

/** What a run that ended badly means; its own reason may say another mend. */
const TOLD = {
  failed: { status: 'down', message: 'the last try failed', mend: 'run `steward backup`' },
  found: { status: 'down', message: 'an archive was found bad', mend: 'run `steward backup`' },
  hindered: { status: 'degraded', message: 'the last drill could not be made', mend: 'run `steward drill`' },
} as const satisfies Record<string, Finding>;

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
  if ('reason' in wrong) {
    const [message = '', mend = ''] = wrong.reason.split(' Mend: ');
    const told = TOLD[wrong.kind];
    return { ...told, message: `${told.message}: ${message}`, mend: mend.replace(/\.$/, '') || told.mend };
  }
  return { status: 'degraded', message: `overdue; ${good}`, mend: 'run `steward backup`, or start what makes them' };
}
