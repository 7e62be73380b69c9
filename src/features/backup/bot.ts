/** /backup for the operator: asks for one, and says how backups stand. */
import { askForBackup, recentRuns } from '../../backup/runs.ts';
import { backupState, nextPlanned, type Timetable } from '../../backup/state.ts';
import { Forbidden, UserError } from '../../core/errors.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import { buttons } from './buttons.ts';
import { backupView, type Request } from './views.ts';

export interface BackupDeps {
  /** where archives are put, for the row of a request */
  readonly target: string;
  readonly timetable: Timetable;
  /** Whether a process like this one can put archives there; bounded in time. */
  readonly reachable: () => Promise<boolean>;
  /** A backup was asked for. */
  readonly wake: () => void;
}

/** Runs shown. */
const SHOWN = 6;

/** Buttons outlive a role, so everything here asks again. Where the archives lie is no group's business. */
function operatorAlone({ actor, inbound }: Context): void {
  if (actor.person.role !== 'operator') throw new Forbidden('only the operator backs up');
  if (inbound.chatKind === 'group') throw new UserError('error-not-in-group');
}

/** /backup. */
export function backupFeature(deps: BackupDeps): Feature {
  async function show(context: Context, request: Request): Promise<void> {
    const { tx, t, actor, now } = context;
    const next = deps.timetable.schedule === 'off' ? null : nextPlanned(deps.timetable, now);
    const [state, runs] = [await backupState(tx), await recentRuns(tx, SHOWN)];
    await context.replace(backupView({ t, person: actor.person, now }, { request, state, runs, next }));
  }

  async function make(context: Context): Promise<void> {
    operatorAlone(context);
    if (!(await deps.reachable())) return show(context, 'elsewhere');
    const asked = await askForBackup(context.tx, deps.target, context.now, context.inbound.chatId);
    if (asked) context.tx.afterCommit(deps.wake);
    await show(context, asked ? 'begun' : 'busy');
  }

  async function list(context: Context): Promise<void> {
    operatorAlone(context);
    await show(context, 'none');
  }

  return {
    name: 'backup',
    commands: [
      {
        name: 'backup',
        usage: '[list]',
        topic: 'owner',
        scope: 'operator',
        menu: true,
        place: 'private',
        run: (context, { rest }) => (/^(list|список)$/i.test(rest) ? list(context) : make(context)),
      },
    ],
    buttons: [
      handleButtons(buttons, { now: (context: Context) => make(context), list: (context: Context) => list(context) }),
    ],
  };
}
