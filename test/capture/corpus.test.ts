/** The grammar's own labelled phrases, each with the one meaning Steward may give it. */
import { describe, expect, test } from 'vitest';
import { type CaptureContext, parse } from '../../src/capture/index.ts';
import { englishDates } from './corpus/english-dates.ts';
import { englishEveryday } from './corpus/english-everyday.ts';
import { englishIntents } from './corpus/english-intents.ts';
import { englishPhrasings } from './corpus/english-phrasings.ts';
import { englishPlain } from './corpus/english-plain.ts';
import { englishRecurrences } from './corpus/english-recurrences.ts';
import { russian } from './corpus/russian.ts';
import { russianPhrasings } from './corpus/russian-phrasings.ts';
import { type Labelled, notation } from './notation.ts';

const context = (locale: string): CaptureContext => ({
  now: Date.parse('2026-11-23T09:00:00Z'),
  zone: 'Europe/Berlin',
  locale,
});

function check(rows: readonly Labelled[], locale: string): void {
  for (const [phrase, meaning, title] of rows) {
    test(phrase, () => {
      const capture = parse(phrase, context(locale));
      expect(notation(capture)).toBe(meaning);
      if (title !== undefined) expect(capture.title).toBe(title);
    });
  }
}

describe('English days, times, periods and ranges', () => check(englishDates, 'en-GB'));
describe('English tasks as people write them', () => check(englishEveryday, 'en-GB'));
describe('English recurrences', () => check(englishRecurrences, 'en-GB'));
describe('English orders, lists and company', () => check(englishIntents, 'en-GB'));
describe('many ways of saying one time', () => check(englishPhrasings, 'en-GB'));
describe('Russian', () => check(russian, 'ru'));
describe('more Russian', () => check(russianPhrasings, 'ru'));

describe('words that only look like a date stay title, exactly as typed', () => {
  for (const [phrase, meaning] of englishPlain) {
    test(phrase, () => {
      const capture = parse(phrase, context('en-GB'));
      expect(notation(capture)).toBe(meaning);
      expect(capture.when).toBeNull();
      if (meaning === '-') expect(capture.title).toBe(phrase);
    });
  }
});

test('the corpus is as large as it says', () => {
  const all = [
    englishDates,
    englishEveryday,
    englishRecurrences,
    englishPlain,
    englishPhrasings,
    englishIntents,
    russian,
    russianPhrasings,
  ].flat();
  expect(all.length).toBeGreaterThanOrEqual(1_200);
  expect(new Set(all.map(([phrase]) => phrase)).size).toBe(all.length);
});
