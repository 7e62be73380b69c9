/** A person with one recurring task, and what becomes of it. For tests of series. */
import type { Database } from '../../../src/storage/database.ts';
import type { Task } from '../../../src/storage/rows.ts';
import { type WholeChat, wholeChat } from './whole-chat.ts';

/** A person with "water the plants every monday at 9": #1, due on Monday 30 November 2026. */
export async function plants(db: Database, language = 'en'): Promise<WholeChat> {
  const ada = await wholeChat(db, { language });
  await ada.write(
    language === 'ru' ? 'полить цветы каждый понедельник в 9 утра' : 'water the plants every monday at 9',
  );
  return ada;
}

/** Their newest task. */
export async function lastTask(ada: WholeChat): Promise<Task | undefined> {
  return (await ada.tasks()).at(-1);
}

/** Their tasks that are to be done. */
export async function openTasks(ada: WholeChat): Promise<Task[]> {
  return (await ada.tasks()).filter(({ status }) => status === 'todo');
}
