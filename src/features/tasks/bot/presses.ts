/** What each button of tasks does. A button of a task that is gone throws NotFound, told by the router. */
import { authorize } from '../../../access/authorize.ts';
import { type ButtonTable, type HandlersOf, handleButtons } from '../../../telegram/buttons.ts';
import type { Context } from '../../../telegram/feature.ts';
import { askAssignee, assign } from '../assign/chat.ts';
import { applyKept, chooseBy, chooseFound, pressedKind, pressedMember, pressedValue } from '../bulk/chat.ts';
import { buttons } from '../buttons.ts';
import { complete, giveUp, remove, reopen, setStatus } from '../closing/closing.ts';
import { askName, remove as removeFilter, showFilters } from '../filters/chat.ts';
import { readCard } from '../links/card.ts';
import { askPart, askWait, letGo, showParts, showWaits, takeOut } from '../links/chat.ts';
import { restored } from '../lists/list-ref.ts';
import { removeNote } from '../notes.ts';
import { removeAsked } from '../projects/chat.ts';
import { recordOf } from '../record.ts';
import * as series from '../series/chat.ts';
import { changeTask } from '../series/chat.ts';
import { makeOfLines, makeOneOfLines } from '../taking/making.ts';
import { priorityOf, type TaskFields } from '../task.ts';
import * as templates from '../templates/chat.ts';
import { cardView } from '../views/cards.ts';
import { editView, levelsView, moreView, statusesView } from '../views/menus.ts';
import { guidePriorityView, guideTitleView } from '../views/questions.ts';
import { historyView } from '../views/records.ts';
import { editTask, fromOf, madeBy, type Room, readerOf, showCard, showEcho, taskOf, told } from './chat.ts';
import { askSearch, showList, showSearch } from './show.ts';
import { keepAsTask } from './smalltalk.ts';
import { act, ask, askDue, isVerb, showNotes } from './verbs.ts';
import { choicesIn, fieldsOf } from './when.ts';

async function showHistory(context: Context, id: number, page: number): Promise<void> {
  const task = await taskOf(context, id);
  const record = await recordOf(context.tx, context.actor, task, page);
  await context.replace(historyView(readerOf(context), task, record, fromOf(context)));
}

/** Handlers of some of the buttons; `pressTable` does not compile while one is missing. */
type Presses = Partial<HandlersOf<Context, typeof buttons>>;

/** Lists, the cards opened from them, and what of a task is read. */
const listPresses = {
  list: async (context, args) => {
    const ref = restored(args, context.inbound.pressed?.subject);
    if (ref === null) return showList(context, { kind: 'open', value: null, page: 1 });
    // Page 0 of a search stands for a new one.
    if (ref.kind === 'search' && args.page === 0) return askSearch(context);
    return showList(context, ref);
  },
  open: async (context, args) => {
    const task = await taskOf(context, args.id);
    const details = await readCard(context.tx, context.actor, task);
    const from = restored(args, context.inbound.pressed?.subject);
    await context.replace(cardView(readerOf(context), task, details, from));
  },
  card: async (context, { id }) => {
    await showCard(context, await taskOf(context, id));
  },
  edit: async (context, { id }) =>
    context.replace(editView(readerOf(context), await taskOf(context, id), fromOf(context))),
  more: async (context, { id }) =>
    context.replace(moreView(readerOf(context), await taskOf(context, id), fromOf(context))),
  notes: async (context, { id, page }) => showNotes(context, await taskOf(context, id), page),
  history: (context, { id }) => showHistory(context, id, 1),
  historyPage: (context, { id, page }) => showHistory(context, id, page),
} satisfies Presses;

/** What ends a task, opens it again, or moves it to another state. */
const statePresses = (room: Room) =>
  ({
    done: async (context, { id }) => complete(context, room, [await taskOf(context, id)]),
    doneAll: async (context, { id }) => complete(context, room, [await taskOf(context, id)], 'all'),
    doneOnly: async (context, { id }) => complete(context, room, [await taskOf(context, id)], 'leave'),
    reopen: async (context, { id }) => reopen(context, room, await taskOf(context, id)),
    remove: async (context, { id }) => remove(context, room, [await taskOf(context, id)]),
    statuses: async (context, { id }) =>
      context.replace(statusesView(readerOf(context), await taskOf(context, id), fromOf(context))),
    status: async (context, { id, status }) => setStatus(context, room, await taskOf(context, id), status),
    endSeries: async (context, { id }) => giveUp(context, room, await taskOf(context, id), { series: 'end' }),
    cancelAll: async (context, { id }) =>
      giveUp(context, room, await taskOf(context, id), { series: 'end', parts: 'all' }),
    cancelOnly: async (context, { id }) =>
      giveUp(context, room, await taskOf(context, id), { series: 'end', parts: 'leave' }),
  }) satisfies Presses;

