/** What each button of files does. A button of a file that is gone says so. */
import { type ButtonTable, handleButtons } from '../../../telegram/buttons.ts';
import type { Context } from '../../../telegram/feature.ts';
import { type Room, taskOf } from '../bot/chat.ts';
import { buttons } from './buttons.ts';
import * as chat from './chat.ts';
import { sendFile } from './sending.ts';

export function filesTable(room: Room): ButtonTable<Context> {
  return handleButtons(
    buttons,
    {
      list: async (context: Context, { id, page }) => chat.showFiles(context, await taskOf(context, id), page),
      all: (context: Context, { page }) => chat.showAll(context, room, page),
      stats: (context: Context) => chat.showStats(context, room),
      open: (context: Context, { file }) => chat.showFile(context, file),
      send: (context: Context, { file }) => sendFile(context, file),
      rename: (context: Context, { file }) => chat.askWords(context, file, 'name'),
      describe: (context: Context, { file }) => chat.askWords(context, file, 'description'),
      remove: (context: Context, { file }) => chat.removeFile(context, file),
      add: async (context: Context, { id }) => chat.askFile(context, await taskOf(context, id)),
    },
    ['list'],
  );
}
