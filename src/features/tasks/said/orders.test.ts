/** "rename …", "edit …", "why …" and "move #12 to …" act on what is there, in both languages; where nothing is, they are tasks. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

const chat = (language = 'en') => wholeChat(db, { language });
const titles = async (ada: WholeChat) => (await ada.tasks()).map(({ title }) => title);

test('a task is renamed by its number, by words of its title, and by a reply; taken back like any change', async () => {
  const ada = await chat();
  await ada.write('call Bob');
  await ada.write('write to Bob');
  await ada.write('rename #1 to Call Ann');
  await ada.write('rename write to Bob to write to Ann');
  expect(await titles(ada)).toEqual(['Call Ann', 'write to Ann']);
  const card = await ada.write('/task 1');
  await ada.reply(card.replaced[0], 'rename to Call Zoe');
  expect(await titles(ada)).toEqual(['Call Zoe', 'write to Ann']);
  await ada.press('Undo');
  expect(await titles(ada)).toEqual(['Call Ann', 'write to Ann']);
});

test('a reminder is renamed in the same words', async () => {
  const ada = await chat();
  await ada.write('remind me to stretch tomorrow at 9');
  await ada.write('rename stretch to stretch the back');
  expect(await ada.reminders()).toMatchObject([{ text: 'stretch the back' }]);
});

test('what names nothing that is there is a task, whatever it begins with', async () => {
  const ada = await chat();
  for (const words of ['rename the files to lower case', 'edit the photos', 'why we sleep', 'move #12 to Website'])
    await ada.write(words).catch(() => {});
  expect(await titles(ada)).toEqual(['rename the files to lower case', 'edit the photos', 'why we sleep']);
});

test('"edit" with words that may be a task of their own is asked about, and a press keeps them', async () => {
  const ada = await chat();
  await ada.write('send the photos');
  const told = await ada.write('edit the photos');
  expect(labels(told.replaced[0])).toEqual(['1  send the photos', 'Save task', 'Cancel']);
  await ada.press('Save task');
  expect(await titles(ada)).toEqual(['send the photos', 'edit the photos']);
  await ada.write('edit the photos of Rome');
  expect(await titles(ada)).toContain('edit the photos of Rome');
  expect((await ada.write('edit task send the photos')).text).toContain('send the photos  #1');
  expect(labels((await ada.write('edit #1')).replaced[0])).toContain('Title');
});

test('"why didn\'t you remind me" answers for the reminder that is named, asks which, or says that there is none', async () => {
  const ada = await chat();
  await ada.write('remind me to stretch tomorrow at 9');
  await ada.write('call Bob');
  const told = await ada.write("why didn't you remind me to stretch?");
  expect(told.text).toContain('Stretch');
  expect(told.text).toContain('Tomorrow 09:00');
  expect((await ada.write('why #1')).text).toBe(told.text);
  expect((await ada.write("why didn't you remind me?")).text).toContain('Which one?');
  expect((await ada.write('why did you not remind me about Bob')).text).toContain('#2 has no reminder');
  expect((await ada.write('why no reminder for the dentist')).text).toContain('Nothing here is called "dentist"');
  expect(await titles(ada)).toEqual(['call Bob']);
});

test('a reply "why?" to a reminder shows what became of it', async () => {
  const ada = await chat();
  await ada.write('remind me to stretch in 10 minutes');
  ada.clock.advance(600_000);
  const [fired] = await ada.fired();
  expect((await ada.reply(fired, 'why?')).text).toContain('sent');
});

test('"move #12 to Website" moves to a project there is; /move makes one, takes a day for a day, and "none" for none', async () => {
  const ada = await chat();
  await ada.write('/add send the offer');
  await ada.write('/add fix the page');
  await ada.write('/move 1 Website');
  await ada.write('move #2 to website');
  const [first, second] = await ada.tasks();
  expect(first?.projectId).not.toBeNull();
  expect(second?.projectId).toBe(first?.projectId);
  await ada.write('/move 2 friday');
  expect((await ada.tasks())[1]).toMatchObject({ dueDate: '2026-11-27', projectId: first?.projectId });
  await ada.write('/move 2 none');
  expect((await ada.tasks())[1]).toMatchObject({ projectId: null });
  expect((await ada.write('/move 2')).text).toContain('Website');
  await ada.write('to Garden');
  expect((await ada.write('/task 2')).text).toContain('Garden');
});

test('"skip", "pause" and "resume" act on what repeats, and are tasks where nothing of the name does', async () => {
  const ada = await chat();
  await ada.write('water the plants every monday at 9');
  expect((await ada.write('skip water the plants this week')).handled).toEqual(['/skip 1']);
  expect((await ada.write('pause the plants until 10 dec')).handled).toEqual(['/pause 1 until 10 dec']);
  expect((await ada.write('resume #1')).handled).toEqual(['/pause 1 off']);
  await ada.write('skip breakfast');
  await ada.write('pause the video at 10:00');
  expect(await titles(ada)).toEqual(['Water the plants', 'skip breakfast', 'Pause the video']);
});

test('in Russian too', async () => {
  const boris = await chat('ru');
  await boris.write('позвонить Анне');
  await boris.write('напомни размяться завтра в 9 утра');
  await boris.write('переименуй #1 в Позвонить Зое');
  expect(await titles(boris)).toEqual(['Позвонить Зое']);
  expect(labels((await boris.write('измени #1')).replaced[0])).toContain('Название');
  expect((await boris.write('почему ты не напомнил размяться')).text).toContain('азмяться');
  expect((await boris.write('почему не напомнил?')).text).toContain('О каком речь?');
  await boris.write('/move 1 Дом');
  await boris.write('купить лампу');
  await boris.write('перенеси 3 в Дом');
  const tasks = await boris.tasks();
  expect(tasks.map(({ projectId }) => projectId)).toEqual([tasks[0]?.projectId, tasks[0]?.projectId]);
});
