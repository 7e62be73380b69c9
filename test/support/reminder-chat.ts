/** A chat with the reminders feature, the real grammar and what fell due shown as it would be sent. For tests of reminders in the chat. */
import { parse } from '../../src/capture/index.ts';
import { DrivenClock, iso } from '../../src/core/clock.ts';
import { historyFeature } from '../../src/features/history/index.ts';
import {
  quietOfPerson,
  remindersFeature,
  remindersOfPerson,
  remindersOfTasks,
} from '../../src/features/reminders/index.ts';
import { settingsFeature } from '../../src/features/settings/index.ts';
import type { Database } from '../../src/storage/database.ts';
import { captureContext } from '../../src/telegram/dispatch/context.ts';
import type { Feature } from '../../src/telegram/feature.ts';
import type { View } from '../../src/telegram/view.ts';
import { fireDue, markSent } from './chats/firing.ts';
import { newTelegramId, type TestChat, type Told, testChat, testPerson } from './context.ts';

/** Tuesday 24 November 2026, 10:00 in Berlin. */
export const START = '2026-11-24T09:00:00Z';

const wake = () => {};
const link = remindersOfTasks(wake);

/** Tasks as plain rows: completing one tells its reminders and does no more. */
const feature: Feature = remindersFeature({
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
    series: {
      named: async () => null,
      askWhichSkipped: async () => false,
      skip: async () => {},
      pause: async () => {},
      resume: async () => {},
    },
    everything: {
      pauseEverything: async () => 0,
      resumeEverything: async () => 0,
      fellDue: async () => ({ rows: [], more: 0 }),
    },
    openTask: async () => null,
    openCard: (context, task) => context.answer({ lines: [[`card of ${task.title}`]] }),
    add: (context, capture) => context.answer({ lines: [[`task: ${capture.title} ${capture.ahead.join(', ')}`]] }),
    postpone: (context, capture) => context.answer({ lines: [[`put off: ${capture.target?.words ?? ''}`]] }),
    afterDone: async () => [['3 left today.']],
  },
});

export interface ReminderChat extends TestChat {
  readonly clock: DrivenClock;
  readonly feature: Feature;
  /** A plain message that the grammar takes for `intent`, as the router hands it to the feature. */
  write(words: string, intent?: 'remind' | 'snooze'): Promise<Told>;
  /** A reply to the message that shows `view`. */
  reply(words: string, view: View | undefined): Promise<Told>;
  /** Everything due now, of anyone, as it would be sent `sentAfter` milliseconds later, oldest first. */
  fireAll(repeat?: boolean, sentAfter?: number): Promise<View[]>;
  /** The one thing due, and its buttons ready to be pressed. */
  fireOne(): Promise<View>;
  /** A task without the tasks feature; returns its number. */
  addTask(title: string, dueDate: string | null, dueTime: string | null): Promise<number>;
  /** What is planned in the person's space, as ISO instants. */
  planned(): Promise<string[]>;
}

/** Takes away every reminder there is: firing takes what is due anywhere, and nothing of the last test may be left. */
export async function forgetReminders(db: Database): Promise<void> {
  await db.query('DELETE FROM reminders');
  await db.query('DELETE FROM deliveries');
}

/** The chat of a new person with a clock of its own. */
export async function reminderChat(db: Database, language = 'en'): Promise<ReminderChat> {
  const clock = new DrivenClock(START);
  const person = await testPerson(db, newTelegramId(), { language });
  const settings = settingsFeature({ zoneChanged: remindersOfPerson(wake), quietChanged: quietOfPerson(wake) });
  const history = historyFeature({ hooks: () => ({ ...feature.restored, ...settings.restored }) });
  const base = testChat(db, clock, person, [feature, settings, history]);

  async function fireAll(repeat = false, sentAfter = 0): Promise<View[]> {
    const handler = feature.deliveries?.reminder;
    if (handler === undefined) throw new Error('reminders deliver');
    const now = clock.now();
    const fired = await fireDue(db, handler.fire, now);
    const views: View[] = [];
    for (const { id, message } of fired?.send ?? []) {
      const at = now + sentAfter;
      const dueAt = message.orderAt ?? 0;
      await markSent(db, id, at, { latenessMs: at - dueAt, repeats: repeat ? 1 : 0 });
      const payload = JSON.parse(JSON.stringify(message.payload)) as Record<string, unknown>;
      views.push(handler.render({ payload, deliveryId: id, dueAt, now: at, repeat }));
    }
    return views;
  }

  return {
    ...base,
    clock,
    feature,
    async write(words, intent = 'remind') {
      const capture = parse(words, captureContext(await base.person(), clock.now()));
      if (capture.intent !== intent) throw new Error(`"${words}" is read as ${capture.intent}`);
      return base.update(async (context) => feature.intents?.[intent]?.(context, capture), { text: words });
    },
    async reply(words, view) {
      const subject = view?.shows;
      if (subject === undefined) throw new Error('nothing to reply to');
      return base.update(async (context) => feature.replies?.reminder?.(context, subject), {
        text: words,
        repliesTo: { messageId: 77, subject },
      });
    },
    fireAll,
    async fireOne() {
      const [view, ...more] = await fireAll();
      if (view === undefined || more.length > 0) throw new Error(`${more.length + (view ? 1 : 0)} were due`);
      await base.update((context) => context.answer(view));
      return view;
    },
    async addTask(title, dueDate, dueTime) {
      let number = 0;
      await base.update(async (context) => {
        const { spaceId, person: owner } = context.actor;
        const { result } = await context.perform(
          'task.create',
          async (changes) =>
            changes.insert('tasks', {
              spaceId,
              title,
              dueDate,
              dueTime,
              createdBy: owner.id,
              createdAt: context.now,
            }),
          () => ({ key: 'action-task-create', args: { title } }),
        );
        number = result.number;
      });
      return number;
    },
    async planned() {
      const rows = await db.query<{ dueAt: number }>(
        `SELECT due_at FROM deliveries WHERE space_id = $1 AND state = 'due' AND queued_at IS NULL ORDER BY due_at`,
        [person.spaceId],
      );
      return rows.map((row) => iso(row.dueAt));
    },
  };
}
