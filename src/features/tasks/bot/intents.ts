/** Free text by what the grammar made of it: add, done, reopen, delete, move, note, list, search. */
import { authorizeNumber } from '../../../access/authorize.ts';
import { type Capture, PRONOUN, parse, parseWhen, verbatim } from '../../../capture/index.ts';
import { addDays } from '../../../core/days.ts';
import { NotFound, UserError } from '../../../core/errors.ts';
import type { Context, Feature } from '../../../telegram/feature.ts';
import { isMember } from '../assign/chat.ts';
import { givingIn } from '../assign/words.ts';
import { saidBulk } from '../bulk/chat.ts';
import { attachTo } from '../files/chat.ts';
import { daysOf } from '../lists/lists.ts';
import { numbersIn } from '../lists/numbers.ts';
import { fieldSaid } from '../said/fields.ts';
import { askLines, isSeveral, linesIn } from '../taking/lines.ts';
import { LONGEST_TITLE } from '../task.ts';
import { addFromMessage, addTask, askTitle, asTask, draftOf, makeTask, remember } from './add.ts';
import type { Room } from './chat.ts';
import { showDays, showFinished, showKind, showNamed, showSearch } from './show.ts';
import { isSmallTalk, smallTalk } from './smalltalk.ts';
import { carryOut, choose, type Order } from './targets.ts';
import type { Verb } from './verbs.ts';
import { choicesOf } from './when.ts';

export function taskIntents(room: Room): NonNullable<Feature['intents']> {
  const on = (verb: Verb) =>
    alone(async (context, capture) => {
      if (!(await saidBulk(context, context.inbound.text))) await carryOut(context, room, verb, targetOf(capture, ''));
    });
  return {
    add: (context, capture) => addOrSet(context, room, capture),
    none: (context, capture) => {
      if (isSmallTalk(context, capture)) return smallTalk(context);
      return isBare(context, capture) ? onlyFields(context, capture) : addOrSet(context, room, capture);
    },
    done: on('done'),
    reopen: on('reopen'),
    delete: on('delete'),
    move: alone(async (context, capture) => {
      if (capture.refused !== null)
        throw new UserError(`task-date-refused-${capture.refused}`, { words: capture.doubt });
      const choices = choicesOf(capture);
      const order = targetOf(capture, choices.length === 0 ? '' : JSON.stringify(choices));
      await carryOut(context, room, choices.length === 0 ? 'due' : 'move', order);
    }),
    note: (context, capture) => noteSaid(context, room, capture),
    list: alone((context, capture) => list(context, room, capture)),
    search: alone((context, capture) => showSearch(context, capture.query, 1)),
  };
}

type Handler = (context: Context, capture: Capture) => Promise<void>;

/** An order is one line. Where others follow that are none, the message is a list: it is asked about, and nothing is done. */
function alone(handler: Handler): Handler {
  return async (context, capture) => {
    const others = isSeveral(context) ? linesIn(context.inbound.text).slice(1) : [];
    if (others.some((line) => parse(line, context.capture).intent !== capture.intent)) return askLines(context);
    return handler(context, capture);
  };
}

const TO_SELF = /^\s*(?:note to (?:self|myself)\b|запомни(?:те)?(?!\p{L})|запиши(?:те)?(?!\p{L}))/iu;

/** "note 12 he called" is for a task. A note for none ("note to self: …") is a task of its own, or may be made one where it is asked about. */
async function noteSaid(context: Context, room: Room, capture: Capture): Promise<void> {
  const order = targetOf(capture, capture.query);
  const toSelf = TO_SELF.test(context.inbound.text) && order.numbers.length === 0;
  const named = (order.words !== '' && !toSelf) || order.numbers.length > 0 || order.spokenOf === true;
  const said = named || context.inbound.repliesTo ? '' : capture.query || order.words;
  if (said === '') return carryOut(context, room, 'note', order);
  if (!toSelf && (await choose(context, 'note', said, said))) return;
  const [first = '', ...rest] = said.split(/\r?\n/);
  await addTask(context, room, asTask(context, first), { notes: rest.join('\n').trim() });
}

/** Whether nothing but fields was said ("tomorrow", "#sales"): no title to make a task of. */
function isBare({ inbound }: Context, { title, readings }: Capture): boolean {
  const alone = inbound.pressed === null && inbound.files.length === 0 && inbound.forwarded === null;
  return alone && title.trim() === '' && readings.length === 0 && /[\p{L}\p{N}]/u.test(inbound.text);
}

