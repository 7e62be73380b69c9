/** Lists in the chat: one living message, pages, searches, hostile titles. */

import { describe, expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import fc from '../../../../test/support/steady/fast-check.ts';
import { lastView, type TaskChat, taskChat } from '../../../../test/support/tasks.ts';
import { build } from '../../../telegram/builder.ts';
import { buttons } from '../buttons.ts';

const db = databaseOfFile();

const chat = (language = 'en'): Promise<TaskChat> => taskChat(db, language);

describe('lists', () => {
  test.each([
    ['сегодня', 'На сегодня'],
    ['просроченные', 'Просроченного нет'],
    ['без срока', 'Когда-нибудь'],
  ])('/list %s is that list, as it is called in Russian', async (name, said) => {
    const ada = await chat('ru');
    await ada.command('/add купить молоко');
    expect((await ada.command(`/list ${name}`)).text).toContain(said);
  });

  test('today reads as designed; numbers open cards in the same message and lead back', async () => {
    const ada = await chat();
    await ada.write('Send the offer to Acme today');
    await ada.command('/due 1 2026-11-25');
    await db.query(`UPDATE tasks SET due_date = '2026-11-24' WHERE space_id = $1`, [(await ada.person()).spaceId]);
    await ada.write('Call Bob today 15:00');
    await ada.write('Read chapter 4 today');
    const list = await ada.command('/today');
    expect(list.text.split('\n')).toEqual([
      'Today · 3 open, 1 overdue',
      '',
      expect.stringMatching(/^❗ 1 {2}Send the offer to Acme {2}yesterday$|^❗ 1 {2}Send the offer to Acme {2}24 Nov$/),
      expect.stringMatching(/^ {3}2 {2}Call Bob +15:00$/),
      '   3  Read chapter 4',
    ]);
    expect(labels(lastView(list))).toEqual(['1', '2', '3', 'Week', 'Overdue 1', '＋ Add']);
    const card = await ada.press('2');
    expect(card.answers).toHaveLength(0);
    expect(card.text).toContain('Call Bob  #2');
    const back = await ada.press('◀ List');
    expect(back.text).toBe(list.text);
  });

  test('a list asked for by days shows what is due in them and nothing else, its pages too', async () => {
    const ada = await chat();
    for (const words of ['call Bob friday', 'book a train 3 december', 'water the fern', 'pay rent 31 december'])
      await ada.write(words);
    const titles = async (words: string) => {
      const [head = '', , ...rows] = (await ada.write(words)).text.split('\n');
      return [head, ...rows.map((row) => row.trim().split(/ {2,}/)[1])];
    };
    expect(await titles("what's due friday")).toEqual(['Fri · 1 open', 'Call Bob']);
    expect(await titles('what is due next week')).toEqual(['30 Nov to 6 Dec · 1 open', 'Book a train']);
    expect(await titles("what's due by 3 december")).toEqual(['Until 3 Dec · 2 open', 'Call Bob', 'Book a train']);
    expect(await titles('задачи на декабрь')).toEqual(['1 Dec to 31 Dec · 2 open', 'Book a train', 'Pay rent']);
    expect((await ada.write('tasks for sunday')).text).toBe('Sun: nothing due. Next: Book a train, 3 Dec.');
    expect((await ada.command('/list friday')).text).toContain('Fri · 1 open');
    await ada.press('1');
    expect((await ada.press('◀ List')).text).toContain('Fri · 1 open');
    for (let count = 0; count < 9; count += 1) await ada.write(`part ${count} friday`);
    await ada.command('/list friday');
    const second = await ada.press('▶');
    expect(second.text.split('\n')).toHaveLength(4);
    expect(second.text).toContain('Fri · 10 open');
  });

  test('days that a button or message of another kind names are the list of open tasks', async () => {
    const ada = await chat();
    await ada.write('call Bob friday');
    for (const value of ['2026-13-40', '..', '2026-11-27..', 'x', null])
      expect((await ada.pressData(buttons.list({ kind: 'days', page: 1, value }))).text).toContain('Tasks · 1 open');
  });

  test('what is due today says so in every other list; a day to begin on is told until it has come', async () => {
    const ada = await chat();
    for (const words of ['read chapter 4 today', 'paint', 'sow']) await ada.write(words);
    await db.query(`UPDATE tasks SET start_date = '2026-11-24' WHERE title = 'paint'`);
    await ada.command('/defer 3 friday');
    expect((await ada.command('/list')).text.split('\n').slice(2)).toEqual([
      '   1  Read chapter 4  today',
      '   2  paint',
      '   3  sow             from Fri',
    ]);
  });

  test('a due time that does not exist in the night the clocks change is said to be so', async () => {
    const ada = await chat();
    const told = await ada.write('turn the bread 28 march 2027 at 2:30 am');
    expect(told.text).toContain('There is no 02:30 that day: the clocks go forward.');
    expect((await ada.command('/task 1')).text).toContain('There is no 02:30 that day');
  });

  test('two hundred tasks page through, none missed, and empty lists lead on', async () => {
    const ada = await chat();
    expect((await ada.command('/today')).text).toBe('Nothing due today.');
    const person = await ada.person();
    await db.query(
      `INSERT INTO tasks (space_id, number, title, created_by, created_at) SELECT $1, i, 'T' || i, $2, now() FROM generate_series(1, 200) i`,
      [person.spaceId, person.id],
    );
    let told = await ada.command('/list');
    const seen = new Set<string>();
    for (let page = 1; page <= 25; page += 1) {
      expect(labels(lastView(told))).toContain(`${page}/25`);
      for (const label of labels(lastView(told)).filter((one) => /^\d+$/.test(one))) seen.add(label);
      if (page < 25) told = await ada.press('▶');
    }
    expect(seen.size).toBe(200);
  });

  test('names, searches and LarryBot2’s searches open lists', async () => {
    const ada = await chat();
    await ada.write('offer !high #sales @acme friday');
    for (const line of [
      '/list #sales',
      '/list @acme',
      '/list high',
      '/list to do',
      '/search offer',
      '/search tag:sales',
      '/tags_multi sales,nosuch any',
      '/tags_multi sales all',
      '/priority_range medium critical',
      '/time_range 2026-11-01 2026-11-30',
      '/tag sales',
      '/list week',
    ])
      expect(labels(lastView(await ada.command(line))), line).toContain('1');
    expect((await ada.write('what is due this week')).text).toContain('This week');
    await ada.command('/search');
    expect((await ada.say('nothing of the kind')).text).toBe('Nothing found for "nothing of the kind".');
    await ada.command('/tag');
    expect((await ada.press('#sales')).text).toContain('#sales · 1 open');
  });

  test('Russian reads as Russian', async () => {
    const ada = await chat('ru');
    expect((await ada.write('позвонить Бобу завтра в 15:00')).text).toContain('📅 Завтра 15:00');
    expect((await ada.command('/done 1')).text).toContain('На сегодня всё.');
  });
});

test('hostile titles, notes and names never break a view', async () => {
  const ada = await chat();
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom(
      '\u202Eevil',
      '<b>x</b>',
      '*_`[x](y)',
      '\u0000\u0007',
      '👨‍👩‍👧‍👦'.repeat(40),
      'שלום '.repeat(20),
      '\uD800',
      'a\u0301'.repeat(300),
      '{ $title }',
      '%s:%d:_',
    ),
  );
  await fc.assert(
    fc.asyncProperty(nasty, nasty, async (title, other) => {
      const clean = (text: string) => text.replaceAll('\u0000', '').toWellFormed();
      if (clean(title).trim() === '') return;
      const person = await ada.person();
      await db.query('DELETE FROM tasks WHERE space_id = $1', [person.spaceId]);
      await db.query(
        `INSERT INTO tasks (space_id, number, title, notes, tags, created_by, created_at) VALUES ($1, 1, $2, $3, ARRAY[$3::text], $4, now())`,
        [person.spaceId, clean(title), clean(other) || 'x', person.id],
      );
      const views = [
        await ada.command('/task 1'),
        await ada.command('/list'),
        await ada.command(`/search ${clean(title)}`),
        await ada.command('/tag'),
        await ada.command('/edit 1'),
        await ada.command('/due 1'),
        await ada.command('/done'),
        await ada.command('/done 1'),
      ];
      for (const view of views.flatMap((told) => [...told.answers, ...told.replaced])) {
        for (const message of build(view)) {
          expect(message.text.length).toBeGreaterThan(0);
          expect(message.text.length).toBeLessThanOrEqual(4096);
        }
      }
    }),
    { numRuns: 40 },
  );
});
