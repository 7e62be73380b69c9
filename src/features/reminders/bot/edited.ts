/** The message a reminder was made from was edited: words and time follow it. */
import { authorize } from '../../../access/authorize.ts';
import { parse } from '../../../capture/index.ts';
import type { ReminderId } from '../../../core/ids.ts';
import type { Context } from '../../../telegram/feature.ts';
import * as service from '../service.ts';
import { type Asked, readingsView } from '../views/questions.ts';
import { readerOf, toldTitle } from '../views/reader.ts';
import { card } from './acting.ts';
import { echo, momentOf, renameReminder, takeWords, taskOf } from './making.ts';
import { timingOf } from './words.ts';

/** The person edited the message a reminder was made from. */
export async function sourceEdited(context: Context, id: ReminderId): Promise<void> {
  const reminder = await authorize(context.tx, context.actor, 'reminder', id);
  const { text } = context.inbound;
  const command = /^\/(?:remind|addreminder|reminder_quick)(?:@\w+)?\s+([\s\S]*)$/i.exec(text)?.[1];
  if (command === undefined && text.startsWith('/'))
    return context.answer({ lines: [[context.t.text('error-edited-command')]] });
  // "/remind 12 tomorrow 9": the number stays, the time follows.
  const timed = /^#?\d{1,9}\s+([\s\S]+)$/.exec(command ?? '')?.[1];
  if (timed !== undefined)
    return void (await takeWords(context, { title: reminder.text, task: null, reminder: id }, timed));
  const capture = parse(command === undefined ? text : `remind me to ${command}`, context.capture);
  const { reading } = capture;
  if (capture.readings.length > 0) {
    const about: Asked = { title: capture.title.trim(), task: null, reminder: id };
    return context.answer(readingsView(readerOf(context), capture.doubt, capture.readings, about));
  }
  if (reading === null || reading.title.trim() === '') {
    const title = capture.title.trim();
    if (reading === null && capture.refused === null && title !== '' && title !== reminder.text)
      return renameReminder(context, id, title);
    // The time that is not said any more stays: without one it would be nothing.
    return card(context, id, false, context.answer);
  }
  const { actionId } = await context.perform(
    'reminder.edit',
    async (changes) => {
      const task = await taskOf(context, reminder.taskId);
      if (task === null) await service.retext(changes, context.actor, reminder, reading.title);
      await service.retime(changes, context.actor, reminder, timingOf(reading), task, momentOf(context));
      return null;
    },
    () => ({ key: 'action-reminder-edit', args: { title: toldTitle(reading.title) } }),
  );
  await context.answer(await echo(context, id, actionId));
}
