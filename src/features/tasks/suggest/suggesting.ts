/** How important a task looks by its words, its date and what waits for it: offered on its card, never set by itself. */
import type { Authorized } from '../../../access/authorize.ts';
import { addDays, type Day } from '../../../core/days.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { fromOf, readerOf } from '../bot/chat.ts';
import { buttons } from '../buttons.ts';
import { readCard } from '../links/card.ts';
import { daysOf } from '../lists/lists.ts';
import { isOpen, type PriorityName, priorityName } from '../task.ts';
import { cardView } from '../views/cards.ts';

/** Words that say it themselves, the most important first. */
const SAID: ReadonlyArray<readonly [RegExp, PriorityName]> = [
  [/(?<![\p{L}])(?:urgent(?:ly)?|asap|emergency|immediately|срочн\p{L}*|немедленно|горит)(?![\p{L}])/iu, 'urgent'],
  [/(?<![\p{L}])(?:critical|deadline|критичн\p{L}*|дедлайн)(?![\p{L}])/iu, 'critical'],
  [/(?<![\p{L}])(?:important|важн\p{L}*)(?![\p{L}])/iu, 'high'],
  [/(?<![\p{L}])(?:maybe|some ?day|one day|when i have time|когда-нибудь|как-нибудь|может быть)(?![\p{L}])/iu, 'low'],
];

export interface Suggestion {
  readonly level: PriorityName;
  readonly why: 'words' | 'overdue' | 'soon' | 'awaited' | 'undated';
}

/** The priority a task looks like; null where nothing speaks for another than it has. `awaited`: other tasks wait for it. Pure. */
function suggested(task: Task, today: Day, awaited: boolean): Suggestion | null {
  const found = ((): Suggestion => {
    const said = SAID.find(([pattern]) => pattern.test(`${task.title} ${task.tags.join(' ')}`))?.[1];
    if (said !== undefined) return { level: said, why: 'words' };
    if (task.dueDate !== null && task.dueDate < today) return { level: 'critical', why: 'overdue' };
    if (task.dueDate !== null && task.dueDate <= addDays(today, 1)) return { level: 'high', why: 'soon' };
    if (awaited) return { level: 'high', why: 'awaited' };
    const undated = task.dueDate === null && task.startDate === null;
    return undated ? { level: 'low', why: 'undated' } : { level: priorityName(task.priority), why: 'words' };
  })();
  return isOpen(task) && found.level !== priorityName(task.priority) ? found : null;
}

/** `/suggest 12`: the card, with the priority it looks like and a button that sets it. */
export async function suggest(context: Context, task: Authorized<Task>): Promise<void> {
  const { tx, actor, now, t } = context;
  const details = await readCard(tx, actor, task);
  const offer = suggested(task, daysOf(actor, now).day, details.links.waiting.some(isOpen));
  const key = offer === null ? (isOpen(task) ? 'task-suggest-none' : null) : `task-suggest-${offer.why}`;
  const level = t.text('task-priority', { level: offer?.level ?? priorityName(task.priority) });
  const remark = key === null ? null : t.text(key, { level });
  const view = cardView(readerOf(context), task, details, fromOf(context), null, remark);
  if (offer === null) return context.replace(view);
  const set = {
    label: t.text('task-priority-button', { level: offer.level }),
    data: buttons.priority({ id: task.id, level: offer.level }),
  };
  await context.replace({ ...view, buttons: [[set], ...(view.buttons ?? [])] });
}
