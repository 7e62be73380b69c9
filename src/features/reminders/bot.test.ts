/** Reminders as a person meets them in the chat: words in, what is shown, presses, replies, and the way back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  captureContext,
  labels,
  type TestChat,
  type Told,
  testChat,
  testPerson,
} from '../../../test/support/context.ts';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.ts';
import { type Capture, parse } from '../../capture/index.ts';
import { DrivenClock, iso } from '../../core/clock.ts';
import type { ReminderId } from '../../core/ids.ts';
import { markQueued, skip, takeDue } from '../../outbox/ledger.ts';
import type { Database } from '../../storage/database.ts';
import { plainText } from '../../telegram/builder.ts';
import type { Feature } from '../../telegram/feature.ts';
import type { View } from '../../telegram/view.ts';
import { historyFeature } from '../history/index.ts';
import { reconcileReminders, remindersFeature, remindersOfTasks } from './index.ts';

let server: TestDatabase;
let db: Database;
let clock: DrivenClock;
let chat: TestChat;
let feature: Feature;
let personId = 700;
const wake = () => {};
const link = remindersOfTasks(wake);

beforeAll(async () => {
  server = await testDatabase();
  db = server.database();
});
afterAll(() => server.drop());

beforeEach(async () => {
  clock = new DrivenClock('2026-11-24T09:00:00Z');
  feature = remindersFeature({
    wake,
    tasks: {
      async complete(changes, actor, task, now) {
        const done = await changes.update('tasks', task.id, { status: 'done', completedAt: now });
        await link.taskChanged(changes, actor, done, now);
      },
      addNote: (changes, actor, task, body, now) =>
        changes.insert('notes', {
          spaceId: actor.spaceId,
          taskId: task.id,
          personId: actor.person.id,
          body,
          createdAt: now,
        }),
      openCard: (context, task) => context.answer({ lines: [[`card of ${task.title}`]] }),
      afterDone: async () => ['3 left today.'],
    },
  });
  // Each test fires what is due anywhere: nothing of the last one may be left.
  await db.query('DELETE FROM reminders');
  await db.query('DELETE FROM deliveries');
  personId += 1;
  chat = await chatOf(personId);
});

async function chatOf(id: number, language = 'en'): Promise<TestChat> {
  const history = historyFeature({ hooks: () => feature.restored ?? {} });
  return testChat(db, clock, await testPerson(db, id, { language }), [feature, history]);
}

/** The words as the router hands them to the feature. */
async function write(words: string, to = chat): Promise<Told> {
  const capture: Capture = parse(words, captureContext(await to.person(), clock.now()));
  expect(capture.intent).toBe('remind');
  return to.update(async (context) => feature.intents?.remind?.(context, capture), { text: words });
}

const text = (view: View) => view.lines.map(plainText).join('\n');

/** Everything due now as it would be sent, oldest first. */
async function fireAll(repeat = false, sentAfter = 0): Promise<View[]> {
  const handler = feature.deliveries?.reminder;
  if (handler === undefined) throw new Error('reminders deliver');
  const now = clock.now();
  const fired = await db.transaction(async (tx) => {
    const due = await takeDue(tx, now, 100);
    const result = await handler.fire(tx, due, now, wake);
    await markQueued(
      tx,
      result.send.map((item) => item.id),
      now,
    );
    await skip(tx, result.skip, now);
    return result;
  });
  const views: View[] = [];
  for (const { id, message } of fired.send) {
    const at = now + sentAfter;
    const dueAt = message.orderAt ?? 0;
    await db.query(
      `UPDATE deliveries SET state = 'sent', sent_at = $2, first_attempt_at = $2, lateness_ms = $3, message_id = 5500, repeats = $4 WHERE id = $1`,
      [id, iso(at), at - dueAt, repeat ? 1 : 0],
    );
    const payload = JSON.parse(JSON.stringify(message.payload)) as Record<string, unknown>;
    views.push(handler.render({ payload, deliveryId: id, dueAt, now: at, repeat }));
  }
  return views;
}

/** The one thing due, and its buttons ready to be pressed. */
async function fireOne(): Promise<View> {
  const [view, ...more] = await fireAll();
  if (view === undefined || more.length > 0) throw new Error(`${more.length + (view ? 1 : 0)} were due`);
  await chat.update((context) => context.answer(view));
  return view;
}

async function reply(words: string, view: View | undefined): Promise<Told> {
  const subject = view?.shows;
  if (subject === undefined) throw new Error('nothing to reply to');
  return chat.update(async (context) => feature.replies?.reminder?.(context, subject), {
    text: words,
    repliesTo: { messageId: 77, subject },
  });
}

