/**
 * The grammar: a message in, its meaning out. Deterministic, without network or I/O; the same words and context always mean the same.
 * It returns a reading, several readings, or nothing; never a reading it would not bet on.
 */

import { findPieces } from './expression.ts';
import { interpret, interpretAsTask } from './interpret.ts';
import { kept } from './meaning/keeping.ts';
import { readTogether } from './meaning/readings.ts';
import { blank } from './message.ts';
import { scanTokens } from './scan.ts';
import { tokenize } from './tokens.ts';
import type { Capture, CaptureContext, WhenCapture } from './types.ts';

export { type Finished, finishedAsked } from './intent/looking-back.ts';
export { type ReadOrder, readOrder, readReplyOrder } from './intent/orders.ts';
export { PRONOUN } from './intent/targets.ts';
export { putOff } from './shift.ts';
export {
  type Capture,
  type CaptureContext,
  type Correction,
  DAY_PARTS,
  type DayParts,
  type Grain,
  type Intent,
  type ListFilter,
  type Priority,
  type Reading,
  type Recurrence,
  type Refusal,
  type Shift,
  type Target,
  type WallTime,
  type When,
  type WhenCapture,
} from './types.ts';

/** The meaning of one message. Never throws for any text; throws RangeError when the context's zone does not exist. */
export function parse(text: string, context: CaptureContext): Capture {
  return kept(interpret(text, context), context);
}

/** The meaning of one message that is a task in any case: no word of it orders anything. 'none' when it names nothing but fields. */
export function parseAsTask(text: string, context: CaptureContext): Capture {
  return kept(interpretAsTask(text, context), context);
}

/** More lines than this are one long text rather than a list of tasks. */
const MOST_LINES = 200;

/** A message of several lines as several captures, list marks ("- ", "1. ", "[ ]") taken off; a single line is one capture. */
export function parseLines(text: string, context: CaptureContext): Capture[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(?:[-*•–—]\s+|\d{1,3}[.)]\s+)?(?:\[[ xX]?\]\s+)?/, ''))
    .filter((line) => line !== '');
  return lines.length > MOST_LINES ? [parse(text, context)] : lines.map((line) => parse(line, context));
}

/** Words kept exactly as typed: `/add -- words`. */
export function verbatim(text: string): Capture {
  return { ...blank(), title: text.trim(), intent: 'add' };
}

/**
 * A bare expression of time, as in a reply ("2h", "tomorrow 9", "9:30"): a length is counted from now. Anything left over means that it is none:
 * then `reading` is null, `readings` empty and `refused` null.
 */
export function parseWhen(text: string, context: CaptureContext): WhenCapture {
  return kept(bareWhen(text, context), context);
}

function bareWhen(text: string, context: CaptureContext): WhenCapture {
  const none: WhenCapture = { reading: null, readings: [], refused: null };
  if (text.length > 200) return none;
  const tokens = tokenize(text);
  const scan = scanTokens(text, tokens, context, 0, new Set(), true);
  const pieces = findPieces(scan, { lengths: true, shifts: false, to: true, loose: true });
  const covered = new Set(
    pieces.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  const left = tokens.filter(
    (token, index) => !covered.has(index) && !(token.kind === 'mark' && ',.!;'.includes(token.norm)),
  );
  if (pieces.length === 0 || left.length > 0) return none;
  const { readings, refused } = readTogether(scan, pieces, false);
  const titled = readings.map((reading) => ({ ...reading, title: '' }));
  const [first] = titled;
  if (refused === null && titled.length === 1 && first !== undefined)
    return { reading: first, readings: [], refused: null };
  return { reading: null, readings: titled, refused };
}
