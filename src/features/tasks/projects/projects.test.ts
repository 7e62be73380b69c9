/** Projects: renamed, deleted while in use, named by templates and series that outlive them; in both languages. */
import { expect, test } from 'vitest';
import { type WholeChat, wholeChat } from '../../../../test/support/chats/whole-chat.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';

const db = databaseOfFile();

/** Tasks #1 and #2 in Website, #2 done. */
async function website(language = 'en'): Promise<WholeChat> {
  const ada = await wholeChat(db, { language });
  for (const line of [
    '/add fix the page',
    '/add send the offer',
    '/project 1 Website',
    '/project 2 Website',
    '/done 2',
  ])
    await ada.write(line);
  return ada;
}

const projectsOf = async (ada: WholeChat) => {
  const { spaceId } = await ada.person();
  return (await db.query<{ name: string }>('SELECT name FROM projects WHERE space_id = $1', [spaceId])).map(
    ({ name }) => name,
  );
};

test.each([
  '/project rename Website Site',
  '/project rename website to Site',
  '/project rename "Website" "Site"',
  '/project rename Website -> Site',
])('%s', async (line) => {
  const ada = await website();
  expect((await ada.write(line)).text).toBe('Website is called Site now.');
  expect(await projectsOf(ada)).toEqual(['Site']);
  await ada.press('Undo');
  expect(await projectsOf(ada)).toEqual(['Website']);
});

test('a project takes no name that another has, and one that is not there is told', async () => {
  const ada = await website();
  await ada.write('/add dig');
  await ada.write('/project 3 Garden');
  expect((await ada.write('/project rename Website garden')).text).toContain('There is a project Garden already');
  expect((await ada.write('/project rename Nowhere Site')).text).toContain('No project is called "Nowhere Site"');
  expect((await ada.write('/project delete Nowhere')).text).toContain('No project is called "Nowhere"');
  await ada.write('/project rename Website WEBSITE');
  expect(await projectsOf(ada)).toEqual(expect.arrayContaining(['WEBSITE']));
});

test('one in use is deleted after a question; its tasks stay without one, and come back under it by one undo', async () => {
  const ada = await website();
  const asked = await ada.write('/project delete Website');
  expect(asked.text).toBe('2 tasks are in Website, 1 of them open. They stay, without a project. Delete the project?');
  expect(await projectsOf(ada)).toEqual(['Website']);
  expect((await ada.press('Delete')).text).toBe('Deleted: project Website. Its 2 tasks stay, without one.');
  expect((await ada.tasks()).map(({ projectId }) => projectId)).toEqual([null, null]);
  await ada.press('Undo');
  expect(await projectsOf(ada)).toEqual(['Website']);
  expect((await ada.tasks()).every(({ projectId }) => projectId !== null)).toBe(true);
});

test('the question pressed twice, or after the project is gone, says so', async () => {
  const ada = await website();
  await ada.write('/project delete Website');
  const pressed = await ada.press('Delete');
  expect(pressed.text).toContain('Deleted');
  await ada.write('/project delete Website').catch(() => {});
  const { spaceId } = await ada.person();
  expect(await db.query('SELECT 1 FROM projects WHERE space_id = $1', [spaceId])).toEqual([]);
});

test('a template that names a deleted project makes it again and says so; one that is there is not mentioned', async () => {
  const ada = await website();
  await ada.write('/template save 1 launch');
  expect((await ada.write('/template launch')).text).not.toContain('made again');
  await ada.write('/project delete Website');
  await ada.press('Delete');
  const told = await ada.write('/template launch');
  expect(told.text).toContain('There was no project Website any more, so it is made again.');
  expect(await projectsOf(ada)).toEqual(['Website']);
});

test('a series whose open instance stands elsewhere follows the new name, and forgets a deleted project', async () => {
  const ada = await website();
  await ada.write('water the plants every monday at 9');
  for (const line of ['/project 3 Garden', '/project 3 Website']) {
    await ada.write(line);
    await ada.press(line.includes('Garden') ? 'All following' : 'This one');
  }
  await ada.write('/project rename Garden Terrace');
  expect((await ada.tasks()).find(({ number }) => number === 3)?.series?.own.project).toBe('Terrace');
  await ada.write('/project delete Terrace');
  await ada.write('/done 3');
  expect((await ada.tasks()).at(-1)).toMatchObject({ title: 'Water the plants', projectId: null });
});

test('in Russian too', async () => {
  const boris = await website('ru');
  expect((await boris.write('/project переименуй Website в Сайт')).text).toBe('Website теперь называется Сайт.');
  expect((await boris.write('/project')).text).toContain('/project rename');
  expect((await boris.write('/project удали Сайт')).text).toContain('В проекте Сайт 2 задачи, открытых — 1.');
  expect((await boris.press('Удалить')).text).toContain('Без проекта остались 2 задачи.');
});
