/** A chat with the tasks feature and the real grammar, for tests of tasks. */

import { undo, undoable } from '../../src/actions/undo.ts';
import { parse } from '../../src/capture/index.ts';
import { DrivenClock } from '../../src/core/clock.ts';
import type { ActionId } from '../../src/core/ids.ts';
import { tasksFeature } from '../../src/features/tasks/index.ts';
import type { Database } from '../../src/storage/database.ts';
import type { Task } from '../../src/storage/rows.ts';
import { captureContext } from '../../src/telegram/dispatch/context.ts';
import type { Feature, Inbound } from '../../src/telegram/feature.ts';
import type { MessageSubject, View } from '../../src/telegram/view.ts';
import { newTelegramId, type TestChat, type Told, testChat, testPerson } from './context.ts';

/** Wednesday 25 November 2026, 11:00 in Berlin. */
export const NOW = '2026-11-25T10:00:00Z';

/** What was asked of reminders where a number named one: 'done Stretch'. */
export const askedReminders: string[] = [];

export const tasks: Feature = tasksFeature({
  remindersMoved: async () => {},
  reminders: {
    taskChanged: async () => {},
    removeForTask: async () => {},
    taskRepeated: async () => {},
    taskPaused: async () => {},
    taskResumed: async () => {},
    remindAhead: async () => [],
  },
  remind: async () => {},
  files: { quotaBytes: 1_000_000_000, wake: () => {} },
  showReminders: async (context) => context.answer({ lines: [['the reminders']] }),
  actOnReminders: async (_context, reminders, verb) =>
    void askedReminders.push(...reminders.map(({ text }) => `${verb} ${text}`)),
  remindersNamed: async () => [],
  chooseReminder: async () => {},
});

export interface TaskChat extends TestChat {
  /** a plain message through the grammar, as the router does it */
  write(text: string, inbound?: Partial<Inbound>): Promise<Told>;
  /** a reply to the message that shows `view` */
  reply(view: View | undefined, text: string): Promise<Told>;
  tasks(): Promise<Task[]>;
}

/** The chat of a new person. */
export async function taskChat(db: Database, language = 'en'): Promise<TaskChat> {
  const clock = new DrivenClock(NOW);
  const person = await testPerson(db, newTelegramId(), { language });
  const base = testChat(db, clock, person, [tasks]);
  const write: TaskChat['write'] = (text, inbound) =>
    base.update(
      async (context) => {
        const capture = parse(text, captureContext(context.actor.person, context.now));
        const handler = tasks.intents?.[capture.intent] ?? tasks.intents?.add;
        await handler?.(context, capture);
      },
      { text, ...inbound },
    );
  return {
    ...base,
    write,
    reply: (view, text) => {
      const subject: MessageSubject | null = view?.shows ?? null;
      return base.update(
        async (context) => {
          if (subject === null) throw new Error('nothing to reply to');
          await tasks.replies?.task?.(context, subject);
        },
        { text, repliesTo: { messageId: 900, subject } },
      );
    },
    tasks: () => db.query<Task>('SELECT * FROM tasks WHERE space_id = $1 ORDER BY number', [person.spaceId]),
  };
}

/** The view shown last. */
export const lastView = (told: Told): View | undefined => [...told.answers, ...told.replaced].at(-1);

/** The newest action that can be taken back. */
export async function newestAction(chat: TaskChat): Promise<ActionId> {
  let newest: ActionId | undefined;
  await chat.update(async ({ tx, actor, now }) => {
    [newest] = await undoable(tx, actor, 1, now);
  });
  if (newest === undefined) throw new Error('nothing to take back');
  return newest;
}

/** Takes an action back, as /undo does; the newest one unless another is named. */
export async function takeBack(chat: TaskChat, action?: ActionId): Promise<void> {
  const wanted = action ?? (await newestAction(chat));
  await chat.update(async ({ tx, actor, now }) => {
    await undo(tx, actor, { action: wanted, now, hooks: tasks.restored ?? {} });
  });
}

/** Every row of a person's tasks and what hangs on them, to compare with later. */
export async function everything(db: Database, chat: TaskChat): Promise<Record<string, unknown[]>> {
  const { spaceId } = await chat.person();
  const tables = ['tasks', 'notes', 'dependencies', 'task_words', 'projects', 'clients'];
  const rows = tables.map(async (table) => [
    table,
    await db.query(`SELECT to_jsonb(t) AS row FROM ${table} t WHERE space_id = $1 ORDER BY 1`, [spaceId]),
  ]);
  return Object.fromEntries(await Promise.all(rows));
}
