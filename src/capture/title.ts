/** The words left for a title when those with a meaning are taken out. Nothing but what was taken, and the joints around it, is lost. */
import { vocabulary } from './lexicon.ts';
import { fold } from './tokens.ts';

/** A stretch of the message that is taken out, by offsets; end exclusive. */
export interface Taken {
  start: number;
  end: number;
}

/** Of a run at the end only its first character is where a match may begin: otherwise a run elsewhere is gone through from each of its own. */
const JOINTS = /^[\s,;:–—-]+|(?<![\s,;:–—-])[\s,;:–—-]+$/g;
const STOP_APART = /(?<![\s,;:–—-])[\s,;:–—-]+[.!?…]+$/;
const MARKS_BEHIND = /(?<![:,;.!?])[:,;.!?]+$/;

/**
 * What the words are the title of: a new task; a reminder, whose phrase leads on by "to" and "about"; an item named to act on, which needs no
 * article.
 */
export type Titled = 'task' | 'reminder' | 'item';

/** The title. Words between taken stretches are kept as typed; connecting words left dangling beside them go. */
export function titleOf(text: string, taken: readonly Taken[], titled: Titled = 'task'): string {
  if (taken.length === 0) return text.trim();
  const ordered = withThanks(
    text,
    [...taken].sort((a, b) => a.start - b.start),
  );
  const pieces: { text: string; before: boolean; after: boolean }[] = [];
  let at = 0;
  for (const { start, end } of ordered) {
    if (start > at) pieces.push({ text: text.slice(at, start), before: at > 0, after: true });
    at = Math.max(at, end);
  }
  if (at < text.length) pieces.push({ text: text.slice(at), before: at > 0, after: false });
  const kept = pieces
    .map((piece) => piece.text.replaceAll(/[^\S\n\ufeff]+/g, ' '))
    .filter((piece) => piece.trim() !== '');
  const joined = kept.reduce((sofar, piece) => join(sofar, piece), '');
  const first = ordered[0];
  const last = ordered.at(-1);
  const leading = first !== undefined && text.slice(0, first.start).replaceAll(/[([\s]/g, '') === '';
  const trailing = last !== undefined && text.slice(last.end).replaceAll(/[.!?…)\]\s]/g, '') === '';
  return raised(trimmed(joined, leading, trailing, titled));
}

/** What was taken, and "please" or "thanks" said behind the last of it: words to the one who is asked. */
function withThanks(text: string, ordered: Taken[]): Taken[] {
  const end = ordered.at(-1)?.end ?? text.length;
  return POLITE.test(text.slice(end)) ? [...ordered, { start: end, end: text.length }] : ordered;
}
const POLITE = /^[\s,]+(?:please|pls|plz|thanks|thank you|thx|ty|cheers|пожалуйста|пож|плиз|спасибо)[\s.!]*$/iu;

function join(before: string, after: string): string {
  const left = before.trimEnd();
  const right = after.trimStart();
  if (left === '' || right === '') return left + right;
  // ", ," and "( )" are what removal leaves behind.
  if (/^[,.;:!?)]/.test(right)) return /[,;:]$/.test(left) ? left.slice(0, -1) + right : left + right;
  return `${left} ${right}`;
}

function trimmed(title: string, leading: boolean, trailing: boolean, titled: Titled): string {
  let result = title.replaceAll(/\([\s.,!?:–—-]*\)|\[[\s.,!?:–—-]*\]/g, '').trim();
  for (let round = 0; round < 6; round += 1) {
    const before = result;
    if (leading || trailing) result = result.replaceAll(JOINTS, '').trim();
    if (leading) result = withoutFront(result.replace(/^[!.?…]+[\s,;:–—-]+/, ''), titled);
    if (trailing) result = withoutBack(withoutStop(result.replace(STOP_APART, '')));
    if (result === before) break;
  }
  return result;
}

/** Takes a connecting word off the front, unless it is all there is. */
function withoutFront(title: string, titled: Titled): string {
  const [first = '', second, ...rest] = title.split(' ');
  if (second === undefined) return title;
  const word = fold(first);
  // "tomorrow to the airport" goes there; "tomorrow to call" is an infinitive.
  const goes = titled === 'task' && vocabulary.articles.has(fold(second));
  const leads = { task: vocabulary.taskFronts, reminder: vocabulary.reminderFronts, item: vocabulary.titleEdges }[
    titled
  ];
  // An article begins the words that follow it; only where they name an item does it tell nothing.
  const idle = leads.has(word) && (titled === 'item' || !vocabulary.articles.has(word));
  return idle && !goes ? [second, ...rest].join(' ') : title;
}

/** The full stop of a sentence whose last words were taken out; a title of several sentences keeps it. */
function withoutStop(title: string): string {
  return /[.!?…]\s+\S/.test(title) ? title : title.replace(/(?<=[\p{L}\d)»"])(?:\.|!+)$/u, '');
}

/** Takes a connecting word off the back, unless it is all there is. */
function withoutBack(title: string): string {
  const words = title.split(' ');
  const last = words.at(-1);
  if (last === undefined || words.length < 2 || !vocabulary.titleBacks.has(fold(last.replace(/:$/, '')))) return title;
  // "sleep in", "turn the heating on": the word belongs to its verb.
  const little = fold(last);
  // "продлить срок до пятницы"
  const object = /^(?:срок|дедлайн)$/.test(little) && /(?:ть|ти)$/.test(words.at(-2) ?? '');
  const apart = object || (vocabulary.separable.has(`${fold(words[0] ?? '')}-${little}`) && words.length > 2);
  return apart || vocabulary.phrasals.has(`${fold(words.at(-2) ?? '')}-${little}`)
    ? title
    : words.slice(0, -1).join(' ');
}

/** The first letter raised; a first word with capitals of its own ("iPhone") stays. */
function raised(title: string): string {
  const word = title.split(/\s/, 1)[0] ?? '';
  if (word !== word.toLowerCase() || /[.:/@_\d]/.test(word.replace(MARKS_BEHIND, ''))) return title;
  const [first = ''] = title;
  return first.toUpperCase() + title.slice(first.length);
}

/** The words in doubt, as typed; what stands between them is left out. */
export function doubtOf(text: string, spans: readonly Taken[]): string {
  return spans.reduce((sofar, { start, end }, index) => {
    const before = spans[index - 1];
    if (before === undefined) return text.slice(start, end);
    const between = text.slice(before.end, start);
    return sofar + (/^[\s,]*$/.test(between) ? between : ' … ') + text.slice(start, end);
  }, '');
}
