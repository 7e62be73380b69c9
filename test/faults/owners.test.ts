/** What owners do wrong, or at the wrong moment, each with its outcome: the list of faults the features answer for. */
import { describe, expect, test } from 'vitest';
import { authorize } from '../../src/access/authorize.ts';
import type { Actor } from '../../src/access/people.ts';
import { perform } from '../../src/actions/perform.ts';
import { iso } from '../../src/core/clock.ts';
import { remindersOfTasks } from '../../src/features/reminders/index.ts';
import { taskService } from '../../src/features/tasks/index.ts';
import { type WholeChat, wholeChat } from '../support/chats/whole-chat.ts';
import { labels, testPerson } from '../support/context.ts';
import { databaseOfFile } from '../support/postgres.ts';

const DAY = 86_400_000;

const db = databaseOfFile();

const chat = (settings: Parameters<typeof wholeChat>[1] = {}): Promise<WholeChat> => wholeChat(db, settings);

/** Moves the person's clock to an instant. */
const goTo = (ada: WholeChat, instant: string) => ada.clock.advance(Date.parse(instant) - ada.clock.now());

const planned = async (ada: WholeChat) => {
  const { spaceId } = await ada.person();
  const rows = await db.query<{ dueAt: number }>(
    "SELECT due_at FROM deliveries WHERE space_id = $1 AND state = 'due' AND queued_at IS NULL ORDER BY due_at",
    [spaceId],
  );
  return rows.map(({ dueAt }) => iso(dueAt));
};

describe('completing twice', () => {
  test('is told, changes nothing, and opens no second next instance of a series', async () => {
    const ada = await chat();
    await ada.write('water the plants every monday');
    const card = (await ada.write('/task 1')).replaced[0];
    const done = card?.buttons?.flat().find(({ label }) => label === 'Done');
    const data = done !== undefined && 'data' in done ? done.data : '';
    await ada.pressData(data);
    await expect(ada.pressData(data)).rejects.toThrow('task-already-done');
    expect((await ada.write('/done 1')).text).toContain('done already');
    expect((await ada.write('/done 1 2')).text).toContain('done already');
    expect((await ada.tasks()).map(({ status }) => status)).toEqual(['done', 'done', 'todo']);
  });
});

describe('circles', () => {
  test('of waiting and of parts are refused with both named, and nothing changes', async () => {
    const ada = await chat();
    for (const title of ['dig', 'plant', 'water']) await ada.write(`/add ${title}`);
    await ada.write('/depend 2 on 1');
    await ada.write('/depend 3 on 2');
    expect((await ada.write('/depend 1 on 3')).text).toContain('cannot be the other way round');
    expect((await ada.write('/depend 1 on 1')).text).toContain('cannot wait for itself');
    await ada.write('/subtask 1 #2');
    expect((await ada.write('/subtask 2 #1')).text).toContain('cannot be a part of it');
    expect((await ada.write('/subtask 1 #1')).text).toContain('cannot be a part of itself');
    expect((await ada.tasks()).map(({ parentId }) => parentId === null)).toEqual([true, false, true]);
  });

  test('a whole in use is deleted with its parts named, and all of it comes back by one undo', async () => {
    const ada = await chat();
    await ada.write('/add dig');
    await ada.write('/subtask 1 buy a spade');
    expect((await ada.write('/delete 1')).text).toBe('Deleted: dig, with 1 subtask.');
    await ada.press('Undo');
    expect(await ada.tasks()).toHaveLength(2);
  });
});

describe('a recurrence that never happens', () => {
  test.each(['pay every 30 february', 'remind me to pay every 30 february', 'pay every 31 april'])(
    '"%s" gets no series, and loses no words',
    async (words) => {
      const ada = await chat();
      const told = await ada.write(words);
      expect(told.text.toLowerCase()).toContain('pay');
      expect((await ada.tasks()).filter(({ recurrence }) => recurrence !== null)).toEqual([]);
      expect((await ada.reminders()).filter(({ rrule }) => rrule !== null)).toEqual([]);
    },
  );

  test('said of a task that is there leaves it as it was', async () => {
    const ada = await chat();
    await ada.write('call Bob');
    await ada.write('/edit 1');
    await ada.press('Repeat');
    expect((await ada.write('every 30 february')).text).not.toBe('');
    expect(await ada.tasks()).toMatchObject([{ recurrence: null }]);
  });
});

