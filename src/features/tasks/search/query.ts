/** Reads a search: free words and filters like `status:open priority:high tag:sales client:"Acme Corp" due:week created:2026-01-01..2026-02-01`. */
import { addDays, addMonths, dayString, parseDay, toDayNumber } from '../../../core/days.ts';
import type { Priority, TaskStatus } from '../../../storage/rows.ts';
import type { Days } from '../lists/lists.ts';
import { FIELD_WORDS, isStatus, PRIORITIES, priorityOf, STATUSES } from '../task.ts';

/** First and last day, both inclusive; null: open on that side. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

export interface SearchQuery {
  readonly words: string;
  readonly statuses: readonly TaskStatus[] | null;
  readonly priorities: readonly Priority[] | null;
  /** all of these */
  readonly tags: readonly string[];
  /** and one of these at least ("tag:urgent,work"); null: any */
  readonly oneOfTags: readonly string[] | null;
  /** what it is to have none of: "tag:none" */
  readonly without: ReadonlyArray<'tag' | 'project' | 'client'>;
  readonly project: string | null;
  readonly client: string | null;
  /** who of the group it is given to: a name, 'me' or 'nobody' */
  readonly assigned: string | null;
  readonly due: DayRange | 'none' | null;
  readonly created: DayRange | null;
  /** the days it was done in; only what is done then */
  readonly completed: DayRange | null;
  /** filters that could not be read, as typed: told, never silently dropped */
  readonly unread: readonly string[];
}

const FILTER = /(?<![\p{L}\p{N}])([\p{L}]+):(?:"([^"]*)"|“([^”]*)”|([^\s"]+))/gu;

/** In quotes, or with its sign, it is a name. */
const NONE = /^(?:none|нет|без)$/iu;

const UNFINISHED = /(?<![\p{L}\p{N}])([\p{L}]+):(?:["“][^"”]*$|(?=\s|$))/gu;

/** The filter that words like 'priority:huge' were meant for; null when none of ours. */
export function filterOf(typed: string): (typeof KEYS)[string] | null {
  return KEYS[typed.slice(0, typed.indexOf(':')).toLowerCase()] ?? null;
}

const KEYS: Readonly<
  Record<string, 'status' | 'priority' | 'tag' | 'project' | 'client' | 'assigned' | 'due' | 'created' | 'completed'>
> = {
  ...FIELD_WORDS,
  assigned: 'assigned',
  for: 'assigned',
  исполнитель: 'assigned',
  кому: 'assigned',
  created: 'created',
  создана: 'created',
  создано: 'created',
  completed: 'completed',
  finished: 'completed',
  завершено: 'completed',
  выполнено: 'completed',
};

/** Statuses of tasks that are still to do. */
export const OPEN: readonly TaskStatus[] = STATUSES.filter((status) => status !== 'done' && status !== 'cancelled');

const STATUS_WORDS: Readonly<Record<string, readonly TaskStatus[]>> = {
  open: OPEN,
  closed: ['done', 'cancelled'],
  'to do': ['todo'],
  progress: ['in_progress'],
  completed: ['done'],
  canceled: ['cancelled'],
  'in review': ['review'],
  открыта: OPEN,
  открытые: OPEN,
  закрытые: ['done', 'cancelled'],
  'к выполнению': ['todo'],
  'в работе': ['in_progress'],
  'на проверке': ['review'],
  ждёт: ['blocked'],
  ждет: ['blocked'],
  готово: ['done'],
  сделано: ['done'],
  отменено: ['cancelled'],
};

const PRIORITY_WORDS: Readonly<Record<string, Priority>> = {
  низкий: 1,
  'не к спеху': 1,
  средний: 2,
  обычный: 2,
  обычная: 2,
  обычно: 2,
  высокий: 3,
  важно: 3,
  важная: 3,
  важный: 3,
  критический: 4,
  критично: 4,
  срочный: 5,
  срочная: 5,
  срочно: 5,
};

/** The status or statuses a word names ("in progress", "In-Progress", "open"), or null. */
export function statusesNamed(text: string): readonly TaskStatus[] | null {
  const word = text.trim().toLowerCase();
  const name = word.replaceAll(/[\s-]+/g, '_');
  return isStatus(name) ? [name] : (STATUS_WORDS[word.replaceAll(/[_-]+/g, ' ')] ?? null);
}

/** The priority a word or number names ("high", "3"), or null. */
export function priorityNamed(text: string): Priority | null {
  const word = text.trim().toLowerCase().replace(/^!+/, '');
  const name = PRIORITIES.find((known) => known === word);
  if (name) return priorityOf(name);
  if (/^[1-5]$/.test(word)) return Number(word) as Priority;
  return PRIORITY_WORDS[word] ?? null;
}

function prioritiesNamed(text: string): readonly Priority[] | null {
  const bound = /^(>=|<=|>|<)(.+)$/.exec(text);
  const priority = priorityNamed(bound?.[2] ?? text);
  if (priority === null) return null;
  const all: readonly Priority[] = [1, 2, 3, 4, 5];
  switch (bound?.[1]) {
    case '>=':
      return all.filter((one) => one >= priority);
    case '<=':
      return all.filter((one) => one <= priority);
    case '>':
      return all.filter((one) => one > priority);
    case '<':
      return all.filter((one) => one < priority);
    default:
      return [priority];
  }
}

