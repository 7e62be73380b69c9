/** Words that order something of a task that is there: "rename call Bob to call Ann", "edit #12", "move #12 to Website". */
import { type ReadOrder, readOrder } from '../../../capture/index.ts';
import type { Context } from '../../../telegram/feature.ts';
import { type Room, readerOf } from '../bot/chat.ts';
import { byWords, carryOut } from '../bot/targets.ts';
import { namedAs } from '../details.ts';
import { findByWords } from '../search/matching.ts';
import { chooseView } from '../views/questions.ts';

/** Does what the words order where the item they name is there; false where they are to become a task like any others. */
export async function saidOrder(context: Context, room: Room, text: string): Promise<boolean> {
  const order = readOrder(text);
  switch (order?.kind) {
    case 'rename':
      return rename(context, room, order);
    case 'edit':
      return edit(context, room, order, text);
    case 'place': {
      // Only into what there is: "move #12 to friday" is another order.
      const known = await namedAs(context.tx, context.actor, 'projects', order.to);
      if (known === null) return false;
      await carryOut(context, room, 'place', { numbers: [order.number ?? 0], words: '', argument: known.name });
      return true;
    }
    case 'skip':
    case 'pause':
    case 'resume':
      return rest(context, order);
    default:
      return false;
  }
}

/** "skip breakfast" is a task, unless it is what repeats, or a number. The commands that serve tasks and reminders alike do the rest. */
async function rest(
  context: Context,
  order: Extract<ReadOrder, { kind: 'skip' | 'pause' | 'resume' }>,
): Promise<boolean> {
  const { tx, actor } = context;
  const found = order.number === null ? await findByWords(tx, actor, order.words) : null;
  const series = found?.kind === 'one' && found.task.recurrence !== null ? found.task.number : null;
  const number = order.number ?? series;
  if (number === null) return false;
  const until = order.kind === 'pause' ? order.until : order.kind === 'resume' ? 'off' : '';
  await context.handleText(`/${order.kind === 'skip' ? 'skip' : 'pause'} ${number} ${until}`.trim());
  return true;
}

async function rename(
  context: Context,
  room: Room,
  { ways }: Extract<ReadOrder, { kind: 'rename' }>,
): Promise<boolean> {
  const [numbered] = ways.filter(({ number }) => number !== null);
  if (numbered !== undefined) {
    await carryOut(context, room, 'edit', { numbers: [numbered.number ?? 0], words: '', argument: numbered.title });
    return true;
  }
  let meant: (typeof ways)[number] | undefined;
  for (const way of ways) {
    const found = await findByWords(context.tx, context.actor, way.words);
    const exact = found.kind === 'one' && folded(found.task.title) === folded(way.words);
    if (exact) meant = way;
    if (exact) break;
    if (found.kind !== 'none' || (await room.deps.remindersNamed(context, way.words)).length > 0) meant ??= way;
  }
  if (meant === undefined) return false;
  await byWords(context, room, 'edit', meant.words, meant.title);
  return true;
}

const folded = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** "edit the photos" is a task too: unless one of just that name is there, it is asked about. */
async function edit(
  context: Context,
  room: Room,
  { number, words, plain }: Extract<ReadOrder, { kind: 'edit' }>,
  text: string,
): Promise<boolean> {
  if (number !== null) {
    await carryOut(context, room, 'edit', { numbers: [number], words: '', argument: '' });
    return true;
  }
  if (plain) {
    if (!(await isThere(context, room, words))) return false;
    await byWords(context, room, 'edit', words, '');
    return true;
  }
  const found = await findByWords(context.tx, context.actor, words);
  if (found.kind === 'none') return false;
  const tasks = found.kind === 'one' ? [found.task] : found.tasks;
  await context.replace(chooseView(readerOf(context), tasks, { verb: 'edit', argument: '', words }, text.trim()));
  return true;
}

async function isThere(context: Context, room: Room, words: string): Promise<boolean> {
  const open = await findByWords(context.tx, context.actor, words);
  return open.kind !== 'none' || (await room.deps.remindersNamed(context, words)).length > 0;
}
