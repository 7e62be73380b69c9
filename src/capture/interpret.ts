/** One message from tokens to meaning: fields, intent, expressions of time, title. */
import { dayString } from '../core/days.ts';
import { findPieces } from './expression.ts';
import { readFields } from './fields.ts';
import { aheadIn, asksToRemind } from './intent/ahead.ts';
import { orderBehind } from './intent/behind.ts';
import { finished } from './intent/finished.ts';
import { greeted, isTalk } from './intent/greeting.ts';
import { listRequest, ofTime } from './intent/lists.ts';
import { finishedAsked } from './intent/looking-back.ts';
import { endsMoved, particleBefore } from './intent/moves.ts';
import { type Opened, openings, TARGETED } from './intent/openings.ts';
import { isText, withTarget } from './intent/targets.ts';
import { meanings, vocabulary } from './lexicon.ts';
import { fromAbroad } from './meaning/abroad.ts';
import type { Outcome } from './meaning/outcome.ts';
import { isNoPlan, lookingBack, tellsWhatWas } from './meaning/past.ts';
import { readTogether } from './meaning/readings.ts';
import { blank, type Message, stretchOf } from './message.ts';
import type { Piece } from './pieces.ts';
import { overlooked } from './places/doubts.ts';
import { namedElsewhere } from './places/elsewhere.ts';
import { type Permissions, PLAIN, permitted } from './places/leads.ts';
import { startsTask } from './rules/context.ts';
import { readSpent } from './rules/spent.ts';
import { isMisspeltMonth, mayBeMisspelt, type Scan, scanTokens } from './scan.ts';
import { shiftOf } from './shift.ts';
import { doubtOf, type Taken, titleOf } from './title.ts';
import { type Token, tokenize } from './tokens.ts';
import type { Capture, CaptureContext, Intent, ListFilter, Reading } from './types.ts';

/** Intents whose words may name a time. */
const TIMED: ReadonlySet<Intent> = new Set(['add', 'remind', 'move', 'snooze', 'log', 'tick', 'list']);
/** Intents that speak of what was. */
const PAST: ReadonlySet<Intent> = new Set(['log', 'tick', 'list']);

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
  if (!tokens.some(({ kind }) => kind !== 'mark') || isTalk(tokens)) return { ...blank(), title: text.trim() };
  const asked = finishedAsked(text);
  if (asked !== null) return { ...whenAlone(message), intent: 'list', list: 'done', finished: asked };
  const announced = withReminder(message, interpret);
  if (announced !== null) return announced;
  const understood = understand(message);
  const abroad = fromAbroad(understood.scan, understood.pieces, (there) => interpret(text, there));
  if (abroad !== null) return abroad;
  const capture = compose(message, understood);
  if (capture.intent !== 'add' || understood.opened !== null) return capture;
  return asList(message, understood) ?? ofDay(text, context) ?? capture;
}

/** One message as a task, whatever else its first words could ask for ("move to the new office in april"). */
export function interpretAsTask(text: string, context: CaptureContext): Capture {
  const tokens = tokenize(text);
  const message: Message = { text, tokens, context, fields: readFields(text, tokens) };
  if (!tokens.some(({ kind }) => kind !== 'mark')) return { ...blank(), title: text.trim() };
  const reminded = withReminder(message, interpretAsTask);
  if (reminded !== null) return reminded;
  const task = asTask(message);
  return fromAbroad(task.scan, task.pieces, (there) => interpretAsTask(text, there)) ?? compose(message, task);
}

/** A task that says when it is due and how long before that to remind of it; null for any other message. */
function withReminder(message: Message, read: typeof interpret): Capture | null {
  const ahead = aheadIn(message);
  const capture = ahead === null ? null : read(ahead.text, message.context);
  if (ahead === null || capture === null || !(capture.intent === 'add' || capture.intent === 'remind')) return null;
  if (capture.title === '' || (capture.reading === null && capture.readings.length === 0)) return null;
  return { ...capture, intent: 'add', ahead: ahead.minutes };
}

function understand(message: Message): Understood {
  for (const opened of [...openings(message.tokens), ...afterGreeting(message)]) {
    const understood = open(message, opened);
    if (understood !== null) return understood;
  }
  const plain = asTask(message);
  const done = plain.pieces.length === 0 ? finished(plain.scan) : null;
  if (done !== null) return { opened: done, intent: 'done', scan: plain.scan, pieces: [] };
  return remindedAfter(message, plain.pieces[0]) ?? orderedBehind(message) ?? plain;
}

/** "отчёт перенеси на пятницу": nothing but the time may follow. */
function orderedBehind(message: Message): Understood | null {
  const opened = orderBehind(message.tokens);
  if (opened === null) return null;
  const { scan, pieces } = expressions(message, opened.after, permitted(opened.intent));
  const free = message.tokens.some(
    ({ kind }, index) =>
      index >= opened.after && kind !== 'mark' && !pieces.some(({ from, to }) => index >= from && index < to),
  );
  if (!TIMED.has(opened.intent)) return { opened, intent: opened.intent, scan, pieces: [] };
  return free || pieces.length === 0 ? null : { opened, intent: opened.intent, scan, pieces };
}