describe('ten thousand missed occurrences', () => {
  test('of a reminder are one message that says so, and the series goes on', async () => {
    const ada = await chat();
    await ada.write('remind me to drink every 5 minutes');
    ada.clock.advance(10_000 * 300_000);
    const fired = await ada.fired();
    expect(fired).toHaveLength(1);
    expect(await ada.fired()).toEqual([]);
    const [next, ...others] = await planned(ada);
    expect(others).toEqual([]);
    expect(Date.parse(next ?? '') - ada.clock.now()).toBeLessThanOrEqual(300_000);
  });

  test('of a task open one instance when it is done, the next that is not over', async () => {
    const ada = await chat();
    await ada.write('/add stretch every day');
    ada.clock.advance(10_000 * DAY);
    await ada.write('/done 1');
    expect((await ada.tasks()).map(({ status, dueDate }) => [status, dueDate])).toEqual([
      ['done', '2026-11-26'],
      ['todo', '2054-04-12'],
    ]);
  });
});

describe('wall clocks', () => {
  test('a change of zone moves what hangs on the wall clock and leaves what is an instant', async () => {
    const ada = await chat();
    await ada.write('remind me to call Bob tomorrow at 9');
    await ada.write('remind me to stretch in 3 hours');
    expect(await planned(ada)).toEqual(['2026-11-25T13:00:00.000Z', '2026-11-26T08:00:00.000Z']);
    await ada.write('/timezone New York');
    expect(await planned(ada)).toEqual(['2026-11-25T13:00:00.000Z', '2026-11-26T14:00:00.000Z']);
  });

  test('a time in the gap comes by the gap later, and its series keeps its own time the day after', async () => {
    const ada = await chat({ now: '2027-03-26T10:00:00Z' });
    await ada.write('remind me to check every day at 02:30');
    expect(await planned(ada)).toEqual(['2027-03-27T01:30:00.000Z']);
    goTo(ada, '2027-03-27T01:30:00Z');
    await ada.fired();
    expect(await planned(ada)).toEqual(['2027-03-28T01:30:00.000Z']);
    goTo(ada, '2027-03-28T01:30:00Z');
    await ada.fired();
    expect(await planned(ada)).toEqual(['2027-03-29T00:30:00.000Z']);
  });

  test('a time that comes twice in the overlap comes once, the first time', async () => {
    const ada = await chat({ now: '2027-10-30T10:00:00Z' });
    await ada.write('remind me to check tomorrow at 02:30');
    expect(await planned(ada)).toEqual(['2027-10-31T00:30:00.000Z']);
    goTo(ada, '2027-10-31T00:30:00Z');
    expect(await ada.fired()).toHaveLength(1);
    ada.clock.advance(DAY);
    expect(await ada.fired()).toEqual([]);
  });

  test('quiet hours over midnight hold what falls into them, on both sides of it, until their end', async () => {
    const ada = await chat();
    await ada.write('/quiet 22:00-7:00');
    await ada.write('remind me to close the window at 23:00');
    await ada.write('remind me to check the oven tomorrow at 03:00');
    for (const instant of ['2026-11-25T22:00:00Z', '2026-11-26T02:00:00Z']) {
      goTo(ada, instant);
      expect(await ada.fired()).toEqual([]);
    }
    goTo(ada, '2026-11-26T06:00:00Z');
    const [gathered, ...others] = await ada.fired();
    expect(others).toEqual([]);
    expect(JSON.stringify(gathered)).toMatch(/lose the window[\s\S]*heck the oven/);
  });
});

describe('a list edited while it is paged', () => {
  test('shows the nearest page there is; a task that is gone says so, one that changed shows as it is', async () => {
    const ada = await chat();
    for (let number = 1; number <= 18; number += 1) await ada.write(`/add task ${String(number).padStart(2, '0')}`);
    await ada.write('/list');
    await ada.press('▶');
    const last = await ada.press('▶');
    expect(last.text).toContain('task 18');
    const { spaceId } = await ada.person();
    await db.query('DELETE FROM tasks WHERE space_id = $1 AND number BETWEEN 5 AND 17', [spaceId]);
    expect((await ada.press('17')).text).toContain('not here');
    await ada.write('/list');
    await db.query("UPDATE tasks SET title = 'renamed meanwhile' WHERE space_id = $1 AND number = 2", [spaceId]);
    expect((await ada.press('2')).text).toContain('renamed meanwhile');
  });

  test('a page that went is the last one there is', async () => {
    const ada = await chat();
    for (let number = 1; number <= 18; number += 1) await ada.write(`/add task ${number}`);
    await ada.write('/list');
    const second = await ada.press('▶');
    const next = second.replaced[0]?.buttons?.flat().find(({ label }) => label === '▶');
    const { spaceId } = await ada.person();
    await db.query('DELETE FROM tasks WHERE space_id = $1 AND number > 6', [spaceId]);
    const told = await ada.pressData(next !== undefined && 'data' in next ? next.data : '');
    expect(told.text).toContain('task 6');
    expect(labels(told.replaced[0])).not.toContain('▶');
  });
});

