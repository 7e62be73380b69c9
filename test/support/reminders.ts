/** Reminders on real PostgreSQL under a hand-driven time: made, fired as the firing loop does, taken back. For tests of reminders. */
import { type Authorized, authorize } from '../../src/access/authorize.ts';
import type { Actor } from '../../src/access/people.ts';
import type { Changes } from '../../src/actions/changes.ts';
import { type Performed, perform } from '../../src/actions/perform.ts';
import { type Undone, undo } from '../../src/actions/undo.ts';
import { type EpochMs, iso } from '../../src/core/clock.ts';
import type { ActionId, ChatId, DeliveryId, ReminderId } from '../../src/core/ids.ts';
import { type FiredReminder, firedReminder, type TasksOfReminders } from '../../src/features/reminders/answers.ts';
import { fire } from '../../src/features/reminders/schedule/firing.ts';
import type { Moment } from '../../src/features/reminders/schedule/planning.ts';
import { reminderRestored } from '../../src/features/reminders/schedule/restoring.ts';
import type { Timing } from '../../src/features/reminders/schedule/wanted.ts';
import { create, remove } from '../../src/features/reminders/service.ts';
import { remindersOfTasks } from '../../src/features/reminders/tasklink.ts';
import type { FiredFacts } from '../../src/features/reminders/views/fired.ts';
import type { TaskReminders } from '../../src/features/tasks/index.ts';
import { deliveriesOf } from '../../src/outbox/ledger.ts';
import type { Database, Tx } from '../../src/storage/database.ts';
import type { Reminder, Task } from '../../src/storage/rows.ts';
import { fireDue, markSent } from './chats/firing.ts';
import { testPerson } from './context.ts';
import { testDatabase } from './postgres.ts';

/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** An occurrence that went out, with what its message is made of. */
export interface Sent {
  readonly id: DeliveryId;
  readonly facts: FiredFacts;
  /** epoch ms */
  readonly dueAt: number | undefined;
}

export interface ReminderStage {
  /** epoch ms; set by the tests, read by everything here */
  now: EpochMs;
  readonly db: Database;
  /** lives in Berlin */
  readonly ada: Actor;
  readonly eve: Actor;
  readonly link: TaskReminders;
  /** tasks as plain rows: completing one tells its reminders and does no more */
  readonly tasks: TasksOfReminders;
  at(): Moment;
  actorOf(id: number, timezone?: string): Promise<Actor>;
  /** One action with a key of its own. */
  act<T>(change: (changes: Changes) => Promise<T>, actor?: Actor): Promise<Performed<T>>;
  takeBack(action: ActionId, actor?: Actor): Promise<Performed<Undone>>;
  /** How many actions were made so far. */
  uses(): number;
  make(timing: Timing, text?: string, actor?: Actor): Promise<Authorized<Reminder>>;
  /** "Stretch" every day from '2026-07-01T09:00' on, on Ada's wall clock; at other `hours` of the day where they are given. */
  daily(start: string, hours?: readonly number[]): Promise<Authorized<Reminder>>;
  /** Ada deletes it. */
  remove(reminder: Reminder): Promise<Performed<void>>;
  makeTask(dueDate: string | null, dueTime: string | null): Promise<Authorized<Task>>;
  /** The reminder as it is now. */
  again(reminder: Reminder): Promise<Authorized<Reminder>>;
  /** What waits in the ledger for a reminder, as ISO instants. */
  waiting(reminder: Pick<Reminder, 'id'>): Promise<string[]>;
  /** Fires everything due at `now` as the firing loop does, and marks it sent. */
  run(): Promise<Sent[]>;
  /** Moves the time and fires. */
  pass(to: EpochMs | string): Promise<Sent[]>;
  /** What was sent, as an answer to it finds it. Throws when nothing was. */
  firedAs(sent: Sent | undefined, actor?: Actor): Promise<FiredReminder>;
  drop(): Promise<void>;
}

const wake = () => {};

/** A database of its own with two people in it, on 2 March 2026, 08:00 in Berlin. */
export async function reminderStage(): Promise<ReminderStage> {
  const server = await testDatabase();
  const db = server.database();
  const link = remindersOfTasks(wake);
  let keys = 0;

  async function actorOf(id: number, timezone = 'Europe/Berlin'): Promise<Actor> {
    const person = await testPerson(db, id, { timezone });
    return { person, spaceId: person.spaceId, chatId: id as ChatId, via: 'person' };
  }
  const ada = await actorOf(11);
  const eve = await actorOf(12);

  const stage: ReminderStage = {
    now: Date.parse('2026-03-02T07:00:00Z'),
    db,
    ada,
    eve,
    link,
    tasks: {
      async complete(changes, actor, task, now) {
        const done = await changes.update('tasks', task.id, { status: 'done', completedAt: now });
        await link.taskChanged(changes, actor, done, now);
      },
      addNote: async () => {},
    },
    at: () => ({ now: stage.now, wake }),
    actorOf,
    act(change, actor = ada) {
      keys += 1;
      const summary = () => ({ key: 'action-reminder-edit', args: {} });
      const request = { key: `test#${keys}`, kind: 'test', at: stage.now, change, summary };
      return db.transaction((tx) => perform(tx, actor, request));
    },
    takeBack(action, actor = ada) {
      keys += 1;
      const hooks = {
        reminders: (tx: Tx, who: Actor, ids: readonly number[], now: EpochMs) =>
          reminderRestored(tx, who, ids as ReminderId[], { now, wake }),
      };
      return db.transaction((tx) => undo(tx, actor, { action, now: stage.now, hooks }));
    },
    uses: () => keys,
    async make(timing, text = 'Stretch', actor = ada) {
      const wanted = { text, timing, task: null };
      const { result } = await stage.act((changes) => create(changes, actor, wanted, stage.at()), actor);
      return authorize(db, actor, 'reminder', result.id);
    },
    daily(start, hours = [Number(start.slice(11, 13))]) {
      const rrule = `FREQ=DAILY;BYHOUR=${hours};BYMINUTE=${Number(start.slice(14, 16))}`;
      return stage.make({ kind: 'series', start, rrule, basis: 'schedule' });
    },
    remove: (reminder) => stage.act(async (changes) => remove(changes, ada, await stage.again(reminder), stage.at())),
    async makeTask(dueDate, dueTime) {
      const { result } = await stage.act(async (changes) =>
        changes.insert('tasks', {
          spaceId: ada.spaceId,
          title: 'Call Bob',
          dueDate,
          dueTime,
          createdBy: ada.person.id,
          createdAt: stage.now,
        }),
      );
      return authorize(db, ada, 'task', result.id);
    },
    again: (reminder) => authorize(db, ada, 'reminder', reminder.id),
    async waiting(reminder) {
      const rows = await deliveriesOf(db, reminder.id, 500);
      return rows
        .filter((row) => (row.state === 'due' || row.state === 'held') && row.queuedAt === null)
        .map((row) => iso(row.dueAt));
    },
    async run() {
      const sent: Sent[] = [];
      for (;;) {
        const fired = await fireDue(db, fire, stage.now);
        if (fired === null) return sent;
        for (const { id, message } of fired.send) {
          await markSent(db, id, stage.now);
          sent.push({ id, facts: message.payload as FiredFacts, dueAt: message.orderAt });
        }
      }
    },
    pass(to) {
      stage.now = typeof to === 'string' ? Date.parse(to) : to;
      return stage.run();
    },
    async firedAs(sent, actor = ada) {
      if (sent === undefined) throw new Error('nothing was sent');
      return firedReminder(db, actor, sent.id);
    },
    drop: () => server.drop(),
  };
  return stage;
}
