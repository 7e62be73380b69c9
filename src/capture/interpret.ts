/** One message from tokens to meaning: fields, intent, expressions of time, title. */
import { dayString } from '../core/days.ts';
import { findPieces } from './expression.ts';
import { type Fields, readFields } from './fields.ts';
import { itemNumber, listRequest, type Opened, openings } from './intents.ts';
import { type Outcome, readTogether } from './meaning/readings.ts';
import type { Piece } from './pieces.ts';
import { namedElsewhere, overlooked } from './places/doubts.ts';
import type { Permissions } from './places/leads.ts';
import { readSpan } from './rules/span.ts';
import { type Scan, scanTokens, skip } from './scan.ts';
import { type Taken, titleOf } from './title.ts';
import { type Token, tokenize } from './tokens.ts';
import type { Capture, CaptureContext, Intent, ListFilter, Reading } from './types.ts';

/** A capture that says nothing. */
export function blank(): Capture {
  return {
    title: '',
    when: null,
    recurrence: null,
    priority: null,
    tags: [],
    project: null,
    client: null,
    estimateMinutes: null,
    intent: 'none',
    readings: [],
    refused: null,
    reading: null,
    doubt: '',
    alternatives: [],
    target: null,
    list: null,
    query: '',
    undoCount: 1,
    spentMinutes: null,
    corrections: [],
  };
}

/** "mark the report as done" */
const FINISHED = /\s(?:as\s+)?(?:done|complete|completed|finished)[\s.!]*$/i;

/** Intents whose words may name a time. */
const TIMED: ReadonlySet<Intent> = new Set(['add', 'remind', 'move', 'snooze', 'log', 'tick', 'list']);
/** Intents that speak of what was. */
const PAST: ReadonlySet<Intent> = new Set(['log', 'tick', 'list']);
/** Intents that act on an item which the words name. */
const TARGETED: ReadonlySet<Intent> = new Set([
  'done',
  'reopen',
  'move',
  'snooze',
  'delete',
  'note',
  'tick',
  'log',
  'timer_start',
  'timer_stop',
]);

interface Message {
  text: string;
  tokens: readonly Token[];
  context: CaptureContext;
  fields: Fields;
}

interface Understood {
  opened: Opened | null;
  intent: Intent;
  scan: Scan;
  pieces: Piece[];
}

/** The meaning of one message. */
export function interpret(text: string, context: CaptureContext): Capture {
  const tokens = tokenize(text);
  const message: Message = { text, tokens, context, fields: readFields(text, tokens) };
  if (!tokens.some(({ kind }) => kind !== 'mark')) return { ...blank(), title: text.trim() };
  const understood = understand(message);
  const capture = compose(message, understood);
  return capture.intent === 'add' && understood.opened === null ? (asList(message, understood) ?? capture) : capture;
}

function understand(message: Message): Understood {
  for (const opened of openings(message.tokens)) {
    const understood = open(message, opened);
    if (understood !== null) return understood;
  }
  return { opened: null, intent: 'add', ...expressions(message, 0, { lengths: false, to: false, loose: false }) };
}

/** The message taken as having this opening, or null when what follows does not fit it. */
function open(message: Message, opened: Opened): Understood | null {
  const { tokens } = message;
  const rest = tokens.slice(opened.next);
  const words = rest.filter((token, index) => token.kind !== 'mark' && !message.fields.taken.has(opened.next + index));
  const item = itemNumber(tokens, opened.next);
  if (opened.needs === 'words' && words.length === 0) return null;
  if (opened.needs === 'end' && words.length > 0) return null;
  if (opened.needs === 'number' && item === null) return null;
  if (opened.needs === 'number-or-end' && item === null && words.length > 0) return null;
  if (opened.needs === 'finished' && !FINISHED.test(message.text)) return null;
  if (!TIMED.has(opened.intent)) {
    const scan = scanTokens(message.text, tokens, message.context, opened.next, message.fields.taken, false);
    // "delete old photos tomorrow" is something to do tomorrow, not something to delete.
    if (
      opened.intent === 'delete' &&
      item === null &&
      findPieces(scan, { lengths: false, to: false, loose: false }).length > 0
    )
      return null;
    return { opened, intent: opened.intent, scan, pieces: [] };
  }
  const toward = opened.intent === 'move' || opened.intent === 'snooze';
  const may = { lengths: opened.intent === 'snooze', to: toward, loose: opened.intent === 'remind' || toward };
  const begin = toward && item !== null ? item.next : opened.next;
  const found = expressions(message, begin, may);
  if (opened.needs === 'date' && !found.pieces.some(({ to }) => to >= tokens.length - 1)) return null;
  if (opened.needs === 'duration' && readSpan(found.scan, opened.next, false) === null) return null;
  return { opened, intent: opened.intent, ...found };
}

