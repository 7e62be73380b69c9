/** The operator's /invite and /people. */
import { Conflict, Forbidden, UserError } from '../../core/errors.ts';
import type { PersonId } from '../../core/ids.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import type { Span } from '../../telegram/view.ts';
import type { RemindersOfPeople } from '../reminders/index.ts';
import { buttons } from './buttons.ts';
import { invite, listPeople, openInvitations, removePerson, withdrawInvitations } from './service.ts';
import { askRemovalView, invitationView, nameOf, peopleView, type Reader } from './views.ts';

export interface PeopleDeps {
  /** The bot's own name without '@', once Telegram told it: makes invitations a link to tap. */
  readonly username: () => string | undefined;
  readonly reminders: RemindersOfPeople;
  /** Tells the gate of this process an invitation's hash as soon as it is made. */
  readonly expectInvitation?: (hash: string) => void;
}

/** Commands are judged by the router; buttons outlive a role, so everything here asks again. A group must not see codes. */
function operatorAlone(context: Context): void {
  if (context.actor.person.role !== 'operator') throw new Forbidden('only the operator manages people');
  if (context.inbound.chatKind === 'group') throw new UserError('error-not-in-group');
}

const reader = ({ t, actor, now }: Context): Reader => ({ t, person: actor.person, now });

async function show(context: Context): Promise<void> {
  operatorAlone(context);
  const people = await listPeople(context.tx);
  const open = await openInvitations(context.tx, context.now);
  await context.replace(peopleView(reader(context), people, open));
}

async function sendInvitation(context: Context, deps: PeopleDeps): Promise<void> {
  operatorAlone(context);
  // Only the code's hash may stay behind: it goes around the action's stored result.
  const { tx, actor, now } = context;
  const invitation = await invite(tx, actor.person.id, now, deps.expectInvitation);
  await context.perform(
    'people.invite',
    async () => null,
    () => ({ key: 'action-people-invite', args: {} }),
    'always',
  );
  await context.answer(invitationView(reader(context), invitation, deps.username()));
}

async function ask(context: Context, id: number): Promise<void> {
  operatorAlone(context);
  const person = (await listPeople(context.tx)).find((one) => one.id === id);
  if (!person) throw new Conflict('people-gone');
  if (person.role !== 'member') throw new UserError('people-not-yourself');
  await context.replace(askRemovalView(context.t, person));
}

async function remove(context: Context, id: PersonId, reminders: RemindersOfPeople): Promise<void> {
  operatorAlone(context);
  const person = (await listPeople(context.tx)).find((one) => one.id === id);
  if (!person) throw new Conflict('people-gone');
  if (person.role !== 'member') throw new UserError('people-not-yourself');
  const name = nameOf(context.t, person);
  const { result } = await context.perform(
    'people.remove',
    async ({ tx }) => ({ gone: (await removePerson(tx, id, context.now, reminders)) !== undefined }),
    () => ({ key: 'action-people-remove', args: { name } }),
    'always',
  );
  // Somebody else's press was faster by a moment.
  if (!result.gone) throw new Conflict('people-gone');
  await context.replace({
    lines: [context.t.spans<Exclude<Span, string>>('people-removed', { name })],
    buttons: [[{ label: context.t.text('shared-back-button'), data: buttons.list() }]],
  });
}

/** '/people remove Ada': the person named, by name, @name or Telegram's id. */
async function removeNamed(context: Context, words: string): Promise<void> {
  operatorAlone(context);
  const wanted = words.replace(/^@/, '').toLowerCase();
  const people = await listPeople(context.tx);
  const matching = people.filter(
    (one) =>
      String(one.telegramUserId) === wanted ||
      one.name.toLowerCase() === wanted ||
      one.username?.toLowerCase() === wanted,
  );
  const [only] = matching;
  if (only === undefined) throw new UserError('people-error-unknown', { name: words.slice(0, 60) });
  if (matching.length > 1) return show(context);
  await ask(context, only.id);
}

/** /invite and /people. */
export function peopleFeature(deps: PeopleDeps): Feature {
  const operators = { topic: 'owner', scope: 'operator', menu: true, place: 'private' } as const;
  return {
    name: 'people',
    commands: [
      {
        ...operators,
        name: 'invite',
        usage: '',
        run: (context) => sendInvitation(context, deps),
      },
      {
        ...operators,
        name: 'people',
        usage: '[remove name]',
        run: (context, { rest }) => {
          const named = /^(?:remove|удалить|убрать)\s+(.+)$/is.exec(rest)?.[1];
          return named === undefined ? show(context) : removeNamed(context, named.replaceAll('"', '').trim());
        },
      },
    ],
    buttons: [
      handleButtons(buttons, {
        list: (context: Context) => show(context),
        remove: (context: Context, { person }) => ask(context, person),
        removeNow: (context: Context, { person }) => remove(context, person as PersonId, deps.reminders),
        withdraw: async (context: Context) => {
          operatorAlone(context);
          await context.perform(
            'people.withdraw',
            async ({ tx }) => withdrawInvitations(tx, context.now),
            (count) => ({ key: 'action-people-withdraw', args: { count } }),
            'always',
          );
          await show(context);
        },
      }),
    ],
  };
}