async function addTask(title: string, dueDate: string | null, dueTime: string | null): Promise<number> {
  let number = 0;
  await chat.update(async (context) => {
    const { result } = await context.perform(
      'task.create',
      async (changes) =>
        changes.insert('tasks', {
          spaceId: context.actor.spaceId,
          number: await changes.nextNumber(context.actor.spaceId),
          title,
          dueDate,
          dueTime,
          createdBy: context.actor.person.id,
          createdAt: context.now,
        }),
      () => ({ key: 'action-task-create', args: { title } }),
    );
    number = result.number;
  });
  return number;
}

const planned = async () => {
  const { spaceId } = await chat.person();
  const rows = await db.query<{ dueAt: number }>(
    `SELECT due_at FROM deliveries WHERE space_id = $1 AND state = 'due' AND queued_at IS NULL ORDER BY due_at`,
    [spaceId],
  );
  return rows.map((row) => iso(row.dueAt));
};

describe('capture', () => {
  test('"remind me to stretch in 1 minute" is echoed, planned to the minute and taken back by Undo', async () => {
    const told = await write('remind me to stretch in 1 minute');
    expect(told.text).toContain('Stretch');
    expect(labels(told.answers[0])).toEqual(['Undo', 'Change time', 'More']);
    expect(await planned()).toEqual(['2026-11-24T09:01:00.000Z']);
    await chat.press('Undo');
    expect(await planned()).toEqual([]);
  });

  test('a series is told in words with its next dates', async () => {
    const told = await write('remind me to stretch every day at 9');
    expect(told.text).toMatch(/🔁 every day at 9/);
    expect(told.text).toMatch(/Then /);
    expect(await planned()).toEqual(['2026-11-25T08:00:00.000Z']);
  });

  test('words without a time are asked for one and kept; the answer or a button makes the reminder', async () => {
    const asked = await write('remind me to call Bob');
    expect(asked.text).toContain('when?');
    const made = await chat.say('tomorrow 9:30');
    expect(made.text).toContain('Call Bob');
    expect(await planned()).toEqual(['2026-11-25T08:30:00.000Z']);
    await write('remind me to book a train');
    await chat.press('In 1 hour');
    expect(await planned()).toEqual(['2026-11-24T10:00:00.000Z', '2026-11-25T08:30:00.000Z']);
  });

  test('two readings are asked about, and the one chosen is taken with its title', async () => {
    const asked = await write('remind me to pay rent friday midnight');
    expect(await planned()).toEqual([]);
    const [first = ''] = labels(asked.answers[0]);
    await chat.press(first);
    expect(await planned()).toHaveLength(1);
    expect((await chat.command('/reminders')).text).toMatch(/Pay rent/i);
  });

  test('LarryBot2 commands for a task work as they were documented', async () => {
    const number = await addTask('Call Bob', '2027-03-12', '15:00');
    expect((await chat.command(`/addreminder ${number} 2027-03-10 09:00`)).text).toContain('Call Bob');
    await chat.command(`/remind ${number} 30 min before`);
    await chat.command(`/reminder_quick ${number} 1h`);
    expect(await planned()).toEqual([
      '2026-11-24T10:00:00.000Z',
      '2027-03-10T08:00:00.000Z',
      '2027-03-12T13:30:00.000Z',
    ]);
    const list = await chat.command(`/reminders ${number}`);
    expect(list.answers[0]?.buttons).toHaveLength(3);
    await chat.command(`/delreminder ${number + 1}`);
    await chat.command(`/reminder_snooze ${number + 3} 30`);
    expect(await planned()).toEqual(['2026-11-24T09:30:00.000Z', '2027-03-12T13:30:00.000Z']);
    expect((await chat.command('/reminder_stats')).text).toContain('30 days');
  });

  test('editing the message a reminder was made from changes the reminder', async () => {
    await write('remind me to call Bob tomorrow 15:00');
    const [row] = await db.query<{ entityId: ReminderId }>(
      `SELECT entity_id FROM message_links WHERE chat_id = $1 AND role = 'source'`,
      [chat.chatId],
    );
    const subject = { role: 'source', entity: 'reminder', entityId: row?.entityId ?? 0 } as const;
    const told = await chat.update(async (context) => feature.edited?.reminder?.(context, subject), {
      text: 'remind me to call Alice tomorrow 16:00',
    });
    expect(told.text).toContain('Call Alice');
    expect(await planned()).toEqual(['2026-11-25T15:00:00.000Z']);
  });

  test('/remind takes any words as a reminder, in both languages, and asks when there are none', async () => {
    expect((await chat.command('/remind done with the report tomorrow 10:00')).text).toMatch(/report/i);
    expect((await chat.command('/remind позвонить маме завтра в 11:00')).text).toMatch(/позвонить маме/i);
    expect(await planned()).toEqual(['2026-11-25T09:00:00.000Z', '2026-11-25T10:00:00.000Z']);
    expect((await chat.command('/remind')).text).toContain('What shall I remind you of');
    expect((await chat.say('water the plants tomorrow 12:00')).text).toMatch(/water the plants/i);
    expect(await planned()).toHaveLength(3);
  });

  test('a time without words is kept until the words come', async () => {
    expect((await write('remind me in 2 hours')).text).toContain('Today 12:00');
    expect((await chat.say('Feed the cat')).text).toContain('Feed the cat');
    expect(await planned()).toEqual(['2026-11-24T11:00:00.000Z']);
  });

  test('/remind with the number of a reminder moves it, and with a number of nothing makes nothing', async () => {
    await write('remind me to call Bob tomorrow 15:00');
    await chat.command('/remind 1 friday 10:00');
    expect(await planned()).toEqual(['2026-11-27T09:00:00.000Z']);
    await expect(chat.command('/addreminder 77 2026-12-10 09:00')).rejects.toMatchObject({ kind: 'not_found' });
    await chat.command('/remind 12 eggs tomorrow 8:00');
    expect((await chat.command('/reminders')).text).toContain('12 eggs');
  });

  test('a time in reply to the card moves the reminder; other words are offered as its text', async () => {
    const card = (await write('remind me to call Bob tomorrow 15:00')).answers[0];
    await reply('friday 10:00', card);
    expect(await planned()).toEqual(['2026-11-27T09:00:00.000Z']);
    expect((await reply('Call Alice', card)).text).toContain('instead?');
    expect((await chat.press('Change text')).text).toContain('Call Alice');
    await reply('delete', card);
    expect(await planned()).toEqual([]);
  });

  test('a time that is past or impossible keeps the words and asks again', async () => {
    const told = await write('remind me to call Bob on 31 February');
    expect(told.text).toContain('when?');
    expect(await planned()).toEqual([]);
    await chat.say('tomorrow 9');
    expect(await planned()).toHaveLength(1);
  });

  test('Russian words are answered in Russian', async () => {
    chat = await chatOf(personId + 5000, 'ru');
    const told = await write('напомни позвонить Бобу завтра в 15:00');
    expect(told.text).toContain('Позвонить Бобу');
    expect(labels(told.answers[0])).toEqual(['Отменить', 'Другое время', 'Ещё']);
    clock.set('2026-11-25T14:00:00Z');
    const [fired] = await fireAll(true, 5 * 60_000);
    expect(text(fired as View)).toMatch(/^⏰ Позвонить Бобу \(повтор\) — срок был .*15:00/);
    expect((await chat.command('/why 1')).text).toContain('отправлено');
    expect((await chat.command('/pause all')).text).toContain('нечего');
  });
});

