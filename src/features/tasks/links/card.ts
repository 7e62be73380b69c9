/** What a card shows of how its task hangs together with others. Bounded: a task with a hundred parts costs what five do. */
import { type Authorized, authorizeRows } from '../../../access/authorize.ts';
import type { Actor } from '../../../access/people.ts';
import type { Queryable } from '../../../storage/database.ts';
import type { Task } from '../../../storage/rows.ts';
import { readDetails, type TaskDetails } from '../details.ts';
import { isOpen } from '../task.ts';
import type { Links } from '../views/pieces.ts';
import { blockersOf, waitingFor } from './dependencies.ts';
import { childCount, childrenOf, marksOf, parentOf } from './tree.ts';

/** Parts shown on a card. */
const ON_CARD = 5;

/** The links of a task with `limit` of its parts. Throws NotFound for another's task. */
export async function readLinks(
  db: Queryable,
  actor: Actor,
  task: Authorized<Task>,
  limit: number,
  offset = 0,
): Promise<Links> {
  const { total = 0, done = 0 } = (await marksOf(db, actor, [task])).get(task.id) ?? {};
  const children = await childrenOf(db, actor, task, limit, offset);
  const full = children.length === limit || (offset > 0 && children.length === 0);
  return {
    total,
    done,
    children,
    marks: await marksOf(db, actor, children),
    count: full ? await childCount(db, actor, task) : offset + children.length,
    parent: await parentOf(db, actor, task),
    blockers: (await blockersOf(db, actor, task)).filter(isOpen),
    waiting: await waitingFor(db, actor, task),
  };
}

/** Everything a card shows beside the row. Throws NotFound when the task is gone or another's. */
export async function readCard(
  db: Queryable,
  actor: Actor,
  task: Task,
): Promise<TaskDetails & { readonly links: Links }> {
  const [own] = authorizeRows(actor, [task]);
  const details = await readDetails(db, actor, task);
  return { ...details, links: await readLinks(db, actor, own as Authorized<Task>, ON_CARD) };
}
