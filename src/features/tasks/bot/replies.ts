/** Words that answer something: a reply to a task's message, a field that was asked for, the words of a search. */
import { type Authorized, authorize } from '../../../access/authorize.ts';
import { type Capture, parse, parseWhen, readReplyOrder, verbatim } from '../../../capture/index.ts';
import type { NoteId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { chooseBy, saidValue } from '../bulk/chat.ts';
import { ASKED, type Asked } from '../buttons.ts';
import { remembered } from '../files/capture.ts';
import { attachTo, fileFlows } from '../files/chat.ts';
import { saidName } from '../filters/chat.ts';
import { subtask, waitFor } from '../links/chat.ts';
import { editNote } from '../notes.ts';
import { fieldSaid } from '../said/fields.ts';
import { changeTask, skip } from '../series/chat.ts';
import { isOpen, priorityOf, type TaskFields } from '../task.ts';
import { saidDay } from '../templates/chat.ts';
import { addTask, asTask, withoutTitle } from './add.ts';
import { type Room, taskOf, told } from './chat.ts';
import { showSearch } from './show.ts';
import { saidWhich } from './targets.ts';
import { act, note, setField, showNotes } from './verbs.ts';
import { applyChoices, choiceOf, choicesOf, meansNone, saysWhen } from './when.ts';

type FlowData = Readonly<Record<string, string | number | null>>;

/** Fields a reply names and nothing else ("#sales !high ~30m"); null when it says more. */
function fieldsOnly(capture: Capture, tags: readonly string[]): TaskFields | null {
  if (
    capture.title.trim() !== '' ||
    capture.reading !== null ||
    capture.readings.length > 0 ||
    capture.refused !== null
  )
    return null;
  const fields: TaskFields = {
    ...(capture.priority === null ? {} : { priority: priorityOf(capture.priority) }),
    ...(capture.tags.length === 0 ? {} : { tags: [...tags, ...capture.tags] }),
    ...(capture.project === null ? {} : { project: capture.project }),
    ...(capture.client === null ? {} : { client: capture.client }),
    ...(capture.estimateMinutes === null ? {} : { estimateMinutes: capture.estimateMinutes }),
  };
  return Object.keys(fields).length === 0 ? null : fields;
}

/** Whether words name no item beside the one replied to. */
const bare = (capture: Capture): boolean =>
  capture.target === null || (capture.target.number === null && capture.target.words.trim() === '');

/** Said to one of a series: not this time. */
const SKIPS = /^(?:skip(?: (?:it|this|this one|this time))?|пропусти(?:ть|м)?(?: (?:эту|это|в этот раз))?)[.!]*$/iu;

/** A reminder with no words but its time. */
const REMINDS =
  /^(?:please\s+)?(?:remind\s+(?:me|us)(?:\s+(?:about|of)\s+(?:it|this))?|(?:напомни(?:ть|те)?)(?:\s+(?:мне|нам))?(?:\s+об?\s+(?:этом|ней|нём|нем))?)\s+(.+)$/iu;
const AHEAD = /\sbefore$|^(?:when|at)\b.*\bdue$|^за\s/iu;

/** Words in reply that set something of a task ("in progress", "high", "#sales ~30m"); false for any others. */
export async function setSaid(context: Context, room: Room, task: Authorized<Task>, text: string): Promise<boolean> {
  const field = fieldSaid(text);
  const fields = field === null ? fieldsOnly(parse(text, context.capture), task.tags) : null;
  if (field !== null) await act(context, room, field.verb, task, field.argument);
  if (fields !== null) await changeTask(context, room, task, fields, 'update');
  return field !== null || fields !== null;
}

/** A reply to a message about a task: done, a date, a status, fields, else a note. */
export async function replyToTask(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const task = await taskOf(context, subject.entityId ?? 0);
  const text = context.inbound.text.trim();
  // A sticker is what it stands for: "👍" said with a picture.
  if (context.inbound.files.some((file) => file.kind !== 'sticker')) return attachTo(context, room, task, text);
  const capture = parse(text, context.capture);
  if (capture.intent === 'done' || capture.intent === 'reopen' || capture.intent === 'delete') {
    if (bare(capture)) return act(context, room, capture.intent, task, '');
  }
  const order = readReplyOrder(text);
  if (order?.kind === 'rename') return act(context, room, 'edit', task, order.title);
  if (order?.kind === 'edit') return act(context, room, 'edit', task, '');
  if (SKIPS.test(text) && task.recurrence !== null && isOpen(task)) return skip(context, room, task);
  if (await setSaid(context, room, task, text)) return;
  if (capture.intent === 'move' || capture.intent === 'snooze') {
    const moved = choicesOf(capture);
    if (bare(capture) && moved.length > 0) return act(context, room, 'move', task, JSON.stringify(moved));
  }
  // "remind me an hour before": of this task; with words of its own, of those.
  if (capture.intent === 'remind') {
    const [, time = ''] = REMINDS.exec(text) ?? [];
    const itself = parseWhen(time, context.capture).reading !== null || AHEAD.test(time);
    return context.handleText(itself ? `/remind ${task.number} ${time}` : text);
  }
  const when = parseWhen(text, context.capture);
  const choices = (when.reading === null ? when.readings : [when.reading]).map(choiceOf);
  if (choices.length > 0) return applyChoices(context, room, task, choices, text);
  if (when.refused !== null)
    return context.answer({ lines: [[context.t.text(`task-date-refused-${when.refused}`, { words: text })]] });
  await note(context, task, capture.intent === 'note' && bare(capture) && capture.query !== '' ? capture.query : text);
}

/** Changes what a note says, and shows the notes; nothing is shown of a long text's next piece, whose note was told. */
async function rewriteNote(context: Context, id: NoteId, body: string): Promise<void> {
  const { tx, actor, now } = context;
  const note = await authorize(tx, actor, 'note', id);
  const task = await taskOf(context, note.taskId);
  const { actionId } = await context.perform(
    'task.note-edit',
    async (changes) => void (await editNote(changes, actor, note, body, now)),
    () => told('note-edit', task),
  );
  if (context.inbound.pieces.length === 0) await showNotes(context, task, 1, actionId);
}

/** The person edited the message a note was made of: the note follows. */
export async function followNote(context: Context, id: NoteId): Promise<void> {
  const text = context.inbound.text.trim();
  const command = /^\/\w+(?:@\w+)?\s+(?:[#№]?\d{1,9}\s+)?([\s\S]+)$/u.exec(text)?.[1];
  const capture = parse(text, context.capture);
  const free = capture.intent === 'note' && capture.query !== '' ? capture.query : text;
  const body = command === undefined ? free : command.replace(/^"([^"]*)"$/, '$1');
  if (body.trim() !== '') await rewriteNote(context, id, body);
}

/** The message that was asked for as a task's notes goes on, or was edited: the notes follow. */
export async function followNotes(context: Context, room: Room, task: Authorized<Task>): Promise<void> {
  const text = context.inbound.text.trim();
  if (text !== '') await setField(context, room, task, 'notes', text);
}

/** Fields that are no sentence: a message that asks for something else, or is no such value, is not their answer. */
const SHORT: readonly Asked[] = ['due', 'start', 'estimate', 'repeat', 'tags', 'project', 'client'];

/** Whether a message is a date, or takes one away, and says no more. */
function isWhen({ inbound, capture: settings }: Context): boolean {
  const words = inbound.text.trim();
  return meansNone(words) || saysWhen(parseWhen(words, settings));
}

/** Whether a message may be the field that is asked for, rather than something said meanwhile ("call the Paris office tomorrow"). */
function mayAnswer(context: Context, field: Asked): boolean {
  const { inbound, capture: settings } = context;
  if (!SHORT.includes(field)) return true;
  const words = inbound.text.trim();
  const one = !/\s/.test(words);
  if (one || meansNone(words)) return true;
  switch (field) {
    case 'due':
    case 'start':
    case 'repeat':
      return isWhen(context);
    case 'estimate':
      return words.split(/\s+/).length <= 2 || (/^~?\d/.test(words) && words.length <= 30);
    default: {
      const capture = parse(words, settings);
      const ordered = capture.intent !== 'add' && capture.intent !== 'none';
      return !ordered && capture.reading === null && capture.readings.length === 0 && words.length <= 100;
    }
  }
}

/** Handlers of the plain messages tasks wait for. Each takes the message, unless it holds no words. */
export function taskFlows(
  room: Room,
): Readonly<Record<string, (context: Context, data: FlowData) => Promise<boolean>>> {
  return {
    'task.title': async (context, data) => {
      await context.flow.end();
      const [first = '', ...rest] = context.inbound.text.trim().split(/\r?\n/);
      if (first === '' && context.inbound.files.length === 0) return false;
      // Once more a date or a tag without a title: asked about like any.
      if (data['asTyped'] !== 1 && withoutTitle(context, first) !== null) return false;
      const known = typeof data['with'] === 'string' ? ` ${data['with']}` : '';
      const capture = data['asTyped'] === 1 ? verbatim(first) : asTask(context, `${first}${known}`);
      await addTask(context, room, capture, { notes: rest.join('\n').trim(), guided: true });
      return true;
    },
    'task.field': async (context, data) => {
      const field = ASKED.find((known) => known === data['field']);
      if (field === undefined || context.inbound.text.trim() === '') return false;
      if (!mayAnswer(context, field)) return false;
      // Buttons were offered rather than words asked for: what is no date is no answer to them.
      if (data['offered'] === 1 && !isWhen(context)) return false;
      const task = await taskOf(context, Number(data['task']));
      // The question stands until the words can be used: a fault thrown here keeps it.
      await setField(context, room, task, field, context.inbound.text.trim());
      if (field === 'notes') remembered(context, task, { field });
      await context.flow.end();
      return true;
    },
    'task.note': async (context, data) => {
      if (context.inbound.text.trim() === '') return false;
      const note = Number(data['note']) as NoteId;
      const { taskId } = await authorize(context.tx, context.actor, 'note', note);
      await rewriteNote(context, note, context.inbound.text);
      remembered(context, { id: taskId }, { note });
      await context.flow.end();
      return true;
    },
    'task.part': async (context, data) => {
      if (context.inbound.text.trim() === '') return false;
      await subtask(context, room, await taskOf(context, Number(data['task'])), context.inbound.text.trim());
      await context.flow.end();
      return true;
    },
    'task.wait': async (context, data) => {
      if (context.inbound.text.trim() === '') return false;
      await waitFor(context, await taskOf(context, Number(data['task'])), context.inbound.text.trim());
      await context.flow.end();
      return true;
    },
    'task.choose': (context, data) => saidWhich(context, room, data),
    'task.bulk': async (context) => {
      if (context.inbound.text.trim() === '') return false;
      await context.flow.end();
      await chooseBy(context, context.inbound.text.trim());
      return true;
    },
    ...fileFlows(room),
    'task.filterName': (context, data) => saidName(context, data),
    'task.templateDay': (context, data) => saidDay(context, room, data),
    'task.bulkValue': (context, data) => saidValue(context, data),
    'task.search': async (context) => {
      await context.flow.end();
      if (context.inbound.text.trim() === '') return false;
      await showSearch(context, context.inbound.text, 1);
      return true;
    },
  };
}