/** A day or a mark alone asks what is there; anything else waits for the title it belongs to. */
async function onlyFields(context: Context, { reading, tags, client, project, priority }: Capture): Promise<void> {
  const { now, actor, inbound } = context;
  const marks = tags.length + [client, project, priority].filter((one) => one !== null).length;
  if (reading === null && marks === 1) return showNamed(context, priority ?? inbound.text);
  if (reading !== null && marks === 0 && reading.recurrence === null && reading.due.time === null) {
    const { day, lastOfWeek } = daysOf(actor, now);
    if (reading.due.day === day) return showKind(context, 'today');
    if (reading.due.day === addDays(day, 1)) return showKind(context, 'tomorrow');
    if (reading.when.kind === 'period' && reading.due.day === lastOfWeek) return showKind(context, 'week');
  }
  await askTitle(context, { with: inbound.text.trim().slice(0, LONGEST_TITLE) });
}

function targetOf({ target, title }: Capture, argument: string): Order {
  const words = target?.words.trim() ?? '';
  const numbers = target?.number === null || target?.number === undefined ? numbersIn(words) : [target.number];
  const spokenOf = target === null && PRONOUN.test(title.trim());
  return { numbers, words: numbers.length > 0 ? '' : words, argument, spokenOf };
}

async function list(context: Context, room: Room, { list: filter, finished, reading }: Capture): Promise<void> {
  switch (filter) {
    case 'reminders':
      return room.deps.showReminders(context);
    case 'done':
      return showFinished(context, finished ?? 'any');
    case null:
    case 'open':
      return reading === null ? showKind(context, 'open') : showDays(context, reading);
    default:
      return showKind(context, filter);
  }
}

async function isNumbered(context: Context, number: number): Promise<boolean> {
  try {
    await authorizeNumber(context.tx, context.actor, number);
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Words with files: a task, a reminder of it, or a note on one that is there; anything else they could ask for is a title. */
async function addWithFiles(context: Context, room: Room, capture: Capture): Promise<void> {
  if (capture.intent === 'remind' && capture.reading !== null) {
    const task = await makeTask(context, room, capture);
    await room.deps.remind(context, { ...capture, title: `#${task.number}` });
    // An edit of the message, and the rest of its album, go to the task.
    return remember(context, task.id, { ...draftOf(context, capture, ''), ahead: capture.ahead });
  }
  const number = capture.intent === 'note' ? capture.target?.number : undefined;
  if (typeof number === 'number') {
    const item = await authorizeNumber(context.tx, context.actor, number);
    if ('task' in item) return attachTo(context, room, item.task, capture.query);
  }
  const other = capture.intent !== 'add' && capture.intent !== 'none';
  await addFromMessage(context, room, other ? verbatim(context.inbound.text.trim().split(/\r?\n/)[0] ?? '') : capture);
}

/** Digits of the shortest number that says something by itself. */
const SHORTEST_CODE = 4;

/** "#12" opens the item of that number; "#12 in progress" and "#12 high" set a field; everything else is a new task. */
async function addOrSet(context: Context, room: Room, capture: Capture): Promise<void> {
  if (context.inbound.files.length > 0 && !context.inbound.pressed) return addWithFiles(context, room, capture);
  const giving = context.actor.group && !context.inbound.pressed ? givingIn(context.inbound.text) : null;
  if (giving && (giving.numbers.length > 0 || (await isMember(context, giving.name)))) {
    const { numbers, words, name } = giving;
    return carryOut(context, room, 'assign', { numbers, words, argument: name });
  }
  const alone = /^([#№]?)(\d{1,9})$/u.exec(context.inbound.text.trim());
  // Digits alone may be anything; they are a number where something has it.
  if (alone && !context.inbound.pressed && (alone[1] !== '' || (await isNumbered(context, Number(alone[2])))))
    return carryOut(context, room, 'open', { numbers: [Number(alone[2])], words: '', argument: '' });
  // An hour, a count or a slip of the thumb; more digits are a code worth keeping.
  if (alone && !context.inbound.pressed && (alone[2] ?? '').length < SHORTEST_CODE) return smallTalk(context);
  const [, number, words = ''] = /^[#№](\d{1,9})[\s:,]+(\S.*)$/u.exec(context.inbound.text.trim()) ?? [];
  if (number !== undefined) {
    const order = { numbers: [Number(number)], words: '', argument: words };
    const said = fieldSaid(words);
    if (said !== null) return carryOut(context, room, said.verb, { ...order, argument: said.argument });
    const { reading, readings } = parseWhen(words, context.capture);
    if (reading !== null || readings.length > 0) return carryOut(context, room, 'due', order);
  }
  // An intent nobody handles yet: its words are kept as they are rather than lost.
  const other = capture.intent !== 'add' && capture.intent !== 'none';
  const text = context.inbound.pressed ? '' : context.inbound.text.trim();
  return addFromMessage(context, room, other && text !== '' ? verbatim(text.split(/\r?\n/)[0] ?? text) : capture);
}
