/** Long messages are cut where it hurts least, and nothing is lost. */
import type { MessageEntity } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { costRatio } from '../../../test/support/steady/cost.ts';
import { split } from './split.ts';

const entity = (type: 'bold' | 'italic' | 'spoiler', offset: number, length: number): MessageEntity => ({
  type,
  offset,
  length,
});

describe('split', () => {
  it('cuts at a line where one ends in the second half', () => {
    const text = `${'a'.repeat(3000)}\n${'b c '.repeat(500)}`;
    expect(split(text, []).map((part) => part.text[0])).toEqual(['a', 'b']);
  });

  it('cuts at a word where no line ends', () => {
    const parts = split('word '.repeat(2000), []);
    for (const { text } of parts) expect(text).toMatch(/^word( word)*$/);
    expect(parts.flatMap(({ text }) => text.split(' '))).toHaveLength(2000);
  });

  it('prefers a place outside entities, even an earlier one', () => {
    const text = `${'a'.repeat(2500)} ${'b '.repeat(2000)}`;
    const parts = split(text, [entity('bold', 2501, 3999)]);
    expect(parts[0]).toEqual({ text: 'a'.repeat(2500), entities: [] });
    expect(parts[1]?.entities).toEqual([entity('bold', 0, 3999)]);
  });

  it('continues an entity that spans the cut', () => {
    const parts = split('x'.repeat(6000), [entity('bold', 100, 5000)]);
    expect(parts.map((part) => part.entities)).toEqual([[entity('bold', 100, 3996)], [entity('bold', 0, 1004)]]);
  });

  it('does not cut a date in two', () => {
    const date: MessageEntity = { type: 'date_time', offset: 4090, length: 14, unix_time: 1, date_time_format: 'wt' };
    const parts = split(`${'x'.repeat(4090)}Tomorrow 15:00`, [date]);
    expect(parts.map(({ text }) => text.length)).toEqual([4090, 14]);
    expect(parts[1]?.entities).toEqual([{ ...date, offset: 0 }]);
  });

  it('keeps whole what a person sees as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const unit of [family, '🇩🇪', 'e\u0301', '😀']) {
      const parts = split(unit.repeat(5000), []);
      for (const { text } of parts) expect(text.replaceAll(unit, '')).toBe('');
    }
  });

  it('cuts an endless character between code points rather than not at all', () => {
    const parts = split(`${'😀\u200D'.repeat(4000)}`, []);
    expect(parts.map(({ text }) => text).join('')).toBe('😀\u200D'.repeat(4000));
    for (const { text } of parts) expect(text.isWellFormed()).toBe(true);
  });

  it('of more than a hundred entities keeps what hides and what can be tapped', () => {
    const links: MessageEntity[] = Array.from({ length: 60 }, (_, index) => ({
      type: 'text_link',
      offset: index * 3,
      length: 1,
      url: 'https://e.com/',
    }));
    const italics = Array.from({ length: 60 }, (_, index) => entity('italic', index * 3 + 1, 1));
    const all = [...links, ...italics, entity('spoiler', 190, 3)].sort((a, b) => a.offset - b.offset);
    const [part] = split('x'.repeat(200), all);
    expect(part?.entities).toHaveLength(100);
    expect(part?.entities.filter(({ type }) => type === 'text_link')).toHaveLength(60);
    expect(part?.entities.filter(({ type }) => type === 'spoiler')).toHaveLength(1);
  });

  it('splits 400,000 characters with 20,000 entities at a cost in proportion to those of a fortieth', () => {
    const splitting = (lines: number) => {
      const text = 'twenty characters. \n'.repeat(lines);
      const entities = Array.from({ length: lines }, (_, index) => entity('bold', index * 20, 6));
      expect(split(text, entities).flatMap((part) => part.text.split('\n'))).toHaveLength(lines);
      return () => split(text, entities);
    };
    // Forty times where it grows with the text; 1,600 times where it grows with its square.
    expect(costRatio(splitting(20_000), splitting(500), 250)).toBeLessThan(250);
  });
});
