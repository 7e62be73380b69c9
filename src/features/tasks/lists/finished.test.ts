/** What was done is listed by the days it was asked for, on the owner's wall clock, in both languages. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { finishedBetween } from './finished.ts';

const db = databaseOfFile();

/** Wednesday, 25 November 2026, 23:30 in Berlin: one done now, one half an hour later on Thursday. */
async function overMidnight(language = 'en'): Promise<WholeChat> {
  const ada = await wholeChat(db, { language, now: '2026-11-25T22:30:00Z' });
  for (const title of ['alpha', 'beta', 'gamma']) await ada.write(`/add -- ${title}`);
  await ada.write('/done 1');
  ada.clock.advance(40 * 60_000);
  await ada.write('/done 2');
  return ada;
}

test('what was done today, yesterday and this week, by the wall clock of the owner', async () => {
  const ada = await overMidnight();
  const today = await ada.write('what did I do today?');
  expect(today.text).toBe('Done today · 1\n\n✅ 2  beta  00:10');
  expect(labels([...today.answers, ...today.replaced].at(-1))).toEqual(['2', 'Yesterday', 'This week', 'All open']);
  expect((await ada.press('Yesterday')).text).toBe('Done yesterday · 1\n\n✅ 1  alpha  23:30');
  expect((await ada.write('what have I finished this week')).text).toMatch(
    /^Done this week · 2\n\n✅ 2 {2}beta {3}today\n✅ 1 {2}alpha {2}yesterday$/,
  );
  expect((await ada.write('/list done yesterday')).text).toMatch(/^Done yesterday · 1/);
  expect(await ada.tasks()).toHaveLength(3);
});

test('nothing done says so and leads on; a title like that is still completed by its words', async () => {
  const ada = await wholeChat(db);
  await ada.write('/add -- call Bob friday');
  const told = await ada.write('completed yesterday');
  expect(told.text).toBe('Nothing was done yesterday.');
  expect(labels([...told.answers, ...told.replaced].at(-1))).toEqual(['Done today', 'This week', 'All open']);
  expect((await ada.write('completed call bob friday')).text).toContain('✅ call Bob friday');
});

test('in Russian', async () => {
  const ada = await overMidnight('ru');
  expect((await ada.write('что я сделал сегодня')).text).toBe('Сделано сегодня · 1\n\n✅ 2  beta  00:10');
  expect((await ada.write('что сделано за последние 2 дня')).text).toMatch(/^Сделано за 2 дня · 2/);
  expect((await ada.press('Сделано сегодня')).text).toContain('beta');
});

test('days, weeks and months end on the wall clock, across a change of the clocks', () => {
  const days = { day: '2026-03-29', time: '12:00', lastOfWeek: '2026-03-29' };
  const between = (value: string) =>
    finishedBetween(value, days, 'Europe/Berlin').map((at) => new Date(at).toISOString());
  expect(between('today')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  expect(between('last-week')).toEqual(['2026-03-15T23:00:00.000Z', '2026-03-22T23:00:00.000Z']);
  expect(between('last-month')).toEqual(['2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z']);
  expect(between('2d')).toEqual(['2026-03-27T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
});
