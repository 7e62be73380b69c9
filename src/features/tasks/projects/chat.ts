/** Projects in the chat: renamed, deleted after a question where they are in use; and tasks moved from one to another. */

import type { Authorized } from '../../../access/authorize.ts';
import { parseWhen } from '../../../capture/index.ts';
import { UserError } from '../../../core/errors.ts';
import type { Named, Task } from '../../../storage/rows.ts';
import type { Context } from '../../../telegram/feature.ts';
import { bold, cancelButton, type View } from '../../../telegram/view.ts';
import { fromOf, type Room, readerOf } from '../bot/chat.ts';
import { meansNone, setDue } from '../bot/when.ts';
import { buttons } from '../buttons.ts';
import { nameById, namedAs } from '../details.ts';
import { moveElsewhere } from '../moving/chat.ts';
import { changeTask } from '../series/chat.ts';
import { toldView } from '../views/outcomes.ts';
import type { Styled } from '../views/pieces.ts';
import { removeProject, renameProject, usesOf } from './service.ts';

const RENAME = /^(?:rename|переименуй|переименовать)\s+(\S[\s\S]*)$/iu;
const REMOVE = /^(?:delete|remove|удали|удалить)\s+(\S[\s\S]*)$/iu;
const PARTING = /\s+(?:to|into|в|на)\s+|\s*(?:->|→)\s*/giu;

/** `/project rename Website Site`, `/project delete Website`; false for anything else. A project of such a name is shown, not ordered about. */
export async function projectOrder(context: Context, words: string): Promise<boolean> {
  if ((await namedAs(context.tx, context.actor, 'projects', words)) !== null) return false;
  const removed = REMOVE.exec(words)?.[1];
  if (removed !== undefined) {
    await askRemove(context, await known(context, removed));
    return true;
  }
  const rest = RENAME.exec(words)?.[1];
  if (rest === undefined) return false;
  for (const [old, name] of waysToRename(rest)) {
    const project = await namedAs(context.tx, context.actor, 'projects', old);
    if (project === null) continue;
    await rename(context, project, name);
    return true;
  }
  throw new UserError('project-error-unknown', { name: bare(rest).slice(0, 60) });
}

/** Every way to part an old name from a new one: at a word or an arrow between them, at quotes, at any space. */
function waysToRename(rest: string): Array<readonly [old: string, name: string]> {
  const ways: Array<readonly [string, string]> = [];
  for (const part of rest.matchAll(PARTING))
    ways.push([rest.slice(0, part.index), rest.slice(part.index + part[0].length)]);
  const quoted = /^["„“«]([^"„“”«»]+)["“”»]\s+(\S[\s\S]*)$/u.exec(rest);
  if (quoted) ways.push([quoted[1] ?? '', quoted[2] ?? '']);
  for (const part of rest.matchAll(/\s+/g)) ways.push([rest.slice(0, part.index), rest.slice(part.index)]);
  return ways.map(([old, name]) => [bare(old), bare(name)] as const).filter(([, name]) => name !== '');
}

const bare = (words: string): string =>
  words
    .trim()
    .replace(/^["„“«](.*)["“”»]$/su, '$1')
    .trim();

async function known(context: Context, words: string): Promise<Named> {
  const name = bare(words);
  const project = await namedAs(context.tx, context.actor, 'projects', name);
  if (project === null) throw new UserError('project-error-unknown', { name: name.slice(0, 60) });
  return project;
}

async function rename(context: Context, project: Named, name: string): Promise<void> {
  const { result, actionId } = await context.perform<Named>(
    'project.rename',
    (changes) => renameProject(changes, context.actor, project, name),
    (renamed) => ({ key: 'action-project-rename', args: { name: project.name, to: renamed.name } }),
  );
  const line = context.t.spans<Styled>('project-renamed', { name: project.name, to: bold(result.name) });
  await context.replace(toldView(readerOf(context), line, [actionId], fromOf(context)));
}

async function askRemove(context: Context, project: Named): Promise<void> {
  const { t } = context;
  const { total, open } = await usesOf(context.tx, context.actor, project);
  if (total === 0) return remove(context, project);
  const view: View = {
    lines: [t.spans<Styled>('project-ask-delete', { name: bold(project.name), count: total, open })],
    buttons: [
      [
        { label: t.text('task-delete-button'), data: buttons.projectAway({ id: project.id }) },
        cancelButton(t, buttons.cancel()),
      ],
    ],
    shows: { role: 'prompt', entity: 'none', entityId: null },
  };
  await context.replace(view);
}

/** The answer to the question. Throws UserError where the project is gone. */
export async function removeAsked(context: Context, id: number): Promise<void> {
  const name = await nameById(context.tx, context.actor, 'projects', id);
  if (name === null) throw new UserError('project-error-gone');
  await remove(context, await known(context, name));
}

async function remove(context: Context, project: Named): Promise<void> {
  const { result: count, actionId } = await context.perform<number>(
    'project.delete',
    (changes) => removeProject(changes, context.actor, project),
    () => ({ key: 'action-project-delete', args: { name: project.name } }),
  );
  const line = context.t.spans<Styled>('project-removed', { name: bold(project.name), count });
  await context.replace(toldView(readerOf(context), line, [actionId]));
}

/**
 * Puts a task elsewhere: into the project of that name, made where there is none. A day is no place: what reads as one, and is no project's
 * name, moves the task in time, as "move 12 to friday" does. Another space, where there are several, is looked for here first.
 */
export async function place(context: Context, room: Room, task: Authorized<Task>, words: string): Promise<void> {
  const name = bare(words.replace(/^(?:to|into|в)\s+(?=\S)/iu, '').replace(/^(?:project|проект)\s+(?=\S)/iu, ''));
  if (meansNone(name)) return changeTask(context, room, task, { project: null }, 'update');
  const project = await namedAs(context.tx, context.actor, 'projects', name);
  if (await moveElsewhere(context, room, task, name, project !== null)) return;
  const { reading, readings } = parseWhen(name, context.capture);
  if (project === null && (reading !== null || readings.length > 0)) return setDue(context, room, task, name);
  await changeTask(context, room, task, { project: project?.name ?? name }, 'update');
}
