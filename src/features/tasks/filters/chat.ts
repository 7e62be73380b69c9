/** Saved filters in the chat: `/filters`, `/filters save urgent status:open priority:high`, and [Save] below a search. */
import type { Authorized } from '../../../access/authorize.ts';
import { UserError } from '../../../core/errors.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { SavedFilter } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold, cancelButton, inPairs, type Twofold, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { fromOf, readerOf } from '../bot/chat.ts';
import { showSearch } from '../bot/show.ts';
import { buttons } from '../buttons.ts';
import { toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import { filterNamed, filtersOf, removeFilter, saveFilter } from './service.ts';

const SAVE = /^(?:save|add|сохранить)\s+(?:["„“«]([^"„“”»]+)["“”»]|([^\s"„“”«»]\S*))\s+(\S[\s\S]*)$/iu;
const EQUALS = /^["„“«]?([^="„“”«»:]{1,40}?)["“”»]?\s*=\s*(\S[\s\S]*)$/u;
const DELETE = /^(?:delete|remove|удалить)\s+(\S[\s\S]*)$/iu;

/** `/filters` lists them, `/filters urgent` shows what it finds, `save` and `delete` do what they say; anything else is searched for. */
export async function filters(context: Context, rest: string): Promise<void> {
  const words = rest.trim();
  if (words === '') return showFilters(context);
  if (/^(?:save|add|delete|remove|сохранить|удалить)$/iu.test(words)) throw new UserError('task-filters-how');
  const saved = SAVE.exec(words);
  if (saved !== null) return save(context, saved[1] ?? saved[2] ?? '', saved[3] ?? '');
  const equals = EQUALS.exec(words);
  if (equals !== null) return save(context, equals[1] ?? '', equals[2] ?? '');
  const away = DELETE.exec(words)?.[1];
  if (away !== undefined) return remove(context, await named(context, away));
  const found = await filterNamed(context.tx, context.actor, words);
  if (found === null && /^(?:save|add|сохранить)\s/iu.test(words)) throw new UserError('task-filters-how');
  if (found === null && !words.includes(':'))
    throw new UserError('task-error-filter-unknown', { name: words.slice(0, 60) });
  await showSearch(context, found?.query ?? words, 1);
}

async function named(context: Context, name: string): Promise<Authorized<SavedFilter>> {
  const found = await filterNamed(context.tx, context.actor, name.replaceAll(/["„“”«»]/gu, ''));
  if (found === null) throw new UserError('task-error-filter-unknown', { name: name.slice(0, 60) });
  return found;
}

async function save(context: Context, name: string, query: string): Promise<void> {
  const { result, actionId } = await context.perform<SavedFilter>(
    'task.filter',
    (changes) => saveFilter(changes, context.actor, name, query, context.now),
    (filter) => ({ key: 'action-task-filter', args: { name: filter.name } }),
  );
  const line = context.t.spans<Styled>('task-filter-saved', { name: bold(result.name), query: result.query });
  await context.replace(toldView(readerOf(context), line, [actionId], fromOf(context)));
}

/** A filter that was just taken away, and by which action. */
interface Gone {
  readonly name: string;
  readonly action: ActionId;
}

/** Every filter as a button; `removing`: a press takes it away. */
export async function showFilters(context: Context, removing = false, gone: Gone | null = null): Promise<void> {
  await context.replace(filtersView(context, await filtersOf(context.tx, context.actor), removing, gone));
}

function filterRows(t: Context['t'], all: readonly SavedFilter[]): Twofold {
  return {
    plain: all.map(({ name, query }) => t.spans<Styled>('task-filter-row', { name: bold(name), query })),
    native: () => [
      {
        columns: [
          { name: t.text('shared-column-name'), align: 'start' },
          { name: t.text('task-column-query'), align: 'start' },
        ],
        rows: all.map(({ name, query }) => [[bold(name)], [query]]),
      },
    ],
  };
}

function filtersView({ t }: Context, all: readonly SavedFilter[], removing: boolean, gone: Gone | null): View {
  const each = all.map(({ id, name }) => ({
    label: removing ? `✕ ${name}` : name,
    data: removing ? buttons.filterAway({ id }) : buttons.filterRun({ id }),
  }));
  const undo = gone === null ? [] : [undoButton(t, gone.action)];
  const other = removing
    ? { label: t.text('shared-back-button'), data: buttons.filters({ removing: 'no' }) }
    : { label: t.text('task-filter-remove-button'), data: buttons.filters({ removing: 'yes' }) };
  return {
    lines: [
      ...(gone === null ? [] : [t.spans<Styled>('task-filter-deleted', { name: bold(gone.name) }), []]),
      [bold(t.text(all.length === 0 ? 'task-filters-empty' : 'task-filters-title'))],
      ...(all.length === 0 ? [[t.text('task-filters-how')]] : []),
      ...(all.length === 0 ? [] : [filterRows(t, all)]),
    ],
    buttons: [...inPairs(each), [...undo, ...(all.length === 0 ? [] : [other])]].filter((row) => row.length > 0),
    shows: { role: 'list', entity: 'none', entityId: null },
  };
}

export async function remove(context: Context, filter: Authorized<SavedFilter>): Promise<void> {
  const { actionId } = await context.perform(
    'task.filter-delete',
    (changes) => removeFilter(changes, context.actor, filter),
    () => ({ key: 'action-task-filter-delete', args: { name: filter.name } }),
  );
  await showFilters(context, false, { name: filter.name, action: actionId });
}

/** Asks for the name under which the search of the pressed message is kept. */
export async function askName(context: Context): Promise<void> {
  const from = fromOf(context);
  if (from?.kind !== 'search' || from.value === null) throw new UserError('error-old-button');
  await context.flow.start('task.filterName', { query: String(from.value) });
  await context.answer({
    lines: [[context.t.text('task-filter-ask-name')]],
    buttons: [[cancelButton(context.t, buttons.cancel())]],
    shows: { role: 'prompt', entity: 'none', entityId: null },
  });
}

/** The name was written. */
export async function saidName(
  context: Context,
  data: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  const name = context.inbound.text.trim();
  if (name === '' || typeof data['query'] !== 'string') return false;
  await save(context, name, data['query']);
  await context.flow.end();
  return true;
}
