/** The fields of a task that are marked by a sign: `!high`, `#tag`, `@client`, `+project`, `~30m`. */
import { languages, meanings, vocabulary } from './lexicon.ts';
import type { Token } from './tokens.ts';
import type { Priority } from './types.ts';

export interface Fields {
  priority: Priority | null;
  tags: string[];
  project: string | null;
  client: string | null;
  estimateMinutes: number | null;
  /** Tokens the fields are made of. */
  taken: Set<number>;
}

const PRIORITIES: readonly Priority[] = ['low', 'medium', 'high', 'critical', 'urgent'];
/** What each word says of priority in any language. */
function byWord(pick: (list: (typeof languages)[number]) => Readonly<Partial<Record<Priority, string>>>) {
  return new Map<string, Priority>(
    languages.flatMap((list) =>
      PRIORITIES.flatMap((priority) =>
        (pick(list)[priority] ?? '')
          .split(' ')
          .filter(Boolean)
          .map((word) => [word.replaceAll('ё', 'е'), priority] as const),
      ),
    ),
  );
}

const priorityWords = byWord((list) => list.priorities);
const priorityLabels = byWord((list) => list.priorityLabels);
/** "asap", "как можно скорее": a priority and no date. By the first word: every word of every message is looked up. */
const AT_ONCE = Map.groupBy(
  languages.flatMap((list) => list.atOnce.split('|').map((phrase) => phrase.split(' '))),
  ([first = '']) => first,
);
const INFINITIVE = /^[а-я]{2,}(?:ть|ться|ти|чь)$/;
const LONGEST_NAME = 64;
const MOST_TAGS = 20;

/** Finds the fields. The first of each kind counts; later ones stay words, so that nothing is lost. Tags add up. */
export function readFields(text: string, tokens: readonly Token[]): Fields {
  const fields: Fields = {
    priority: null,
    tags: [],
    project: null,
    client: null,
    estimateMinutes: null,
    taken: new Set(),
  };
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.kind === 'word') {
      readPriorityWords(fields, tokens, index);
      continue;
    }
    if (token.kind !== 'mark' || !(token.spaced || opensField(tokens, index))) continue;
    if (token.norm === '!') readPriority(fields, tokens, index);
    else if (token.norm === '~') readEstimate(fields, tokens, index);
    else if (token.norm === '#' || token.norm === '@' || token.norm === '+')
      readName(fields, text, tokens, index, token.norm);
  }
  return fields;
}

/** A sign may also stand right behind a comma or a bracket: "tomorrow,#errand", "(#errand)". */
function opensField(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'mark' && ',;(['.includes(before.norm);
}

function take(fields: Fields, from: number, to: number, set: () => unknown): void {
  set();
  for (let index = from; index < to; index += 1) fields.taken.add(index);
}

