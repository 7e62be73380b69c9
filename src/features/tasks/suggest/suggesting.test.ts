/** What /suggest offers: the priority a task looks like, with a button that sets it, and nothing where it is right. */
import { expect, test } from 'vitest';
import { wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels, type Told } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

const offered = (told: Told) => labels([...told.answers, ...told.replaced].at(-1))[0];

test('by words, dates and what waits for it, in both languages', async () => {
  const ada = await wholeChat(db);
  await ada.write('/add -- urgent: call the bank');
  await ada.write('/add send the offer tomorrow');
  await ada.write('/add paint friday next week');
  await ada.write('/add buy paint');
  await ada.write('/depend 3 on 4');
  await ada.write('/add read a book');
  expect(offered(await ada.write('/suggest 1'))).toBe('🔴 Urgent');
  expect(offered(await ada.write('/suggest 2'))).toBe('🟠 High');
  expect(offered(await ada.write('/suggest 4'))).toBe('🟠 High');
  expect(offered(await ada.write('/suggest 5'))).toBe('⚪ Low');
  expect((await ada.write('/suggest 3')).text).toContain('looks right: 🟡 medium');
  const told = await ada.write('/suggest 2');
  expect(told.text).toContain('It is due soon: it looks 🟠 high.');
  await ada.press('🟠 High');
  expect((await ada.tasks())[1]).toMatchObject({ priority: 3 });
  expect((await ada.write('/suggest 2')).text).toContain('looks right: 🟠 high');
  ada.clock.advance(5 * 86_400_000);
  expect(offered(await ada.write('/suggest 2'))).toBe('🟠 Critical');
  const boris = await wholeChat(db, { language: 'ru' });
  await boris.write('/add -- срочно позвонить в банк');
  expect(offered(await boris.write('/suggest 1'))).toBe('🔴 Срочно');
  expect((await boris.write('/suggest 1')).text).toContain('Судя по словам, важность — 🔴 срочно.');
});

test('of a closed task it says nothing', async () => {
  const ada = await wholeChat(db);
  await ada.write('/add -- urgent call');
  await ada.write('/done 1');
  expect((await ada.write('/suggest 1')).text).not.toContain('looks');
});
