/** Files of the message at hand: what they are called where they have no name, and how they come to a task. */
import type { Changes } from '../../../actions/changes.ts';
import { wallClock } from '../../../core/zones.ts';
import { addLink } from '../../../outbox/outbox.ts';
import type { Task } from '../../../storage/rows.ts';
import { dayText, timeText } from '../../../telegram/dates.ts';
import type { Context, InboundFile } from '../../../telegram/feature.ts';
import type { MessageSubject } from '../../../telegram/view.ts';
import { type Room, readerOf } from '../bot/chat.ts';
import { leftLines } from '../views/files.ts';
import { dateLanguage } from '../views/pieces.ts';
import { safeName } from './name.ts';
import { type Attached, type AttachOptions, attach, MOST_FILES } from './service.ts';

export const NOTHING_ATTACHED: Attached = { count: 0, left: [] };

/** '26 Nov 14:05': the day itself, not "today", as it is read on other days. */
function momentOf(context: Context): string {
  const { person } = context.actor;
  const { day, time } = wallClock(context.now, person.timezone);
  const language = dateLanguage(readerOf(context));
  // Written from the other end of its year: by its date, without the year.
  const today = `${day.slice(0, 4)}-${day.slice(5) < '07' ? '12-31' : '01-01'}`;
  const date = dayText({ date: day, today, language, place: 'row' });
  return `${date} ${timeText(time, language, person.clock)}`;
}

/** A title for a message without words: the file's name, else what it is and when it came; null where it brought none. */
export function fileTitle(context: Context): string | null {
  const { files } = context.inbound;
  const [file] = files;
  if (!file) return null;
  const at = momentOf(context);
  if (files.length > 1) {
    const kind = files.every((one) => one.kind === file.kind) ? file.kind : 'document';
    return context.t.text('file-title-several', { kind, count: files.length, at });
  }
  return safeName(file.name ?? '') || context.t.text('file-title', { kind: file.kind, at });
}

/** How the files of the message at hand are put to a task. */
export function attachingOf(context: Context, room: Room, description = ''): AttachOptions {
  const { inbound, now, botId, t } = context;
  const at = momentOf(context);
  const nameless = inbound.files.filter((file) => safeName(file.name ?? '') === '');
  const nameFor = (file: InboundFile) => {
    const name = t.text('file-title', { kind: file.kind, at });
    return nameless.length > 1 ? `${name} (${nameless.indexOf(file) + 1})` : name;
  };
  const batch = `${botId}:${inbound.chatId}:${inbound.messageId}`;
  return { now, botId, batch, nameFor, description, quotaBytes: room.deps.files.quotaBytes };
}

/** Puts the files of the message to the task, within the action at hand; they are fetched once it is committed. */
export async function attachFiles(
  changes: Changes,
  context: Context,
  room: Room,
  task: Pick<Task, 'id'>,
  description = '',
): Promise<Attached> {
  const { inbound, actor } = context;
  if (inbound.files.length === 0 || inbound.pressed !== null) return NOTHING_ATTACHED;
  const attached = await attach(changes, actor, task, inbound.files, attachingOf(context, room, description));
  if (attached.count > 0) changes.tx.afterCommit(room.deps.files.wake);
  return attached;
}

/** What is told of files that were left. */
export function leftTold(context: Context, room: Room, { left }: Attached): string[] {
  return leftLines(context.t, left, { files: MOST_FILES, bytes: room.deps.files.quotaBytes });
}

/** Ties the person's messages to their task: what follows of the same album, an edit and a reply find it. */
export function remembered(
  context: Context,
  task: Pick<Task, 'id'>,
  data: NonNullable<MessageSubject['data']>,
  messages: readonly number[] = context.inbound.messageIds,
): void {
  const { tx, botId, inbound, now } = context;
  for (const messageId of messages)
    addLink(tx, botId, inbound.chatId, messageId, { role: 'source', entity: 'task', entityId: task.id, data }, now);
}