/** Fields of a task: set by a button, asked for in words, taken away. */
const fieldPresses = (room: Room) =>
  ({
    dates: async (context, { id }) => askDue(context, await taskOf(context, id)),
    due: async (context, { id, day, time }) => {
      const fields: TaskFields = day === null ? { dueDate: null } : { dueDate: day, dueTime: time };
      await changeTask(context, room, await taskOf(context, id), fields, 'due');
    },
    levels: async (context, { id }) =>
      context.replace(levelsView(readerOf(context), await taskOf(context, id), fromOf(context))),
    priority: async (context, { id, level }) => {
      const fields = { priority: priorityOf(level) };
      await changeTask(context, room, await taskOf(context, id), fields, 'priority');
    },
    ask: async (context, { id, field }) => ask(context, await taskOf(context, id), field),
    clear: async (context, { id, field }) => {
      const task = await taskOf(context, id);
      const fields: Partial<Record<typeof field, TaskFields>> = {
        due: { dueDate: null },
        start: { startDate: null },
        tags: { tags: [] },
        project: { project: null },
        client: { client: null },
        estimate: { estimateMinutes: null },
        notes: { notes: '' },
        repeat: { recurrence: null },
      };
      await changeTask(context, room, task, fields[field] ?? {}, 'update');
    },
    reading: async (context, { id, index }) => {
      const task = await taskOf(context, id);
      const choice = choicesIn(context.inbound.pressed?.subject)[index];
      // The question was trimmed away meanwhile: the date is asked for anew.
      if (choice === undefined) return askDue(context, task);
      const title = choice.title.trim() === '' ? {} : { title: choice.title };
      const wanted = { ...fieldsOf(choice, task), ...title };
      if (series.asks(task, wanted)) return changeTask(context, room, task, wanted, 'due');
      const { result, actionId } = await editTask(context, room, task, wanted, 'due');
      await showEcho(context, result, actionId);
    },
    choose: async (context, { id }) => {
      const { verb, argument } = context.inbound.pressed?.subject?.data ?? {};
      const task = await taskOf(context, id);
      await act(context, room, isVerb(verb) ? verb : 'open', task, typeof argument === 'string' ? argument : '');
    },
    assign: async (context, { id }) => askAssignee(context, await taskOf(context, id)),
    assignTo: async (context, { id, person }) => assign(context, room, await taskOf(context, id), person),
  }) satisfies Presses;

/** Notes of a task, changed and removed. */
const notePresses = {
  editNote: async (context, args) => {
    const note = await authorize(context.tx, context.actor, 'note', args.note);
    await context.flow.start('task.note', { note: note.id });
    await context.replace({
      lines: [[context.t.text('task-ask-note-edit')], [{ style: 'quote', content: [note.body.slice(0, 1000)] }]],
      buttons: [
        [
          { label: context.t.text('task-note-remove-button'), data: buttons.removeNote({ note: note.id }) },
          { label: context.t.text('shared-back-button'), data: buttons.notes({ id: note.taskId, page: 1 }) },
        ],
      ],
      shows: { role: 'card', entity: 'task', entityId: note.taskId },
    });
  },
  removeNote: async (context, args) => {
    const note = await authorize(context.tx, context.actor, 'note', args.note);
    const task = await taskOf(context, note.taskId);
    const { actionId } = await context.perform(
      'task.note-delete',
      (changes) => removeNote(changes, context.actor, note),
      () => told('note-delete', task),
    );
    await showNotes(context, task, 1, actionId);
  },
} satisfies Presses;

/** The guided way to a new task. */
const guidePresses = (room: Room) =>
  ({
    add: async (context) => {
      await context.flow.start('task.title', {});
      await context.answer(guideTitleView(readerOf(context)));
    },
    guideDue: async (context, { id, day }) => {
      const task = await taskOf(context, id);
      const changed = day === null ? task : (await editTask(context, room, task, { dueDate: day }, 'due')).result;
      await context.replace(guidePriorityView(readerOf(context), changed));
    },
    guidePriority: async (context, { id, level }) => {
      const task = await taskOf(context, id);
      const changed =
        level === 'skip'
          ? task
          : (await editTask(context, room, task, { priority: priorityOf(level) }, 'priority')).result;
      await showEcho(context, changed, await madeBy(context, task));
    },
  }) satisfies Presses;

