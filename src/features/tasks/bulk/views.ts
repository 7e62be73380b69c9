/** Changing many tasks: which, what, are you sure, and what became of each. */
import type { Member } from '../../../access/groups.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { durationText } from '../../../telegram/dates.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, cancelButton, inPairs, type MessageSubject, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { MOST_BUTTONS as MOST_MEMBERS, nameOf } from '../assign/views.ts';
import { buttons } from '../buttons.ts';
import type { Marks } from '../links/tree.ts';
import { PRIORITIES, STATUSES } from '../task.ts';
import { quickDays } from '../views/menus.ts';
import { followingLines } from '../views/outcomes.ts';
import { dateLanguage, dayWords, type Reader, type Styled } from '../views/pieces.ts';
import { rowsOf } from '../views/rows.ts';
import type { BulkKind } from './change.ts';
import { type BulkChange, type BulkResult, seriesEffect } from './service.ts';

/** Tasks shown before a change, and failures told after it. */
export const ROWS_SHOWN = 8;

/** The tasks a message is about, kept with it by their numbers; and the change it asks to confirm. */
export function keeps(numbers: readonly number[], change: BulkChange | null = null): MessageSubject {
  const data = { bulk: JSON.stringify(numbers), ...(change === null ? {} : { change: JSON.stringify(change) }) };
  return { role: 'prompt', entity: 'none', entityId: null, data };
}

export interface Chosen {
  readonly tasks: readonly Task[];
  readonly missing: readonly number[];
  /** of the first, which are shown */
  readonly marks: ReadonlyMap<number, Marks>;
}

const cancel = ({ t }: Reader): Button => cancelButton(t, buttons.cancel());
const numbersOf = (tasks: readonly Task[]): number[] => tasks.map((task) => task.number);

function chosenLines(reader: Reader, { tasks, missing, marks }: Chosen): Array<View['lines'][number]> {
  const { t } = reader;
  return [
    ...(tasks.length === 0 ? [] : [rowsOf(reader, tasks.slice(0, ROWS_SHOWN), marks)]),
    ...(tasks.length > ROWS_SHOWN ? [[t.text('task-and-more', { count: tasks.length - ROWS_SHOWN })]] : []),
    ...(missing.length === 0
      ? []
      : [[t.text('task-bulk-missing', { numbers: missing.map((one) => `#${one}`).join(', ') })]]),
  ];
}

/** Which tasks? */
export function askSelectionView(reader: Reader): View {
  const { t } = reader;
  const list = (kind: 'overdue' | 'today' | 'open', label: string): Button => ({
    label,
    data: buttons.bulkList({ kind }),
  });
  return {
    lines: [[t.text('task-bulk-ask')]],
    buttons: [
      [
        list('overdue', t.text('task-list-overdue')),
        list('today', t.text('task-list-today')),
        list('open', t.text('task-open-button')),
      ],
      [cancel(reader)],
    ],
    shows: { role: 'prompt', entity: 'none', entityId: null },
  };
}

/** These are they; what is to be done with them? */
export function chosenView(reader: Reader, chosen: Chosen, how = false): View {
  const { t } = reader;
  const count = chosen.tasks.length;
  const lines = [[bold(t.text('task-bulk-chosen', { count }))], ...chosenLines(reader, chosen)];
  if (count === 0) {
    const open = { label: t.text('task-open-button'), data: buttons.list({ kind: 'open', page: 1, value: null }) };
    return { lines: how ? [...lines, [t.text('task-bulk-how')]] : lines, buttons: [[open]] };
  }
  const kind = (what: BulkKind): Button => ({
    label: t.text(`task-bulk-${what}-button`),
    data: buttons.bulkWhat({ what }),
  });
  return {
    lines,
    buttons: [
      [kind('status'), kind('priority'), kind('tag')],
      [kind('project'), kind('client'), kind('due')],
      [kind('estimate'), kind('start'), ...(reader.inGroup === true ? [kind('assign')] : [])],
      [kind('delete'), cancel(reader)],
    ],
    shows: keeps(numbersOf(chosen.tasks)),
  };
}

/** To what? Buttons where the values are few, else words. */
export function askValueView(
  reader: Reader,
  numbers: readonly number[],
  what: Exclude<BulkKind, 'delete'>,
  members: readonly Member[] = [],
): View {
  const { t } = reader;
  return {
    lines: [[bold(t.text('task-bulk-chosen', { count: numbers.length }))], [t.text(`task-bulk-value-${what}`)]],
    buttons: [...valueButtons(reader, what, members), [cancel(reader)]],
    shows: keeps(numbers),
  };
}

