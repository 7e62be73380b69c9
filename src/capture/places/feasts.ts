/** Feasts where they stand: "call mum on christmas eve" names a day, "buy christmas presents" and "boxing day sales" do not. */
import { vocabulary } from '../lexicon.ts';
import { readClock } from '../rules/clock.ts';
import { beginsClause, boundary, nounMayFollow, startsTask } from '../rules/context.ts';
import { isSureFeast } from '../rules/feasts.ts';
import { anyRole, meaning, type Scan, skip, wordAt } from '../scan.ts';
import type { Lead } from './leads.ts';

/** Words before a feast that make it what is spoken of ("the boxing day", "plans for new year's eve", "last christmas day"). */
const SPOKEN_OF =
  /^(?:a|an|the|of|about|for|like|last|my|our|your|his|her|their|to|and|or|every|each|at|in|with|from|since|no|not|than|as|best|first)$/;

/** Words that speak of the feast itself: "plan boxing day", "happy new year's day". */
const CELEBRATED =
  /^(?:plan|planning|celebrate|celebrating|watch|happy|merry|host|enjoy|love|hate|spend|organising|organizing|film|movie|song|working|work)$/;

/** Whether a feast that was read up to `next` is meant as a day. */
export function feastFits(scan: Scan, index: number, lead: Lead, next: number): boolean {
  const named = skip(scan, skip(scan, lead.next, 'the'), 'this', 'next', 'coming');
  // "планы на новый год" are about it; "на новый год к маме" and "купить подарки к новому году" tell when.
  if (/^[а-я]/.test(wordAt(scan, named))) {
    // What is sure holds its own preposition: "под новый год".
    const led = lead.kind === 'on' || lead.kind === 'by' || lead.kind === 'to' || isSureFeast(scan, named);
    const opens = beginsClause(scan, index) && next < scan.tokens.length;
    const told = opens || scan.tokens.some((_, at) => startsTask(scan, at));
    return led && told && (opens || boundary(scan, next, true));
  }
  const sure = isSureFeast(scan, named);
  if (lead.kind === 'on' || lead.kind === 'by' || lead.kind === 'to')
    return boundary(scan, next, true) || (sure && beginsClause(scan, index) && nounMayFollow(scan, next));
  if (lead.kind !== 'none' || !sure || SPOKEN_OF.test(wordAt(scan, index - 1))) return false;
  const following = scan.tokens[next];
  const timed =
    meaning(scan, next, 'part') !== null ||
    readClock(scan, skip(scan, next, 'at'), wordAt(scan, next) === 'at') !== null ||
    meaning(scan, index - 1, 'weekday') !== null;
  const ends = timed || following === undefined || following.kind === 'mark' || scan.fields.has(next);
  // "boxing day: ring gran", "christmas eve pick up the goose"; "boxing day walk" is the name of something.
  if (index === scan.begin || beginsClause(scan, index))
    return ends || startsTask(scan, next) || /^(?:to|i|we|i'm|we're|i'll|we'll)$/.test(following.norm);
  // "plan boxing day" plans the day itself.
  return timed || (ends && !startsTask(scan, index - 1) && !CELEBRATED.test(wordAt(scan, index - 1)));
}

/** Whether a feast at `index` is where a time said elsewhere may belong: "christmas eve dinner at 8pm", "christmas dinner at 2". */
export function feastNamed(scan: Scan, index: number): boolean {
  const named = meaning(scan, index, 'feast');
  if (named === null) return false;
  const meal = vocabulary.dining.has(wordAt(scan, named.next)) || /^(?:lunch|brunch)$/.test(wordAt(scan, named.next));
  return named.lexeme.feast.sure || meal;
}

/** "on christmas eve", "до нового года": a day that is not read, so that a time beside it ("party on christmas eve at 8pm") is not today's. */
export function feastAt(scan: Scan, index: number): boolean {
  const word = wordAt(scan, index);
  if (!vocabulary.holidays.has(word)) return false;
  const year = /^(?:year|год)/.test(word);
  if (year && !/^(?:new|нов(?:ый|ого|ому|ом))$/.test(wordAt(scan, index - 1))) return false;
  const led = anyRole(scan, index - (year ? 2 : 1), 'on', 'at', 'by', 'until', 'before', 'after') !== -1;
  const next = /^(?:eve|day)$/.test(wordAt(scan, index + 1)) ? index + 2 : index + 1;
  return led && boundary(scan, next, true);
}
