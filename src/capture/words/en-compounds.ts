/** English expressions of several words that are made by pattern: numbers, soldiers' hours, what a recurrence counts from. */
import type { ContextWords } from './lexeme.ts';

const TENS = ['twenty', 'thirty', 'forty', 'fifty'];
const ONES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const ORDINAL_ONES = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

/** "twenty five", "fifty-nine": minutes of the hour; "twenty first", "thirty-first": days of the month. */
const COMPOUNDS: ContextWords['phrases'] = TENS.flatMap((ten, tens) => [
  ...ONES.map((one, ones) => ({
    phrase: `${ten} ${one}`,
    means: [{ k: 'number' as const, n: 20 + 10 * tens + ones + 1 }],
  })),
  ...ORDINAL_ONES.flatMap((one, ones) => {
    const n = 20 + 10 * tens + ones + 1;
    return n > 31 ? [] : [{ phrase: `${ten} ${one}`, means: [{ k: 'ordinal' as const, n }] }];
  }),
]);

/** "after I finish", "once it's done", "when completed": what a recurrence is counted from. */
const FINISHED: ContextWords['phrases'] = [
  ...['after', 'once', 'when'].flatMap((word) =>
    ["it's", "i'm", "i've", 'i am', 'i have', 'it is', 'it gets', 'it has been', 'being', 'last', ''].flatMap((who) =>
      ['done', 'finished', 'completed', 'complete'].map((end) =>
        [word, who, end].filter((part) => part !== '').join(' '),
      ),
    ),
  ),
  ...['after', 'once', 'when'].flatMap((word) =>
    ['finish', 'complete', 'last did', 'have done', ...(word === 'after' ? ['do', 'did'] : [])].map(
      (end) => `${word} i ${end}`,
    ),
  ),
  ...['after', 'from', 'on', 'upon', 'since'].flatMap((word) =>
    ['completion', 'each completion', 'the last completion'].map((end) => `${word} ${end}`),
  ),
  ...[
    'after completing',
    'after finishing',
    'after doing',
    'after the last one',
    'after the previous one',
    'after last time',
    'since last done',
    'since i last did',
    'after i last did',
    'from when i last did',
    'from the last time',
    'since the last time',
    'after the last time',
  ],
].map((phrase) => ({ phrase, means: [{ k: 'role' as const, role: 'finish' as const }] }));

const HOURS = [
  '',
  ...ONES,
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];

/** "fourteen hundred hours", "oh six hundred": as soldiers and nurses say it. */
const MILITARY: ContextWords['phrases'] = HOURS.flatMap((word, hour) => {
  const said = hour === 0 ? [] : [`${word} hundred hours`];
  const early = hour === 0 || hour > 9 ? [] : ['oh', 'zero'].map((zero) => `${zero} ${word} hundred`);
  return [...said, ...early, ...early.map((phrase) => `${phrase} hours`)].map((phrase) => ({
    phrase,
    means: [{ k: 'clock' as const, n: hour * 60 }],
  }));
});

/** "bi-weekly" as well as "biweekly". */
const RHYTHMS: ContextWords['phrases'] = [
  {
    phrase: 'bi - weekly',
    means: [{ k: 'repeat', rule: { unit: 'week', interval: 2, adjective: true, twice: true } }],
  },
  {
    phrase: 'bi - monthly',
    means: [{ k: 'repeat', rule: { unit: 'month', interval: 2, adjective: true, twice: true } }],
  },
  {
    phrase: 'm / w / f',
    means: [{ k: 'repeat', rule: { unit: 'week', interval: 1, adjective: true, days: ['MO', 'WE', 'FR'] } }],
  },
  {
    phrase: 't / th',
    means: [{ k: 'repeat', rule: { unit: 'week', interval: 1, adjective: true, days: ['TU', 'TH'] } }],
  },
  {
    phrase: 'm - f',
    means: [
      { k: 'repeat', rule: { unit: 'week', interval: 1, adjective: true, days: ['MO', 'TU', 'WE', 'TH', 'FR'] } },
    ],
  },
  { phrase: 'semi - annually', means: [{ k: 'repeat', rule: { unit: 'month', interval: 6, adjective: true } }] },
  ...(['day', 'week', 'month'] as const).flatMap((unit) =>
    ['alternate', 'on alternate'].map((lead) => ({
      phrase: `${lead} ${unit}s`,
      means: [{ k: 'repeat' as const, rule: { unit, interval: 2, adjective: false } }],
    })),
  ),
  { phrase: 'half yearly', means: [{ k: 'repeat', rule: { unit: 'month', interval: 6, adjective: true } }] },
  { phrase: 'half - yearly', means: [{ k: 'repeat', rule: { unit: 'month', interval: 6, adjective: true } }] },
];

/** "day after tmrw" as well as "day after tomorrow". */
const DAY_AFTER: ContextWords['phrases'] = [
  'tmrw',
  'tmr',
  'tmw',
  'tmrow',
  'tomo',
  'tom',
  'tomorow',
  'tommorow',
  '2moro',
  '2mrw',
].flatMap((word) =>
  ['the day after', 'day after'].map((lead) => ({ phrase: `${lead} ${word}`, means: [{ k: 'day' as const, n: 2 }] })),
);

export const enCompounds: ContextWords['phrases'] = [...DAY_AFTER, ...COMPOUNDS, ...FINISHED, ...RHYTHMS, ...MILITARY];