describe('a fired reminder', () => {
  test('on time it has the words and the buttons of the hour; Done acknowledges once', async () => {
    await write('remind me to stretch in 10 minutes');
    clock.advance(600_000);
    const view = await fireOne();
    expect(text(view)).toBe('⏰ Stretch');
    expect(labels(view)).toEqual(['Done', '10 min', '1 hour', 'Tonight', 'Tomorrow']);
    const done = await chat.press('Done');
    expect(done.replaced.map(text)).toEqual(['✅ Stretch']);
    await chat.update((context) => context.answer(view));
    const twice = await chat.press('Done');
    expect([twice.toasts.length, twice.text]).toEqual([1, '']);
    await chat.update((context) => context.answer(view));
    expect((await chat.press('1 hour')).toasts).toHaveLength(1);
    expect(await planned()).toEqual([]);
  });

  test('late it says when it was due and until when Steward was away, repeated it says so, at night it offers no tonight', async () => {
    await write('remind me to call Bob at 12:00');
    clock.set('2026-11-24T21:42:00Z');
    const [view] = await fireAll(true);
    expect(text(view as View)).toBe('⏰ Call Bob (repeat) — was due 12:00, I was offline until 22:42');
    expect(labels(view)).not.toContain('Tonight');
  });

  test('missed occurrences of a series are told in one message', async () => {
    await write('remind me to stretch every day at 11:00');
    clock.set('2026-11-30T12:00:00Z');
    const views = await fireAll();
    expect(views.map(text)).toEqual([
      expect.stringMatching(
        /^⏰ Stretch — was due 11:00, I was offline until 13:00\nAlso missed: .*yesterday 11:00 and 3 more$/,
      ),
    ]);
    expect((await chat.command('/why 1')).text).toContain('told together');
  });

  test('held up by Telegram alone it does not claim to have been offline', async () => {
    await write('remind me to call Bob at 12:00');
    clock.set('2026-11-24T11:00:00Z');
    const [view] = await fireAll(false, 10 * 60_000);
    expect(text(view as View)).toContain('was due 12:00, Telegram took it only at 12:10');
  });

  test('Done on the reminder of a task completes the task, and one undo brings both back', async () => {
    const number = await addTask('Call Bob', '2026-11-24', '15:00');
    await chat.command(`/remind ${number} 30 min before`);
    await chat.command(`/remind ${number} tomorrow 9:00`);
    clock.set('2026-11-24T13:30:00Z');
    const view = await fireOne();
    expect(text(view)).toBe('⏰ Call Bob\n📅 15:00');
    expect(labels(view)).toContain('Open');
    const opened = await chat.press('Open');
    expect(opened.text).toBe('card of Call Bob');
    await chat.update((context) => context.answer(view));
    const done = await chat.press('Done');
    expect(done.text).toBe('✅ Call Bob\n3 left today.');
    expect(await planned()).toEqual([]);
    await chat.press('Undo');
    expect(await planned()).toEqual(['2026-11-25T08:00:00.000Z']);
    const [task] = await db.query<{ status: string }>('SELECT status FROM tasks WHERE number = $1 AND space_id = $2', [
      number,
      (await chat.person()).spaceId,
    ]);
    expect(task?.status).toBe('todo');
  });

  test('each snooze says until when; a reply with a time snoozes, with words notes on the task, with done completes', async () => {
    const number = await addTask('Call Bob', null, null);
    await chat.command(`/remind ${number} in 5 minutes`);
    clock.advance(300_000);
    await fireOne();
    const snoozed = await chat.press('Tomorrow');
    expect(snoozed.text).toMatch(/Call Bob: again tomorrow/i);
    expect(await planned()).toEqual(['2026-11-25T08:00:00.000Z']);
    await chat.press('Undo');
    expect(await planned()).toEqual([]);
    const [open] = await db.query<{ id: number }>(`SELECT id FROM deliveries WHERE state = 'sent' AND chat_id = $1`, [
      chat.chatId,
    ]);
    expect(open).toBeDefined();
    const card = (await chat.command(`/reminders ${number + 1}`)).answers[0];
    const shows = { ...card?.shows, role: 'reminder' } as NonNullable<View['shows']>;
    await reply('2h', { lines: [], shows });
    expect(await planned()).toEqual(['2026-11-24T11:05:00.000Z']);
    expect((await reply('ask about the price', { lines: [], shows })).text).toContain('Noted');
    const notes = await db.query<{ body: string }>('SELECT body FROM notes WHERE space_id = $1', [
      (await chat.person()).spaceId,
    ]);
    expect(notes).toEqual([{ body: 'ask about the price' }]);
    expect((await reply('done', { lines: [], shows })).text).toContain('✅ Call Bob');
    expect(await planned()).toEqual([]);
  });

  test('"snooze" in words finds the reminder by number or by its words', async () => {
    await write('remind me to stretch in 10 minutes');
    clock.advance(600_000);
    await fireOne();
    for (const [words, due] of [
      ['snooze #1 2h', '2026-11-24T11:10:00.000Z'],
      ['snooze stretch until tomorrow 8:00', '2026-11-25T07:00:00.000Z'],
    ] as const) {
      const capture = parse(words, captureContext(await chat.person(), clock.now()));
      expect(capture.intent).toBe('snooze');
      await chat.update(async (context) => feature.intents?.snooze?.(context, capture), { text: words });
      expect(await planned()).toEqual([due]);
    }
  });

  test('a muted series is silent, is told in /why, and comes back with undo', async () => {
    await write('remind me to stretch every day at 11:00');
    clock.set('2026-11-24T10:00:00Z');
    await fireOne();
    expect((await chat.press('Mute')).text).toContain('silent');
    clock.set('2026-11-25T10:00:00Z');
    expect(await fireAll()).toEqual([]);
    expect((await chat.command('/why 1')).text).toContain('the series was muted');
    await chat.command('/undo');
    clock.set('2026-11-26T10:00:00Z');
    expect(await fireAll()).toHaveLength(1);
  });

  test('buttons of a deleted reminder answer shortly and do nothing', async () => {
    await write('remind me to stretch in 10 minutes');
    clock.advance(600_000);
    const view = await fireOne();
    await chat.command('/delreminder 1');
    for (const label of ['Done', '10 min', 'Tomorrow']) {
      await chat.update((context) => context.answer(view));
      const told = await chat.press(label);
      expect([told.toasts.length, told.text]).toEqual([1, '']);
    }
    expect(await planned()).toEqual([]);
  });

  test("a stranger's press on somebody's reminder does nothing", async () => {
    await write('remind me to stretch in 10 minutes');
    clock.advance(600_000);
    const view = await fireOne();
    const button = view.buttons?.[0]?.[0];
    if (button === undefined || !('data' in button)) throw new Error('a fired reminder has Done');
    const eve = await chatOf(personId + 9000);
    const told = await eve.pressData(button.data);
    expect([told.toasts.length, told.text]).toEqual([1, '']);
    await expect(eve.command('/why 1')).rejects.toMatchObject({ kind: 'not_found' });
  });
});

