/** Lists and searches in the chat: one living message, its page and query kept with it. */
import { membersOf } from '../../../access/groups.ts';
import { type Finished, finishedAsked, parseWhen, type Reading } from '../../../capture/index.ts';
import type { Context } from '../../../telegram/feature.ts';
import { italic, type View } from '../../../telegram/view.ts';
import { listOf } from '../assign/chat.ts';
import { buttons } from '../buttons.ts';
import { nameById, namedAs, namesInUse } from '../details.ts';
import { filterKeeping } from '../filters/service.ts';
import { daysAsked } from '../lists/asked-days.ts';
import { finishedValue } from '../lists/finished.ts';
import { carried, type ListRef, queryOf } from '../lists/list-ref.ts';
import { type ListKind, type ListQuery, listTasks, PLAIN_LISTS } from '../lists/lists.ts';
import { priorityNamed, statusesNamed } from '../search/query.ts';
import { searchTasks } from '../search/search.ts';
import { storable } from '../task.ts';
import { listView, searchView } from '../views/lists.ts';
import { askSearchView } from '../views/questions.ts';
import { readerOf } from './chat.ts';
import { filtersIn } from './larrybot.ts';

/** A page of a list or search; one whose query is lost becomes the list of all open tasks. */
export async function showList(context: Context, ref: ListRef): Promise<void> {
  const { tx, actor, now } = context;
  if (ref.kind === 'search') return showSearch(context, String(ref.value ?? ''), ref.page);
  const query = queryOf(ref) ?? { kind: 'open' as const, value: null };
  const page = await listTasks(tx, actor, query, ref.page, now);
  const name = await nameOfList(context, query);
  await context.replace(listView(readerOf(context), page, name));
}

/** The name of whom or what a list is of. */
async function nameOfList({ tx, actor }: Context, { kind, value }: ListQuery): Promise<string | null> {
  if (kind === 'assignee' && actor.group)
    return (await membersOf(tx, actor.group.id)).find(({ id }) => id === value)?.name ?? null;
  const of = kind === 'project' ? 'projects' : kind === 'client' ? 'clients' : null;
  return of === null ? null : nameById(tx, actor, of, Number(value));
}

export const showKind = (context: Context, kind: ListKind): Promise<void> =>
  showList(context, { kind, value: null, page: 1 });

/** What is due in the days of a reading. */
export const showDays = (context: Context, reading: Reading, words = context.inbound.text): Promise<void> =>
  showList(context, { kind: 'days', value: daysAsked(reading, words), page: 1 });

/** What was done in some days, the newest first. */
export const showFinished = (context: Context, period: Finished): Promise<void> =>
  period === 'any'
    ? showList(context, { kind: 'status', value: 'done', page: 1 })
    : showList(context, { kind: 'finished', value: finishedValue(period), page: 1 });

/** What a search found; without words it asks for them. */
export async function showSearch(context: Context, text: string, page: number): Promise<void> {
  // Kept with the message for its pages: longer ones are no search.
  const words = storable(text).replaceAll(/\s+/g, ' ').trim().slice(0, 500);
  if (words === '') return askSearch(context);
  const found = await searchTasks(context.tx, context.actor, words, page, context.now);
  const kept = await filterKeeping(context.tx, context.actor, words);
  await context.replace(searchView(readerOf(context), found, words, kept?.name ?? null));
}

export async function askSearch(context: Context): Promise<void> {
  await context.flow.start('task.search', {});
  await context.replace(askSearchView(readerOf(context)));
}

/** What lists are called in Russian. */
const CALLED: Readonly<Record<string, ListKind>> = {
  все: 'open',
  всё: 'open',
  открытые: 'open',
  сегодня: 'today',
  завтра: 'tomorrow',
  неделя: 'week',
  просрочено: 'overdue',
  просроченные: 'overdue',
  'без срока': 'someday',
  'когда-нибудь': 'someday',
};