function valueButtons(reader: Reader, what: BulkKind, members: readonly Member[]): Button[][] {
  const { t } = reader;
  if (what === 'status') {
    const rows = [STATUSES.slice(0, 3), STATUSES.slice(3)];
    return rows.map((row) =>
      row.map((status) => ({ label: t.text(`task-status-${status}`), data: buttons.bulkStatus({ status }) })),
    );
  }
  if (what === 'priority') {
    const rows = [PRIORITIES.slice(3).toReversed(), PRIORITIES.slice(0, 3).toReversed()];
    return rows.map((row) =>
      row.map((level) => ({ label: t.text('task-priority-button', { level }), data: buttons.bulkPriority({ level }) })),
    );
  }
  if (what === 'assign') {
    const choices = members
      .slice(0, MOST_MEMBERS)
      .map((member) => ({ label: nameOf(member), data: buttons.bulkAssign({ person: member.id }) }));
    return [
      ...inPairs(choices),
      [{ label: t.text('task-assign-nobody-button'), data: buttons.bulkAssign({ person: null }) }],
    ];
  }
  if (what === 'start') {
    const { tomorrow, nextWeek } = quickDays(reader);
    const pick = (label: string, day: string | null): Button => ({ label, data: buttons.bulkStart({ day }) });
    return [
      [pick(t.text('task-tomorrow-button'), tomorrow), pick(t.text('task-next-week-button'), nextWeek)],
      [pick(t.text('task-no-date-button'), null)],
    ];
  }
  if (what !== 'due') return [];
  const { today, tomorrow, nextWeek } = quickDays(reader);
  const pick = (label: string, day: string | null): Button => ({ label, data: buttons.bulkDue({ day }) });
  return [
    [pick(t.text('task-today-button'), today), pick(t.text('task-tomorrow-button'), tomorrow)],
    [pick(t.text('task-next-week-button'), nextWeek), pick(t.text('task-no-date-button'), null)],
  ];
}

/** The change in words: 'Done', '+sales -old', 'Fri 15:00'; '' where something is taken away. */
function valueText(reader: Reader, change: BulkChange): string {
  const { t } = reader;
  switch (change.what) {
    case 'status':
      return t.text(`task-status-${change.status}`);
    case 'priority':
      return t.text('task-priority', { level: change.level });
    case 'tag':
      return [...change.add.map((tag) => `+#${tag}`), ...change.away.map((tag) => `-#${tag}`)].join(' ');
    case 'project':
    case 'client':
      return change.name ?? '';
    case 'due':
      return [change.day === null ? '' : dayWords(reader, change.day), change.time ?? ''].join(' ').trim();
    case 'estimate':
      return change.minutes === null ? '' : durationText(change.minutes, dateLanguage(reader));
    case 'start':
      return change.day === null ? '' : dayWords(reader, change.day);
    case 'assign':
      return change.name;
    case 'delete':
      return '';
  }
}

/** 'One of them repeats: …', for each kind of what becomes of series. */
function seriesLines({ t }: Reader, tasks: readonly Task[], change: BulkChange): Array<View['lines'][number]> {
  const effects = tasks.map((task) => seriesEffect(task, change));
  return (['ask', 'next', 'one', 'undated'] as const).flatMap((effect) => {
    const count = effects.filter((one) => one === effect).length;
    return count === 0 ? [] : [[t.text(`task-bulk-series-${effect}`, { count })]];
  });
}

/** 'Set 5 tasks to Done?' with the tasks it is about. `open`: how many of them have parts that would stay open. */
export function confirmView(reader: Reader, chosen: Chosen, change: BulkChange, open: number): View {
  const { t } = reader;
  const count = chosen.tasks.length;
  const value = valueText(reader, change);
  const none = value === '' && change.what !== 'delete' ? '-none' : '';
  const question = t.text(`task-bulk-confirm-${change.what}${none}`, { count, value });
  const closes = change.what === 'status' && (change.status === 'done' || change.status === 'cancelled');
  const remark =
    open === 0
      ? []
      : change.what === 'delete'
        ? [[t.text('task-bulk-parts-go', { count: open })]]
        : closes
          ? [[t.text('task-bulk-parts-stay', { count: open })]]
          : [];
  const asks = chosen.tasks.some((task) => seriesEffect(task, change) === 'ask');
  const only = { label: t.text('task-bulk-only-button', { count }), data: buttons.bulkScope({ scope: 'one' }) };
  const following = { label: t.text('series-all-button'), data: buttons.bulkScope({ scope: 'all' }) };
  const yes = { label: t.text('task-bulk-yes-button', { count }), data: buttons.bulkYes() };
  return {
    lines: [[bold(question)], ...chosenLines(reader, chosen), ...remark, ...seriesLines(reader, chosen.tasks, change)],
    buttons: asks ? [[only, following], [cancel(reader)]] : [[yes, cancel(reader)]],
    shows: keeps(numbersOf(chosen.tasks), change),
  };
}

/** What became of them, those that could not be changed one by one, and the one way back. */
export function bulkDoneView(
  reader: Reader,
  result: BulkResult,
  change: BulkChange,
  missing: readonly number[],
  freed: readonly Task[],
  action: ActionId | null,
): View {
  const { t } = reader;
  const { changed, same, failed, opened } = result;
  const what = change.what;
  return {
    lines: [
      [bold(t.text('task-bulk-done', { what, count: changed.length }))],
      ...(opened === 0 ? [] : [[t.text('task-bulk-opened', { count: opened })]]),
      ...(same === 0 ? [] : [[t.text('task-bulk-same', { count: same })]]),
      ...failed.slice(0, ROWS_SHOWN).map(({ number, title, key, args }) =>
        t.spans<Styled>('task-bulk-failed', {
          number,
          title: shortened(title, 40),
          reason: t.text(key, { ...args }),
        }),
      ),
      ...(failed.length > ROWS_SHOWN ? [[t.text('task-and-more', { count: failed.length - ROWS_SHOWN })]] : []),
      ...(missing.length === 0
        ? []
        : [[t.text('task-bulk-missing', { numbers: missing.map((one) => `#${one}`).join(', ') })]]),
      ...followingLines(reader, { freed, ready: [] }),
    ],
    buttons: action === null ? [] : [[undoButton(t, action)]],
    shows: { role: 'list', entity: 'none', entityId: null },
  };
}
