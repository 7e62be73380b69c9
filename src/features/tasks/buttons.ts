/** The buttons of tasks and what each carries. */
import type { NoteId, PersonId } from '../../core/ids.ts';
import { date, declareButtons, id, int, nullable, oneOf, text, time } from '../../telegram/buttons.ts';
import { PRIORITIES, STATUSES } from './task.ts';

/** Fields asked for in words. */
export const ASKED = [
  'title',
  'due',
  'start',
  'tags',
  'project',
  'client',
  'estimate',
  'notes',
  'note',
  'repeat',
] as const;
export type Asked = (typeof ASKED)[number];

/** A list that fits on a button; a longer value stands in what the message shows. */
export const LONGEST_VALUE = 24;
// In this order for ever: messages with them live long.
const kind = oneOf(
  'open',
  'today',
  'tomorrow',
  'week',
  'overdue',
  'someday',
  'status',
  'priority',
  'tag',
  'project',
  'client',
  'assignee',
  'search',
  'none',
  'finished',
  'days',
);
const value = nullable(text(LONGEST_VALUE));

export const buttons = declareButtons('t', {
  list: { kind, page: int, value },
  /** a card in the list's own message, and the way back */
  open: { id: int, kind, page: int, value },
  card: { id: int },
  done: { id: int },
  reopen: { id: int },
  remove: { id: int },
  edit: { id: int },
  more: { id: int },
  notes: { id: int, page: int },
  history: { id: int },
  /** when: quick picks */
  dates: { id: int },
  due: { id: int, day: nullable(date), time: nullable(time) },
  levels: { id: int },
  priority: { id: int, level: oneOf(...PRIORITIES) },
  statuses: { id: int },
  status: { id: int, status: oneOf(...STATUSES) },
  /** asks for a field in words */
  ask: { id: int, field: oneOf(...ASKED) },
  clear: { id: int, field: oneOf(...ASKED) },
  /** one of several readings of a date, by its position in what the message shows */
  reading: { id: int, index: int },
  /** one of several tasks that words may have meant; the verb stands in what the message shows */
  choose: { id: int },
  editNote: { note: id<NoteId>() },
  removeNote: { note: id<NoteId>() },
  add: {},
  /** the guided way: a date, then a priority */
  guideDue: { id: int, day: nullable(date) },
  guidePriority: { id: int, level: oneOf(...PRIORITIES, 'skip') },
  cancel: {},
  /** several lines that stand in what the message shows: as many tasks, or one */
  lines: {},
  linesOne: {},
  /** makes a task of the words the message answered */
  keep: {},
  historyPage: { id: int, page: int },
  /** subtasks of a task; a new one asked for; a task taken out of its whole */
  parts: { id: int, page: int },
  askPart: { id: int },
  partOut: { id: int },
  /** the answer to "its parts are still to do": with all of them, without */
  doneAll: { id: int },
  doneOnly: { id: int },
  /** what a task waits for; one more asked for; one taken away */
  waits: { id: int },
  askWait: { id: int },
  release: { id: int, blocker: int },
  /** many at once: the tasks and the change stand in what the message shows */
  bulkList: { kind: oneOf('overdue', 'today', 'open') },
  bulkFound: {},
  bulkWhat: {
    what: oneOf('status', 'priority', 'tag', 'project', 'client', 'due', 'delete', 'estimate', 'start', 'assign'),
  },
  bulkStatus: { status: oneOf(...STATUSES) },
  bulkPriority: { level: oneOf(...PRIORITIES) },
  bulkDue: { day: nullable(date) },
  bulkYes: {},
  /** saved filters; the search a message shows kept as one */
  filters: { removing: oneOf('no', 'yes') },
  filterRun: { id: int },
  filterAway: { id: int },
  filterSave: {},
  /** templates; a task kept as one; one used, for a day */
  templates: { removing: oneOf('no', 'yes') },
  templateSave: { id: int },
  templateBegin: { id: int },
  templateUse: { id: int, day: nullable(date) },
  templateAway: { id: int },
  projectAway: { id: int },
  /** a recurring task: this one or all following, for the change kept with the question or for a removal */
  changeScope: { id: int, scope: oneOf('one', 'all') },
  removeScope: { id: int, scope: oneOf('one', 'all') },
  skip: { id: int },
  endSeries: { id: int },
  pauseSeries: { id: int },
  resumeSeries: { id: int },
  /** the answer to "its parts are still to do" where it is given up */
  cancelAll: { id: int },
  cancelOnly: { id: int },
  /** who of the group it is given to; asked, chosen */
  assign: { id: int },
  assignTo: { id: int, person: nullable(id<PersonId>()) },
  /** many at once, confirmed: of series this one or all following; a start, somebody of the group */
  bulkScope: { scope: oneOf('one', 'all') },
  bulkStart: { day: nullable(date) },
  bulkAssign: { person: nullable(id<PersonId>()) },
});
