/** What holds for every message, whatever is in it. */

import { describe, expect, test } from 'vitest';
import { type Capture, type CaptureContext, parse } from '../../src/capture/index.ts';
import { tokenize } from '../../src/capture/tokens.ts';
import { nextOccurrences } from '../../src/core/recurrence.ts';
import fc from '../support/steady/fast-check.ts';
import { englishDates } from './corpus/english-dates.ts';
import { englishPlain } from './corpus/english-plain.ts';
import { englishRecurrences } from './corpus/english-recurrences.ts';
import { russian } from './corpus/russian.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC', 'America/St_Johns'];
const corpusWords = [
  ...new Set(
    [...englishDates, ...englishPlain, ...englishRecurrences, ...russian].flatMap(([phrase]) => phrase.split(' ')),
  ),
];

const contexts: fc.Arbitrary<CaptureContext> = fc.record({
  now: fc.integer({ min: Date.parse('2024-01-01T00:00:00Z'), max: Date.parse('2030-12-31T00:00:00Z') }),
  zone: fc.constantFrom(...ZONES),
  locale: fc.constantFrom('en', 'en-GB', 'en-US', 'ru'),
  clock: fc.constantFrom<'12' | '24'>('12', '24'),
  weekStart: fc.constantFrom<'monday' | 'sunday' | 'saturday'>('monday', 'sunday', 'saturday'),
});
const nasty = fc.constantFrom(
  '\u200b',
  '\u202e',
  '\u0301',
  '👩‍👩‍👧',
  '\0',
  '\ufeff',
  '"',
  "'",
  '((',
  '#',
  '@',
  '!!',
  '~',
  '\n',
  '9'.repeat(30),
  '٣',
  '½',
  '𝟓',
);
const message = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...corpusWords), { maxLength: 14 }).map((words) => words.join(' ')),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...corpusWords), nasty), { maxLength: 14 })
      .map((words) => words.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

const words = (text: string) =>
  tokenize(text).flatMap(({ kind, norm }) => (kind === 'word' || kind === 'number' ? [norm] : []));
const plain = ({ title, when, recurrence, tags }: Capture) => JSON.stringify({ title, when, recurrence, tags });

describe('for every message', () => {
  test('nothing is thrown and the same words mean the same twice', () => {
    fc.assert(
      fc.property(message, contexts, (text, context) => {
        expect(plain(parse(text, context))).toBe(plain(parse(text, context)));
      }),
      { numRuns: 1500 },
    );
  });

  test('a reading that is taken never lies behind a task or reminder', () => {
    fc.assert(
      fc.property(message, contexts, (text, context) => {
        const { intent, reading } = parse(text, context);
        if (reading === null || (intent !== 'add' && intent !== 'remind' && intent !== 'none')) return;
        const until = reading.when.end ?? (reading.start.time === null ? null : reading.when.start);
        if (until === null) {
          // A day lasts until its end.
          expect(reading.at + 26 * 3_600_000).toBeGreaterThan(context.now);
        } else expect(Date.parse(until)).toBeGreaterThanOrEqual(Math.floor(context.now / 1000) * 1000);
        expect(reading.remind.at).toBeGreaterThanOrEqual(Math.floor(context.now / 60_000) * 60_000);
      }),
      { numRuns: 2000 },
    );
  });

  test('without a reading every word is kept in the title, in order', () => {
    fc.assert(
      fc.property(message, contexts, (text, context) => {
        const { intent, when, title, readings, priority, tags, client, project, estimateMinutes } = parse(
          text,
          context,
        );
        const marked =
          priority !== null || tags.length > 0 || client !== null || project !== null || estimateMinutes !== null;
        if ((intent !== 'add' && intent !== 'none') || when !== null || marked) return;
        expect(readings.length === 0 || when === null).toBe(true);
        expect(title).toBe(text.trim());
      }),
      { numRuns: 2000 },
    );
  });

  test('a title is made of words of the message, in their order', () => {
    fc.assert(
      fc.property(message, contexts, (text, context) => {
        const typed = words(text);
        let at = 0;
        for (const word of words(parse(text, context).title)) {
          const found = typed.indexOf(word, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + 1;
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('no word that tells no time is lost, wherever it stands', () => {
    const nouns = fc.constantFrom('zebra', 'lantern', 'violin', 'гитара', 'кактус', 'фонарь', 'Quartz', 'Омега');
    const phrases = fc.constantFrom(...[...englishDates, ...englishRecurrences, ...russian].map(([phrase]) => phrase));
    fc.assert(
      fc.property(
        phrases,
        fc.array(nouns, { maxLength: 3 }),
        fc.array(nouns, { maxLength: 3 }),
        contexts,
        (phrase, before, after, context) => {
          const { title, readings } = parse([...before, phrase, ...after].join(' '), context);
          for (const kept of [title, ...readings.map((reading) => reading.title)]) {
            const left = words(kept);
            for (const noun of [...before, ...after].map((word) => word.toLowerCase())) {
              expect(left).toContain(noun);
              left.splice(left.indexOf(noun), 1);
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('several readings are asked about and never taken', () => {
    fc.assert(
      fc.property(message, contexts, (text, context) => {
        const { readings, refused, when, recurrence, reading } = parse(text, context);
        if (readings.length > 0 || refused !== null) expect([when, recurrence, reading]).toEqual([null, null, null]);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('a recurrence that was understood', () => {
  const context = { now: Date.parse('2026-11-23T09:00:00Z'), zone: 'Europe/Berlin', locale: 'en-GB' };
  const understood = [...englishRecurrences, ...russian].flatMap(([phrase]) => {
    const { reading } = parse(phrase, context);
    return reading?.recurrence ? [[phrase, reading] as const] : [];
  });

  test.each(understood)('%s: its first occurrence is one of its rule', async (_, reading) => {
    const { rrule = '' } = reading.recurrence ?? {};
    const start = `${reading.start.day}T${reading.start.time ?? '00:00'}`;
    const [first] = nextOccurrences({ rrule, start, zone: context.zone, after: reading.at - 1, count: 1 });
    expect(first?.local).toBe(start);
  });

  test('there are many to look at', () => expect(understood.length).toBeGreaterThan(90));
});
