/** Text made to be slow: time grows no faster than the text, and nothing is lost. */
import { describe, expect, test } from 'vitest';
import { type CaptureContext, parse } from '../../src/capture/index.ts';
import { costRatio } from '../support/steady/cost.ts';

const context: CaptureContext = { now: Date.parse('2026-11-23T09:00:00Z'), zone: 'Europe/Berlin', locale: 'en-GB' };

const hostile: Record<string, string> = {
  'words without a date': 'lorem ipsum dolor sit amet ',
  'dates without end': 'tomorrow at 5 ',
  'a chain of days': '3 days after ',
  'ranges in ranges': 'from 3 to ',
  'every every': 'every ',
  'lists of days': 'mon, ',
  ordinals: 'first ',
  prepositions: 'on the ',
  halves: 'and a half ',
  numbers: '12 ',
  fractions: '1/2/3 5:30 ',
  'quotes that never close': '" ',
  apostrophes: "' ",
  tags: '#a ',
  misspellings: 'wendesdai thursdey ',
  emoji: '👍🏽',
  'combining marks': '\u0301',
  'zero-width characters': '\u200b',
  'bidi marks': '\u202e\u2066',
  brackets: '(',
  'control characters': '\u0000\u0007',
  domains: 'a.b',
  'words that only lead up': 'примерно sometime ',
  'a run of marks': `tomorrow a ${'—'.repeat(3_000)} b `,
  Russian: 'каждый понедельник в 10 и ',
};

const SHORT = 4096;
const LONG = 100_000;

/** The parsing of `length` characters of one unit after another. */
const parsing = (unit: string, length: number) => {
  const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  return () => parse(text, context);
};

describe('hostile text', () => {
  const ordinary = parsing('remind me to call Bob on friday at 5pm about the offer !high #sales @acme ', SHORT);

  test.each(Object.entries(hostile))(
    '%s: 4,096 characters cost no more than the same length of corpus phrases, times a bound',
    (_, unit) => {
      expect(costRatio(parsing(unit, SHORT), ordinary, 12)).toBeLessThan(12);
    },
  );

  test.each(Object.entries(hostile))('%s: 100,000 characters cost no more than in proportion', (_, unit) => {
    const bound = (3 * LONG) / SHORT;
    expect(costRatio(parsing(unit, LONG), parsing(unit, SHORT), bound)).toBeLessThan(bound);
  });

  test.each(Object.entries(hostile))('%s: nothing is lost', (_, unit) => {
    const text = unit.repeat(50);
    const { title, when, readings, tags } = parse(text, context);
    if (when === null && tags.length === 0) expect(title).toBe(text.trim());
    else expect(readings).toEqual([]);
  });

  test('only emoji is no task and keeps the emoji', () => {
    expect(parse('👍🏽 🎉', context)).toMatchObject({ intent: 'none', title: '👍🏽 🎉', when: null });
  });

  test('a word with invisible characters in it still means what it shows', () => {
    expect(parse('call Bob tomor\u200brow', context).when?.start).toBe('2026-11-24T00:00:00+01:00');
  });

  test('the words after 20,000 characters stay title', () => {
    const text = `${'x '.repeat(12_000)}tomorrow`;
    expect(parse(text, context)).toMatchObject({ when: null, title: text });
  });
});