/** "hey, can you remind me…", "ok so done with the report", "ну слушай напомни мне…": the phrase behind words that only lead up to it. */
function afterGreeting({ tokens }: Message): Opened[] {
  const from = greeted(tokens);
  if (from === 0 || from === tokens.length) return [];
  return openings(tokens.slice(from)).map((opened) => ({
    ...opened,
    next: from + opened.next,
    after: from + opened.after,
    end: from + opened.end,
    item: opened.item === null ? null : { ...opened.item, from: from + opened.item.from, to: from + opened.item.to },
  }));
}

/** "tomorrow at 9 remind me to call": the phrase may stand behind the time. */
function remindedAfter(message: Message, first: Piece | undefined): Understood | null {
  const { tokens } = message;
  if (first?.from !== 0 || !asksToRemind(message)) return null;
  const pieces = expressions(message, 0, { ...PLAIN, loose: true });
  let behind = 0;
  for (const { from, to } of pieces.pieces) if (from === behind) behind = to;
  while (tokens[behind]?.kind === 'mark') behind += 1;
  for (const opened of openings(tokens.slice(behind))) {
    const next = behind + opened.next;
    if (opened.intent !== 'remind' || (opened.needs === 'words' && next >= tokens.length)) continue;
    return { opened: { ...opened, next, after: next, end: tokens.length }, intent: 'remind', ...pieces };
  }
  return null;
}

function asTask(message: Message): Understood {
  const found = expressions(message, leadIn(message), PLAIN);
  const past = isNoPlan(found.scan, found.pieces);
  return { opened: null, intent: 'add', ...found, ...(past ? { pieces: [] } : {}) };
}

/** Tokens that only lead up to a task: "так, в 9 совещание". */
function leadIn({ tokens }: Message): number {
  const from = greeted(tokens);
  return from < tokens.length ? from : 0;
}

/** The message taken as having this opening, or null when what follows does not fit it. */
function open(message: Message, opened: Opened): Understood | null {
  const { tokens } = message;
  const rest = tokens.slice(opened.next);
  const words = rest.filter((token, index) => token.kind !== 'mark' && !message.fields.taken.has(opened.next + index));
  if (opened.needs === 'words' && words.length === 0) return null;
  if (opened.needs === 'end' && words.length > 0) return null;
  const idle = ({ kind, norm }: Token) => kind === 'number' || vocabulary.undoFillers.has(norm) || isNumber(norm);
  if (opened.needs === 'counted' && !words.every(idle)) return null;
  if (!TIMED.has(opened.intent)) {
    const scan = scanTokens(message.text, tokens, message.context, opened.next, message.fields.taken, false);
    // "delete old photos tomorrow" is something to do tomorrow, not something to delete.
    if (opened.intent === 'delete' && opened.item === null && findPieces(scan, PLAIN).length > 0) return null;
    return { opened, intent: opened.intent, scan, pieces: [] };
  }
  const found = expressions(message, opened.after, permitted(opened.intent));
  if (!endsMoved(tokens, opened, found.pieces)) return null;
  const covered = found.pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  if (opened.needs === 'verb' && !startsTask(found.scan, opened.next)) return null;
  if (opened.needs === 'datefirst' && (found.pieces[0]?.from !== opened.next || covered === rest.length)) return null;
  if (opened.needs === 'dated' && covered === rest.length) return null;
  if (opened.needs === 'duration' && readSpent(found.scan, opened.next) === null) return spentOn(opened, found);
  return { opened, intent: opened.intent, ...found };
}

/** "потратил вчера 2 часа на отчёт": the day may stand before what was spent. */
function spentOn(opened: Opened, { scan, pieces }: Pick<Understood, 'scan' | 'pieces'>): Understood | null {
  const [day] = pieces;
  const spent = day?.meant.k === 'date' && day.from === opened.next ? readSpent(scan, day.to) : null;
  if (day === undefined || spent === null) return null;
  const others = pieces.filter(({ from }) => from >= spent.next);
  return { opened: { ...opened, next: day.to, after: day.to }, intent: 'log', scan, pieces: [day, ...others] };
}

