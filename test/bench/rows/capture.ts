/** How fast words become meaning, on one core. */
import * as chrono from 'chrono-node';
import { type CaptureContext, parse } from '../../../src/capture/index.ts';
import { englishDates } from '../../capture/corpus/english-dates.ts';
import { englishEveryday } from '../../capture/corpus/english-everyday.ts';
import { englishPlain } from '../../capture/corpus/english-plain.ts';
import { englishRecurrences } from '../../capture/corpus/english-recurrences.ts';
import { russian } from '../../capture/corpus/russian.ts';
import { digits, ms, percentile } from '../figures.ts';
import { judged, type Measurement, type Row } from '../report.ts';
import { chance } from '../stage/titles.ts';

const context = (locale: string): CaptureContext => ({
  now: Date.parse('2026-11-23T09:00:00Z'),
  zone: 'Europe/Berlin',
  locale,
});
const phrases = (corpus: ReadonlyArray<readonly [phrase: string, ...rest: unknown[]]>) =>
  corpus.map(([phrase]) => phrase);
const english = phrases([...englishDates, ...englishEveryday, ...englishRecurrences, ...englishPlain]);

/** Milliseconds this thread has worked: on one core, whatever else the machine does. */
function worked(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Messages a second of work, over whole rounds of the phrases, for `seconds`. */
function speed(texts: readonly string[], read: (text: string) => unknown, seconds: number): number {
  for (let round = 0; round < 3; round += 1) for (const text of texts) read(text);
  const start = worked();
  let count = 0;
  while (worked() - start < seconds * 1000) {
    for (const text of texts) read(text);
    count += texts.length;
  }
  return (count / (worked() - start)) * 1000;
}

/** Messages of Telegram's longest length, of every kind that could make a grammar think for long. */
function longest(): Record<string, string> {
  const fill = (unit: string) => unit.repeat(Math.ceil(4096 / unit.length)).slice(0, 4096);
  return {
    prose: fill('I met Bob and we may talk about the march next second. '),
    dates: fill('tomorrow at 3pm or friday 5 may 2027 10:30 '),
    recurrences: fill('every second monday and every 3 days until may '),
    numbers: fill('12 3 45 6/7 8.9.10 11:12 '),
    'Russian dates': fill('завтра в 15:00 или каждый второй вторник '),
    'one word': fill('a'),
    digits: fill('1'),
    fields: fill('#a @b !high ~30m '),
    quotes: fill('"„“«'),
    mixed: fill(english.join(' ')),
    // Found by looking for slow ones, the slowest first taken further.
    'ranges of days': fill(
      "mon-wed note во afternoon weeks' nag 1/ minutes h #каждое пн-ср с yearly movie на At часа am last ",
    ),
    'times and quotes': fill(
      'eom in a x5 minute or ! released 5.12. set electricity 1/ 12: " get выключить 10:00-11:30 9, agust after ',
    ),
    'numbers and months': fill('7 on м '),
    exceptions: fill('2h с кроме 3 5.30pm первом once '),
    'words that only lead up': fill('примерно '),
    'a run of marks': `tomorrow a ${fill('-').slice(0, 4080)} b`,
    'the same time': `move report ${fill('в то же время ')}`.slice(0, 4096),
    places: `every day ${fill('1st, ')}`.slice(0, 4096),
    clocks: `every day ${fill('5pm gmt ')}`.slice(0, 4096),
    'joining words': `from 5 ${fill('в ')}`.slice(0, 4096),
  };
}

const MARKS = [
  '"',
  '«',
  '(',
  '#',
  '@',
  '!',
  '~',
  '-',
  ':',
  '.',
  '/',
  '\n',
  '1',
  '12:',
  '2026-',
  'at',
  'in',
  'every',
  'каждый',
  'до',
  'с',
];

/** Texts of this length made of a few words and marks each, again and again: the same ones in every run. */
function* composed(count: number): Generator<string> {
  const next = chance(5);
  const words = [...english, ...phrases(russian)].flatMap((phrase) => phrase.split(' '));
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  for (let made = 0; made < count; made += 1) {
    const unit = Array.from({ length: 1 + Math.floor(next() * 6) }, () => one(next() < 0.4 ? MARKS : words));
    const text = `${unit.join(next() < 0.8 ? ' ' : '')}${next() < 0.8 ? ' ' : ''}`;
    yield text.repeat(Math.ceil(4096 / text.length)).slice(0, 4096);
  }
}

/** Milliseconds of reading a text: of five readings the least, as the same text takes the same work and the rest is the machine's. */
function work(text: string, locale: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 5; time += 1) {
    const begun = performance.now();
    parse(text, context(locale));
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

export const capture: Measurement = {
  name: 'capture',
  async run({ quick }) {
    const seconds = quick ? 1 : 4;
    const read = (locale: string) => (text: string) => parse(text, context(locale));
    const [en, ru] = [speed(english, read('en-GB'), seconds), speed(phrases(russian), read('ru'), seconds)];
    const kinds = Object.entries(longest());
    const timed = (texts: Iterable<readonly [kind: string, text: string]>) =>
      [...texts].map(([kind, text]) => ({ kind, ms: Math.max(work(text, 'en-GB'), work(text, 'ru')) }));
    timed(kinds);
    const known = timed(kinds);
    const found = timed([...composed(quick ? 300 : 3_000)].map((text) => [`${text.slice(0, 40)}…`, text] as const));
    const slowest = (list: typeof known) => list.reduce((a, b) => (b.ms > a.ms ? b : a));
    const [one, other] = [slowest(known), slowest(found)];
    const rows: Row[] = [
      judged(Math.min(en, ru) >= 10_000, {
        what: 'capture: messages a second, one core',
        measured: `${digits(en)} English, ${digits(ru)} Russian`,
        target: '≥ 10,000',
        beside: `chrono-node ${digits(speed(english, (text) => chrono.parse(text), seconds))} (English)`,
      }),
      judged(Math.max(one.ms, other.ms) < 5, {
        what: 'capture: message of 4,096 characters',
        measured: `longest of ${known.length} kinds ${ms(one.ms)} (${one.kind}), of ${found.length.toLocaleString('en')} composed ${ms(other.ms)} (${other.kind})`,
        target: '< 5 ms, each',
        beside: `half of the composed below ${ms(
          percentile(
            found.map((each) => each.ms),
            0.5,
          ),
        )}`,
      }),
    ];
    return rows;
  },
};