test('two people editing one task at once: both changes stand, of one field the later, and each can be taken back', async () => {
  const [first, second] = [await testPerson(db, 8690), await testPerson(db, 8691)];
  const actor = (person: typeof first): Actor =>
    ({ person, spaceId: first.spaceId, chatId: 1, via: 'person' }) as never;
  const tasks = taskService(remindersOfTasks(() => {}));
  let keys = 0;
  const act = <T>(who: Actor, change: Parameters<typeof perform<T>>[2]['change']) => {
    keys += 1;
    const request = { key: `two:${keys}`, kind: 'test', at: Date.parse('2026-11-25T10:00:00Z'), change };
    return db.transaction((tx) =>
      perform(tx, who, { ...request, summary: () => ({ key: 'history-via-system', args: {} }) }),
    );
  };
  const now = Date.parse('2026-11-25T10:00:00Z');
  const made = await act(actor(first), (changes) => tasks.create(changes, actor(first), { title: 'Plan' }, now));
  const task = await authorize(db, actor(first), 'task', made.result.id);
  await Promise.all([
    act(actor(first), (changes) => tasks.edit(changes, actor(first), task, { title: 'Plan the trip' }, now)),
    act(actor(second), (changes) => tasks.edit(changes, actor(second), task, { priority: 4, tags: ['trip'] }, now)),
  ]);
  expect(await authorize(db, actor(first), 'task', task.id)).toMatchObject({
    title: 'Plan the trip',
    priority: 4,
    tags: ['trip'],
  });
  const both = await Promise.allSettled([
    act(actor(first), (changes) => tasks.complete(changes, actor(first), task, now)),
    act(actor(second), (changes) => tasks.complete(changes, actor(second), task, now)),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

describe('snoozing', () => {
  test('what was snoozed already is answered; what it was snoozed to can be put off again', async () => {
    const ada = await chat();
    await ada.write('remind me to stretch in 10 minutes');
    ada.clock.advance(600_000);
    const [view] = await ada.fired();
    const later = view?.buttons?.flat().find(({ label }) => label === '10 min');
    const data = later !== undefined && 'data' in later ? later.data : '';
    await ada.pressData(data);
    const again = await ada.pressData(data);
    expect(again.toasts.join('')).not.toBe('');
    expect(await planned(ada)).toHaveLength(1);
    ada.clock.advance(600_000);
    expect(await ada.fired()).toHaveLength(1);
    await ada.press('1 hour');
    expect(await planned(ada)).toEqual([iso(ada.clock.now() + 3_600_000)]);
  });

  test('what was deleted is told, by button, by reply and by number, and nothing comes of it', async () => {
    const ada = await chat();
    await ada.write('remind me to stretch in 10 minutes');
    ada.clock.advance(600_000);
    const [view] = await ada.fired();
    const later = view?.buttons?.flat().find(({ label }) => label === '10 min');
    await ada.press('10 min');
    expect((await ada.write('/delete 1')).text).toContain('Reminder deleted');
    const told = await ada.pressData(later !== undefined && 'data' in later ? later.data : '');
    expect(told.toasts.join('')).not.toBe('');
    expect((await ada.reply(view, '2h')).text).not.toContain('⏰');
    expect((await ada.write('/snooze 1 2h')).text).toContain('#1');
    expect(await planned(ada)).toEqual([]);
  });
});

test('a saved filter whose project is gone finds nothing and says why; one that cannot be read is not kept', async () => {
  const ada = await chat();
  await ada.write('/add fix the page');
  await ada.write('/project 1 Website');
  await ada.write('/filters save site project:Website status:open');
  await ada.write('/project delete Website');
  await ada.press('Delete');
  const told = await ada.write('/filters site');
  expect(told.text).toContain('Website');
  expect(told.text).not.toContain('fix the page');
  expect((await ada.write('/filters save bad priority:huge due:31-31')).text).toContain('I could not read');
  expect((await ada.write('/filters')).text).not.toContain('bad');
});