/** Expressions of time from a token on. Words one letter off are only tried where nothing else fits. */
function expressions(message: Message, begin: number, may: Permissions): { scan: Scan; pieces: Piece[] } {
  const { text, tokens, context, fields } = message;
  const scan = scanTokens(text, tokens, context, begin, fields.taken, false);
  const pieces = findPieces(scan, may);
  if (tokens.length > 60 || pieces.some(({ meant }) => meant.k !== 'clock' && meant.k !== 'part'))
    return { scan, pieces };
  const guessed = scanTokens(text, tokens, context, begin, fields.taken, true);
  if (guessed.corrections.size === scan.corrections.size) return { scan, pieces };
  const better = findPieces(guessed, may);
  const outcome = readTogether(guessed, better, false);
  const clear =
    outcome.readings.length === 1 && outcome.refused === null && better.length >= Math.max(1, pieces.length);
  return clear ? { scan: guessed, pieces: better } : { scan, pieces };
}

const stretchOf = (tokens: readonly Token[], from: number, to: number): Taken | null => {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
};

function compose(message: Message, { opened, intent, scan, pieces }: Understood): Capture {
  const { text, tokens, fields } = message;
  const read = pieces.length === 0 ? NOTHING : readTogether(scan, pieces, PAST.has(intent));
  const elsewhere = namedElsewhere(scan, pieces).map((day) => readTogether(scan, [...pieces, day], PAST.has(intent)));
  const outcome = { ...read, readings: [...read.readings, ...elsewhere.flatMap(({ readings }) => readings)] };
  const openingTaken = opened === null ? null : stretchOf(tokens, 0, opened.next);
  const fieldsTaken = [...fields.taken].flatMap((index) => stretchOf(tokens, index, index + 1) ?? []);
  const always = [...(openingTaken === null ? [] : [openingTaken]), ...fieldsTaken];
  const spans = pieces.flatMap(({ from, to }) => stretchOf(tokens, from, to) ?? []);
  const item = TARGETED.has(intent);
  const titled = titleOf(text, [...always, ...spans], item);
  const asTyped = titleOf(text, always, item);
  const readings: Reading[] = outcome.readings.map((reading) => ({ ...reading, title: titled }));
  const whole = outcome.refused === null && readings.length === 1 && !overlooked(scan, pieces);
  const clear = whole ? (readings[0] ?? null) : null;
  const capture: Capture = {
    ...blank(),
    title: clear === null ? asTyped : titled,
    when: clear?.when ?? null,
    recurrence: clear?.recurrence ?? null,
    priority: fields.priority,
    tags: fields.tags,
    project: fields.project,
    client: fields.client,
    estimateMinutes: fields.estimateMinutes,
    intent: intent === 'add' && titled === '' ? 'none' : intent,
    readings: clear === null ? readings : [],
    refused: outcome.refused,
    reading: clear,
    doubt: clear === null ? doubtOf(text, spans) : '',
    alternatives: outcome.alternatives.map((reading) => ({ ...reading, title: titled })),
    corrections: pieces.flatMap(({ from, to }) =>
      [...scan.corrections].flatMap(([index, correction]) => (index >= from && index < to ? [correction] : [])),
    ),
  };
  return opened === null ? capture : withTarget(message, opened, scan, capture);
}

const NOTHING: Outcome = { readings: [], alternatives: [], refused: null };

/** The words in doubt, as typed; what stands between them is left out. */
function doubtOf(text: string, spans: readonly Taken[]): string {
  return spans.reduce((sofar, { start, end }, index) => {
    const before = spans[index - 1];
    if (before === undefined) return text.slice(start, end);
    const between = text.slice(before.end, start);
    return sofar + (/^[\s,]*$/.test(between) ? between : ' … ') + text.slice(start, end);
  }, '');
}

