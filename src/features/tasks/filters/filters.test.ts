/** Saved filters, and filters that cannot be read: kept, replaced, used, taken away, told. */
import { expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { lastView, type TaskChat, takeBack, taskChat } from '../../../../test/support/tasks.ts';
import { authorize } from '../../../access/authorize.ts';
import { NotFound } from '../../../core/errors.ts';

const db = databaseOfFile();

async function chat(...titles: string[]): Promise<TaskChat> {
  const made = await taskChat(db);
  for (const title of titles) await made.command(`/add ${title}`);
  return made;
}

const kept = async (ada: TaskChat) =>
  (
    await db.query<{ name: string; query: string }>(
      'SELECT name, query FROM saved_filters WHERE space_id = $1 ORDER BY name',
      [(await ada.person()).spaceId],
    )
  ).map(({ name, query }) => `${name}: ${query}`);

test('a filter is kept by command, shown by its name and by its button, replaced under the same name, taken back', async () => {
  const ada = await chat('Offer !high #sales', 'Walk #home');
  await ada.command('/filters save urgent priority:high status:open');
  await ada.command('/filters "at home" = tag:home');
  expect(await kept(ada)).toEqual(['at home: tag:home', 'urgent: priority:high status:open']);
  expect((await ada.command('/filters Urgent')).text).toContain('Offer');
  const list = await ada.command('/filters');
  expect(labels(lastView(list))).toEqual(['at home', 'urgent', 'Remove one']);
  expect((await ada.press('at home')).text).toContain('Walk');
  await ada.command('/filters save URGENT priority:>=high');
  expect(await kept(ada)).toEqual(['URGENT: priority:>=high', 'at home: tag:home']);
  await takeBack(ada);
  expect(await kept(ada)).toEqual(['at home: tag:home', 'urgent: priority:high status:open']);
});

test('a search is kept by its button', async () => {
  const ada = await chat('Offer for Acme #sales');
  await ada.command('/search offer tag:sales');
  await ada.press('Save');
  await ada.say('offers');
  expect(await kept(ada)).toEqual(['offers: offer tag:sales']);
});

test('a search that is kept does not offer to keep it again, by whatever way it is run, and says its name', async () => {
  const ada = await chat('Offer #sales', 'Order #sales');
  expect(labels(lastView(await ada.command('/search tag:sales')))).toContain('Save');
  await ada.command('/filters save trade tag:sales');
  await ada.command('/filters');
  for (const told of [
    await ada.press('trade'),
    await ada.command('/search tag:sales'),
    await ada.command('/filters trade'),
  ]) {
    expect(told.text).toMatch(/^trade · 2/);
    expect(labels(lastView(told))).toEqual(['1', '2', 'New search', 'Change all 2']);
  }
  expect(labels(lastView(await ada.command('/search tag:sales offer')))).toContain('Save');
});

test('one is taken away by button and by command, and comes back by undo', async () => {
  const ada = await chat();
  for (const name of ['a', 'b']) await ada.command(`/filters save ${name} tag:${name}`);
  await ada.command('/filters');
  await ada.press('Remove one');
  await ada.press('✕ a');
  expect(await kept(ada)).toEqual(['b: tag:b']);
  await takeBack(ada);
  expect(await kept(ada)).toEqual(['a: tag:a', 'b: tag:b']);
  expect((await ada.command('/filters delete b')).text).toMatch(/^Deleted: filter b\.\n\nSaved filters/);
  expect(await kept(ada)).toEqual(['a: tag:a']);
  await expect(ada.command('/filters delete b')).rejects.toMatchObject({ key: 'task-error-filter-unknown' });
});

test.each([
  ['/search offer priority:huge', 'priority:huge', 'priority: is low, medium'],
  ['/search status:later offer', 'status:later', 'status: is open, closed'],
  ['/search offer due:someday-soon', 'due:someday-soon', 'due: is today'],
  ['/search offer client:"Acme', 'client:"Acme', 'client: is a client'],
  ['/search offer tag:', 'tag:', 'tag: is a tag'],
])('%s says what is wrong, and finds by the rest', async (line, wrong, hint) => {
  const ada = await chat('Offer', 'Walk');
  const told = await ada.command(line);
  expect(told.text).toContain(`I could not use ${wrong} and left it out.`);
  expect(told.text).toContain(hint);
  expect(told.text).toContain('Offer');
  expect(labels(lastView(told))).not.toContain('Save');
});

test.each(['save', 'save hot', 'save "" offer'])('/filters %s says how one is kept', async (words) => {
  await expect((await taskChat(db)).command(`/filters ${words}`)).rejects.toMatchObject({ key: 'task-filters-how' });
});

test('what cannot be read is not kept, nor is nothing, nor more than fit', async () => {
  const ada = await chat();
  await expect(ada.command('/filters save x priority:huge')).rejects.toMatchObject({ key: 'task-error-filter' });
  await expect(ada.command(`/filters save ${'x'.repeat(40)} tag:a`)).rejects.toMatchObject({
    key: 'task-error-filter-name',
  });
  expect(await kept(ada)).toEqual([]);
  for (let count = 0; count < 30; count += 1) await ada.command(`/filters save f${count} tag:a`);
  await expect(ada.command('/filters save more tag:a')).rejects.toMatchObject({ key: 'task-error-filter-many' });
});

test("another's filter is neither shown nor taken away", async () => {
  const ada = await chat();
  await ada.command('/filters save mine tag:a');
  const [row] = await db.query<{ id: number }>('SELECT max(id) AS id FROM saved_filters');
  const eve = await chat();
  expect((await eve.command('/filters')).text).toContain('No saved filters yet.');
  await eve.update(async ({ tx, actor }) => {
    await expect(authorize(tx, actor, 'filter', row?.id ?? 0)).rejects.toThrow(NotFound);
  });
});
