/** Templates in the chat: `/template save 12 onboarding`, `/template onboarding friday`, and their buttons. */
import { type Authorized, authorize, authorizeNumber } from '../../../access/authorize.ts';
import { parseWhen } from '../../../capture/index.ts';
import type { Day } from '../../../core/days.ts';
import { UserError } from '../../../core/errors.ts';
import type { ActionId } from '../../../core/ids.ts';
import type { Task, Template } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { type Button, bold, cancelButton, type Twofold, type View } from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { fromOf, type Room, readerOf, showCard, taskOf } from '../bot/chat.ts';
import { readWords } from '../bot/when.ts';
import { buttons } from '../buttons.ts';
import { quickDays } from '../views/menus.ts';
import { toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import { isDated, removeTemplate, saveTemplate, sizeOf, templateNamed, templatesOf, useTemplate } from './service.ts';

const SAVE = /^(?:save|add|сохранить)(?:\s+[#№]?(\d{1,9}))?(?:\s+(?:as\s+|как\s+)?["„“«]?([^"„“”»]+)["“”»]?)?$/iu;
const DELETE = /^(?:delete|remove|удалить)\s+(\S[\s\S]*)$/iu;
const USE = /^(?:use|new|создать)\s+/iu;

/** `/template` lists them; `save 12 name` keeps a task, `delete name` takes one away, `name` with or without a day makes its tasks. */
export async function template(context: Context, room: Room, rest: string): Promise<void> {
  const words = rest.trim();
  if (words === '') return showTemplates(context);
  const saved = SAVE.exec(words);
  if (saved !== null) return saveFrom(context, saved[1], saved[2] ?? null);
  const away = DELETE.exec(words)?.[1];
  if (away !== undefined) return remove(context, await named(context, away));
  const { found, when } = await meant(context, words.replace(USE, ''));
  if (when === '') return begin(context, room, found);
  await use(context, room, found, dayIn(context, when));
}

async function saveFrom(context: Context, number: string | undefined, name: string | null): Promise<void> {
  const replied = context.inbound.repliesTo?.subject;
  if (number === undefined) {
    if (replied?.entity !== 'task' || replied.entityId === null) throw new UserError('task-error-template-which');
    return save(context, await taskOf(context, replied.entityId), name);
  }
  const item = await authorizeNumber(context.tx, context.actor, Number(number));
  if ('reminder' in item) throw new UserError('task-error-link-reminder', { number: Number(number) });
  await save(context, item.task, name);
}

const bare = (words: string): string => words.replaceAll(/["„“”«»]/gu, '').trim();

async function named(context: Context, name: string): Promise<Authorized<Template>> {
  const found = await templateNamed(context.tx, context.actor, bare(name));
  if (found === null) throw new UserError('task-error-template-unknown', { name: bare(name).slice(0, 60) });
  return found;
}

/** The template whose name the words are or begin with; what follows it is a day. */
async function meant(context: Context, words: string): Promise<{ found: Authorized<Template>; when: string }> {
  const parts = bare(words).split(/\s+/);
  for (let end = parts.length; end > 0; end -= 1) {
    const when = parts.slice(end).join(' ');
    const found = await templateNamed(context.tx, context.actor, parts.slice(0, end).join(' '));
    if (found === null) continue;
    if (when !== '' && parseWhen(when, context.capture).reading === null)
      throw new UserError('task-date-not-read', { words: when.slice(0, 60) });
    return { found, when };
  }
  throw new UserError('task-error-template-unknown', { name: bare(words).slice(0, 60) });
}

function dayIn(context: Context, words: string): Day {
  const [only, ...others] = readWords(context, words);
  if (only === undefined || others.length > 0) throw new UserError('task-date-not-read', { words });
  return only.day;
}

/** Keeps a task with its parts; without a name under its title. */
export async function save(context: Context, task: Authorized<Task>, name: string | null): Promise<void> {
  const { result, actionId } = await context.perform(
    'task.template',
    (changes) => saveTemplate(changes, context.actor, task, name, context.now),
    ({ template }) => ({ key: 'action-task-template', args: { name: template.name } }),
  );
  const { template, replaces } = result;
  const count = sizeOf(template.content) - 1;
  const line = context.t.spans<Styled>('task-template-saved', { name: bold(template.name), count });
  const view = toldView(readerOf(context), line, [actionId], fromOf(context));
  const lines = replaces ? [...view.lines, [context.t.text('task-template-replaces')]] : view.lines;
  await context.replace({ ...view, lines });
}

/** A template without dates is used at once, for others the day is asked. */
export async function begin(context: Context, room: Room, found: Authorized<Template>): Promise<void> {
  if (!isDated(found.content)) return use(context, room, found, null);
  await context.flow.start('task.templateDay', { template: found.id });
  await context.replace(askDayView(context, found));
}

function askDayView(context: Context, { id, name }: Template): View {
  const { t } = context;
  const { today, tomorrow, nextWeek } = quickDays(readerOf(context));
  const pick = (label: string, day: Day | null): Button => ({ label, data: buttons.templateUse({ id, day }) });
  return {
    lines: [[bold(name)], [t.text('task-template-when')]],
    buttons: [
      [pick(t.text('task-today-button'), today), pick(t.text('task-tomorrow-button'), tomorrow)],
      [pick(t.text('task-next-week-button'), nextWeek), pick(t.text('task-no-date-button'), null)],
      [cancelButton(t, buttons.cancel())],
    ],
    shows: { role: 'prompt', entity: 'none', entityId: null },
  };
}

/** Makes its tasks for a day, and shows the card of the whole. */
export async function use(context: Context, room: Room, found: Authorized<Template>, day: Day | null): Promise<void> {
  await context.flow.end();
  const count = sizeOf(found.content);
  const { result, actionId } = await context.perform<{ task: Task; made: string[] }>(
    'task.template-use',
    async (changes) => {
      const task = await useTemplate(changes, context.actor, room.service, found, day, context.now);
      const fresh = changes.written.filter(({ entity, before }) => entity === 'projects' && before === null);
      return { task, made: fresh.map(({ after }) => nameIn(after)) };
    },
    ({ task }) => ({ key: 'action-task-template-use', args: { title: task.title, count } }),
  );
  const { task, made } = result;
  // A template keeps its projects by name: one that was deleted since comes back with it, and that is told.
  const remark =
    made.length === 0
      ? null
      : context.t.text('project-made-again', { count: made.length, names: made.slice(0, 5).join(', ') });
  await showCard(context, task, actionId, remark);
}

/** The day was written. */
export async function saidDay(
  context: Context,
  room: Room,
  data: Readonly<Record<string, string | number | null>>,
): Promise<boolean> {
  const words = context.inbound.text.trim();
  if (words === '' || parseWhen(words, context.capture).reading === null) return false;
  const found = await authorize(context.tx, context.actor, 'template', Number(data['template']));
  await use(context, room, found, dayIn(context, words));
  return true;
}

function rows(t: Context['t'], all: readonly Template[]): Twofold {
  return {
    plain: all.map(({ name, content }) =>
      t.spans<Styled>('task-template-row', { name: bold(name), count: sizeOf(content) - 1 }),
    ),
    native: () => [
      {
        columns: [
          { name: t.text('shared-column-name'), align: 'start' },
          { name: t.text('task-column-parts'), align: 'end' },
        ],
        rows: all.map(({ name, content }) => [[bold(name)], [sizeOf(content) > 1 ? String(sizeOf(content) - 1) : '']]),
      },
    ],
  };
}

/** Every template as a button; `removing`: a press takes it away. */
export async function showTemplates(
  context: Context,
  removing = false,
  gone: { readonly name: string; readonly action: ActionId } | null = null,
): Promise<void> {
  const { t } = context;
  const all = await templatesOf(context.tx, context.actor);
  const undo = gone === null ? [] : [undoButton(t, gone.action)];
  const other = {
    label: t.text(removing ? 'shared-back-button' : 'task-filter-remove-button'),
    data: buttons.templates({ removing: removing ? 'no' : 'yes' }),
  };
  await context.replace({
    lines: [
      ...(gone === null ? [] : [t.spans<Styled>('task-template-deleted', { name: bold(gone.name) }), []]),
      [bold(t.text(all.length === 0 ? 'task-templates-empty' : 'task-templates-title'))],
      ...(all.length === 0 ? [[t.text('task-templates-how')]] : []),
      ...(all.length === 0 ? [] : [rows(t, all)]),
    ],
    buttons: [
      ...all.map(({ id, name }) => [
        {
          label: removing ? `✕ ${name}` : name,
          data: removing ? buttons.templateAway({ id }) : buttons.templateBegin({ id }),
        },
      ]),
      [...undo, ...(all.length === 0 ? [] : [other])],
    ].filter((row) => row.length > 0),
    shows: { role: 'list', entity: 'none', entityId: null },
  });
}

export async function remove(context: Context, found: Authorized<Template>): Promise<void> {
  const { actionId } = await context.perform(
    'task.template-delete',
    (changes) => removeTemplate(changes, context.actor, found),
    () => ({ key: 'action-task-template-delete', args: { name: found.name } }),
  );
  await showTemplates(context, false, { name: found.name, action: actionId });
}

/** The name in the image of a row that has one. */
function nameIn(image: string | null): string {
  const { name = '' } = JSON.parse(image ?? '{}') as { name?: string };
  return name;
}
