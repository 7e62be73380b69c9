/** Reading searches: filters, what is none, and text of any kind. */

import { expect, test } from 'vitest';
import fc from '../../../../test/support/steady/fast-check.ts';
import { translator } from '../../../locales/translator.ts';
import { PRIORITIES, priorityOf, STATUSES } from '../task.ts';
import { parseQuery, priorityNamed, statusesNamed } from './query.ts';
import { folded, tsquery, wordsOf } from './words.ts';

const DAYS = { day: '2026-11-25', time: '11:00', lastOfWeek: '2026-11-29' };

test('a status and a priority are called by the words they are shown with, in both languages', () => {
  for (const t of [translator('en'), translator('ru')]) {
    for (const status of STATUSES) expect(statusesNamed(t.text(`task-status-${status}`)), status).toEqual([status]);
    for (const level of PRIORITIES) {
      const [, shown = ''] = /^\S+ (.+)$/.exec(t.text('task-priority', { level })) ?? [];
      expect(priorityNamed(shown), shown).toBe(priorityOf(level));
    }
  }
});

test('filters of every kind are read, in both languages, quoted or not', () => {
  expect(
    parseQuery('offer status:open,review priority:>=high tag:#Sales client:"Acme Corp" due:week created:2026-11', DAYS),
  ).toMatchObject({
    words: 'offer',
    statuses: ['todo', 'in_progress', 'review', 'blocked'],
    priorities: [3, 4, 5],
    tags: ['sales'],
    client: 'Acme Corp',
    due: { from: '2026-11-23', to: '2026-11-29' },
    created: { from: '2026-11-01', to: '2026-11-30' },
    unread: [],
  });
  expect(parseQuery('статус:сделано приоритет:высокий срок:завтра тег:дом', DAYS)).toMatchObject({
    statuses: ['done'],
    priorities: [3],
    due: { from: '2026-11-26', to: '2026-11-26' },
    tags: ['дом'],
    words: '',
  });
  expect(parseQuery('tag:a tag:#B,c', DAYS)).toMatchObject({ tags: ['a'], oneOfTags: ['b', 'c'] });
  expect(parseQuery('due:none', DAYS).due).toBe('none');
  expect(parseQuery('completed:today offer', DAYS)).toMatchObject({
    completed: { from: '2026-11-25', to: '2026-11-25' },
    statuses: ['done'],
    words: 'offer',
  });
  expect(parseQuery('завершено:2026-11 completed:none', DAYS)).toMatchObject({
    completed: { from: '2026-11-01', to: '2026-11-30' },
    unread: ['completed:none'],
  });
  expect(parseQuery('tag:none project:none клиент:нет', DAYS)).toMatchObject({
    without: ['tag', 'project', 'client'],
    ...{ tags: [], project: null, client: null },
  });
  expect(parseQuery('tag:#none project:"none"', DAYS)).toMatchObject({ tags: ['none'], project: 'none', without: [] });
  expect(parseQuery('due:2026-11-01..', DAYS).due).toEqual({ from: '2026-11-01', to: null });
});

test('words with a colon that are no filter stay words', () => {
  expect(parseQuery('re: offer http://x.y 15:00', DAYS)).toMatchObject({
    words: 're: offer http://x.y 15:00',
    unread: [],
  });
});

test('any text is read, and its words make a query that PostgreSQL can read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      parseQuery(text, DAYS);
      for (const word of wordsOf(text)) expect(word).toMatch(/^[^\s'\\&|!():*<>]+$/u);
      expect(tsquery(wordsOf(text)).includes("''")).toBe(false);
    }),
  );
});

test('folding takes case, accents, ligatures and strokes, and is done once and for all', () => {
  expect(folded('Łódź ÆON straße Ёлка ﬁn')).toBe('lodz aeon strasse елка fin');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(wordsOf(folded(text))).toEqual(wordsOf(text));
    }),
    { numRuns: 500 },
  );
});

test('a range said the wrong way round is the range', () => {
  const due = { from: '2026-05-01', to: '2026-05-31' };
  expect(parseQuery('due:2026-05-31..2026-05-01', DAYS)).toMatchObject({ due, unread: [] });
});
