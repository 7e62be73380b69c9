/** The grammar keeps the floors it is held to on phrases written from the conventions alone. */
import { describe, expect, test } from 'vitest';
import { type Capture, parse } from '../../src/capture/index.ts';
import { nextOccurrences } from '../../src/core/recurrence.ts';
import { countsOf, type Judged, judge, phraseFiles, phrasesOf } from './accuracy.ts';

const everyOne = phraseFiles().flatMap(phrasesOf).map(judge);
const judged = Map.groupBy(everyOne, ({ phrase }) => phrase.group);

/** Least part right and most part wrong, in per cent. What is neither was asked about or left as words. */
const floors: Record<string, { right: number; wrong: number }> = {
  english: { right: 98, wrong: 0.5 },
  recurrence: { right: 98.5, wrong: 0.5 },
  negative: { right: 98.5, wrong: 1.5 },
  russian: { right: 98, wrong: 0.5 },
  'negative-ru': { right: 99, wrong: 1 },
};

const faults = (all: readonly Judged[]) =>
  all.flatMap(({ verdict, phrase, got }) =>
    verdict === 'wrong' || verdict === 'title' ? [`${phrase.words} → ${got}`] : [],
  );

describe('phrases the grammar was not written from', () => {
  test('every class has a floor, and phrases enough to measure it', () => {
    expect([...judged.keys()].sort()).toEqual(Object.keys(floors).sort());
    for (const all of judged.values()) expect(all.length).toBeGreaterThan(100);
  });

  test.each(Object.entries(floors))('%s: enough are right, and few are wrong', (group, { right, wrong }) => {
    const all = judged.get(group) ?? [];
    const counts = countsOf(all);
    expect((100 * counts.right) / all.length).toBeGreaterThanOrEqual(right);
    expect((100 * (counts.wrong + counts.title)) / all.length, faults(all).join('\n')).toBeLessThanOrEqual(wrong);
  });

  test('capitals, a full stop and a tag change nothing in what a phrase means', () => {
    const forms = [
      (words: string) => words.toUpperCase(),
      (words: string) => `${words}.`,
      (words: string) => `#tag ${words}`,
      (words: string) => `${words} #tag`,
    ];
    const told = ({ refused, readings, reading }: Capture) =>
      refused ??
      (readings.length > 0 ? 'ask' : (reading?.recurrence?.rrule ?? `${reading?.when.start} ${reading?.when.end}`));
    // One in five tells as much as all.
    const some = everyOne.filter((_, index) => index % 5 === 0);
    const [alike, astray] = [new Set<string>(), new Set<string>()];
    for (const { phrase, capture: plain } of some) {
      const { words, context } = phrase;
      if (plain.intent !== 'add') continue;
      const differ = forms.some((form) => told(parse(form(words), context)) !== told(plain));
      (differ ? astray : alike).add(words);
    }
    // Some names are told by their capitals alone ("Thursday Next", "Tomorrow Never Dies").
    expect((100 * astray.size) / (alike.size + astray.size), [...astray].join('\n')).toBeLessThan(0.5);
  });

  test('the first time of every recurrence is one its rule gives', async () => {
    const astray: string[] = [];
    for (const { phrase, capture } of everyOne) {
      const { words, context } = phrase;
      const { reading, readings } = capture;
      for (const { recurrence, when, at } of reading === null ? readings : [reading]) {
        if (recurrence === null) continue;
        const series = { rrule: recurrence.rrule, start: when.start.slice(0, 16), zone: context.zone };
        const [first] = nextOccurrences({ ...series, after: at - 1, count: 1 });
        if (first?.at !== at) astray.push(`${words}: ${recurrence.rrule} from ${when.start}`);
      }
    }
    expect(astray).toEqual([]);
  });
});
