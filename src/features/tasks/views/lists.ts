/** Lists of tasks: one living message, a row a task, numbers that open cards, pages. */
import { toDayNumber } from '../../../core/days.ts';
import { today } from '../../../core/zones.ts';
import type { Task } from '../../../storage/rows.ts';
import { dayOfMonth } from '../../../telegram/render/datewords.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import { type Button, bold, type MessageSubject, type Span, type View } from '../../../telegram/view.ts';
import { buttons } from '../buttons.ts';
import { askedDays } from '../lists/asked-days.ts';
import { lastDays } from '../lists/finished.ts';
import { carried, type ListRef, refData } from '../lists/list-ref.ts';
import type { TaskPage } from '../lists/lists.ts';
import { filterOf } from '../search/query.ts';
import { MOST_FOUND, type SearchPage } from '../search/search.ts';
import { priorityName } from '../task.ts';
import { dateLanguage, dayWords, type Reader, type Styled, whenSpans } from './pieces.ts';
import { rowsOf } from './rows.ts';

function numberButtons(tasks: readonly Task[], ref: ListRef): Button[] {
  const { kind, page, value } = carried(ref);
  return tasks.map((task) => ({ label: String(task.number), data: buttons.open({ id: task.id, kind, page, value }) }));
}

function pager(ref: ListRef, pages: number): Button[] {
  if (pages <= 1) return [];
  const to = (page: number) => buttons.list(carried({ ...ref, page }));
  return [
    ...(ref.page > 1 ? [{ label: '◀', data: to(ref.page - 1) }] : []),
    { label: `${ref.page}/${pages}`, data: to(ref.page) },
    ...(ref.page < pages ? [{ label: '▶', data: to(ref.page + 1) }] : []),
  ];
}

const shows = (ref: ListRef): MessageSubject => ({ role: 'list', entity: 'none', entityId: null, data: refData(ref) });

/** The name of a list: 'Today', '#sales', '👤 Acme'. `name`: of the project or client. */
function listTitle(reader: Reader, ref: ListRef, name: string | null): Span[] {
  const { t } = reader;
  const { kind, value } = ref;
  switch (kind) {
    case 'status':
      return [t.text(`task-status-${String(value)}`)];
    case 'priority':
      return [t.text('task-priority', { level: priorityName(Number(value) as Task['priority']) })];
    case 'tag':
      return [`#${value}`];
    case 'project':
      return [name ?? ''];
    case 'client':
      return t.spans<Styled>('task-client', { name: name ?? '' });
    case 'assignee':
      return t.spans<Styled>('task-assignee', { name: name ?? '' });
    case 'finished':
      return [t.text('task-list-finished', finishedWords(value))];
    case 'days':
      return [daysTitle(reader, value)];
    case 'search':
      return t.spans<Styled>('task-search-title', { words: String(value ?? '') });
    default:
      return [t.text(`task-list-${kind}`)];
  }
}

/** 'Fri', '18 May to 24 May', 'Until 20 May'. */
function daysTitle(reader: Reader, value: ListRef['value']): string {
  const { from = null, to = '' } = askedDays(value) ?? {};
  if (from === to) return dayWords(reader, to, 'card');
  if (from === null) return reader.t.text('task-list-days', { kind: 'until', to: dayWords(reader, to), from: '' });
  const year = today(reader.now, reader.person.timezone).slice(0, 4);
  const date = (day: string) => dayOfMonth(toDayNumber(day), dateLanguage(reader), !day.startsWith(year));
  return reader.t.text('task-list-days', { kind: 'range', to: date(to), from: date(from) });
}

/** The days something was finished in, for texts: by name, or so many. */
const finishedWords = (value: ListRef['value']): { readonly period: string; readonly count: number } => {
  const count = lastDays(String(value));
  return { period: count === null ? String(value) : 'days', count: count ?? 0 };
};

/** A page of a list. `name`: of the project or client it is of. */
export function listView(reader: Reader, page: TaskPage, name: string | null = null): View {
  const { t } = reader;
  const ref: ListRef = { ...page.query, page: page.page };
  if (page.total === 0) return emptyList(reader, page, ref, name);
  const finished = ref.kind === 'finished';
  const closed = finished || (ref.kind === 'status' && (ref.value === 'done' || ref.value === 'cancelled'));
  const overdue = closed || !['open', 'today', 'week'].includes(ref.kind) ? 0 : page.overdue;
  const count = { count: page.total, more: page.more ? 'yes' : 'no' };
  const head = closed ? 'task-list-closed-count' : overdue > 0 ? 'task-list-head-overdue' : 'task-list-head';
  return {
    lines: [
      t.spans<Styled>(head, { name: [bold(...listTitle(reader, ref, name))], ...count, overdue }),
      [],
      rowsOf(
        reader,
        page.tasks,
        page.marks,
        finished ? finishedTimes(ref.value) : ref.kind === 'today' ? 'today' : 'due',
      ),
    ],
    buttons: [numberButtons(page.tasks, ref), pager(ref, page.pages), others(reader, ref, page.overdue)].filter(
      (row) => row.length > 0,
    ),
    shows: shows(ref),
  };
}

