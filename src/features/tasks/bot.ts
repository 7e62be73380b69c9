/** Tasks in the chat: their commands, buttons, intents of free text, replies, flows and edited messages. */
import type { NoteId } from '../../core/ids.ts';
import { firstShowing } from '../../outbox/outbox.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import type { MessageSubject, View } from '../../telegram/view.ts';
import { madeBy, type Room, showEcho, type TasksDeps, taskOf } from './bot/chat.ts';
import { taskCommands } from './bot/commands.ts';
import { taskIntents } from './bot/intents.ts';
import { pressTable } from './bot/presses.ts';
import { followNote, followNotes, replyToTask, taskFlows } from './bot/replies.ts';
import { saidBulk } from './bulk/chat.ts';
import { describes, followDescription, followFile, joinAlbum } from './files/chat.ts';
import { filesTable } from './files/presses.ts';
import { attachmentsRestored } from './files/service.ts';
import { dependenciesRestored } from './links/dependencies.ts';
import { clientsRestored, projectsRestored } from './names.ts';
import { notesRestored } from './notes.ts';
import { saidOrder } from './said/orders.ts';
import { taskService, tasksRestored } from './service.ts';
import { followEdit, followPieces } from './taking/edited.ts';
import { followLines } from './taking/edited-lines.ts';
import { addForward } from './taking/forwards.ts';

/** Another part of an album joins the task of the first; words it brings are read as an edit of them. What answered the first part follows. */
async function continueAlbum(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const task = await taskOf(context, subject.entityId ?? 0);
  await joinAlbum(context, room, task);
  const { tx, botId, inbound } = context;
  const answered = await firstShowing(tx, botId, inbound.chatId, 'task', task.id);
  const living = answered === null ? context : { ...context, replace: (view: View) => context.edit(answered, view) };
  if (inbound.text.trim() !== '' && inbound.forwarded === null) return followEdit(living, room, subject);
  if (answered !== null) await showEcho(living, task, await madeBy(context, task));
}

/** The message a task was made of, or that brought files to one, was edited: file and words follow. */
async function followSource(context: Context, room: Room, subject: MessageSubject): Promise<void> {
  const task = await taskOf(context, subject.entityId ?? 0);
  if (typeof subject.data?.['field'] === 'string') return followNotes(context, room, task);
  if (context.inbound.pieces.length > 0) return followPieces(context, room, subject);
  await followFile(context, room, task);
  await (describes(subject) ? followDescription(context, task) : followEdit(context, room, subject));
}

/** The feature of tasks; what it needs of other features is handed in. */
export function tasksFeature(deps: TasksDeps): Feature {
  const room: Room = { service: taskService(deps.reminders), deps };
  return {
    name: 'tasks',
    commands: taskCommands(room),
    buttons: [pressTable(room), filesTable(room)],
    intents: taskIntents(room),
    said: async (context, text) => (await saidBulk(context, text)) || saidOrder(context, room, text),
    replies: { task: (context, subject) => replyToTask(context, room, subject) },
    flows: taskFlows(room),
    forwarded: (context) => addForward(context, room),
    takesForwards: ['task.file'],
    continued: (context, subject) => continueAlbum(context, room, subject),
    edited: {
      task: (context, subject) => {
        const note = subject.data?.['note'];
        return typeof note === 'number' ? followNote(context, note as NoteId) : followSource(context, room, subject);
      },
      lines: (context, subject) => followLines(context, room, subject),
    },
    restored: {
      tasks: async (tx, actor, ids, now, changes) => {
        await tasksRestored(tx, actor, ids, now);
        if (changes !== undefined) await room.service.clearGone(changes, actor, ids, now);
      },
      dependencies: dependenciesRestored,
      notes: notesRestored,
      attachments: attachmentsRestored,
      projects: projectsRestored,
      clients: clientsRestored,
    },
  };
}
