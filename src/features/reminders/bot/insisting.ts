/** How insistent a reminder is, from its card: said again until answered, urgent in quiet time. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Reminder } from '../../../storage/rows.ts';
import { durationText } from '../../../telegram/dates.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold } from '../../../telegram/view.ts';
import * as insistence from '../insistence.ts';
import * as reading from '../reading.ts';
import { titleOf, toldTitle } from '../views/reader.ts';
import { buttons } from './buttons.ts';
import { echo, momentOf } from './making.ts';

const CHOICES = ['5x5', '10x5', '30x3', '60x3'] as const;
type Choice = 'ask' | 'off' | (typeof CHOICES)[number];

/** Asks how often, or takes the answer. */
export async function nagBy(context: Context, reminder: Authorized<Reminder>, choice: Choice): Promise<void> {
  if (choice === 'ask') return ask(context, reminder);
  const [minutes = 0, times = 0] = choice.split('x').map(Number);
  await setNag(context, reminder, choice === 'off' ? null : { minutes, times });
}

async function ask(context: Context, reminder: Authorized<Reminder>): Promise<void> {
  const { t } = context;
  const title = titleOf(await reading.find(context.tx, context.actor, reminder.id));
  const button = (choice: Choice, label: string) => ({ label, data: buttons.nag({ reminder: reminder.id, choice }) });
  const length = (choice: string) => durationText(Number(choice.split('x')[0]), t.language);
  const count = (choice: string) => Number(choice.split('x')[1]);
  await context.replace({
    lines: [t.spans('reminder-ask-nag', { title: bold(title) }), [t.text('reminder-ask-nag-hint')]],
    buttons: [
      CHOICES.map((choice) =>
        button(choice, t.text('reminder-nag-choice-button', { length: length(choice), count: count(choice) })),
      ),
      [
        button('off', t.text('reminder-nag-off-button')),
        { label: t.text('shared-back-button'), data: buttons.more({ reminder: reminder.id }) },
      ],
    ],
    shows: { role: 'card', entity: 'reminder', entityId: reminder.id },
  });
}

async function setNag(context: Context, reminder: Authorized<Reminder>, nag: insistence.Nag | null): Promise<void> {
  const title = titleOf(await reading.find(context.tx, context.actor, reminder.id));
  const { actionId } = await context.perform(
    'reminder.nag',
    async (changes) => {
      await insistence.setNag(changes, context.actor, reminder, nag, momentOf(context));
      return null;
    },
    () => ({ key: 'action-reminder-nag', args: { title: toldTitle(title), on: nag === null ? 'no' : 'yes' } }),
  );
  await context.replace(await echo(context, reminder.id, actionId));
}

/** Whether it passes in quiet time, where its person lets urgent ones. */
export async function setUrgent(context: Context, reminder: Authorized<Reminder>, on: boolean): Promise<void> {
  const title = titleOf(await reading.find(context.tx, context.actor, reminder.id));
  const { actionId } = await context.perform(
    'reminder.urgent',
    async (changes) => {
      await insistence.setUrgent(changes, context.actor, reminder, on);
      return null;
    },
    () => ({ key: 'action-reminder-urgent', args: { title: toldTitle(title), on: on ? 'yes' : 'no' } }),
  );
  const view = await echo(context, reminder.id, actionId);
  const { quietLetsUrgent } = context.actor.person;
  const hint = on && !quietLetsUrgent ? [[context.t.text('reminder-urgent-waits')]] : [];
  await context.replace({ ...view, lines: [...view.lines, ...hint] });
}
