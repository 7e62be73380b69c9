/** Lists and search: order, paging beyond its end, folding, ranking, filters, titles with typos. */
import { describe, expect, test } from 'vitest';
import { testPerson } from '../../../../test/support/context.ts';
import { databaseOfFile } from '../../../../test/support/postgres.ts';
import { authorize } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import { perform } from '../../../actions/perform.ts';
import type { ChatId } from '../../../core/ids.ts';
import type { Task } from '../../../storage/rows.ts';
import { addNote } from '../notes.ts';
import { findByWords } from '../search/matching.ts';
import { parseQuery } from '../search/query.ts';
import { findAll, searchTasks } from '../search/search.ts';
import { indexMissing } from '../search/search-index.ts';
import { taskService } from '../service.ts';
import type { TaskDraft } from '../task.ts';
import { daysOf, leftToday, listTasks, overdueCount } from './lists.ts';

// Wednesday, 11:00 in Berlin
const NOW = Date.parse('2026-11-25T10:00:00Z');
const DAYS = { day: '2026-11-25', time: '11:00', lastOfWeek: '2026-11-29' };

const db = databaseOfFile(1);
const tasks = taskService({
  taskChanged: async () => {},
  removeForTask: async () => {},
  taskRepeated: async () => {},
  taskPaused: async () => {},
  taskResumed: async () => {},
  remindAhead: async () => [],
});
let people = 600;
let keys = 0;

async function actor(): Promise<Actor> {
  people += 1;
  const person = await testPerson(db, people);
  return { person, spaceId: person.spaceId, chatId: people as ChatId, via: 'person' };
}

async function make(who: Actor, draft: TaskDraft, note?: string): Promise<Task> {
  const { result } = await db.transaction((tx) =>
    perform(tx, who, {
      key: `lists#${keys++}`,
      kind: 'test',
      at: NOW,
      change: async (changes) => {
        const task = await tasks.create(changes, who, draft, NOW);
        if (note !== undefined) await addNote(changes, who, await authorize(tx, who, 'task', task.id), note, NOW);
        return task;
      },
      summary: () => ({ key: 'x', args: {} }),
    }),
  );
  return result;
}

const titles = (page: { tasks: readonly Task[] }) => page.tasks.map((task) => task.title);

