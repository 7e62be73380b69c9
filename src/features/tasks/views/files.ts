/** Files of tasks: their list, one of them, what they take, and what did not come. */
import type { ActionId } from '../../../core/ids.ts';
import type { Translator } from '../../../locales/translator.ts';
import type { Task } from '../../../storage/rows.ts';
import { instantSpan } from '../../../telegram/dates.ts';
import { shortened } from '../../../telegram/render/graphemes.ts';
import {
  type Button,
  bold,
  type CallbackData,
  cancelButton,
  code,
  italic,
  joined,
  type Span,
  type View,
} from '../../../telegram/view.ts';
import { undoButton } from '../../history/index.ts';
import { buttons as taskButtons } from '../buttons.ts';
import { buttons } from '../files/buttons.ts';
import { extensionFor } from '../files/media-type.ts';
import { extensionOf } from '../files/name.ts';
import type { Left, NotFetched, TaskFile } from '../files/service.ts';
import { showsTask } from './cards.ts';
import { dateLanguage, type Reader, type Styled } from './pieces.ts';

/** Files of a page: a row of buttons. */
export const FILES_PAGE = 8;

/** '230 kB', '1.2 MB'; '' where it is not known yet. */
export function sizeText(t: Translator, bytes: number | null): string {
  if (bytes === null) return '';
  if (bytes < 1_000) return t.text('file-size-bytes', { size: bytes });
  if (bytes < 1_000_000) return t.text('file-size-kilobytes', { size: Math.round(bytes / 1_000) });
  const megabytes = bytes / 1_000_000;
  return t.text('file-size-megabytes', {
    size: megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes),
  });
}