describe('list and card', () => {
  test('the list pages over any number, unanswered ones first, and opens cards by number', async () => {
    await write('remind me to answer this in 1 minute');
    clock.advance(60_000);
    await fireAll();
    for (let hour = 1; hour <= 19; hour += 1) await write(`remind me to do thing${hour} in ${hour} hours`);
    const first = await chat.command('/reminders');
    expect(first.text).toMatch(/^Reminders · 20\n\n❗ 1 {2}Answer this/);
    expect(labels(first.answers[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '1/3', '▶', 'Figures']);
    await chat.press('▶');
    const last = await chat.press('▶');
    expect(last.replaced[0]?.shows?.data).toEqual({ list: 'reminders', page: 2 });
    const opened = await chat.press('20');
    expect(opened.text).toContain('#20');
    const more = await chat.press('More');
    expect(labels(more.replaced[0])).toContain('Delete');
    expect((await chat.press('Delete')).text).toContain('deleted');
  });

  test('time, text, pause, skip and late policy change from the card', async () => {
    await write('remind me to stretch every day at 9');
    await chat.press('Change time');
    expect((await chat.say('every day at 8')).text).toMatch(/every day at 8/);
    expect(await planned()).toEqual(['2026-11-25T07:00:00.000Z']);
    await chat.press('More');
    await chat.press('Change text');
    expect((await chat.say('Yoga')).text).toContain('Yoga');
    expect((await chat.command('/skip 1')).text).toContain('left out');
    expect(await planned()).toEqual(['2026-11-26T07:00:00.000Z']);
    expect((await chat.command('/pause 1 until monday')).text).toContain('again');
    expect(await planned()).toEqual(['2026-11-30T07:00:00.000Z']);
    await chat.command('/pause 1 off');
    expect(await planned()).toEqual(['2026-11-26T07:00:00.000Z']);
    expect((await chat.command('/pause all')).text).toContain('One reminder');
    expect(await planned()).toEqual([]);
    await chat.command('/undo');
    expect(await planned()).toEqual(['2026-11-26T07:00:00.000Z']);
    await chat.command('/reminders 1');
    await chat.press('More');
    expect((await chat.press('Skip late')).text).toContain('over an hour late');
  });

  test('/why tells each occurrence: sent, late, repeated, its message, what was called off and why', async () => {
    await write('remind me to stretch every day at 11:00');
    clock.set('2026-11-24T10:42:00Z');
    await fireAll(true);
    await chat.command('/skip 1');
    const { text: why } = await chat.command('/why 1');
    expect(why).toContain('42 minutes late');
    expect(why).toContain('sent twice');
    expect(why).toContain('message 5500');
    expect(why).toContain('you left it out');
    expect(why).toContain('to come');
  });

  test('nothing to tell is said kindly, and the reconciler finds nothing to do', async () => {
    expect((await chat.command('/reminders')).text).toContain('Nothing to remind you of');
    expect((await chat.command('/reminder_stats')).text).toContain('None was due');
    expect(await reconcileReminders(db, clock.now(), wake)).toBe(0);
    await expect(chat.command('/why 99')).rejects.toMatchObject({ kind: 'not_found' });
  });
});
