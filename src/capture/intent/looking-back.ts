/**
 * Questions about what was done: "what did I do today", "completed yesterday", «что я сделал за неделю». Nothing else may stand in the message,
 * so that "did the dishes today" and "finished the report" stay what they are.
 */

/** The days asked about: named, or the last so many with today; 'any' where none are. */
export type Finished =
  | 'any'
  | 'today'
  | 'yesterday'
  | 'week'
  | 'last-week'
  | 'month'
  | 'last-month'
  | 'year'
  | { readonly lastDays: number };

/** Longer ones are texts rather than questions. */
const LONGEST = 100;

const PERIODS: ReadonlyArray<readonly [RegExp, Finished]> = [
  [/^(?:so far )?(?:earlier )?(?:today|this (?:morning|afternoon|evening))(?: so far)?$/u, 'today'],
  [/^yesterday$/u, 'yesterday'],
  [/^(?:in |during )?(?:this|the|my) week(?: so far)?$/u, 'week'],
  [/^(?:in |during )?(?:the )?last week$/u, 'last-week'],
  [/^(?:in |during )?(?:this|the) month(?: so far)?$/u, 'month'],
  [/^(?:in |during )?(?:the )?last month$/u, 'last-month'],
  [/^(?:in |during )?this year(?: so far)?$/u, 'year'],
  [/^(?:in |over |during )?(?:the )?past week$/u, { lastDays: 7 }],
  [/^(?:in |over |during )?(?:the )?past month$/u, { lastDays: 30 }],
  [/^(?:за )?сегодня$|^за (?:этот |сегодняшний )?день$|^с утра$/u, 'today'],
  [/^(?:за )?вчера$|^за вчерашний день$/u, 'yesterday'],
  [/^за (?:эту )?неделю$|^на этой неделе$/u, 'week'],
  [/^за прошлую неделю$|^на прошлой неделе$/u, 'last-week'],
  [/^за (?:этот )?месяц$|^в этом месяце$/u, 'month'],
  [/^за прошлый месяц$|^в прошлом месяце$/u, 'last-month'],
  [/^за (?:этот )?год$|^в этом году$/u, 'year'],
  [/^за последнюю неделю$/u, { lastDays: 7 }],
  [/^за последний месяц$/u, { lastDays: 30 }],
];
const LAST_DAYS =
  /^(?:(?:in |over |during |for )?(?:the )?(?:last|past) (\d{1,3}) days|за последни[ех] (\d{1,3}) (?:день|дня|дней))$/u;

const DONE = '(?:done|finished|completed|accomplished|achieved|closed|ticked off|checked off)';
const DO = '(?:do|finish|complete|accomplish|achieve|close|get done|tick off|check off)';
const SHOW = '(?:(?:please )?(?:show|list|tell|give)(?: me| us)? )?';
const THINGS =
  '(?:what(?: all| tasks| things)?|everything(?: that)?|which tasks|how many (?:tasks|things)|(?:all )?(?:the )?(?:tasks|things)(?: that)?)';

const RU_DONE = '(?:сделал|выполнил|завершил|закончил|закрыл|доделал)(?:а|и)?';
const RU_IS_DONE = '(?:(?:было )?(?:сделано|выполнено|завершено|закончено|закрыто))';
const RU_ONES = '(?:сделанн|выполненн|завершенн|законченн|закрыт)(?:ое|ые|ых)';
const RU_SHOW = '(?:(?:покажи|выведи|скажи)(?: мне)?,? )?';
const RU_THINGS =
  '(?:что|чего|все,? что|какие (?:задачи|дела)|сколько (?:задач|дел|всего)|(?:все )?(?:задачи|дела),? которые)';

/** Behind each of these stands a period, or nothing: in the group `when`. */
const ASKED: readonly RegExp[] = [
  new RegExp(`^${SHOW}${THINGS} did (?:i|we) (?:all )?${DO}(?: (?<when>.+))?$`, 'u'),
  new RegExp(
    `^${SHOW}${THINGS} (?:have |had )?(?:i|we)(?:'ve| have| had)? (?:already |just )?(?:got |gotten )?${DONE}(?: already)?(?: (?<when>.+))?$`,
    'u',
  ),
  new RegExp(`^${SHOW}${THINGS} (?:i|we) did(?: (?<when>.+))?$`, 'u'),
  new RegExp(
    `^${SHOW}${THINGS}(?:'s| is| are| was| were| got| has been| have been)? (?:already )?${DONE}(?: (?<when>.+))$`,
    'u',
  ),
  new RegExp(`^${SHOW}(?:my |all )*(?:the )?${DONE}(?: tasks| items| things| ones)?(?: from)?(?: (?<when>.+))$`, 'u'),
  new RegExp(`^(?:my |all )*(?:tasks|things|items) ${DONE}(?: (?<when>.+))?$`, 'u'),
  new RegExp(
    `^${RU_SHOW}${RU_THINGS} (?:(?<first>.+?) )??(?:(?:я|мы) )?(?:уже )?(?:${RU_DONE}|успел[аи]? сделать)(?: (?<when>.+))?$`,
    'u',
  ),
  new RegExp(`^${RU_SHOW}${RU_THINGS} (?:(?:я|мы) )(?<first>.+?) (?:уже )?${RU_DONE}(?: (?<when>.+))?$`, 'u'),
  new RegExp(`^${RU_SHOW}${RU_THINGS} (?:(?<first>.+?) )??(?:уже )?${RU_IS_DONE}(?: (?<when>.+))?$`, 'u'),
  new RegExp(`^${RU_SHOW}(?:мои |все )*(?:${RU_ONES}|${RU_IS_DONE})(?: задачи| дела)?(?: (?<when>.+))$`, 'u'),
];

/** What each of them has a word of: spares nearly every message the ten of them. */
const OF_DONE =
  /did|done|finished|completed|accomplished|achieved|closed|ed off|сдела|додела|выполн|заверш|законч|закры|успел/u;

/** The days a message asks about, of which it wants to know what was done; null for any other message. */
export function finishedAsked(text: string): Finished | null {
  if (text.length > LONGEST || text.includes('\n')) return null;
  const folded = text.toLowerCase();
  if (!OF_DONE.test(folded)) return null;
  const words = folded
    .trim()
    .replaceAll('ё', 'е')
    .replaceAll('’', "'")
    .replace(/\s*[?!.…]+$/u, '')
    .replaceAll(/\s+/g, ' ');
  for (const pattern of ASKED) {
    const found = pattern.exec(words);
    if (found === null) continue;
    const { first, when } = found.groups ?? {};
    if (first !== undefined && when !== undefined) continue;
    const period = periodOf(first ?? when);
    if (period !== null) return period;
  }
  return null;
}

function periodOf(words: string | undefined): Finished | null {
  if (words === undefined) return 'any';
  const days = LAST_DAYS.exec(words);
  const count = Number(days?.[1] ?? days?.[2] ?? 0);
  if (count > 0) return { lastDays: count };
  return PERIODS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
