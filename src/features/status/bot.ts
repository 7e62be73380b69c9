/** /status for everyone, /errors for the operator. */
import { Forbidden, UserError } from '../../core/errors.ts';
import type { HealthReport } from '../../observability/health.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import { buttons } from './buttons.ts';
import { tellMissed } from './returned.ts';
import {
  errorByRef,
  errorCounts,
  errorPage,
  markSeen,
  ownDeliveries,
  type Technical,
  unreachableChats,
} from './service.ts';
import { errorsView, errorView, type Reader, statusView } from './views.ts';

export interface StatusDeps {
  /** The state of all parts; bounded in time and cached by who keeps it. */
  readonly health: () => Promise<HealthReport>;
  readonly technical: () => Technical;
  readonly version: string;
}

const reader = ({ t, actor, now }: Context): Reader => ({ t, person: actor.person, now });

/** The operator's figures and other people's chats are no group's business. */
const forOperator = ({ actor, inbound }: Context) => actor.person.role === 'operator' && inbound.chatKind === 'private';

/** /status and, for the operator, /errors. */
export function statusFeature(deps: StatusDeps): Feature {
  async function show(context: Context): Promise<void> {
    const { tx, actor, now } = context;
    const alone = forOperator(context);
    const health = await deps.health();
    const own = await ownDeliveries(tx, actor.person.id, now);
    const unreachable = await unreachableChats(tx, alone ? null : actor.person.id);
    const operator = alone ? { technical: deps.technical(), errors: await errorCounts(tx) } : null;
    await context.replace(statusView(reader(context), { version: deps.version, health, own, unreachable, operator }));
  }

  async function showErrors(context: Context, page: number): Promise<void> {
    if (!forOperator(context)) throw new Forbidden('only the operator reads errors');
    await context.replace(errorsView(reader(context), await errorPage(context.tx, page)));
  }

  async function showError(context: Context, ref: string): Promise<void> {
    if (!forOperator(context)) throw new Forbidden('only the operator reads errors');
    const error = await errorByRef(context.tx, ref);
    if (!error) throw new UserError('status-error-unknown', { ref: ref.slice(0, 40) });
    await context.replace(errorView(reader(context), error));
  }

  async function seen(context: Context, fingerprint: string | null): Promise<void> {
    if (!forOperator(context)) throw new Forbidden('only the operator reads errors');
    await markSeen(context.tx, fingerprint, context.now);
    await showErrors(context, 1);
  }

  return {
    name: 'status',
    returned: tellMissed,
    commands: [
      {
        name: 'status',
        spoken: ['status', 'how are you', 'are you ok', 'статус', 'состояние', 'как дела', 'как ты'],
        aliases: ['scheduler_status', 'health', 'health_quick', 'health_detailed', 'performance', 'perfstats'],
        usage: '',
        topic: 'safety',
        scope: 'everyone',
        menu: true,
        place: 'private',
        // '/status 12 in progress': what LarryBot2 set a task's status with.
        run: (context, { rest }) =>
          /^[#№]?\d{1,9}\s+\S/u.test(rest) ? context.handleText(`/set_status ${rest}`) : show(context),
      },
      {
        name: 'errors',
        usage: '[ref]',
        topic: 'owner',
        scope: 'operator',
        menu: true,
        place: 'private',
        run: (context, { rest }) => (rest === '' ? showErrors(context, 1) : showError(context, rest)),
      },
    ],
    buttons: [
      handleButtons(buttons, {
        again: (context: Context) => show(context),
        errors: (context: Context, { page }) => showErrors(context, page),
        error: (context: Context, { fingerprint }) => showError(context, fingerprint),
        seen: (context: Context, { fingerprint }) => seen(context, fingerprint),
        allSeen: (context: Context) => seen(context, null),
      }),
    ],
  };
}
