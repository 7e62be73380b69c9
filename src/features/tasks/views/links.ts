/** How a task hangs together with others: its subtasks, what it is a part of, what it waits for and what waits for it. */
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import {
  type Button,
  bold,
  cancelButton,
  joined,
  type MessageSubject,
  type Span,
  type View,
} from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons } from '../buttons.ts';
import { type ListRef, refData } from '../lists/list-ref.ts';
import { isOpen } from '../task.ts';
import type { Links, Reader, Styled } from './pieces.ts';
import { rowsOf } from './rows.ts';

/** Subtasks of a page. */
export const PARTS_PAGE = 8;
/** Names in one line of a card. */
const MOST_NAMED = 3;

/** '1 of 3 subtasks done'; null without subtasks. */
export function progressPart({ total, done }: Pick<Links, 'total' | 'done'>, { t }: Reader): string | null {
  return total === 0 ? null : t.text('task-progress', { done, count: total });
}

/** '#15 Call Bob, #16 Ask Eve and 2 more'. */
function named({ t }: Reader, tasks: readonly Task[]): Span[] {
  const shown = tasks.slice(0, MOST_NAMED).map((task) => `#${task.number} ${shortened(task.title, 30)}`);
  const more = tasks.length - shown.length;
  return [shown.join(', '), ...(more > 0 ? [' ', t.text('task-and-more', { count: more })] : [])];
}

/** The lines of a card that tell of other tasks. */
export function linkLines(reader: Reader, task: Task, links: Links): Array<View['lines'][number]> {
  const { t } = reader;
  const { parent, blockers, waiting, children, count } = links;
  return [
    ...(parent === null ? [] : [t.spans<Styled>('task-part-of', { name: named(reader, [parent]) })]),
    ...(blockers.length === 0 || !isOpen(task)
      ? []
      : [t.spans<Styled>('task-blocked-by', { names: named(reader, blockers) })]),
    ...(waiting.length === 0 || !isOpen(task)
      ? []
      : [t.spans<Styled>('task-holds-up', { names: named(reader, waiting) })]),
    ...(children.length === 0 ? [] : [rowsOf(reader, children, unmarked(links))]),
    ...(count > children.length ? [[t.text('task-and-more', { count: count - children.length })]] : []),
  ];
}

/** Below the task they are parts of, rows need not say that they are parts. */
function unmarked({ marks }: Pick<Links, 'marks'>): Links['marks'] {
  return new Map([...marks].map(([id, mark]) => [id, { ...mark, part: false }]));
}

/** Numbers that open cards. */
export const cardButtons = (tasks: readonly Task[]): Button[] =>
  tasks.slice(0, 8).map((task) => ({ label: String(task.number), data: buttons.card({ id: task.id }) }));

/** The buttons of a card that lead to other tasks. */
export function linkButtons({ t }: Reader, task: Task, links: Links): Button[][] {
  const { children, count, parent } = links;
  const all =
    count > children.length
      ? [{ label: t.text('task-all-parts-button', { count }), data: buttons.parts({ id: task.id, page: 1 }) }]
      : [];
  const up = parent === null ? [] : [{ label: `▲ ${parent.number}`, data: buttons.card({ id: parent.id }) }];
  const row = [...up, ...cardButtons(children), ...all];
  return row.length === 0 ? [] : [row];
}

const shows = (task: Task, from: ListRef | null): MessageSubject => ({
  role: 'card',
  entity: 'task',
  entityId: task.id,
  data: refData(from),
});

const backToCard = ({ t }: Reader, id: number): Button => ({
  label: t.text('shared-back-button'),
  data: buttons.card({ id }),
});

/** A page of the subtasks of a task, with the way to add one, or to take the task out of its own whole. */
export function partsView(
  reader: Reader,
  task: Task,
  links: Links,
  page: number,
  from: ListRef | null,
  action: ActionId | null = null,
): View {
  const { t } = reader;
  const id = task.id;
  const pages = Math.max(1, Math.ceil(links.count / PARTS_PAGE));
  const to = (label: string, other: number): Button => ({ label, data: buttons.parts({ id, page: other }) });
  const { children, parent } = links;
  return {
    lines: [
      joined([[bold(task.title), `  #${task.number}`], progressPart(links, reader)]),
      ...(parent === null ? [] : [t.spans<Styled>('task-part-of', { name: named(reader, [parent]) })]),
      ...(children.length === 0 ? [[t.text('task-parts-empty')]] : [rowsOf(reader, children, unmarked(links))]),
    ],
    buttons: [
      cardButtons(children),
      pages === 1
        ? []
        : [
            ...(page > 1 ? [to('◀', page - 1)] : []),
            to(`${page}/${pages}`, page),
            ...(page < pages ? [to('▶', page + 1)] : []),
          ],
      [
        { label: t.text('task-part-add-button'), data: buttons.askPart({ id }) },
        ...(parent === null ? [] : [{ label: t.text('task-part-out-button'), data: buttons.partOut({ id }) }]),
      ],
      [...(action === null ? [] : [undoButton(t, action)]), backToCard(reader, id)],
    ].filter((row) => row.length > 0),
    shows: shows(task, from),
  };
}

/** What a task waits for and what waits for it; each of the former can be taken away. */
export function waitsView(
  reader: Reader,
  task: Task,
  waits: { readonly blockers: readonly Task[]; readonly waiting: readonly Task[]; readonly marks: Links['marks'] },
  from: ListRef | null,
  action: ActionId | null = null,
): View {
  const { t } = reader;
  const id = task.id;
  const { blockers, waiting, marks } = waits;
  const away = blockers.slice(0, 8).map((one) => ({
    label: `✕ ${one.number}`,
    data: buttons.release({ id, blocker: one.id }),
  }));
  return {
    lines: [
      [bold(task.title), `  #${task.number}`],
      ...(blockers.length === 0
        ? [[t.text('task-waits-empty')]]
        : [[t.text('task-waits-title')], rowsOf(reader, blockers, marks)]),
      ...(waiting.length === 0 ? [] : [t.spans<Styled>('task-holds-up', { names: named(reader, waiting) })]),
    ],
    buttons: [
      away,
      [{ label: t.text('task-wait-add-button'), data: buttons.askWait({ id }) }],
      [...(action === null ? [] : [undoButton(t, action)]), backToCard(reader, id)],
    ].filter((row) => row.length > 0),
    shows: shows(task, from),
  };
}

/** Asks for the words of a subtask, or for the task to wait for. */
export function askLinkView(reader: Reader, task: Task, what: 'part' | 'wait', from: ListRef | null): View {
  const { t } = reader;
  return {
    lines: [[bold(task.title)], [t.text(`task-ask-${what}`)]],
    buttons: [[cancelButton(t, buttons.card({ id: task.id }))]],
    shows: shows(task, from),
  };
}