describe('lists', () => {
  test('today, overdue, week and someday are told apart by the owner’s clock, in the order of due then priority', async () => {
    const who = await actor();
    await make(who, { title: 'later', dueDate: '2026-12-24' });
    await make(who, { title: 'low today', dueDate: '2026-11-25', priority: 1 });
    await make(who, { title: 'urgent today', dueDate: '2026-11-25', priority: 5 });
    await make(who, { title: 'at three', dueDate: '2026-11-25', dueTime: '15:00' });
    await make(who, { title: 'at nine', dueDate: '2026-11-25', dueTime: '09:00' });
    await make(who, { title: 'yesterday', dueDate: '2026-11-24' });
    await make(who, { title: 'sunday', dueDate: '2026-11-29' });
    await make(who, { title: 'next monday', dueDate: '2026-11-30' });
    await make(who, { title: 'one day' });
    await make(who, { title: 'deferred', startDate: '2026-12-01' });
    const list = async (kind: Parameters<typeof listTasks>[2]['kind']) =>
      titles(await listTasks(db, who, { kind, value: null }, 1, NOW));
    const today = ['yesterday', 'at nine', 'at three', 'urgent today', 'low today'];
    expect(await list('today')).toEqual(today);
    expect(await list('overdue')).toEqual(['yesterday', 'at nine']);
    expect(await list('week')).toEqual([...today, 'sunday']);
    expect(await list('someday')).toEqual(['one day']);
    const open = await listTasks(db, who, { kind: 'open', value: null }, 1, NOW);
    expect(open).toMatchObject({ total: 10, pages: 2, overdue: 2, more: false });
    expect(titles(open)).toEqual([...today, 'sunday', 'next monday', 'later']);
    expect(await leftToday(db, who, NOW)).toBe(5);
    expect(await overdueCount(db, who, NOW)).toBe(2);
    const beyond = await listTasks(db, who, { kind: 'open', value: null }, 99, NOW);
    expect([beyond.page, titles(beyond)]).toEqual([2, ['one day', 'deferred']]);
  });

  test('an empty day points to what is due next', async () => {
    const who = await actor();
    await make(who, { title: 'Book train', dueDate: '2026-11-26' });
    const page = await listTasks(db, who, { kind: 'today', value: null }, 1, NOW);
    expect([page.total, page.next?.title]).toEqual([0, 'Book train']);
  });

  test('by status, priority, tag, project and client', async () => {
    const who = await actor();
    const made = await make(who, { title: 'match', priority: 4, tags: ['x'], project: 'P', client: 'C' });
    await make(who, { title: 'other' });
    for (const [kind, value] of [
      ['priority', 4],
      ['tag', 'x'],
      ['project', made.projectId],
      ['client', made.clientId],
    ] as const)
      expect(titles(await listTasks(db, who, { kind, value }, 1, NOW)), kind).toEqual(['match']);
    expect((await listTasks(db, who, { kind: 'status', value: 'todo' }, 1, NOW)).total).toBe(2);
    expect((await listTasks(db, who, { kind: 'status', value: 'done' }, 1, NOW)).total).toBe(0);
  });

  test('more tasks than anybody pages through: the list ends there and says that there are more', async () => {
    const who = await actor();
    await db.query(
      `INSERT INTO tasks (space_id, number, title, due_date, created_by, created_at)
       SELECT $1, i, 'Task ' || i, CASE WHEN i % 3 > 0 THEN date '2026-01-01' + i % 700 END, $2, $3 FROM generate_series(1, 2400) i`,
      [who.spaceId, who.person.id, '2026-11-01T00:00:00Z'],
    );
    const page = (number: number) => listTasks(db, who, { kind: 'open', value: null }, number, NOW);
    expect(await page(1)).toMatchObject({ total: 2000, more: true, pages: 250 });
    expect(await page(2000)).toMatchObject({ page: 250, tasks: { length: 8 } });
    expect((await listTasks(db, who, { kind: 'someday', value: null }, 1, NOW)).total).toBe(800);
    await db.query('DELETE FROM tasks WHERE space_id = $1', [who.spaceId]);
  });
});