/** Expressions of time from a token on. Words one letter off are only tried where nothing else fits. */
function expressions(message: Message, begin: number, may: Permissions): { scan: Scan; pieces: Piece[] } {
  const { text, tokens, context, fields } = message;
  const scan = scanTokens(text, tokens, context, begin, fields.taken, false);
  const pieces = findPieces(scan, may);
  const dated = pieces.some(({ meant }) => meant.k !== 'clock' && meant.k !== 'part');
  if (tokens.length > 60 || (dated && !tokens.some((_, index) => isMisspeltMonth(tokens, index))))
    return { scan, pieces };
  if (!mayBeMisspelt(scan)) return { scan, pieces };
  const guessed = scanTokens(text, tokens, context, begin, fields.taken, true);
  if (guessed.corrections.size === scan.corrections.size) return { scan, pieces };
  const better = findPieces(guessed, may);
  const outcome = readTogether(guessed, better, false);
  const clear =
    outcome.readings.length === 1 && outcome.refused === null && better.length >= Math.max(1, pieces.length);
  return clear ? { scan: guessed, pieces: better } : { scan, pieces };
}

function compose(message: Message, { opened, intent, scan, pieces: found }: Understood): Capture {
  const { text, tokens, fields } = message;
  const said = intent === 'log' || intent === 'tick' ? lookingBack(scan, found) : found;
  const first = said.length === 0 ? NOTHING : readTogether(scan, said, PAST.has(intent));
  const tale = first.refused === 'past' && opened === null && tellsWhatWas(scan, said);
  const [pieces, read] = tale ? [[], NOTHING] : [said, first];
  const elsewhere = namedElsewhere(scan, pieces).map((day) => readTogether(scan, [...pieces, day], PAST.has(intent)));
  const outcome = { ...read, readings: [...read.readings, ...elsewhere.flatMap(({ readings }) => readings)] };
  const fieldsTaken = [...fields.taken].flatMap((index) => stretchOf(tokens, index, index + 1) ?? []);
  const always = [...(opened === null ? [] : phraseOf(message, opened)), ...fieldsTaken];
  const spans = pieces.flatMap(({ from, to }) => stretchOf(tokens, particleBefore(tokens, intent, from), to) ?? []);
  const noted = opened !== null && intent === 'note' && isText(tokens, opened);
  const titledAs = TARGETED.has(intent) && !noted ? 'item' : intent === 'remind' ? 'reminder' : 'task';
  const entitled = (taken: Taken[]) => {
    const title = titleOf(text, taken, titledAs);
    return opened?.asks ? title.replace(/(?<!\s)\s*\?$/, '') : title;
  };
  const titled = entitled([...always, ...spans]);
  const readings = outcome.readings.map((reading): Reading => ({ ...reading, title: titled }));
  const whole = outcome.refused === null && readings.length === 1 && !overlooked(scan, pieces);
  const clear = whole ? (readings[0] ?? null) : null;
  const capture: Capture = {
    ...blank(),
    title: clear === null ? entitled(always) : titled,
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
    shift: intent === 'move' && clear !== null ? shiftOf(pieces) : null,
    corrections: pieces.flatMap(({ from, to }) =>
      [...scan.corrections].flatMap(([index, correction]) => (index >= from && index < to ? [correction] : [])),
    ),
  };
  return opened === null ? capture : withTarget(message, opened, scan, spans, capture);
}

/** The words of the opening phrase and of the end it asks for; the item's number stays, as all that names it. */
function phraseOf({ tokens }: Message, { next, item, end }: Opened): Taken[] {
  const from = item?.from ?? next;
  const stretches = [
    [0, Math.min(from, next)],
    [Math.min(item?.to ?? next, next), next],
    [end, tokens.length],
  ] as const;
  return stretches.flatMap(([first, last]) => stretchOf(tokens, first, last) ?? []);
}

const isNumber = (word: string) => meanings(word).some(({ k }) => k === 'number');

const NOTHING: Outcome = { readings: [], alternatives: [], refused: null };

/** Nothing but the one time a message names, be it past. */
function whenAlone(message: Message): Capture {
  const { pieces, scan } = asTask(message);
  const { readings } = pieces.length === 0 ? NOTHING : readTogether(scan, pieces, true);
  const [only, ...others] = readings;
  if (only === undefined || others.length > 0) return blank();
  return { ...blank(), when: only.when, reading: { ...only, title: '' } };
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

/** "today's tasks", "this week's tasks", "tasks for next week": a list of what is in that time, where nothing else is named. */
function ofDay(text: string, context: CaptureContext): Capture | null {
  const said = ofTime(text);
  if (said === text) return null;
  const tokens = tokenize(said);
  const message: Message = { text: said, tokens, context, fields: readFields(said, tokens) };
  return asList(message, asTask(message));
}

function listed(scan: Scan, pieces: readonly Piece[], reading: Outcome['readings'][number] | undefined): ListFilter {
  if (reading === undefined) return 'open';
  const [piece] = pieces;
  if (piece?.meant.k === 'period')
    return reading.when.grain === 'week' && reading.start.day <= dayString(scan.today) ? 'week' : 'open';
  if (reading.start.day === dayString(scan.today)) return 'today';
  return reading.start.day === dayString(scan.today + 1) ? 'tomorrow' : 'open';
}
