/** Steward in a group: how it greets, what follows its return, and the buttons below. */
import { readGroup } from '../../access/groups.ts';
import type { SpaceId } from '../../core/ids.ts';
import type { Tx } from '../../storage/database.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import { buttons } from './buttons.ts';
import { statements } from './statements.ts';
import { greetingView } from './views.ts';

export interface GroupsDeps {
  readonly username: () => string | undefined;
  /** The group's reminders go on after Steward could not write there. */
  readonly returned: (tx: Tx, group: SpaceId) => Promise<void>;
}

/** Says in a group how to talk to Steward there. */
export async function greetGroup(
  context: Context,
  { username }: Pick<GroupsDeps, 'username'>,
  again = false,
): Promise<void> {
  const { tx, t, actor } = context;
  if (!actor.group) return;
  const group = await readGroup(tx, actor.group.id);
  const [row] = await tx.query<{ count: number }>(statements.openTasks, [group.id]);
  await context.answer(greetingView(t, { group, username: username(), open: row?.count ?? 0 }, again));
}

/** Groups, as far as they are more than a place to write in. */
export function groupsFeature(deps: GroupsDeps): Feature {
  return {
    name: 'groups',
    joined: (context, isNew) => greetGroup(context, deps, !isNew),
    returned: async ({ tx, actor }) => {
      if (!actor.group) return;
      await tx.query(statements.toldAgain, [actor.group.id]);
      await deps.returned(tx, actor.group.id);
    },
    buttons: [
      handleButtons(buttons, {
        list: (context: Context) => context.handleText('/list'),
        settings: (context: Context) => context.handleText('/settings'),
        help: (context: Context) => context.handleText('/help'),
      }),
    ],
  };
}