describe('search', () => {
  test('all words, any order, beginnings, case and accents folded, over titles, notes, tags and note bodies', async () => {
    const who = await actor();
    await make(who, { title: 'Café Zürich reservation', notes: 'Window seat', tags: ['reise'] }, 'Ask for Łukasz');
    await make(who, { title: 'Отчёт за квартал' });
    const find = async (text: string) => titles(await searchTasks(db, who, text, 1, NOW));
    for (const text of ['zurich cafe', 'RESERV', 'window café', 'reise', '#reise', 'lukasz zurich seat'])
      expect(await find(text), text).toEqual(['Café Zürich reservation']);
    expect(await find('отчет')).toEqual(['Отчёт за квартал']);
    expect(await find('квартал ОТЧЁТ')).toEqual(['Отчёт за квартал']);
    for (const text of ['zurich berlin', '', '***', "'; DROP TABLE tasks; --"])
      expect(await find(text), text).toEqual([]);
  });

  test('words are found in their other forms, behind what has them as they were typed; a bulk choice takes only the latter', async () => {
    const who = await actor();
    await make(who, { title: 'Позвонить Бобу' });
    await make(who, { title: 'Write the report' });
    await make(who, { title: 'Read old reports' });
    const find = async (text: string) => titles(await searchTasks(db, who, text, 1, NOW));
    expect(await find('боба')).toEqual(['Позвонить Бобу']);
    expect(await find('reports')).toEqual(['Read old reports', 'Write the report']);
    expect(await find('reporting')).toEqual(['Read old reports', 'Write the report']);
    const query = parseQuery('reports', daysOf(who, NOW));
    expect(titles(await findAll(db, who, query, 10))).toEqual(['Read old reports']);
  });

  test('whole words of the title before beginnings, beginnings before notes, open before closed', async () => {
    const who = await actor();
    const done = await make(who, { title: 'Art history' });
    await db.query(`UPDATE tasks SET status = 'done' WHERE id = $1`, [done.id]);
    await make(who, { title: 'Something', notes: 'about art' });
    await make(who, { title: 'Art class' });
    await make(who, { title: 'Article draft' });
    expect(titles(await searchTasks(db, who, 'art', 1, NOW))).toEqual([
      'Art class',
      'Art history',
      'Article draft',
      'Something',
    ]);
  });

  test('filters and words together; a filter that cannot be read is named', async () => {
    const who = await actor();
    await make(who, { title: 'Offer one', priority: 3, tags: ['sales'], client: 'Acme Corp', dueDate: '2026-11-24' });
    await make(who, { title: 'Offer two', priority: 1, dueDate: '2026-11-27' });
    const find = async (text: string) => titles(await searchTasks(db, who, text, 1, NOW));
    expect(await find('offer priority:high')).toEqual(['Offer one']);
    expect(await find('priority:<high')).toEqual(['Offer two']);
    expect(await find('client:"acme corp" offer')).toEqual(['Offer one']);
    expect(await find('client:nobody offer')).toEqual([]);
    expect(await find('due:overdue')).toEqual(['Offer one']);
    expect(await find('due:2026-11-26..')).toEqual(['Offer two']);
    expect(await find('created:today tag:sales')).toEqual(['Offer one']);
    expect(await find('created:yesterday')).toEqual([]);
    expect(await find('status:open')).toHaveLength(2);
    expect(parseQuery('offer status:nonsense due:2026-99-99 http://x', DAYS)).toMatchObject({
      words: 'offer http://x',
      unread: ['status:nonsense', 'due:2026-99-99'],
    });
  });

  test('tasks that came in without their words are taken up', async () => {
    const who = await actor();
    await db.query(
      `INSERT INTO tasks (space_id, number, title, created_by, created_at) VALUES ($1, 1, 'Imported thing', $2, now())`,
      [who.spaceId, who.person.id],
    );
    expect((await searchTasks(db, who, 'imported', 1, NOW)).total).toBe(0);
    expect(await indexMissing(db)).toBe(1);
    expect((await searchTasks(db, who, 'imported', 1, NOW)).total).toBe(1);
  });

  test('a title of one endless word and notes of a megabyte are stored and found', async () => {
    const who = await actor();
    await make(who, { title: 'x'.repeat(3000), notes: Array.from({ length: 100_000 }, (_, i) => `w${i}`).join(' ') });
    expect((await searchTasks(db, who, 'xxxxxxxx w77', 1, NOW)).total).toBe(1);
  });
});

describe('the task meant by words', () => {
  test('one that fits is found, also with fillers, typos and endings; two are asked about; none is none', async () => {
    const who = await actor();
    await make(who, { title: 'Write the quarterly report' });
    await make(who, { title: 'Call Bob' });
    await make(who, { title: 'Call Bobby back' });
    await make(who, { title: 'Отчёт для клиента' });
    await make(who, { title: 'Buy milk' });
    await make(who, { title: 'Buy bread' });
    const find = async (text: string) => {
      const found = await findByWords(db, who, text);
      return found.kind === 'one' ? found.task.title : found.kind;
    };
    expect(await find('the report')).toBe('Write the quarterly report');
    expect(await find('my quartely reprot')).toBe('Write the quarterly report');
    expect(await find('call bob')).toBe('Call Bob');
    expect(await find('отчетом')).toBe('Отчёт для клиента');
    expect(await find('buy')).toBe('several');
    expect(await find('buy car')).toBe('none');
    expect(await find('')).toBe('none');
  });
});
