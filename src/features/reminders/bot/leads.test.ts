/** Several reminders of one task said at once, and LarryBot2's two commands with the arguments they had there. */
import { describe, expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { leadsIn } from './leads.ts';
import { minutesBefore } from './words.ts';

const db = databaseOfFile();

async function chat(language = 'en'): Promise<WholeChat> {
  const ada = await wholeChat(db, { language });
  await ada.write('/add call Bob 2026-11-27 15:00');
  return ada;
}
const leads = async (ada: WholeChat) => (await ada.reminders()).map(({ minutesBefore: each }) => each).sort();

test.each([
  ['1 day before and 1 hour before', [1440, 60], 'nothing'],
  ['1 day, 1 hour before', [1440, 60], 'nothing'],
  ['за день, за час', [1440, 60], 'nothing'],
  ['1h and 30 min before', [60, 30], 'their sum'],
  ['30 min and 5 min before', [30, 5], 'nothing'],
  ['1d and 1h before', [1440, 60], 'their sum'],
  ['1d 1h', [1440, 60], 'from now'],
])('"%s" names several lengths; what else it may mean is said', (words, minutes, or) => {
  expect(leadsIn(words)).toEqual({ minutes, or });
});

test.each(['1h 30m before', '1h 30m', '30 min before', 'tomorrow 9', 'in 1d 1h', 'for Bob and 1 day'])(
  '"%s" is no list of lengths',
  (words) => expect(leadsIn(words)).toBeNull(),
);

test('an hour and a half before is one length', () => {
  expect([minutesBefore('1h 30m before'), minutesBefore('за 1 ч 30 мин')]).toEqual([90, 90]);
});

describe('/remind with two lengths', () => {
  test('makes a reminder each, which one undo takes back', async () => {
    const ada = await chat();
    const made = await ada.write('/remind 1 1 day before and 1 hour before');
    expect(made.text).toMatch(/^⏰ call Bob: 2 reminders\n#\d+ · 📅 Tomorrow 15:00 · 1 day before/i);
    expect(await leads(ada)).toEqual([1440, 60]);
    expect((await ada.write('/undo')).text).toMatch(/2 reminders of call Bob are gone/i);
    expect(await leads(ada)).toEqual([]);
  });

  test('asks where they may be one length, and does what is pressed', async () => {
    const ada = await chat();
    expect((await ada.write('/remind 1 1d 1h')).text).toContain('what does "1d 1h" mean?');
    await ada.press('1 day and 1 hour before');
    expect(await leads(ada)).toEqual([1440, 60]);
    await ada.write('/remind 1 1d 2h');
    await ada.press('In 1 day 2 hours');
    expect(await leads(ada)).toEqual([1440, 60, null]);
  });

  test('says for which it is too late', async () => {
    const ada = await chat('ru');
    expect((await ada.write('/remind 1 за неделю, за час')).text).toContain('Напоминать за 7 дней уже поздно');
    expect(await leads(ada)).toEqual([60]);
    expect((await ada.write('/remind 1 за 3 недели, за 2 недели')).text).toContain('уже прошло');
  });
});

test.each([
  ['/reminder_quick 1 45', '', '2026-11-25T10:45:00.000Z'],
  ['/reminder_quick 1 2h', '', '2026-11-25T12:00:00.000Z'],
  ['/addreminder "Team standup" 2026-12-03 09:00', 'Team standup', '2026-12-03T08:00:00.000Z'],
  ['/addreminder "Review time line" 2026-12-03 10:00 work', 'Review time line', '2026-12-03T09:00:00.000Z'],
])('%s', async (line, text, due) => {
  const ada = await chat();
  await ada.write(line);
  expect(await ada.reminders()).toMatchObject([{ text }]);
  const planned = await db.query('SELECT due_at FROM deliveries WHERE space_id = $1', [(await ada.person()).spaceId]);
  expect(planned).toEqual([{ dueAt: Date.parse(due) }]);
});

test('/reminder_quick "Take medication" has its words and asks for the time', async () => {
  const ada = await chat();
  expect((await ada.write('/reminder_quick "Take medication"')).text).toContain('⏰ Take medication: when?');
  await ada.press('In 1 hour');
  expect(await ada.reminders()).toMatchObject([{ text: 'Take medication' }]);
});

test.each([
  ['/pause all until yesterday', '"yesterday" is in the past. Nothing was changed.'],
  ['/pause all until friday midnight', 'can mean more than one day'],
  ['/pause all until foo', 'I could not read "foo" as a date.'],
])('%s tells why nothing is paused', async (line, words) => {
  expect((await (await chat()).write(line)).text).toContain(words);
});
