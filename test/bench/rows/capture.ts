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
  };
}

export const capture: Measurement = {
  name: 'capture',
  async run({ quick }) {
    const seconds = quick ? 1 : 4;
    const read = (locale: string) => (text: string) => parse(text, context(locale));
    const [en, ru] = [speed(english, read('en-GB'), seconds), speed(phrases(russian), read('ru'), seconds)];
    const worst = Object.entries(longest()).map(([kind, text]) => {
      for (let round = 0; round < 5; round += 1) parse(text, context('en-GB'));
      const times = Array.from({ length: quick ? 40 : 200 }, () => {
        const start = performance.now();
        parse(text, context('en-GB'));
        return performance.now() - start;
      });
      return { kind, p50: percentile(times, 0.5), max: Math.max(...times) };
    });
    const slowest = worst.reduce((a, b) => (b.p50 > a.p50 ? b : a));
    const slowestOnce = worst.reduce((a, b) => (b.max > a.max ? b : a));
    const rows: Row[] = [
      judged(Math.min(en, ru) >= 10_000, {
        what: 'capture: messages a second, one core',
        measured: `${digits(en)} English, ${digits(ru)} Russian`,
        target: '≥ 10,000',
        beside: `chrono-node ${digits(speed(english, (text) => chrono.parse(text), seconds))} (English)`,
      }),
      judged(slowestOnce.max < 5, {
        what: 'capture: message of 4,096 characters',
        measured: `p50 ${ms(slowest.p50)} (${slowest.kind}), longest ${ms(slowestOnce.max)} (${slowestOnce.kind})`,
        target: '< 5 ms, each',
        beside: `${worst.length} kinds of text`,
      }),
    ];
    return rows;
  },
};