/** `/list today`, `/list #sales`, `/list @acme`, `/list in progress`, `/list high`, `/list Website`, `/list friday`; other words are searched for. */
export async function showNamed(context: Context, words: string): Promise<void> {
  const { tx, actor } = context;
  const word = words.trim();
  const lower = word.toLowerCase();
  if (word === '') return showKind(context, 'open');
  const finished = finishedAsked(word);
  if (finished !== null) return showFinished(context, finished);
  const kind =
    PLAIN_LISTS.find((known) => known === lower) ?? (Object.hasOwn(CALLED, lower) ? CALLED[lower] : undefined);
  if (kind !== undefined) return showKind(context, kind);
  if (/^#\S+$/u.test(word)) return showList(context, { kind: 'tag', value: lower.slice(1), page: 1 });
  const statuses = statusesNamed(word);
  const [status] = statuses ?? [];
  if (status !== undefined && statuses?.length === 1)
    return showList(context, { kind: 'status', value: status, page: 1 });
  if (statuses !== null)
    return lower === 'closed' ? showSearch(context, 'status:closed', 1) : showKind(context, 'open');
  const priority = /^\d$/.test(word) ? null : priorityNamed(word);
  if (priority !== null) return showList(context, { kind: 'priority', value: priority, page: 1 });
  const name = word.replace(/^@/, '');
  const assignee = await listOf(context, name);
  if (assignee !== null) return showList(context, { kind: 'assignee', value: assignee, page: 1 });
  const client = await namedAs(tx, actor, 'clients', name);
  const project = word.startsWith('@') ? null : await namedAs(tx, actor, 'projects', name);
  if (project !== null) return showList(context, { kind: 'project', value: project.id, page: 1 });
  if (client !== null) return showList(context, { kind: 'client', value: client.id, page: 1 });
  const { reading } = parseWhen(word, context.capture);
  if (reading !== null && reading.recurrence === null && reading.due.time === null)
    return showDays(context, reading, word);
  return showSearch(context, (await combined(context, word)) ?? word, 1);
}

/** Tags or projects in use as buttons that open their lists. */
export async function showNames(context: Context, of: 'tags' | 'projects'): Promise<void> {
  const { t } = context;
  const names = await namesInUse(context.tx, context.actor, of, 24);
  const kind = of === 'tags' ? 'tag' : 'project';
  const rows: Array<Array<NonNullable<View['buttons']>[number][number]>> = [];
  for (const { id, name } of names) {
    const list = carried({ kind, value: id ?? name, page: 1 });
    // A tag too long for a button is reached by typing it.
    if (list.value === null) continue;
    const button = { label: of === 'tags' ? `#${name}` : name, data: buttons.list(list) };
    const last = rows.at(-1);
    if (last !== undefined && last.length < 3) last.push(button);
    else rows.push([button]);
  }
  const key = names.length === 0 ? 'empty' : 'title';
  const open = { label: t.text('task-open-button'), data: buttons.list({ kind: 'open', page: 1, value: null }) };
  await context.replace({
    lines: [
      [t.text(`task-names-${key}-${of}`)],
      ...(of === 'projects' && names.length > 0 ? [[italic(t.text('project-hint'))]] : []),
    ],
    buttons: rows.length > 0 ? rows : [[open]],
    shows: { role: 'list', entity: 'none', entityId: null },
  });
}

/** "todo high", "in progress high Website": several filters at once; null where the words are not all such. */
async function combined({ tx, actor }: Context, words: string): Promise<string | null> {
  const { filters, rest } = filtersIn(words.split(/\s+/));
  if (rest.length === 0) return filters.length < 2 ? null : filters.join(' ');
  if (filters.length === 0) return null;
  const name = rest.join(' ');
  if (/^#\S+$/u.test(name)) return [...filters, `tag:${name.slice(1)}`].join(' ');
  const project = await namedAs(tx, actor, 'projects', name.replace(/^@/, ''));
  const client = project === null ? await namedAs(tx, actor, 'clients', name.replace(/^@/, '')) : null;
  if (project === null && client === null) return null;
  return [...filters, `${project === null ? 'client' : 'project'}:"${project?.name ?? client?.name ?? ''}"`].join(' ');
}
