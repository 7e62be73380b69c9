/** Tasks in the chat: their commands, buttons, intents of free text, replies, flows and edited messages. */
import type { NoteId } from '../../core/ids.ts';
import type { Feature } from '../../telegram/feature.ts';
import { followEdit } from './bot/add.ts';
import type { Room, TasksDeps } from './bot/chat.ts';
import { taskCommands } from './bot/commands.ts';
import { taskIntents } from './bot/intents.ts';
import { pressTable } from './bot/presses.ts';
import { followNote, replyToTask, taskFlows } from './bot/replies.ts';
import { dependenciesRestored } from './links/dependencies.ts';
import { clientsRestored, projectsRestored } from './names.ts';
import { notesRestored } from './notes.ts';
import { saidOrder } from './said/orders.ts';
import { taskService, tasksRestored } from './service.ts';

/** The feature of tasks; what it needs of other features is handed in. */
export function tasksFeature(deps: TasksDeps): Feature {
  const room: Room = { service: taskService(deps.reminders), deps };
  return {
    name: 'tasks',
    commands: taskCommands(room),
    buttons: [pressTable(room)],
    intents: taskIntents(room),
    said: (context, text) => saidOrder(context, room, text),
    replies: { task: (context, subject) => replyToTask(context, room, subject) },
    flows: taskFlows(room),
    edited: {
      task: (context, subject) => {
        const note = subject.data?.['note'];
        return typeof note === 'number' ? followNote(context, note as NoteId) : followEdit(context, room, subject);
      },
    },
    restored: {
      tasks: tasksRestored,
      dependencies: dependenciesRestored,
      notes: notesRestored,
      projects: projectsRestored,
      clients: clientsRestored,
    },
  };
}