/** Of one day the times tell when each was finished, of several the days. */
const finishedTimes = (value: ListRef['value']) =>
  value === 'today' || value === 'yesterday' ? 'finished-at' : 'finished-on';

/** Where else to look back to, from the days a list is of. */
const LOOKS_BACK: Readonly<Record<string, readonly string[]>> = {
  today: ['yesterday', 'week'],
  week: ['today', 'last-week'],
};

/** Where to go from here: [Week] [Overdue 1] [＋ Add]. */
function others(reader: Reader, ref: ListRef, overdue: number): Button[] {
  const { t } = reader;
  if (ref.kind === 'finished')
    return [
      ...(LOOKS_BACK[String(ref.value)] ?? ['today', 'week']).map((value) => ({
        label: t.text(`task-finished-${value}-button`),
        data: buttons.list({ kind: 'finished', page: 1, value }),
      })),
      { label: t.text('task-open-button'), data: buttons.list({ kind: 'open', page: 1, value: null }) },
    ];
  const to = (kind: ListRef['kind']) => buttons.list({ kind, page: 1, value: null });
  const row: Button[] = [];
  if (ref.kind !== 'today') row.push({ label: t.text('task-today-button'), data: to('today') });
  if (ref.kind === 'today' || ref.kind === 'overdue') row.push({ label: t.text('task-week-button'), data: to('week') });
  if (ref.kind === 'week') row.push({ label: t.text('task-open-button'), data: to('open') });
  if (overdue > 0 && ref.kind !== 'overdue')
    row.push({ label: t.text('task-overdue-button', { count: overdue }), data: to('overdue') });
  row.push({ label: t.text('task-add-button'), data: buttons.add() });
  return row;
}

/** Never a dead end: what comes next, and where to go. */
function emptyList(reader: Reader, page: TaskPage, ref: ListRef, name: string | null): View {
  const { t } = reader;
  const known = ['open', 'today', 'tomorrow', 'week', 'overdue', 'someday'];
  const nothing =
    ref.kind === 'finished'
      ? [t.text('task-list-empty-finished', finishedWords(ref.value))]
      : known.includes(ref.kind)
        ? t.spans<Styled>(`task-list-empty-${ref.kind}`)
        : t.spans<Styled>(ref.kind === 'days' ? 'task-list-empty-days' : 'task-list-empty', {
            name: listTitle(reader, ref, name),
          });
  const next = page.next;
  const following =
    next === null || next.dueDate === null
      ? []
      : [
          ' ',
          ...t.spans<Styled>('task-list-next', {
            title: shortened(next.title, 60),
            when: whenSpans(reader, next.dueDate, next.dueTime, 'row'),
          }),
        ];
  return { lines: [[...nothing, ...following]], buttons: [others(reader, ref, page.overdue)], shows: shows(ref) };
}

/** What a search found. */
export function searchView(reader: Reader, found: SearchPage, words: string, kept: string | null = null): View {
  const { t } = reader;
  const ref: ListRef = { kind: 'search', value: words, page: found.page };
  const { query } = found;
  const hints = new Set(query.unread.map(filterOf).filter((key) => key !== null));
  const unread =
    query.unread.length === 0
      ? []
      : [
          t.spans<Styled>('task-search-unread', { filters: query.unread.join(' ') }),
          ...[...hints].map((key) => [t.text(`task-filter-hint-${key}`)]),
        ];
  // What could not be read is not worth keeping, what is kept is there.
  const keep =
    query.unread.length > 0 || kept !== null
      ? []
      : [{ label: t.text('task-filter-save-button'), data: buttons.filterSave() }];
  const several = found.total > 1 && query.unread.length === 0;
  const change = several
    ? [{ label: t.text('task-bulk-found-button', { count: found.total }), data: buttons.bulkFound() }]
    : [];
  const again: Button = {
    label: t.text('task-search-again-button'),
    data: buttons.list({ kind: 'search', page: 0, value: null }),
  };
  const value = shortened(words.replaceAll(/["“”]/g, ''), 60);
  // What finds nothing is told by its words, whatever it is called: one of them may be why.
  const sought = [bold(...listTitle(reader, { ...ref, value }, null))];
  const title = kept === null ? sought : [bold(kept)];
  if (found.total === 0)
    return {
      lines: [t.spans<Styled>('task-search-none', { name: sought }), ...unread],
      buttons: [
        [again, { label: t.text('task-open-button'), data: buttons.list({ kind: 'open', page: 1, value: null }) }],
      ],
      shows: shows(ref),
    };
  return {
    lines: [
      t.spans<Styled>('task-search-head', {
        name: title,
        count: found.total,
        more: found.total >= MOST_FOUND ? 'yes' : 'no',
      }),
      ...unread,
      [],
      rowsOf(reader, found.tasks, found.marks),
    ],
    buttons: [numberButtons(found.tasks, ref), pager(ref, found.pages), [again, ...keep, ...change]].filter(
      (row) => row.length > 0,
    ),
    shows: shows(ref),
  };
}
