/** Guards undo and history: nothing is taken back twice, older changes are asked about, everything can be done again. */
import { beforeEach, expect, test } from 'vitest';
import { labels, type TestChat, testChat, testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { DrivenClock } from '../../core/clock.ts';
import type { ActionId } from '../../core/ids.ts';
import { translator } from '../../locales/translator.ts';
import type { Named } from '../../storage/rows.ts';
import type { Feature } from '../../telegram/feature.ts';
import { plainLines } from '../../telegram/view.ts';
import { historyFeature, undoButton } from './index.ts';
import type { RestoreHooks } from './service.ts';

const db = databaseOfFile();
let clock: DrivenClock;
let chat: TestChat;
let hooks: RestoreHooks;
let feature: Feature;
let nextId = 5000;

beforeEach(async () => {
  clock = new DrivenClock('2026-11-22T10:00:00Z');
  hooks = {};
  feature = historyFeature({ hooks: () => hooks });
  chat = testChat(db, clock, await testPerson(db, nextId++), [feature]);
});

/** A change told with a text there is none of, so that the fallback is seen: features' own texts are theirs to test. */
const summary = (name: string) => ({ key: 'history-via-system', args: { name } });

async function addProject(name: string): Promise<{ action: ActionId; id: number }> {
  let made: { action: ActionId; id: number } | undefined;
  await chat.update(async (context) => {
    const { actionId, result } = await context.perform(
      'project.create',
      (changes) => changes.insert('projects', { spaceId: context.actor.spaceId, name, createdAt: context.now }),
      () => summary(name),
    );
    made = { action: actionId, id: result.id };
  });
  if (!made) throw new Error('nothing was made');
  return made;
}

async function rename(id: number, name: string): Promise<ActionId> {
  let action: ActionId | undefined;
  await chat.update(async (context) => {
    const done = await context.perform(
      'project.rename',
      (changes) => changes.update('projects', id, { name }),
      () => summary(name),
    );
    action = done.actionId;
  });
  if (action === undefined) throw new Error('nothing was renamed');
  return action;
}

async function names(): Promise<string[]> {
  const { spaceId } = await chat.person();
  const rows = await db.query<Named>('SELECT * FROM projects WHERE space_id = $1 ORDER BY id', [spaceId]);
  return rows.map((row) => row.name);
}

function pressUndo(action: ActionId) {
  const button = undoButton(translator('en'), action);
  if (!('data' in button)) throw new Error('an Undo button carries data');
  return chat.pressData(button.data);
}

test('/undo takes the newest change back, and a second press of the same button changes nothing', async () => {
  const { action } = await addProject('Website');
  expect((await chat.command('/undo')).text).toContain('↩️');
  expect(await names()).toEqual([]);
  const again = await pressUndo(action);
  expect(again.text).toContain('taken back already');
  expect(await names()).toEqual([]);
});

test('an undo can be taken back, and what stands again can be undone again', async () => {
  await addProject('Website');
  const undone = await chat.command('/undo');
  expect(labels(undone.answers[0])).toEqual(['Redo']);
  expect((await chat.press('Redo')).text).toContain('Again: ');
  expect(await names()).toEqual(['Website']);
  await chat.command('/undo');
  expect(await names()).toEqual([]);
});

test('to and fro by the same button always tells what holds now, never "again" of "again"', async () => {
  await addProject('Website');
  const undone = (await chat.command('/undo')).text;
  const redone = (await chat.press('Redo')).text;
  for (let turn = 0; turn < 3; turn += 1) {
    const back = await chat.press('Undo');
    expect([back.text, labels(back.replaced[0])]).toEqual([undone, ['Redo']]);
    const forth = await chat.press('Redo');
    expect([forth.text, labels(forth.replaced[0])]).toEqual([redone, ['Undo']]);
  }
  expect(await names()).toEqual(['Website']);
});

test('undo of an older change under newer ones asks, lists them, and Keep leaves all as it is', async () => {
  const { id } = await addProject('one');
  const older = await rename(id, 'two');
  await rename(id, 'three');
  const asked = await pressUndo(older);
  expect(labels(asked.answers[0])).toEqual(['Undo anyway', 'Keep']);
  expect(asked.text.split('\n').filter((line) => line.startsWith('• '))).toHaveLength(1);
  await chat.press('Keep');
  expect(await names()).toEqual(['three']);
  await pressUndo(older);
  await chat.press('Undo anyway');
  expect(await names()).toEqual(['one']);
});

test('the question about an older change goes below the message that shows the item', async () => {
  const { id } = await addProject('one');
  const older = await rename(id, 'two');
  await rename(id, 'three');
  const asked = await pressUndo(older);
  expect(asked.replaced).toEqual([]);
});

test('/undo n reports item by item, and what cannot be taken back does not hold up the rest', async () => {
  const first = await addProject('kept');
  await rename(first.id, 'renamed');
  await addProject('kept');
  await db.query('UPDATE projects SET name = $2 WHERE id = $1', [(await addProject('third')).id, 'outside']);
  const told = await chat.command('/undo 4');
  expect(told.text).toContain('4 of 4');
  expect(await names()).toEqual([]);
  await addProject('taken');
  await chat.command('/undo');
  await addProject('free');
  const removed = await db.query<{ id: number }>('SELECT id FROM projects WHERE name = $1', ['free']);
  await chat.update(async (context) => {
    await context.perform(
      'project.remove',
      (changes) => changes.remove('projects', removed[0]?.id ?? 0),
      () => summary('free'),
    );
  });
  const { spaceId } = await chat.person();
  await db.query("INSERT INTO projects (space_id, name, created_at) VALUES ($1, 'FREE', now())", [spaceId]);
  const partly = await chat.command('/undo 2');
  expect(partly.text).toContain('1 of 2');
  expect(partly.text).toContain('taken its place');
  expect(await names()).toEqual(['FREE']);
});

test('what /undo n took back stands again by one button, and can be taken back by one again', async () => {
  for (const name of ['one', 'two', 'three']) await addProject(name);
  expect(labels((await chat.command('/undo 2')).answers[0])).toEqual(['Redo']);
  expect(await names()).toEqual(['one']);
  const again = await chat.press('Redo');
  expect(again.text).toContain('2 of 2 changes stand again');
  expect((await names()).sort()).toEqual(['one', 'three', 'two']);
  expect((await chat.press('Undo')).text).toContain('Took back 2 of 2');
  expect(await names()).toEqual(['one']);
});

test('nothing of a refused undo stays behind, not even its key', async () => {
  const { action } = await addProject('one');
  await chat.command('/undo');
  const before = await db.query('SELECT id FROM actions');
  await pressUndo(action);
  expect(await db.query('SELECT id FROM actions')).toHaveLength(before.length);
});

test('a change of more than 90 days ago is refused clearly', async () => {
  const { action } = await addProject('old');
  clock.advance(91 * 86_400_000);
  expect((await pressUndo(action)).text).toContain('too long ago');
  expect(await names()).toEqual(['old']);
});

test('a longer time to take back is kept where it is configured', async () => {
  chat = testChat(db, clock, await testPerson(db, nextId++), [historyFeature({ hooks: () => hooks, undoDays: 365 })]);
  await addProject('old');
  clock.advance(91 * 86_400_000);
  await chat.command('/undo');
  expect(await names()).toEqual([]);
});

test("another person's change is as unknown as none", async () => {
  const { action } = await addProject('mine');
  const stranger = testChat(db, clock, await testPerson(db, nextId++), [feature]);
  const button = undoButton(translator('en'), action);
  const told = 'data' in button ? await stranger.pressData(button.data) : undefined;
  expect(told?.text).toContain('not here');
  expect(await names()).toEqual(['mine']);
});

test('two presses at the same moment take a change back once', async () => {
  const { action } = await addProject('one');
  const told = await Promise.all([pressUndo(action), pressUndo(action)]);
  const already = told.filter((one) => one.text.includes('taken back already'));
  expect(already.map((one) => /stays|⚠️/u.test(one.text))).toEqual([false]);
  const undos = await db.query(
    "SELECT 1 FROM changes c JOIN actions a ON a.id = c.action_id WHERE a.kind = 'undo' AND (c.entity, c.entity_id) IN (SELECT entity, entity_id FROM changes WHERE action_id = $1)",
    [action],
  );
  expect(undos).toHaveLength(1);
});

test('hooks of the tables that got older rows back run in the same transaction', async () => {
  const restored: number[][] = [];
  hooks = { projects: async (_tx, _actor, ids) => void restored.push([...ids]) };
  const { id } = await addProject('one');
  await chat.command('/undo');
  expect(restored).toEqual([[id]]);
});

test.each(['0', '51', 'abc', '-1', '3 4'])('/undo %s says how it goes and changes nothing', async (words) => {
  await addProject('one');
  await expect(chat.command(`/undo ${words}`)).rejects.toMatchObject({ key: 'error-bad-argument' });
  expect(await names()).toEqual(['one']);
});

test('/undo with nothing to take back says so', async () => {
  await expect(chat.command('/undo')).rejects.toMatchObject({ key: 'error-nothing-to-undo' });
});

test('"undo 2" in words takes two back', async () => {
  await addProject('one');
  await addProject('two');
  await chat.update(async (context) => {
    const capture = { undoCount: 2 } as Parameters<NonNullable<NonNullable<Feature['intents']>['undo']>>[1];
    await feature.intents?.undo?.(context, capture);
  });
  expect(await names()).toEqual([]);
});

test('the history shows newest first, marks what was taken back, and pages without losing an entry', async () => {
  for (let count = 1; count <= 19; count += 1) {
    await addProject(`p${count}`);
    clock.advance(60_000);
  }
  await chat.command('/undo');
  const first = await chat.command('/history');
  expect(first.text).toContain('↩️ taken back');
  expect(labels(first.replaced[0])).toEqual(['1/3', '▶', 'Undo one']);
  const second = await chat.press('▶');
  const third = await chat.press('▶');
  const rows = [first, second, third].map((told) => plainLines(told.replaced[0]?.lines ?? []).length - 2);
  expect(rows).toEqual([8, 8, 4]);
  expect(labels(third.replaced[0])).toEqual(['◀', '3/3', 'Undo one']);
  expect(third.replaced[0]?.shows?.data).toEqual({ list: 'history', page: 3 });
});

test('any change can be chosen from the history and taken back', async () => {
  await addProject('first');
  await addProject('second');
  await chat.command('/history');
  const choices = await chat.press('Undo one');
  const oldest = choices.replaced[0]?.buttons?.[1]?.[0];
  if (!oldest || !('data' in oldest)) throw new Error('no choice offered');
  const told = await chat.pressData(oldest.data);
  expect(told.answers).toHaveLength(1);
  expect(await names()).toEqual(['second']);
});

test('an empty history is no dead end', async () => {
  expect((await chat.command('/history')).text).toContain('Nothing has been changed yet');
});

test('a change whose text is not known (made by a newer version) is still told and undone', async () => {
  await chat.update(async (context) => {
    await context.perform(
      'project.create',
      (changes) => changes.insert('projects', { spaceId: context.actor.spaceId, name: 'x', createdAt: context.now }),
      () => ({ key: 'action-of-the-future', args: {} }),
    );
  });
  expect((await chat.command('/history')).text).toContain('a change');
  expect((await chat.command('/undo')).text).toContain('Taken back: a change');
});

test('every question and answer can be said in Russian', async () => {
  const { id: person } = await chat.person();
  await db.query("UPDATE people SET language = 'ru', locale = 'ru' WHERE id = $1", [person]);
  expect((await chat.command('/history')).text).toContain('Изменений пока не было');
  const { id } = await addProject('one');
  const older = await rename(id, 'two');
  await rename(id, 'three');
  expect((await pressUndo(older)).text).toContain('ещё раз меняли');
  await chat.press('Оставить');
  await pressUndo(older);
  expect((await chat.press('Отменить всё-таки')).text).toContain('↩️');
  expect((await chat.press('Вернуть')).text).toContain('Снова: ');
  expect((await chat.command('/undo 9')).text).toContain('Больше отменять нечего');
  await chat.command('/history');
  expect((await pressUndo(older)).text).toContain('уже отменено');
});