/** The item, text or count the opening phrase asks for. */
function withTarget(message: Message, opened: Opened, scan: Scan, capture: Capture): Capture {
  const { tokens, text } = message;
  switch (opened.intent) {
    case 'undo': {
      const counted = tokens.slice(opened.next).find(({ kind }) => kind === 'number');
      return {
        ...capture,
        title: '',
        undoCount: counted === undefined || !(counted.value >= 1) ? 1 : Math.min(counted.value, 1000),
      };
    }
    case 'search':
      return { ...capture, query: text.slice(tokens[opened.next]?.start ?? text.length).trim() };
    case 'help':
      return { ...capture, title: '' };
    case 'log': {
      const span = readSpan(scan, opened.next, false);
      if (span === null) return capture;
      const taken = stretchOf(tokens, 0, skip(scan, span.next, 'on', 'for', 'at'));
      const words =
        taken === null ? '' : titleOf(capture.title === '' ? text : text, [taken, ...timeSpans(message, capture)]);
      return {
        ...capture,
        title: words,
        spentMinutes: Math.round(span.value.ms / 60_000),
        target: targetOf(message, tokens.length, null, words),
      };
    }
    default:
      return TARGETED.has(opened.intent)
        ? {
            ...capture,
            target: targetOf(message, opened.next, opened.number, capture.title, opened),
            ...noteOf(message, opened),
          }
        : capture;
  }
}

/** Where the expressions of time of an accepted reading stand. */
function timeSpans(message: Message, capture: Capture): Taken[] {
  if (capture.reading === null) return [];
  const { pieces } = expressions(message, 0, { lengths: false, to: false, loose: false });
  return pieces.flatMap(({ from, to }) => stretchOf(message.tokens, from, to) ?? []);
}

function targetOf(
  message: Message,
  index: number,
  number: number | null,
  words: string,
  opened?: Opened,
): Capture['target'] {
  const item = number === null ? itemNumber(message.tokens, index) : { number, next: index };
  const ended = opened?.needs === 'finished' ? words.replace(FINISHED, '') : words;
  const named = (item === null ? ended : '').replaceAll(/[.!?\s]+$/g, '');
  return item === null && named === '' ? null : { number: item?.number ?? null, words: named };
}

/** "note #12: text", "add note to the report: text": what comes after the item. */
function noteOf(message: Message, opened: Opened): Partial<Capture> {
  if (opened.intent !== 'note') return {};
  const { tokens, text } = message;
  const item = opened.number === null ? itemNumber(tokens, opened.next) : { number: opened.number, next: opened.next };
  const rest = tokens.slice(item?.next ?? opened.next);
  const colon = rest.find(({ kind, norm }) => kind === 'mark' && norm === ':');
  if (item !== null) {
    const from = colon ?? null;
    const start = from === null || from !== rest[0] ? rest[0]?.start : from.end;
    return { query: start === undefined ? '' : text.slice(start).trim() };
  }
  if (tokens[opened.next - 1]?.norm === ':')
    return { query: text.slice(tokens[opened.next - 1]?.end ?? 0).trim(), target: null };
  if (colon === undefined) return { query: '' };
  const first = rest[0];
  const words = first === undefined ? '' : text.slice(first.start, colon.start).trim();
  return { query: text.slice(colon.end).trim(), target: { number: null, words } };
}

/** A message that only asks what there is: "what's due this week", "show overdue", "что на сегодня". */
function asList(message: Message, { pieces, scan }: Understood): Capture | null {
  const timed = new Set(
    pieces.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  const request = listRequest(message.tokens, timed);
  if (request === null) return null;
  const { readings } = pieces.length === 0 ? NOTHING : readTogether(scan, pieces, true);
  const [reading] = readings;
  if (readings.length > 1) return null;
  const capture: Capture = { ...blank(), intent: 'list', list: request.filter ?? listed(scan, pieces, reading) };
  if (reading === undefined) return capture;
  return { ...capture, when: reading.when, reading: { ...reading, title: '' } };
}

function listed(scan: Scan, pieces: readonly Piece[], reading: Outcome['readings'][number] | undefined): ListFilter {
  if (reading === undefined) return 'open';
  const [piece] = pieces;
  if (piece?.meant.k === 'period')
    return reading.when.grain === 'week' && reading.start.day <= dayString(scan.today) ? 'week' : 'open';
  if (reading.start.day === dayString(scan.today)) return 'today';
  return reading.start.day === dayString(scan.today + 1) ? 'tomorrow' : 'open';
}
