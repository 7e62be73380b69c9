/** "delete all tasks", "move everything overdue to friday", «закрой все просроченные задачи»: an order for many tasks in plain words. Pure. */
import type { BulkCall } from './change.ts';

const KINDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(?:open|unfinished|открытые)$/iu, 'status:open'],
  [/^(?:overdue|late|просроченные)$/iu, 'due:overdue'],
  [
    /^(?:done|completed|finished|closed|сделанные|выполненные|завершённые|завершенные|готовые|закрытые)$/iu,
    'status:done',
  ],
  [/^(?:cancelled|canceled|отменённые|отмененные)$/iu, 'status:cancelled'],
  [/^(?:today['’]?s|сегодняшние)$/iu, 'due:today'],
  [/^(?:tomorrow['’]?s|завтрашние)$/iu, 'due:tomorrow'],
  [/^(?:urgent|срочные)$/iu, 'priority:urgent'],
  [/^(?:blocked|заблокированные)$/iu, 'status:blocked'],
];
const KIND = String.raw`[\p{L}]+(?:['’]s)?`;
const MARKS = String.raw`((?:\s+[#@][^\s#@]+)*)`;
const WHICH = String.raw`(?:all(?:\s+of)?(?:\s+(?:my|the))?(?:\s+(${KIND}))??(?:\s+(?:tasks?|to-?dos?|items?))|(?:all|everything)(?:\s+(${KIND}))??|(?:(?:the|my)\s+)?(overdue|completed|finished|done)\s+(?:tasks|to-?dos|items))`;
const WHICH_RU = String.raw`вс[её](?:\s+мои)?(?:\s+(${KIND}))??(?:\s+(?:задач[иу]|дела))|вс[её](?:\s+(${KIND}))??|(просроченные|сделанные|выполненные|завершённые|готовые)\s+(?:задачи|дела)`;

interface Order {
  readonly pattern: RegExp;
  readonly what: BulkCall['what'];
  readonly value: string;
  /** said without "tasks" it may be a task of its own ("finish everything") */
  readonly named?: true;
}

const order = (verb: string, which: string, behind: string, rest: Omit<Order, 'pattern'>): Order => ({
  ...rest,
  pattern: new RegExp(`^(?:please\\s+|пожалуйста,?\\s+)?${verb}\\s+(?:${which})${MARKS}${behind}$`, 'iu'),
});

/** "all tasks done", «все задачи сделаны» */
const ended = (which: string, done: string): Order => ({
  pattern: new RegExp(`^(?:${which})${MARKS}\\s+${done}$`, 'iu'),
  what: 'status',
  value: 'done',
  named: true,
});

const ORDERS: readonly Order[] = [
  order('(?:delete|remove|erase|clear)', WHICH, '', { what: 'delete', value: '', named: true }),
  order('(?:complete|finish|close|tick\\s+off)', WHICH, '', { what: 'status', value: 'done', named: true }),
  order('mark', WHICH, '(?:\\s+as)?\\s+(?:done|completed?|finished)', { what: 'status', value: 'done' }),
  order("(?:done\\s+with|(?:i\\s+|i['’]ve\\s+|i\\s+have\\s+)?(?:finished|completed|did|done))", WHICH, '', {
    what: 'status',
    value: 'done',
    named: true,
  }),
  ended(WHICH, '(?:are\\s+)?(?:done|finished|completed?)'),
  order('cancel', WHICH, '', { what: 'status', value: 'cancelled', named: true }),
  order('(?:move|postpone|reschedule|push|put\\s+off)', WHICH, '\\s+(?:to|until|till)\\s+(?<value>.+)', {
    what: 'due',
    value: '',
  }),
  order('(?:удали(?:ть|те)?|сотри(?:те)?|убери(?:те)?)', WHICH_RU, '', { what: 'delete', value: '', named: true }),
  order('(?:закро(?:й|йте|ть)|закрыть|заверши(?:ть|те)?|выполни(?:ть|те)?)', WHICH_RU, '', {
    what: 'status',
    value: 'done',
    named: true,
  }),
  order(
    '(?:отметь(?:те)?|отметить)',
    WHICH_RU,
    '\\s+(?:как\\s+)?(?:сделанн|выполненн|готов|завершённ|завершенн)\\p{L}+',
    { what: 'status', value: 'done' },
  ),
  order('(?:готов[оы]:?|(?:я\\s+|мы\\s+)?(?:с?дела|выполни|законч[иа]|заверши)л[аи]?)', WHICH_RU, '', {
    what: 'status',
    value: 'done',
    named: true,
  }),
  ended(WHICH_RU, '(?:уже\\s+)?(?:сделан|готов|выполнен|закончен|завершен|завершён)[оы]'),
  order('(?:отмени(?:ть|те)?)', WHICH_RU, '', { what: 'status', value: 'cancelled', named: true }),
  order('(?:перенес(?:и|ти|ите)|отложи(?:ть|те)?|сдвинь(?:те)?)', WHICH_RU, '\\s+(?:на|до)\\s+(?<value>.+)', {
    what: 'due',
    value: '',
  }),
];

/** Nouns that make it plain that tasks are meant. */
const TASKS = /(?<!\p{L})(?:tasks?|to-?dos?|items?|задач[иу]|дела)(?!\p{L})/iu;
/** Alone they mean all there is: of these only what cannot be a task's title is taken for an order. */
const ALL_ALONE =
  /^(?:please\s+)?(?:delete|remove|erase|done\s+with|удали(?:ть|те)?|сотри(?:те)?|готово:?)\s+(?:all|everything|вс[её])$/iu;

/** Which tasks and what becomes of them; null for words that order nothing of many. */
export function bulkSaid(text: string): BulkCall | null {
  const words = text
    .trim()
    .replace(/\s*[.!]+$/u, '')
    .replaceAll(/\s+/g, ' ');
  if (words.length > 120) return null;
  for (const { pattern, what, value, named } of ORDERS) {
    const found = pattern.exec(words);
    if (found === null) continue;
    const [, besideTasks, besideAll, alone, marks = ''] = found;
    const kind = besideTasks ?? besideAll ?? alone;
    const filter = kind === undefined ? '' : KINDS.find(([one]) => one.test(kind))?.[1];
    if (filter === undefined) continue;
    const plain = TASKS.test(words) || filter !== '' || marks !== '' || ALL_ALONE.test(words);
    if (named === true && !plain) continue;
    const tags = marks
      .trim()
      .split(' ')
      .filter((mark) => mark !== '')
      .map((mark) => `${mark.startsWith('#') ? 'tag' : 'client'}:${mark.slice(1)}`);
    const selection = [filter, ...tags].filter((part) => part !== '').join(' ') || 'all';
    return { selection, what, words: found.groups?.['value'] ?? value };
  }
  return null;
}