/** '1:05'; null for what has no length. */
function lengthText({ duration }: Pick<TaskFile, 'duration'>): string | null {
  if (duration === null) return null;
  const [minutes, seconds] = [Math.floor(duration / 60), duration % 60];
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

/** What it is by its content: 'PDF', 'JPG'; '' for plain bytes and for what has not come. */
const typeText = ({ mediaType }: Pick<TaskFile, 'mediaType'>): string => extensionFor(mediaType).toUpperCase();

/** True when the name promises another type than the content has. */
function isMisnamed({ name, mediaType, state }: TaskFile): boolean {
  const said = extensionOf(name).slice(1).toLowerCase();
  if (state !== 'kept' || !/^(?:jpe?g|png|gif|webp|pdf|mp3|mp4|ogg|oga|zip|txt)$/.test(said)) return false;
  const is = extensionFor(mediaType);
  return is !== said && !['jpeg jpg', 'oga ogg', 'mp4 m4a'].includes(`${said} ${is}`);
}

function facts(file: TaskFile, { t }: Reader): Span[] {
  return joined([
    t.text('file-kind', { kind: file.kind }),
    typeText(file) || null,
    lengthText(file),
    sizeText(t, file.bytes) || null,
    file.state === 'waiting' ? t.text('file-on-its-way') : null,
    isMisnamed(file) ? t.text('file-misnamed') : null,
  ]);
}

function rowOf(file: TaskFile, reader: Reader): readonly Span[] {
  const short = joined([lengthText(file), sizeText(reader.t, file.bytes) || null]);
  const about = file.description === '' ? [] : [' – ', italic(shortened(file.description, 80))];
  return [`${file.id}  `, shortened(file.name, 48), ...(short.length > 0 ? ['  ', ...short] : []), ...about];
}

const numbers = (files: readonly TaskFile[]): Button[] =>
  files.map(({ id }) => ({ label: String(id), data: buttons.open({ file: id }) }));

function turning(page: number, pages: number, data: (page: number) => CallbackData): Button[] {
  if (pages === 1) return [];
  return [
    { label: '◀', data: data(Math.max(1, page - 1)) },
    { label: `${page}/${pages}`, data: data(page) },
    { label: '▶', data: data(Math.min(pages, page + 1)) },
  ];
}

const rows = (list: ReadonlyArray<readonly Button[]>): Button[][] =>
  list.filter((row) => row.length > 0).map((row) => [...row]);

/** The files of a task. */
export function filesView(
  reader: Reader,
  task: Task,
  files: readonly TaskFile[],
  page: number,
  total: number,
  action: ActionId | null = null,
): View {
  const { t } = reader;
  const { id } = task;
  const pages = Math.max(1, Math.ceil(total / FILES_PAGE));
  return {
    lines: [
      t.spans<Styled>('file-list-title', { title: bold(task.title), count: total }),
      ...(files.length === 0 ? [[t.text('file-list-empty')]] : files.map((file) => rowOf(file, reader))),
    ],
    buttons: rows([
      numbers(files),
      turning(page, pages, (to) => buttons.list({ id, page: to })),
      [
        ...(action === null ? [] : [undoButton(t, action)]),
        { label: t.text('file-add-button'), data: buttons.add({ id }) },
        { label: t.text('shared-back-button'), data: taskButtons.card({ id }) },
      ],
    ]),
    shows: showsTask(task, null),
  };
}

/** One file, with what can be done with it. */
export function fileView(reader: Reader, file: TaskFile, task: Task, action: ActionId | null = null): View {
  const { t, person, now } = reader;
  const at = instantSpan({
    at: file.createdAt,
    zone: person.timezone,
    now,
    language: dateLanguage(reader),
    clock: person.clock,
  });
  return {
    lines: [
      ['📎 ', bold(file.name)],
      facts(file, reader),
      ...(file.description === '' ? [] : [[italic(file.description)]]),
      joined([[`${task.title}  #${task.number}`], at]),
    ],
    buttons: rows([
      [
        { label: t.text('file-send-button'), data: buttons.send({ file: file.id }) },
        { label: t.text('file-rename-button'), data: buttons.rename({ file: file.id }) },
      ],
      [
        { label: t.text('file-describe-button'), data: buttons.describe({ file: file.id }) },
        { label: t.text('file-remove-button'), data: buttons.remove({ file: file.id }) },
      ],
      [
        ...(action === null ? [] : [undoButton(t, action)]),
        { label: t.text('shared-back-button'), data: buttons.list({ id: task.id, page: 1 }) },
      ],
    ]),
    shows: showsTask(task, null),
  };
}

/** All files of a space, newest first. */
export function allFilesView(
  reader: Reader,
  files: ReadonlyArray<TaskFile & { readonly taskTitle: string; readonly taskNumber: number }>,
  page: number,
  use: { readonly files: number; readonly bytes: number },
  quotaBytes: number,
): View {
  const { t } = reader;
  const pages = Math.max(1, Math.ceil(use.files / FILES_PAGE));
  if (use.files === 0) return { lines: [[t.text('file-all-empty')]], shows: NOTHING };
  return {
    lines: [
      [
        t.text('file-all-title', {
          count: use.files,
          size: sizeText(t, use.bytes),
          most: sizeText(t, quotaBytes),
        }),
      ],
      ...files.map((file) => [
        ...rowOf({ ...file, description: '' }, reader),
        italic(`  #${file.taskNumber} ${shortened(file.taskTitle, 30)}`),
      ]),
    ],
    buttons: rows([
      numbers(files),
      turning(page, pages, (to) => buttons.all({ page: to })),
      [{ label: t.text('file-stats-button'), data: buttons.stats() }],
    ]),
    shows: NOTHING,
  };
}

const NOTHING = { role: 'list', entity: 'none', entityId: null } as const;

/** What files take, by how they came. */
export function statsView(
  { t }: Reader,
  use: { readonly files: number; readonly bytes: number },
  kinds: ReadonlyArray<{ readonly kind: TaskFile['kind']; readonly files: number; readonly bytes: number }>,
  quotaBytes: number,
): View {
  return {
    lines: [
      [t.text('file-all-title', { count: use.files, size: sizeText(t, use.bytes), most: sizeText(t, quotaBytes) })],
      ...kinds.map(({ kind, files, bytes }) => [
        t.text('file-stats-line', { kind, count: files, size: sizeText(t, bytes) }),
      ]),
    ],
    buttons: [[{ label: t.text('file-all-button'), data: buttons.all({ page: 1 }) }]],
    shows: NOTHING,
  };
}

/** What was put to a task that was there. */
export function attachedView(
  reader: Reader,
  task: Task,
  count: number,
  left: readonly string[],
  action: ActionId | null,
): View {
  const { t } = reader;
  return {
    lines: [
      ...(count === 0 ? [[bold(task.title)]] : [t.spans<Styled>('file-attached', { count, title: bold(task.title) })]),
      ...left.map((line) => [line]),
    ],
    buttons: rows([
      [
        ...(action === null ? [] : [undoButton(t, action)]),
        { label: t.text('file-list-button'), data: buttons.list({ id: task.id, page: 1 }) },
      ],
    ]),
    shows: showsTask(task, null),
  };
}

/** Asks for a file, or for the words of one. */
export function askFileView(reader: Reader, task: Task, words: string): View {
  const back = cancelButton(reader.t, buttons.list({ id: task.id, page: 1 }));
  return { lines: [[bold(task.title)], [words]], buttons: [[back]], shows: showsTask(task, null) };
}

/** Why files of a message were not put to its task, a line for each reason. */
export function leftLines(t: Translator, left: readonly Left[], most: { files: number; bytes: number }): string[] {
  return (['large', 'many', 'quota'] as const).flatMap((reason) => {
    const those = left.filter((one) => one.reason === reason);
    const [first] = those;
    if (first === undefined) return [];
    const kind = those.every((one) => one.kind === first.kind) ? first.kind : 'other';
    const args = { count: those.length, kind, most: most.files, quota: sizeText(t, most.bytes) };
    return [t.text(`file-left-${reason}`, args)];
  });
}

/** What did not come of a message: its task stays. */
export function notFetchedView(t: Translator, failed: readonly NotFetched[], ref: string): View {
  const [first] = failed;
  const same = failed.every((one) => one.kind === first?.kind);
  const large = failed.every((one) => one.reason === 'large');
  const args = { kind: same ? (first?.kind ?? 'other') : 'other', count: failed.length };
  const lines: View['lines'] = [
    [t.text(large ? 'file-not-fetched-large' : 'file-not-fetched', args)],
    t.spans<Styled>('error-reference', { reference: code(ref) }),
  ];
  return { lines, ...(first === undefined ? {} : { shows: showsTask({ id: first.taskId }, null) }) };
}
