/** Tasks of a space give a stranger nothing, by whatever door. */
import { expect, test } from 'vitest';
import { testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { authorize } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { perform } from '../../actions/perform.ts';
import { NotFound } from '../../core/errors.ts';
import type { ChatId } from '../../core/ids.ts';
import { blockersOf, depend, release, waitingFor } from './links/dependencies.ts';
import { childrenOf, putUnder } from './links/tree.ts';
import { listTasks } from './lists/lists.ts';
import { addNote, editNote, notesOf, removeNote } from './notes.ts';
import { findByWords } from './search/matching.ts';
import { searchTasks } from './search/search.ts';
import { taskService } from './service.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');

const db = databaseOfFile();
let keys = 0;

const nothing = async () => {};
const tasks = taskService({
  ...{ taskChanged: nothing, removeForTask: nothing, taskRepeated: nothing },
  ...{ taskPaused: nothing, taskResumed: nothing, remindAhead: async () => [] },
});

async function actorOf(id: number): Promise<Actor> {
  const person = await testPerson(db, id);
  return { person, spaceId: person.spaceId, chatId: id as ChatId, via: 'person' };
}

async function act<T>(change: (changes: Changes) => Promise<T>, actor: Actor): Promise<T> {
  keys += 1;
  const request = { key: `test#${keys}`, kind: 'test', at: NOW, change, summary: () => ({ key: '', args: {} }) };
  return (await db.transaction((tx) => perform(tx, actor, request))).result;
}

test('every function that takes a task or note gives a stranger nothing', async () => {
  const [ada, eve] = [await actorOf(501), await actorOf(502)];
  const recurrence = { rrule: 'FREQ=DAILY', basis: 'schedule' as const };
  const plan = { title: 'secret plan', notes: 'hidden', tags: ['private'], dueDate: '2026-11-25', recurrence };
  const made = await act((changes) => tasks.create(changes, ada, plan, NOW), ada);
  const task = await authorize(db, ada, 'task', made.id);
  const said = await act((changes) => addNote(changes, ada, task, 'secret note', NOW), ada);
  const note = await authorize(db, ada, 'note', said.id);
  const own = await act((changes) => tasks.create(changes, eve, { title: 'hers' }, NOW), eve);
  const hers = await authorize(db, eve, 'task', own.id);
  const attempts: Array<(changes: Changes) => Promise<unknown>> = [
    (changes) => tasks.edit(changes, eve, task, { title: 'mine' }, NOW),
    (changes) => tasks.setStatus(changes, eve, task, 'done', NOW),
    (changes) => tasks.complete(changes, eve, task, NOW),
    (changes) => tasks.reopen(changes, eve, task, NOW),
    (changes) => tasks.cancel(changes, eve, task, NOW),
    (changes) => tasks.skip(changes, eve, task, NOW),
    (changes) => tasks.removeOne(changes, eve, task, NOW),
    (changes) => tasks.pause(changes, eve, task, null, NOW),
    (changes) => tasks.resume(changes, eve, task, NOW),
    (changes) => tasks.remove(changes, eve, task, NOW),
    (changes) => addNote(changes, eve, task, 'x', NOW),
    (changes) => editNote(changes, eve, note, 'x', NOW),
    (changes) => removeNote(changes, eve, note),
    (changes) => notesOf(changes.tx, eve, task, 5),
    (changes) => tasks.closeAll(changes, eve, task, 'done', NOW),
    (changes) => tasks.create(changes, eve, { title: 'part' }, NOW, task),
    (changes) => putUnder(changes, eve, task, null),
    (changes) => childrenOf(changes.tx, eve, task, 5),
    (changes) => depend(changes, eve, hers, task, NOW),
    (changes) => depend(changes, eve, task, hers, NOW),
    (changes) => release(changes, eve, task, hers),
    (changes) => blockersOf(changes.tx, eve, task),
    (changes) => waitingFor(changes.tx, eve, task),
  ];
  for (const attempt of attempts) await expect(act(attempt, eve)).rejects.toThrow(NotFound);
  await expect(authorize(db, eve, 'task', task.id)).rejects.toThrow(NotFound);
  expect((await listTasks(db, eve, { kind: 'open', value: null }, 1, NOW)).total).toBe(1);
  expect((await listTasks(db, eve, { kind: 'tag', value: 'private' }, 1, NOW)).total).toBe(0);
  expect((await searchTasks(db, eve, 'secret', 1, NOW)).total).toBe(0);
  expect(await findByWords(db, eve, 'secret plan')).toEqual({ kind: 'none' });
});
