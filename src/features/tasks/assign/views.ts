/** How it is asked and told whose a task is. */
import type { Group, Member } from '../../../access/groups.ts';
import type { Task } from '../../../storage/rows.ts';
import { bold, inPairs, type View } from '../../../telegram/view.ts';
import { buttons } from '../buttons.ts';
import type { ListRef } from '../lists/list-ref.ts';
import { cardView, showsTask } from '../views/cards.ts';
import { assigneePart, type CardDetails, lineOf, type Reader, type Styled } from '../views/pieces.ts';

/** The name people know a member by. */
export const nameOf = ({ name, username, telegramUserId }: Member): string =>
  name.trim() || (username === null ? String(telegramUserId) : `@${username}`);

/** Members on buttons; of more the others are named in words. */
export const MOST_BUTTONS = 12;

/** Who is to do it? The present one is marked. `unknown`: words that named nobody of the group. */
export function askAssigneeView(
  reader: Reader,
  task: Task,
  assignee: string | null,
  members: readonly Member[],
  from: ListRef | null,
  unknown = '',
): View {
  const { t } = reader;
  const choices = members.slice(0, MOST_BUTTONS).map((member) => ({
    label: member.id === task.assigneeId ? `✓ ${nameOf(member)}` : nameOf(member),
    data: buttons.assignTo({ id: task.id, person: member.id }),
  }));
  const away =
    task.assigneeId === null
      ? []
      : [{ label: t.text('task-assign-nobody-button'), data: buttons.assignTo({ id: task.id, person: null }) }];
  return {
    lines: [
      ...(unknown === '' ? [] : [[t.text('task-assign-unknown', { name: unknown.slice(0, 60) })]]),
      [bold(task.title)],
      ...lineOf([assigneePart(assignee, reader)]),
      [t.text('task-ask-assignee')],
      ...(unknown === ''
        ? []
        : [[t.text('task-assign-client-hint', { number: String(task.number), name: unknown.slice(0, 60) })]]),
    ],
    buttons: [
      ...inPairs(choices),
      [...away, { label: t.text('shared-back-button'), data: buttons.card({ id: task.id }) }],
    ],
    shows: showsTask(task, from),
  };
}

/** Told to the one a task was given to, in their own chat: the card, which acts on the group's task. */
export function givenView(
  reader: Reader,
  task: Task,
  details: CardDetails,
  told: { readonly by: string; readonly group: Group; readonly address: string | null },
): View {
  const { t } = reader;
  const card = cardView(reader, task, details);
  const { address } = told;
  return {
    ...card,
    lines: [
      t.spans<Styled>('task-given', { by: told.by, group: told.group.title || t.text('group-nameless') }),
      [],
      ...card.lines,
    ],
    buttons: [
      ...(card.buttons ?? []),
      ...(address === null ? [] : [[{ label: t.text('task-given-button'), url: address }]]),
    ],
  };
}

/** Told to the one several tasks were given to at once: the list of what is theirs in that group now. */
export function givenListView(
  list: View,
  { t }: Reader,
  told: { readonly by: string; readonly group: Group; readonly count: number },
): View {
  const group = told.group.title || t.text('group-nameless');
  const heading = t.spans<Styled>('task-given-several', { by: told.by, group, count: told.count });
  return { ...list, lines: [heading, [], ...list.lines] };
}

/** Nothing is anybody's in any group: what is there of their own. */
export const nothingMineView = (t: Reader['t']): View => ({
  lines: [[t.text('task-mine-none')]],
  buttons: [
    (['today', 'open'] as const).map((kind) => ({
      label: t.text(`task-${kind}-button`),
      data: buttons.list({ kind, page: 1, value: null }),
    })),
  ],
});