/** "asap", "приоритет: низкий", "с высоким приоритетом": a priority in words. */
function readPriorityWords(fields: Fields, tokens: readonly Token[], index: number): void {
  if (fields.priority !== null) return;
  const norm = (at: number) => tokens[at]?.norm ?? '';
  for (const phrase of AT_ONCE.get(norm(index)) ?? []) {
    const negated = /^(?:не|not|#)$/.test(norm(index - 1));
    if (negated || !phrase.every((word, offset) => norm(index + offset) === word)) continue;
    take(fields, index, index + phrase.length, () => (fields.priority = 'urgent'));
    return;
  }
  const label = priorityLabels.get(norm(index));
  if (label !== undefined && isLabel(tokens, index)) take(fields, index, index + 1, () => (fields.priority = label));
  if (!vocabulary.priorityNouns.has(norm(index))) return;
  const before = priorityWords.get(norm(index - 1));
  // "высокий приоритет согласовать бюджет"
  const leads = index === 1 && INFINITIVE.test(norm(2));
  if (before !== undefined && (leads || endsClause(tokens, index + 1))) {
    const from = /^(?:с|со)$/.test(norm(index - 2)) ? index - 2 : index - 1;
    take(fields, from, index + 1, () => (fields.priority = before));
    return;
  }
  const at = tokens[index + 1]?.kind === 'mark' ? index + 2 : index + 1;
  const after = priorityWords.get(norm(at));
  if (after !== undefined && endsClause(tokens, at + 1)) take(fields, index, at + 1, () => (fields.priority = after));
}

/** "urgent: call Bob", "call Bob, urgent", "call Bob (important)". */
function isLabel(tokens: readonly Token[], index: number): boolean {
  if (index === 0) return tokens[1]?.norm === ':' && tokens.length > 2;
  const closes = tokens.slice(index + 1).every(({ norm }) => /^[).!]$/.test(norm));
  return closes && /^[,(]$/.test(tokens[index - 1]?.norm ?? '');
}

/** Whether what stands at `index` cannot be what the words before it describe: nothing, a mark, or a word of time. */
function endsClause(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  return token?.kind !== 'word' || meanings(token.norm).length > 0;
}

function readPriority(fields: Fields, tokens: readonly Token[], index: number): void {
  let at = index + 1;
  // "!!" and "!!!" alone are high and urgent.
  while (tokens[at]?.kind === 'mark' && tokens[at]?.norm === '!' && tokens[at]?.spaced === false) at += 1;
  const word = tokens[at];
  const marks = at - index;
  const named = word !== undefined && !word.spaced ? priorityWords.get(word.norm) : undefined;
  if (fields.priority !== null) return;
  if (named !== undefined && (tokens[at + 1]?.spaced ?? true))
    take(fields, index, at + 1, () => (fields.priority = named));
  else if (marks > 1 && marks < 4 && (word === undefined || word.spaced))
    take(fields, index, at, () => (fields.priority = marks === 2 ? 'high' : 'urgent'));
}

/** Minutes of "30m", "1h30", "1.5h", "90", "2h 15m" written together; null when it is no length. */
function readEstimate(fields: Fields, tokens: readonly Token[], index: number): void {
  let at = index + 1;
  let minutes = 0;
  let parts = 0;
  while (parts < 3) {
    const number = tokens[at];
    // "~1ч 15м"
    const further = parts > 0 && UNIT_MINUTES.has(tokens[at + 1]?.norm ?? '') && tokens[at + 1]?.spaced === false;
    if (number?.kind !== 'number' || Number.isNaN(number.value) || (number.spaced && !further)) break;
    let { value } = number;
    let next = at + 1;
    const point = tokens[next];
    const decimals = tokens[next + 1];
    if (
      point?.kind === 'mark' &&
      (point.norm === '.' || point.norm === ',') &&
      !point.spaced &&
      decimals?.kind === 'number' &&
      !decimals.spaced
    ) {
      value += decimals.value / 10 ** decimals.norm.length;
      next += 2;
    }
    const unit = tokens[next];
    // "~2 hours" too, but "~2 h" may be anything.
    const named = unit?.kind === 'word' && (!unit.spaced || (parts === 0 && unit.norm.length > 2));
    const factor = named ? UNIT_MINUTES.get(unit.norm) : undefined;
    if (factor === undefined && unit?.kind === 'word' && !unit.spaced) break;
    minutes += value * (factor ?? 1);
    at = factor === undefined ? next : next + 1;
    parts += 1;
    if (factor === undefined) break;
  }
  const total = Math.round(minutes);
  const after = tokens[at];
  // "~30m." at the end of a sentence.
  const ends =
    after === undefined || after.spaced || (CLOSING.includes(after.norm) && (tokens[at + 1]?.spaced ?? true));
  if (parts === 0 || total < 1 || total > 60_000 || fields.estimateMinutes !== null || !ends) return;
  take(fields, index, at, () => (fields.estimateMinutes = total));
}

const CLOSING = '.,;!?)';

const UNIT_MINUTES = new Map<string, number>([
  ...['m', 'min', 'mins', 'minute', 'minutes', 'м', 'мин', 'минут', 'минуты', 'минуту'].map(
    (word) => [word, 1] as const,
  ),
  ...['h', 'hr', 'hrs', 'hour', 'hours', 'ч', 'час', 'часа', 'часов'].map((word) => [word, 60] as const),
  ...['d', 'д'].map((word) => [word, 480] as const),
]);

const UNITS_OF_TIME = /^(?:m|min|mins|h|hr|hrs|d|day|days|w|wk|wks|week|weeks|м|мин|ч|час|часа|часов|д|дн|дней)$/;

/** `#sales`, `@acme-corp`, `+website`; a number after # names an item, not a tag. Quotes hold a name of several words: `@"Acme Corp"`. */
function readName(fields: Fields, text: string, tokens: readonly Token[], index: number, sign: '#' | '@' | '+'): void {
  const first = tokens[index + 1];
  if (first === undefined || first.spaced || (sign === '@' && first.kind === 'number')) return;
  let at = index + 1;
  if (first.kind === 'opaque' && /^["“«]/.test(text.slice(first.start, first.end))) at += 1;
  else {
    while (at < tokens.length) {
      const token = tokens[at];
      if (token === undefined || token.spaced) break;
      const next = tokens[at + 1];
      const inside =
        token.kind === 'mark' &&
        '-_./&'.includes(token.norm) &&
        next !== undefined &&
        !next.spaced &&
        next.kind !== 'mark';
      if (token.kind !== 'word' && token.kind !== 'number' && !inside) break;
      at += 1;
    }
  }
  const last = tokens[at - 1];
  if (last === undefined || at === index + 1) return;
  const name = text
    .slice(first.start, last.end)
    .replaceAll(/^["“«]|["”»]$/g, '')
    .trim();
  // Letters make a name: "#12" is an item, "+5" a number, "+2h" a length from now.
  const length =
    sign === '+' && first.kind === 'number' && at === index + 3 && UNITS_OF_TIME.test(tokens[index + 2]?.norm ?? '');
  if (length || !/\p{L}/u.test(name) || name.length > LONGEST_NAME) return;
  if (sign === '#' && fields.tags.length < MOST_TAGS) {
    const tag = name.toLowerCase();
    take(fields, index, at, () => (fields.tags.includes(tag) ? 0 : fields.tags.push(tag)));
  } else if (sign === '@' && fields.client === null) take(fields, index, at, () => (fields.client = name));
  else if (sign === '+' && fields.project === null) take(fields, index, at, () => (fields.project = name));
}
