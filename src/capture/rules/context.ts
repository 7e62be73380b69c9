/** Judges by their neighbours whether words that could be a date are one: "friday report", "section 5" and "May called" are not. */
import { vocabulary } from '../lexicon.ts';
import type { Scan } from '../scan.ts';
import type { Lexeme } from '../words/lexeme.ts';

const CLOSING = '.,;:!?)…]–—-';
const INFINITIVE = /(?:ть|ться|ти|тись|чь|чься)$/;

/** Whether `index` lies at a clean edge: nothing glued on ("5%", "friday's", "2.3", "monday.com"). */
export function cleanEnd(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  if (token === undefined || token.spaced || scan.fields.has(index)) return true;
  // The "T" between an ISO date and its time.
  if (token.norm === 't' && scan.tokens[index + 1]?.kind === 'number' && scan.tokens[index + 1]?.spaced === false)
    return true;
  if (gluedTime(scan, index)) return true;
  if (token.kind !== 'mark' || !CLOSING.includes(token.norm)) return false;
  const after = scan.tokens[index + 1];
  return (
    after === undefined ||
    after.spaced ||
    (after.kind === 'mark' && CLOSING.includes(after.norm)) ||
    token.norm === ',' ||
    token.norm === ')'
  );
}

/** "вторник10:00": the space before a time was left out. */
const gluedTime = (scan: Scan, index: number) =>
  scan.tokens[index]?.kind === 'number' &&
  scan.tokens[index + 1]?.norm === ':' &&
  (scan.meant[index - 1] ?? []).some(({ lexeme }) => lexeme.k === 'day' || lexeme.k === 'weekday');

/** Whether nothing is glued on before `index` ("$5", "GPT-5", "v2"). */
export function cleanStart(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  // "x = 5"
  if (scan.tokens[index - 1]?.norm === '=') return false;
  if (token === undefined || token.spaced || index === 0) return true;
  const before = scan.tokens[index - 1];
  if (token.norm === 't' && before?.kind === 'number' && scan.tokens[index + 1]?.kind === 'number') return true;
  if (gluedTime(scan, index)) return true;
  if (before === undefined || before.kind !== 'mark' || scan.fields.has(index - 1)) return false;
  if (
    before.norm === '(' ||
    before.norm === '[' ||
    before.norm === ',' ||
    before.norm === ';' ||
    before.norm === '—' ||
    before.norm === '–'
  )
    return true;
  return before.norm === ':' && scan.tokens[index - 2]?.kind === 'word';
}

/** Whether a clause may end at `index`: the end, a mark, a field, a joining word, or another expression of time. `loose`: a verb may follow too. */
export function boundary(scan: Scan, index: number, loose: boolean): boolean {
  const token = scan.tokens[index];
  if (token === undefined || scan.fields.has(index) || token.kind === 'opaque') return true;
  if (token.kind === 'mark') {
    if (!cleanEnd(scan, index)) return token.spaced && !'%$€£°'.includes(token.norm);
    return true;
  }
  if (token.kind === 'number') return loose && token.spaced && followsTime(scan, index);
  if (vocabulary.measures.has(token.norm)) return false;
  // "at 5 w/ Bob"
  if (vocabulary.followers.has(token.norm) || (token.norm === 'w' && !token.capital)) return true;
  const meant = scan.meant[index] ?? [];
  if (meant.some(({ lexeme }) => tellsTime(lexeme))) return true;
  return loose && startsTask(scan, index);
}

/** Words that belong to an expression of time wherever they stand: what is counted may be anything, and so may "christmas". */
const tellsTime = (lexeme: Lexeme) =>
  lexeme.k === 'feast' ? lexeme.feast.sure : lexeme.k !== 'unit' && lexeme.k !== 'number' && lexeme.k !== 'ordinal';

/** Whether the sentence, or all but the fields behind it, ends at `index`. */
export function sentenceEnds(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  if (token === undefined || scan.fields.has(index)) return true;
  return '.!?'.includes(token.norm) && (scan.tokens[index + 1]?.spaced ?? true);
}

/** A number that itself begins a time or date, by what comes after it. */
function followsTime(scan: Scan, index: number): boolean {
  const after = scan.tokens[index + 1];
  return (
    after === undefined ||
    after.norm === 'ish' ||
    (after.kind === 'mark' && ':.-/'.includes(after.norm)) ||
    (scan.meant[index + 1] ?? []).length > 0
  );
}

/** Whether a word is a verb a task begins with: then what stands before it is not its adjective. */
export function startsTask(scan: Scan, index: number): boolean {
  const word = scan.tokens[index]?.norm ?? '';
  return vocabulary.verbs.has(word) || (word.length > 3 && INFINITIVE.test(word));
}

/** Whether the word before makes a name or a measure of what follows ("Black Friday", "section 5", "look at 3"). */
export function owned(scan: Scan, index: number): boolean {
  const before = scan.tokens[index - 1];
  if (before?.norm === '№') return true;
  if (before?.kind !== 'word' || scan.fields.has(index - 1)) return false;
  // "trainers in blue next monday"
  if (vocabulary.naming.has(before.norm)) return !NEARER.test(scan.tokens[index]?.norm ?? '');
  if (scan.tokens[index]?.kind === 'number') return vocabulary.owning.has(before.norm);
  return scan.tokens[index + 1]?.kind === 'number' && vocabulary.aiming.has(before.norm);
}

const NEARER = /^(?:next|this|coming|on|by)$/;

/** Whether an hour may be followed by what stands at `index` where a day or "remind me" vouches for it: a noun, but no name and no measure. */
export function nounMayFollow(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  // In Russian nothing but a name or an abbreviation is written so, and neither is counted ("завтра в 9 УЗИ").
  const named = token?.capital === true && !/^[а-я]/.test(token.norm);
  return token?.kind === 'word' && !named && !vocabulary.measures.has(token.norm);
}

/** Whether a word has the look of things counted by a number before it: "at 5 hotels", "в 5 городах"; "at 5 dentist" has not. */
export function counted(scan: Scan, index: number): boolean {
  const few = /^[234]$/.test(scan.tokens[index - 1]?.norm ?? '');
  if (few && /[иы]$/.test(scan.tokens[index]?.norm ?? '')) return true;
  return /(?:[^s]s|ах|ях|ов|ев|ей|ам|ям|ами|ями|ых|их)$/.test(scan.tokens[index]?.norm ?? '');
}

/** Whether the token is the first of the message, or of the task after "remind me", or of a sentence. */
export function beginsClause(scan: Scan, index: number): boolean {
  if (index <= scan.begin) return true;
  const before = scan.tokens[index - 1];
  return before?.kind === 'mark' && '.!?;:—–,('.includes(before.norm) && !scan.fields.has(index - 1);
}

/** Whether a word is written in capitals throughout. */
export function isUpper(scan: Scan, index: number): boolean {
  const token = scan.tokens[index];
  const typed = token === undefined ? '' : scan.text.slice(token.start, token.end);
  return typed === typed.toUpperCase();
}

/** Whether a word has the look of a Russian verb of the past tense, as some nouns have too: "разбил", "уволилась", "шли". */
export const isOver = (word: string): boolean => OVER.test(word);
const OVER = /^[а-я]+[аеиоуыяю]л(?:а|о|и|ся|ась|ось|ись)?$|^(?:был[аио]?|шел|шл[аио]|[а-я]+ш(?:ел|л[аио]))$/;
