/** Templates: a task kept with its subtasks, made again for another day, replaced, taken away, taken back. */
import { expect, test } from 'vitest';
import { labels } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { everything, lastView, type TaskChat, takeBack, taskChat } from '../../../../test/support/tasks.ts';
import { authorize } from '../../../access/authorize.ts';
import { NotFound } from '../../../core/errors.ts';

const db = databaseOfFile();

async function chat(...lines: string[]): Promise<TaskChat> {
  const made = await taskChat(db);
  for (const line of lines) await made.command(line);
  return made;
}

/** Welcoming somebody on Friday 27 November, with what goes before. */
const welcome = () =>
  chat(
    '/add Welcome Eve friday 9:00 !high #people @acme ~30m',
    '/subtask 1 order a laptop today',
    '/subtask 1 prepare a desk thursday',
    '/subtask 3 find a chair',
    '/subtask 1 not this',
    '/set_status 5 cancelled',
    '/done 2',
  );

test('a task is kept with its subtasks and made again for another day, everything to be done, dates as far apart as they were', async () => {
  const ada = await welcome();
  expect((await ada.command('/template save 1 onboarding')).text).toBe(
    'Kept as a template: onboarding, with its 3 subtasks',
  );
  const before = await everything(db, ada);
  const told = await ada.command('/template onboarding 14 december');
  expect(told.text).toContain('Welcome Eve  #6');
  expect(told.text).toContain('0 of 3 subtasks done');
  const [whole, laptop, desk, chair, ...others] = (await ada.tasks()).slice(5);
  expect(others).toEqual([]);
  expect(whole).toMatchObject({
    dueDate: '2026-12-14',
    dueTime: '09:00',
    priority: 3,
    tags: ['people'],
    estimateMinutes: 30,
  });
  expect(whole?.clientId).toBe((await ada.tasks())[0]?.clientId);
  expect(laptop).toMatchObject({ status: 'todo', dueDate: '2026-12-12', parentId: whole?.id });
  expect(desk).toMatchObject({ dueDate: '2026-12-13', parentId: whole?.id });
  expect(chair).toMatchObject({ title: 'find a chair', dueDate: null, parentId: desk?.id });
  await takeBack(ada);
  expect(await everything(db, ada)).toEqual(before);
});

test('without a day it asks for one where the template has dates, and takes words, buttons or none', async () => {
  const ada = await welcome();
  await ada.command('/template save 1 onboarding');
  const asked = await ada.command('/template onboarding');
  expect(asked.text).toContain('For which day?');
  expect(await ada.tasks()).toHaveLength(5);
  await ada.press('Tomorrow');
  expect((await ada.tasks())[5]).toMatchObject({ dueDate: '2026-11-26' });
  await ada.command('/template');
  await ada.press('onboarding');
  await ada.say('on monday');
  expect((await ada.tasks())[9]).toMatchObject({ dueDate: '2026-11-30' });
  await ada.command('/template onboarding');
  await ada.press('No date');
  expect((await ada.tasks()).slice(13).map((task) => task.dueDate)).toEqual([null, null, null, null]);
  // A plain task needs no day.
  await ada.command('/add Water the plants');
  const { number } = (await ada.tasks()).at(-1) ?? {};
  await ada.command(`/template save ${number}`);
  expect((await ada.command('/template water the plants')).text).toContain('Water the plants');
});

test('kept from its card under its title; the same name replaces; removed by button; each is taken back', async () => {
  const ada = await chat('/add Pack');
  await ada.command('/task 1');
  await ada.press('More');
  expect((await ada.press('As template')).text).toBe('Kept as a template: Pack');
  await ada.command('/subtask 1 socks');
  await ada.command('/template save 1 as PACK');
  expect((await ada.command('/template')).text).toBe('Templates\nPACK · 1 subtask');
  await ada.press('Remove one');
  const gone = await ada.press('✕ PACK');
  expect(gone.text).toMatch(/^Deleted: template PACK\.\n\nNo templates yet\./);
  expect(labels(lastView(gone))).toEqual(['Undo']);
  await takeBack(ada);
  expect((await ada.command('/template')).text).toContain('PACK · 1 subtask');
});

test('what there is none of is told', async () => {
  const ada = await chat('/add Pack');
  for (const [line, key] of [
    ['/template moving', 'task-error-template-unknown'],
    ['/template delete moving', 'task-error-template-unknown'],
    ['/template save', 'task-error-template-which'],
    [`/template save 1 ${'x'.repeat(60)}`, 'task-error-template-name'],
  ] as const)
    await expect(ada.command(line), line).rejects.toMatchObject({ key });
  await expect(ada.command('/template save 77 x')).rejects.toThrow(NotFound);
});

test("another's template is neither shown nor used", async () => {
  const ada = await chat('/add Pack', '/template save 1 mine');
  const [row] = await db.query<{ id: number }>('SELECT max(id) AS id FROM templates');
  const eve = await chat();
  expect((await eve.command('/template')).text).toContain('No templates yet.');
  await eve.update(async ({ tx, actor }) => {
    await expect(authorize(tx, actor, 'template', row?.id ?? 0)).rejects.toThrow(NotFound);
  });
  expect(await ada.tasks()).toHaveLength(1);
});

test('a template that takes the place of another says so; behind its name stands a day or what could not be read', async () => {
  const ada = await welcome();
  await ada.command('/template save 3 onboarding');
  const told = await ada.command('/template save 1 onboarding');
  expect(told.text).toMatch(/^Kept as a template: onboarding, with its 3 subtasks\nIt takes the place/);
  await expect(ada.command('/template onboarding blah')).rejects.toMatchObject({ args: { words: 'blah' } });
});
