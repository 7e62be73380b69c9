/** Guards the bounds of files, told in words, and what files mean beside a reminder, a series and a command. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import type { InboundFile } from '../../../telegram/feature.ts';

const db = databaseOfFile(4);

const chat = (language = 'en'): Promise<WholeChat> => wholeChat(db, { language });
const file = (more: Partial<InboundFile> = {}): InboundFile => ({
  kind: 'photo',
  fileId: 'x',
  uniqueId: '',
  messageId: 1,
  name: null,
  bytes: 1_000,
  duration: null,
  ...more,
});
const many = (count: number, more: Partial<InboundFile> = {}) => Array.from({ length: count }, () => file(more));
const attached = async (ada: WholeChat) =>
  db.query<{ title: string; name: string; description: string }>(
    `SELECT t.title, a.name, a.description FROM attachments a JOIN tasks t ON t.id = a.task_id WHERE a.space_id = $1 ORDER BY a.id`,
    [(await ada.person()).spaceId],
  );

test('a task holds a hundred files, and what is beyond is told and left, its words kept', async () => {
  const ada = await chat();
  const told = await ada.write('the album', { files: many(102) });
  expect(told.text).toContain('A task holds at most 100 files; 2 stay in this chat.');
  expect(await attached(ada)).toHaveLength(100);
  const more = await ada.reply(told.replaced[0], 'one more', { files: [file()] });
  expect(more.text).toContain('A task holds at most 100 files; one stays in this chat.');
});

test('what one person’s files may take is told in words, in both languages, and /files shows what takes it', async () => {
  for (const [language, words, head] of [
    [
      'en',
      'Your files take all of the 1000 MB they may, so 2 stay in this chat. /files shows what can go.',
      '📎 50 files · 1000 MB of 1000 MB',
    ],
    [
      'ru',
      'Ваши файлы заняли все 1000 МБ, что им отведены, так что в этом чате остались 2 файла. /files покажет, что можно убрать.',
      '📎 50 файлов · 1000 МБ из 1000 МБ',
    ],
  ] as const) {
    const ada = await chat(language);
    const told = await ada.write('films', { files: many(52, { kind: 'video', bytes: 20_000_000 }) });
    expect(told.text).toContain(words);
    expect((await ada.write('/files')).text).toContain(head);
  }
});

test('a file in reply to a reminder goes to its task; where it has none it becomes one called like the reminder', async () => {
  const ada = await chat();
  await ada.write('/add -- pay the rent');
  const ofTask = await ada.write('/remind 1 tomorrow at 9');
  const told = await ada.reply([...ofTask.answers, ...ofTask.replaced].at(-1), 'the bill', { files: [file()] });
  expect(told.text).toBe('📎 Put to pay the rent.');
  const alone = await ada.write('remind me to stretch tomorrow at 9');
  await ada.reply([...alone.answers, ...alone.replaced].at(-1), '', { files: [file({ kind: 'voice' })] });
  expect(await attached(ada)).toMatchObject([{ title: 'pay the rent', description: 'the bill' }, { title: 'Stretch' }]);
});

test('a note with a photo is put to the task it names; a command takes the photo along', async () => {
  const ada = await chat();
  await ada.write('/add -- fix the roof');
  await ada.write('/files 1 the crack', { files: [file()] });
  await ada.write('/add buy slates', { files: [file({ kind: 'document', name: 'list.pdf' })] });
  expect(await attached(ada)).toMatchObject([
    { title: 'fix the roof', description: 'the crack' },
    { title: 'buy slates', name: 'list.pdf' },
  ]);
});

test('a sticker in reply is what it stands for; a sticker alone is kept with its task', async () => {
  const ada = await chat();
  const told = await ada.write('/add -- water the ferns');
  await ada.reply(told.replaced[0], '✅', { files: [file({ kind: 'sticker' })] });
  expect(await attached(ada)).toEqual([]);
  await ada.write('🎉', { files: [file({ kind: 'sticker' })] });
  expect(await attached(ada)).toMatchObject([{ title: '🎉' }]);
});

test('the history of a task tells of its files, and a removal is undone with the file back in its place', async () => {
  const ada = await chat();
  await ada.write('garden plan', { files: [file({ kind: 'document', name: 'plan.pdf' })] });
  const [{ id = 0 } = {}] = await db.query<{ id: number }>(`SELECT max(id)::int AS id FROM attachments`);
  await ada.write(`/files rename ${id} garden.pdf`);
  await ada.write(`/files remove ${id}`);
  expect(await attached(ada)).toEqual([]);
  expect((await ada.write('/search garden.pdf')).text).toContain('Nothing found');
  await ada.write('/undo 2');
  expect(await attached(ada)).toMatchObject([{ name: 'plan.pdf' }]);
  expect((await ada.write('/search plan.pdf')).text).toContain('garden plan');
  await ada.write('/task 1');
  await ada.press('More');
  const history = (await ada.press('History')).text;
  expect(history).toContain('Renamed a file to "garden.pdf"');
  expect(history).toContain('Removed the file "garden.pdf"');
});

test('files of others are not there: neither by number nor in a list', async () => {
  const [ada, bea] = [await chat(), await chat()];
  await ada.write('secret', { files: [file({ kind: 'document', name: 'secret.pdf' })] });
  const [{ id = 0 } = {}] = await db.query<{ id: number }>(`SELECT max(id)::int AS id FROM attachments`);
  for (const line of [`/files remove ${id}`, `/files rename ${id} mine`, `/attachment_description ${id} mine`])
    expect((await bea.write(line)).text).toBe(`There is no file ${id}.`);
  expect((await bea.write('/files')).text).not.toContain('secret');
  expect(await attached(ada)).toMatchObject([{ name: 'secret.pdf' }]);
});
