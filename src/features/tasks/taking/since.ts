/** What a message makes now, beside what it made before: the fields that follow it, and those somebody changed since. */
import type { Authorized } from '../../../access/authorize.ts';
import type { Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import type { Made } from '../bot/add.ts';
import { readDetails } from '../details.ts';

const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? JSON.stringify([...a].map(String).sort()) === JSON.stringify([...b].map(String).sort())
    : JSON.stringify(ordered(a ?? null)) === JSON.stringify(ordered(b ?? null));

const ordered = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : typeof value === 'string'
      ? value.toLowerCase()
      : value;

const FIELD_NAMES: Partial<Record<keyof Made, string>> = {
  title: 'title',
  notes: 'notes',
  dueDate: 'due',
  dueTime: 'due',
  priority: 'priority',
  tags: 'tags',
  project: 'project',
  client: 'client',
  assigneeId: 'assignee',
  estimateMinutes: 'estimate',
  recurrence: 'repeat',
};

/** Of fields that a message makes now and did `before`: those that follow, and those somebody changed since, which stay. */
export async function sinceMade(
  { tx, actor }: Context,
  task: Authorized<Task>,
  draft: Made,
  before: Partial<Made>,
): Promise<{ fields: Record<string, unknown>; kept: Set<keyof Made> }> {
  const details = await readDetails(tx, actor, task);
  const present: Made = { ...task, project: details.project, client: details.client };
  const fields: Record<string, unknown> = {};
  const kept = new Set<keyof Made>();
  for (const key of Object.keys(FIELD_NAMES) as Array<keyof Made>) {
    if (same(draft[key], before[key])) continue;
    if (same(present[key], before[key])) fields[key] = draft[key];
    else if (!same(present[key], draft[key])) kept.add(key);
  }
  if ('dueTime' in fields && !('dueDate' in fields)) fields['dueDate'] = task.dueDate;
  if ('dueDate' in fields && !('dueTime' in fields)) fields['dueTime'] = task.dueTime;
  return { fields, kept };
}

/** Names of fields that stay, as a person reads them. */
export const fieldNames = ({ t }: Context, kept: ReadonlySet<keyof Made>): string =>
  [...new Set([...kept].map((key) => t.text(`task-field-${FIELD_NAMES[key] ?? 'title'}`)))].join(', ');

/** Lengths ahead to remind at that a message asks for now and did not `before`, in minutes. */
export const askedSince = (now: readonly number[], before: readonly number[] = []): readonly number[] =>
  now.filter((each) => !before.includes(each));