/** Days a word names: today, tomorrow, week, overdue, a date, a month, a range "a..b" open on either side. */
function daysNamed(text: string, days: Days): DayRange | 'none' | null {
  const word = text.toLowerCase();
  const { day, lastOfWeek } = days;
  switch (word) {
    case 'none':
    case 'no':
    case 'нет':
      return 'none';
    case 'any':
      return { from: '0001-01-01', to: null };
    case 'today':
    case 'сегодня':
      return { from: day, to: day };
    case 'tomorrow':
    case 'завтра':
      return { from: addDays(day, 1), to: addDays(day, 1) };
    case 'yesterday':
    case 'вчера':
      return { from: addDays(day, -1), to: addDays(day, -1) };
    case 'week':
    case 'неделя':
      return { from: addDays(lastOfWeek, -6), to: lastOfWeek };
    case 'month':
    case 'месяц':
      return monthRange(day.slice(0, 7));
    case 'overdue':
    case 'просрочено':
      return { from: null, to: addDays(day, -1) };
  }
  if (/^\d{4}-\d{2}$/.test(word)) return monthRange(word);
  const range = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/.exec(word);
  const [from, to] = range ? [range[1] ?? null, range[2] ?? null] : bounded(word);
  if ((from === null && to === null) || [from, to].some((one) => one !== null && parseDay(one) === null)) return null;
  // Said the wrong way round.
  return from !== null && to !== null && from > to ? { from: to, to: from } : { from, to };
}

function bounded(word: string): [string | null, string | null] {
  const match = /^(>=|<=|>|<)?(\d{4}-\d{2}-\d{2})$/.exec(word);
  const day = match?.[2];
  if (day === undefined || parseDay(day) === null) return [null, null];
  switch (match?.[1]) {
    case '>=':
      return [day, null];
    case '>':
      return [addDays(day, 1), null];
    case '<=':
      return [null, day];
    case '<':
      return [null, addDays(day, -1)];
    default:
      return [day, day];
  }
}

function monthRange(month: string): DayRange | null {
  if (parseDay(`${month}-01`) === null) return null;
  const first = toDayNumber(`${month}-01`);
  return { from: `${month}-01`, to: dayString(addMonths(first, 1) - 1) };
}

/** The query in `text`. What looks like a filter but is none of ours stays among the words; a filter of ours with a value that cannot be is named in `unread`. */
export function parseQuery(text: string, days: Days): SearchQuery {
  let statuses: readonly TaskStatus[] | null = null;
  let priorities: readonly Priority[] | null = null;
  let project: string | null = null;
  let client: string | null = null;
  let assigned: string | null = null;
  let due: DayRange | 'none' | null = null;
  let created: DayRange | null = null;
  let completed: DayRange | null = null;
  const tags: string[] = [];
  let oneOfTags: string[] | null = null;
  const without: Array<'tag' | 'project' | 'client'> = [];
  const unread: string[] = [];
  const words = text.replaceAll(FILTER, (typed: string, name: string, ...values: unknown[]) => {
    const key = KEYS[name.toLowerCase()];
    if (key === undefined) return typed;
    const value = String(values.slice(0, 3).find((one) => one !== undefined) ?? '').trim();
    if (value === '') unread.push(typed);
    else if ((key === 'tag' || key === 'project' || key === 'client') && NONE.test(value) && !typed.endsWith('"'))
      without.push(key);
    else if (key === 'status') {
      const named = value.split(',').map(statusesNamed);
      if (named.includes(null)) unread.push(typed);
      else statuses = [...new Set(named.flatMap((one) => one ?? []))];
    } else if (key === 'priority') {
      const named = value.split(',').map(prioritiesNamed);
      if (named.includes(null)) unread.push(typed);
      else priorities = [...new Set(named.flatMap((one) => one ?? []))];
    } else if (key === 'tag') {
      const named = value
        .split(',')
        .map((tag) => tag.trim().replace(/^#/, '').toLowerCase())
        .filter((tag) => tag !== '');
      if (named.length > 1) oneOfTags = [...(oneOfTags ?? []), ...named];
      else tags.push(...named);
    } else if (key === 'project') project = value;
    else if (key === 'client') client = value.replace(/^@/, '');
    else if (key === 'assigned') assigned = value.replace(/^@/, '');
    else {
      const range = daysNamed(value, days);
      if (range === null || (key !== 'due' && range === 'none')) unread.push(typed);
      else if (key === 'due') {
        due = range;
        // What is done is not overdue.
        if (/^(?:overdue|просрочено)$/i.test(value)) statuses ??= OPEN;
      } else if (range !== 'none' && key === 'created') created = range;
      else if (range !== 'none') completed = range;
    }
    return ' ';
  });
  // A name of ours with nothing readable behind it: an open quotation mark, a forgotten value.
  const rest = words.replaceAll(UNFINISHED, (typed: string, name: string) => {
    if (KEYS[name.toLowerCase()] === undefined) return typed;
    unread.push(typed.trim());
    return ' ';
  });
  return {
    words: rest.replaceAll(/\s+/g, ' ').trim(),
    statuses: statuses ?? (completed === null ? null : ['done']),
    priorities,
    tags,
    oneOfTags,
    without,
    project,
    client,
    assigned,
    due,
    created,
    completed,
    unread,
  };
}