/** Subtasks, and what a task waits for. */
const linkPresses = {
  parts: async (context, { id, page }) => showParts(context, await taskOf(context, id), page),
  askPart: async (context, { id }) => askPart(context, await taskOf(context, id)),
  partOut: async (context, { id }) => takeOut(context, await taskOf(context, id)),
  waits: async (context, { id }) => showWaits(context, await taskOf(context, id)),
  askWait: async (context, { id }) => askWait(context, await taskOf(context, id)),
  release: async (context, { id, blocker }) =>
    letGo(context, await taskOf(context, id), [await taskOf(context, blocker)]),
} satisfies Presses;

/** Many tasks at once. */
const bulkPresses = (room: Room) =>
  ({
    bulkList: (context, { kind }) => chooseBy(context, kind),
    bulkFound: (context) => chooseFound(context),
    bulkWhat: (context, { what }) => pressedKind(context, what),
    bulkStatus: (context, { status }) => pressedValue(context, { what: 'status', status }),
    bulkPriority: (context, { level }) => pressedValue(context, { what: 'priority', level }),
    bulkDue: (context, { day }) => pressedValue(context, { what: 'due', day, time: null }),
    bulkStart: (context, { day }) => pressedValue(context, { what: 'start', day }),
    bulkAssign: (context, { person }) => pressedMember(context, person),
    bulkYes: (context) => applyKept(context, room),
    bulkScope: (context, { scope }) => applyKept(context, room, scope),
  }) satisfies Presses;

/** What is kept under a name: filters, templates, projects. */
const keptPresses = (room: Room) =>
  ({
    filters: (context, { removing }) => showFilters(context, removing === 'yes'),
    filterRun: async (context, { id }) => {
      const { query } = await authorize(context.tx, context.actor, 'filter', id);
      await showSearch(context, query, 1);
    },
    filterAway: async (context, { id }) =>
      removeFilter(context, await authorize(context.tx, context.actor, 'filter', id)),
    filterSave: (context) => askName(context),
    templates: (context, { removing }) => templates.showTemplates(context, removing === 'yes'),
    templateSave: async (context, { id }) => templates.save(context, await taskOf(context, id), null),
    templateBegin: async (context, { id }) =>
      templates.begin(context, room, await authorize(context.tx, context.actor, 'template', id)),
    templateUse: async (context, { id, day }) =>
      templates.use(context, room, await authorize(context.tx, context.actor, 'template', id), day),
    templateAway: async (context, { id }) =>
      templates.remove(context, await authorize(context.tx, context.actor, 'template', id)),
    projectAway: (context, { id }) => removeAsked(context, id),
  }) satisfies Presses;

/** Recurring tasks: this one or all that follow, left out, paused. */
const seriesPresses = (room: Room) =>
  ({
    changeScope: (context, { id, scope }) => series.changeAsked(context, room, id, scope),
    removeScope: async (context, { id, scope }) => {
      const task = await taskOf(context, id);
      await (scope === 'one' ? series.removeOne(context, room, task) : remove(context, room, [task], 'all'));
    },
    skip: async (context, { id }) => {
      await series.skip(context, room, await taskOf(context, id));
    },
    pauseSeries: async (context, { id }) => series.pause(context, room, await taskOf(context, id), null),
    resumeSeries: async (context, { id }) => series.resume(context, room, await taskOf(context, id)),
  }) satisfies Presses;

/** Answers to what was asked about a message. */
const answerPresses = (room: Room) =>
  ({
    keep: (context) => keepAsTask(context, room),
    lines: (context) => makeOfLines(context, room),
    linesOne: (context) => makeOneOfLines(context, room),
    cancel: (context) => context.replace({ lines: [[context.t.text('task-cancelled-question')]] }),
  }) satisfies Presses;

/** Presses that end what Steward waits to be told. */
const MOVES_ON = ['list', 'card', 'due', 'clear', 'choose', 'removeNote', 'skip', 'keep', 'cancel'] as const;

/** What a press on each button of tasks does. */
export function pressTable(room: Room): ButtonTable<Context> {
  return handleButtons(
    buttons,
    {
      ...listPresses,
      ...statePresses(room),
      ...fieldPresses(room),
      ...notePresses,
      ...guidePresses(room),
      ...linkPresses,
      ...bulkPresses(room),
      ...keptPresses(room),
      ...seriesPresses(room),
      ...answerPresses(room),
    },
    MOVES_ON,
  );
}
