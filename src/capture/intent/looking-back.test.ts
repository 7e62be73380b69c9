/** Questions about what was done, and what only looks like one. */
import { expect, test } from 'vitest';
import { parse } from '../index.ts';
import { finishedAsked } from './looking-back.ts';

const context = { now: Date.parse('2026-11-26T10:00:00Z'), zone: 'Europe/Berlin', locale: 'en' };

test.each([
  ['what did I do today', 'today'],
  ['What did I get done today?', 'today'],
  ['what did we finish yesterday', 'yesterday'],
  ['what have I finished this week', 'week'],
  ["what I've done so far today", 'today'],
  ['what have i done', 'any'],
  ['show me what I did yesterday', 'yesterday'],
  ['what was done last week', 'last-week'],
  ['everything I completed this month', 'month'],
  ['tasks I completed last month', 'last-month'],
  ['how many tasks did I complete this year', 'year'],
  ['completed yesterday', 'yesterday'],
  ['done today', 'today'],
  ['Finished today?', 'today'],
  ['show completed tasks from last week', 'last-week'],
  ['tasks completed this week', 'week'],
  ['what did I finish in the last 10 days', { lastDays: 10 }],
  ['what did I do over the past week', { lastDays: 7 }],
  ['что я сделал сегодня', 'today'],
  ['Что я сегодня сделала?', 'today'],
  ['что сегодня сделано', 'today'],
  ['что сделано за неделю', 'week'],
  ['что я успел сделать за день', 'today'],
  ['что мы сделали на прошлой неделе', 'last-week'],
  ['что было сделано вчера', 'yesterday'],
  ['покажи, что я сделал вчера', 'yesterday'],
  ['сколько задач я закрыл за месяц', 'month'],
  ['какие задачи я выполнил за последние 10 дней', { lastDays: 10 }],
  ['выполненные вчера', 'yesterday'],
  ['выполненные задачи за этот месяц', 'month'],
  ['сделано сегодня', 'today'],
  ['что я сделал', 'any'],
])('"%s" asks for %j', (text, period) => {
  expect(finishedAsked(text)).toEqual(period);
  expect(parse(text, context)).toMatchObject({ intent: 'list', list: 'done', finished: period, title: '' });
});

test.each([
  'done',
  'done with the report',
  'finished the report today',
  'completed form yesterday',
  'what did I do with the keys today',
  'what did Bob do today',
  'did the dishes today',
  'what to do today',
  'what do I do today',
  'what do I have to finish today',
  'write down what I did today',
  'done deal',
  'сделал отчёт сегодня',
  'сделано',
  'что делать сегодня',
  'что сделать сегодня',
  'что надо сделать за неделю',
  'что Боб сделал сегодня',
  'записать, что я сделал сегодня',
  'всё сделано вовремя',
])('"%s" does not', (text) => {
  expect(finishedAsked(text)).toBe(null);
  expect(parse(text, context).finished).toBe(null);
});
