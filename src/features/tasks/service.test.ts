/** Tasks on real PostgreSQL: rules of the fields, statuses, series, notes and undo. */
import { beforeAll, describe, expect, test } from 'vitest';
import { testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { type Authorized, authorize } from '../../access/authorize.ts';
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import { perform } from '../../actions/perform.ts';
import { undo } from '../../actions/undo.ts';
import { UserError } from '../../core/errors.ts';
import type { ActionId, ChatId } from '../../core/ids.ts';
import type { Task } from '../../storage/rows.ts';
import type { TaskReminders } from './closing/contract.ts';
import { readDetails } from './details.ts';
import { clientsRestored, projectsRestored } from './names.ts';
import { addNote, editNote, notesRestored, removeNote } from './notes.ts';
import { taskService, tasksRestored } from './service.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const DAY = 86_400_000;

const db = databaseOfFile();
let ada: Actor;
const heard: string[] = [];
const reminders: TaskReminders = {
  taskChanged: async (_changes, _actor, task) => void heard.push(`changed ${task.title}`),
  removeForTask: async (_changes, _actor, task) => void heard.push(`removed ${task.id}`),
  taskRepeated: async (_changes, _actor, done, next) => void heard.push(`repeated ${done.number} ${next.number}`),
  taskPaused: async (_changes, _actor, task, until) => void heard.push(`paused ${task.title} ${until}`),
  taskResumed: async (_changes, _actor, task) => void heard.push(`resumed ${task.title}`),
  remindAhead: async () => [],
};
const tasks = taskService(reminders);
let keys = 0;

async function act<T>(change: (changes: Changes) => Promise<T>, actor = ada, at = NOW) {
  return db.transaction((tx) =>
    perform(tx, actor, {
      key: `test#${keys++}`,
      kind: 'test',
      at,
      change,
      summary: () => ({ key: 'action-task-edit', args: {} }),
    }),
  );
}

async function make(fields: Parameters<typeof tasks.create>[2], at = NOW): Promise<Authorized<Task>> {
  const { result } = await act((changes) => tasks.create(changes, ada, fields, at));
  return authorize(db, ada, 'task', result.id);
}

const takeBack = (action: ActionId) =>
  db.transaction((tx) =>
    undo(tx, ada, {
      action,
      now: NOW,
      hooks: { tasks: tasksRestored, notes: notesRestored, projects: projectsRestored, clients: clientsRestored },
    }),
  );

const rowsOf = (table: 'tasks' | 'notes' | 'task_words' | 'projects') =>
  db.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`);

beforeAll(async () => {
  const person = await testPerson(db, 501, { name: 'Ada' });
  ada = { person, spaceId: person.spaceId, chatId: 501 as ChatId, via: 'person' };
});

describe('fields', () => {
  test('a title over its bound keeps every word: the whole goes to the notes', async () => {
    const words = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
    const task = await make({ title: words, notes: 'second line' });
    expect(task.title.length).toBeLessThanOrEqual(500);
    expect(task.title.endsWith('…')).toBe(true);
    expect(task.notes).toBe(`${words}\n\nsecond line`);
  });

  test('an empty title, a day that does not exist and a rule that never happens are refused', async () => {
    for (const fields of [
      { title: ' \n ' },
      { title: 'x', dueDate: '2026-02-30' },
      { title: 'x', dueDate: '2026-02-03', dueTime: '25:00' },
      { title: 'x', estimateMinutes: -5 },
      { title: 'x', recurrence: { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', basis: 'schedule' as const } },
    ]) {
      await expect(make(fields)).rejects.toThrow(UserError);
    }
  });

  test('projects and clients are made on the fly, once whatever the case', async () => {
    const one = await make({ title: 'one', project: 'Website', client: 'Acme' });
    const two = await make({ title: 'two', project: 'WEBSITE', client: '@acme' });
    expect(one.projectId).not.toBeNull();
    expect(two.projectId).toBe(one.projectId);
    expect(two.clientId).toBe(one.clientId);
  });

  test('tags lose their sign and case and stand once', async () => {
    expect((await make({ title: 'tagged', tags: ['#Sales', 'sales', 'ПЛАН'] })).tags).toEqual(['sales', 'план']);
  });

  test('taking the date away takes the time with it', async () => {
    const task = await make({ title: 'timed', dueDate: '2026-12-01', dueTime: '15:00' });
    const { result } = await act((changes) => tasks.edit(changes, ada, task, { dueDate: null }, NOW));
    expect([result.dueDate, result.dueTime]).toEqual([null, null]);
    expect(heard).toContain('changed timed');
  });

  test('numbers are the space its own and never given twice', async () => {
    const [a, b] = await Promise.all([make({ title: 'a' }), make({ title: 'b' })]);
    expect(a.number).not.toBe(b.number);
  });
});

describe('statuses', () => {
  test('completing twice is told, reopening an open one too', async () => {
    const task = await make({ title: 'finish me' });
    const { result } = await act((changes) => tasks.complete(changes, ada, task, NOW));
    expect(result.task).toMatchObject({ status: 'done', completedAt: NOW });
    await expect(act((changes) => tasks.complete(changes, ada, task, NOW))).rejects.toThrow('task-already-done');
    const again = await act((changes) => tasks.reopen(changes, ada, task, NOW));
    expect(again.result.task).toMatchObject({ status: 'todo', completedAt: null });
    await expect(act((changes) => tasks.reopen(changes, ada, task, NOW))).rejects.toThrow('task-already-open');
  });

  test('the first start is kept when work goes on and off', async () => {
    const task = await make({ title: 'work' });
    await act((changes) => tasks.setStatus(changes, ada, task, 'in_progress', NOW));
    await act((changes) => tasks.setStatus(changes, ada, task, 'blocked', NOW + DAY));
    const { result } = await act((changes) => tasks.setStatus(changes, ada, task, 'in_progress', NOW + 2 * DAY));
    expect(result.task.startedAt).toBe(NOW);
  });
});

describe('series', () => {
  test('counted from completion when asked so', async () => {
    const task = await make({
      title: 'water',
      dueDate: '2026-11-20',
      recurrence: { rrule: 'FREQ=DAILY;INTERVAL=3', basis: 'completion' },
    });
    const { result } = await act((changes) => tasks.complete(changes, ada, task, NOW));
    expect(result.next?.dueDate).toBe('2026-11-28');
    expect(heard).toContain(`repeated ${task.number} ${result.next?.number}`);
  });

  test('what is left of a count goes down, and undo takes the new instance away', async () => {
    const task = await make({
      title: 'thrice',
      dueDate: '2026-11-25',
      recurrence: { rrule: 'FREQ=DAILY;COUNT=3', basis: 'schedule' },
    });
    const before = await rowsOf('tasks');
    const done = await act((changes) => tasks.complete(changes, ada, task, NOW));
    expect(done.result.next?.recurrence).toEqual({ rrule: 'FREQ=DAILY;COUNT=2', basis: 'schedule' });
    await takeBack(done.actionId);
    expect(await rowsOf('tasks')).toEqual(before);
  });

  const weekly = () =>
    make({ title: 'weekly', dueDate: '2026-11-25', recurrence: { rrule: 'FREQ=WEEKLY', basis: 'schedule' } });
  const openOnes = async () =>
    (
      await db.query<{ number: number }>(
        "SELECT number FROM tasks WHERE title = 'weekly' AND status = 'todo' ORDER BY 1",
      )
    ).map((row) => row.number);

  test('a completed instance opened again takes the untouched one behind it back, and undo brings that again', async () => {
    const task = await weekly();
    const before = await openOnes();
    const done = await act((changes) => tasks.complete(changes, ada, task, NOW));
    const after = await rowsOf('tasks');
    const { result, actionId } = await act((changes) => tasks.reopen(changes, ada, task, NOW));
    expect(result.task.recurrence).toEqual(task.recurrence);
    expect(result.followed).toMatchObject({ task: { number: done.result.next?.number }, kept: false });
    expect(await openOnes()).toEqual(before);
    expect(heard.at(-2)).toBe(`repeated ${done.result.next?.number} ${task.number}`);
    await takeBack(actionId);
    expect(await rowsOf('tasks')).toEqual(after);
  });

  test('an instance somebody worked on stays when the one before it is opened again, and carries the series on', async () => {
    const task = await weekly();
    const { result: done } = await act((changes) => tasks.complete(changes, ada, task, NOW));
    const next = done.next as Authorized<Task>;
    await act((changes) => tasks.edit(changes, ada, next, { tags: ['mine'] }, NOW));
    const { result } = await act((changes) => tasks.reopen(changes, ada, task, NOW));
    expect(result.task.recurrence).toBeNull();
    expect(result.followed).toMatchObject({ task: { number: next.number }, kept: true });
    expect(await openOnes()).toEqual(expect.arrayContaining([task.number, next.number]));
  });
});

describe('undo', () => {
  test('of every action restores rows and search words exactly', async () => {
    const task = await make({
      title: 'Keep me',
      tags: ['a'],
      dueDate: '2026-12-01',
      dueTime: '08:30',
      estimateMinutes: 30,
    });
    const { result: note } = await act((changes) => addNote(changes, ada, task, 'first note', NOW));
    const stored = await authorize(db, ada, 'note', note.id);
    const actions: Array<(changes: Changes) => Promise<unknown>> = [
      (changes) => tasks.create(changes, ada, { title: 'new', project: 'Fresh', client: 'Fresh' }, NOW),
      (changes) => tasks.edit(changes, ada, task, { title: 'Changed', tags: ['b'], notes: 'n', priority: 5 }, NOW),
      (changes) =>
        tasks.edit(changes, ada, task, { dueDate: null, startDate: '2026-11-30', estimateMinutes: null }, NOW),
      (changes) => tasks.complete(changes, ada, task, NOW),
      (changes) => tasks.cancel(changes, ada, task, NOW),
      (changes) => tasks.setStatus(changes, ada, task, 'in_progress', NOW),
      (changes) => addNote(changes, ada, task, 'second', NOW),
      (changes) => editNote(changes, ada, stored, 'other words', NOW),
      (changes) => removeNote(changes, ada, stored),
      (changes) => tasks.remove(changes, ada, task, NOW),
    ];
    for (const [index, change] of actions.entries()) {
      const before = await Promise.all((['tasks', 'notes', 'task_words', 'projects'] as const).map(rowsOf));
      const { actionId } = await act(change);
      expect(
        await Promise.all((['tasks', 'notes', 'task_words', 'projects'] as const).map(rowsOf)),
        `${index}`,
      ).not.toEqual(before);
      await takeBack(actionId);
      expect(
        await Promise.all((['tasks', 'notes', 'task_words', 'projects'] as const).map(rowsOf)),
        `${index}`,
      ).toEqual(before);
    }
    expect(heard).toContain(`removed ${task.id}`);
  });
});

describe('names', () => {
  test('undoing the task that brought a project leaves it to the others, also to one that comes back later', async () => {
    const first = await act((changes) =>
      tasks.create(changes, ada, { title: 'a', project: 'Shared', client: 'Both' }, NOW),
    );
    const second = await make({ title: 'b', project: 'shared', client: 'both' });
    await takeBack(first.actionId);
    expect(await readDetails(db, ada, second)).toMatchObject({ project: 'Shared', client: 'Both' });
    const lone = await act((changes) => tasks.create(changes, ada, { title: 'c', project: 'Lone' }, NOW));
    const other = await make({ title: 'd', project: 'Lone' });
    const removal = await act((changes) => tasks.remove(changes, ada, other, NOW));
    await takeBack(lone.actionId);
    expect(await db.query(`SELECT 1 FROM projects WHERE name = 'Lone'`)).toEqual([]);
    await takeBack(removal.actionId);
    expect(await readDetails(db, ada, other)).toMatchObject({ project: 'Lone' });
  });
});
