/** Reminders in the chat: what presses, replies, questions and edits of messages lead to. */
import { z } from 'zod';
import { authorize } from '../../access/authorize.ts';
import { parse, readReplyOrder } from '../../capture/index.ts';
import { UserError } from '../../core/errors.ts';
import type { ReminderId } from '../../core/ids.ts';
import { deliveryById } from '../../outbox/ledger.ts';
import { handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import type { MessageSubject } from '../../telegram/view.ts';
import { isOpen, putOff, snoozeUntil, unanswered } from './answers.ts';
import * as acting from './bot/acting.ts';
import { answerWhat } from './bot/answering.ts';
import { saidWhich } from './bot/asked.ts';
import { buttons } from './bot/buttons.ts';
import { commands, saidWhy, showFigures, showList, showWhy, snoozeFrom } from './bot/commands.ts';
import { sourceEdited } from './bot/edited.ts';
import * as everything from './bot/everything.ts';
import * as insisting from './bot/insisting.ts';
import { pickLeads } from './bot/leads.ts';
import * as making from './bot/making.ts';
import { answerTogether } from './bot/together.ts';
import { notTaken, offeredTimings, POLITE, SAID, saidTime } from './bot/words.ts';
import { timingAt } from './moved.ts';
import * as reading from './reading.ts';
import { fire } from './schedule/firing.ts';
import { reminderRestored } from './schedule/restoring.ts';
import { isSeries } from './schedule/timing.ts';
import * as service from './service.ts';
import { outcomeView } from './views/card.ts';
import { type Piece, render } from './views/fired.ts';
import { type Asked, readingsView, renameView } from './views/questions.ts';
import { readerOf, titleOf, toldTitle } from './views/reader.ts';

/** What a question about a time keeps with its message or flow. */
const asked = z.object({
  title: z.string(),
  task: z.number().nullable(),
  reminder: z.number().nullable(),
  nagMinutes: z.number().nullable().default(null),
  nagTimes: z.number().nullable().default(null),
  urgent: z.number().default(0),
});
const offered = asked.extend({ titles: z.string(), timings: z.string() });
const renaming = z.object({ reminder: z.number(), text: z.string() });

/** The facts kept with the pressed message; a message too old to have them says so. */
function kept<T>(context: Context, schema: z.ZodType<T>): T {
  const found = schema.safeParse(context.inbound.pressed?.subject?.data ?? {});
  if (!found.success) throw new UserError('error-old-button');
  return found.data;
}

/** Everything of reminders that the chat, the firing loop and undo reach. */
export function remindersFeature(deps: acting.RemindersDeps): Feature {
  const table = handleButtons(buttons, {
    done: async (context: Context, { delivery }) => {
      const fired = await acting.answerable(context, delivery);
      if (fired !== null) await acting.done(context, deps, fired.reminder, fired.delivery, context.replace);
    },
    snooze: async (context: Context, args) => {
      const fired = await acting.answerable(context, args.delivery);
      if (fired !== null) await acting.snoozeBy(context, args.for, fired.reminder, fired.delivery, context.replace);
    },
    open: async (context: Context, { delivery }) => {
      const record = await deliveryById(context.tx, delivery);
      const reminder = await acting.carded(context, record?.reminderId ?? 0);
      if (reminder === null) return;
      const task = await making.taskOf(context, reminder.taskId);
      if (task === null) await acting.card(context, reminder.id, false, context.answer);
      else await deps.tasks.openCard(context, task);
    },
    silence: async (context: Context, { delivery }) => {
      const fired = await acting.answerable(context, delivery);
      if (fired !== null) await acting.silence(context, fired, context.replace);
    },
    together: (context: Context, args) => answerTogether(context, deps, args.delivery, args.what),
    finish: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder === null) return;
      if (reminder.status === 'done')
        return context.toast(context.t.text('reminder-answered', { state: 'acknowledged' }));
      await acting.done(context, deps, reminder, await unanswered(context.tx, reminder), context.replace);
    },
    later: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder === null) return;
      await acting.snoozeBy(context, args.for, reminder, await unanswered(context.tx, reminder), context.replace);
    },
    retime: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder === null) return;
      const shown = await reading.find(context.tx, context.actor, reminder.id);
      await context.flow.start('reminder.when', { title: titleOf(shown), task: null, reminder: reminder.id });
      await context.answer({
        lines: [
          context.t.spans<Piece>('reminder-ask-new-time', { title: titleOf(shown) }),
          [context.t.text('reminder-ask-time-hint')],
        ],
        shows: { role: 'card', entity: 'reminder', entityId: reminder.id },
      });
    },
    retext: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder === null) return;
      await context.flow.start('reminder.text', { reminder: reminder.id });
      await context.answer({ lines: [[context.t.text('reminder-ask-text')]] });
    },
    set: async (context: Context, args) => {
      await context.flow.end();
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await acting.set(context, reminder, args.what, context.replace);
    },
    nag: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await insisting.nagBy(context, reminder, args.choice);
    },
    urgent: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await insisting.setUrgent(context, reminder, args.on);
    },
    more: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await acting.card(context, reminder.id, true, context.replace);
    },
    why: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await showWhy(context, reminder.id);
    },
    card: async (context: Context, args) => {
      await context.flow.end();
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await acting.card(context, reminder.id, false, context.answer);
    },
    page: (context: Context, { page }) => showList(context, page, context.replace),
    figures: (context: Context) => showFigures(context),
    shift: async (context: Context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      const timing = reminder === null ? null : timingAt(reminder, args.to);
      if (reminder === null) return;
      if (timing === null) throw new UserError('error-old-button');
      await making.retimeReminder(context, reminder, timing);
    },
    everything: (context: Context, { what }) => everything.pressed(context, deps.tasks.everything, what),
    add: (context: Context) => making.remindCommand(context, '', deps.tasks.add),
    pick: async (context: Context, { index }) => {
      const { titles, timings, ...about } = kept(context, offered);
      const timing = offeredTimings.parse(JSON.parse(timings))[index];
      const title = z.array(z.string()).parse(JSON.parse(titles))[index];
      if (timing === undefined) throw new UserError('error-old-button');
      if (timing.kind === 'leads') await pickLeads(context, about.task, timing.minutes);
      else await making.takeTiming(context, about, timing, title ?? '', context.replace);
    },
    at: async (context: Context, args) => {
      const about = kept(context, asked);
      const at = snoozeUntil(args.for, context.actor, context.now);
      if (at === null) return context.toast(context.t.text('reminder-tonight-is-over'));
      await making.takeTiming(context, about, { kind: 'instant', at }, '', context.replace);
    },
    rename: async (context: Context, { yes }) => {
      const { reminder, text } = kept(context, renaming);
      if (!yes) return context.replace({ lines: [[context.t.text('reminder-kept')]] });
      await making.renameReminder(context, reminder as ReminderId, text, context.replace);
    },
  });

  /** A reply to a reminder: "done", "2h" or "tomorrow 9", "delete", or words for its task. */
  async function replied(context: Context, subject: MessageSubject): Promise<void> {
    const id = (subject.entityId ?? 0) as ReminderId;
    const reminder = await authorize(context.tx, context.actor, 'reminder', id);
    // A sticker says something; any other file is to be kept.
    if (deps.tasks.keepFiles && context.inbound.files.some((file) => file.kind !== 'sticker')) {
      const task = reminder.taskId === null ? null : await making.taskOf(context, reminder.taskId);
      return deps.tasks.keepFiles(context, task, titleOf(await reading.find(context.tx, context.actor, id)));
    }
    const text = context.inbound.text.trim().replace(POLITE, '');
    const shown = subject.data?.['delivery'];
    const told =
      typeof shown === 'number'
        ? await deliveryById(context.tx, shown as Parameters<typeof deliveryById>[1])
        : undefined;
    const delivery =
      told !== undefined && told.reminderId === id && isOpen(told) ? told : await unanswered(context.tx, reminder);
    const time = saidTime(text, context.capture);
    if (time.kind === 'timing') {
      // A fired one is snoozed, one to come gets another time; a rule ("every day at 9") is always a new time.
      const snoozes = subject.role === 'reminder' && delivery !== null && time.timing.kind !== 'series';
      if (snoozes) return acting.snooze(context, reminder, delivery, time.at, context.answer);
      // Words to one occurrence never end its series: what was put off before is put off to another time.
      if (subject.role === 'reminder' && isSeries(reminder) && time.timing.kind !== 'series') {
        const later = await putOff(context.tx, context.actor, told);
        if (later === null) throw new UserError('reminder-error-answered');
        return acting.snooze(context, later, await unanswered(context.tx, later), time.at, context.answer);
      }
      return making.retimeReminder(context, reminder, time.timing);
    }
    const about: Asked = {
      title: titleOf(await reading.find(context.tx, context.actor, id)),
      task: null,
      reminder: id,
    };
    if (time.kind === 'several' && subject.role === 'reminder' && isSeries(reminder))
      throw notTaken(text, time, context.now);
    if (time.kind === 'several') return context.answer(readingsView(readerOf(context), text, time.readings, about));
    if (time.kind === 'refused') throw notTaken(text, time, context.now);
    if (SAID.later.test(text)) {
      const later = delivery === null ? await putOff(context.tx, context.actor, told) : null;
      return acting.card(context, later?.id ?? id, false, context.answer);
    }
    if (SAID.hush.test(text) && (isSeries(reminder) || reminder.ofSeries !== null)) {
      if (delivery !== null) return acting.silence(context, { reminder, delivery }, context.answer);
      return acting.set(context, reminder, 'mute', context.answer);
    }
    const order = readReplyOrder(text);
    if (order?.kind === 'why') return showWhy(context, id);
    if (order?.kind === 'rename') return making.renameReminder(context, id, order.title, context.answer);
    if (order?.kind === 'edit') return acting.card(context, id, true, context.answer);
    const { intent } = parse(text, context.capture);
    // "ok" may leave a task undone, but of a reminder alone nothing is left to do.
    const settles = /^✅$/u.test(text) || (reminder.taskId === null && delivery !== null && SAID.seen.test(text));
    if (intent === 'done' || settles) {
      if (reminder.status === 'done') throw new UserError('reminder-error-answered');
      return acting.done(context, deps, reminder, delivery, context.answer);
    }
    if (intent === 'delete') return acting.set(context, reminder, 'delete', context.answer);
    const leavesOut = SAID.skip.test(text) || (SAID.neverMind.test(text) && reminder.taskId === null);
    if (leavesOut && delivery !== null) return acting.leaveOut(context, { reminder, delivery }, context.answer);
    if (SAID.skip.test(text) && isSeries(reminder)) return acting.set(context, reminder, 'skip', context.answer);
    if (leavesOut && reminder.taskId === null) return acting.card(context, id, true, context.answer);
    await noted(context, reminder.taskId === null ? null : await making.taskOf(context, reminder.taskId), id, text);
  }

  async function noted(
    context: Context,
    task: Awaited<ReturnType<typeof making.taskOf>>,
    id: ReminderId,
    text: string,
  ): Promise<void> {
    if (text === '') throw new UserError('error-nothing-given');
    const shown = await reading.find(context.tx, context.actor, id);
    if (task === null) return context.answer(renameView(readerOf(context), shown, text.slice(0, service.LONGEST_TEXT)));
    if (await deps.tasks.setSaid?.(context, task, text)) return;
    const { actionId } = await context.perform(
      'task.note',
      async (changes) => {
        await deps.tasks.addNote(changes, context.actor, task, text, context.now);
        return null;
      },
      () => ({ key: 'action-reminder-note', args: { title: toldTitle(task.title) } }),
    );
    await context.answer(outcomeView(readerOf(context), 'reminder-noted', { title: task.title }, actionId));
  }

  return {
    name: 'reminders',
    commands: commands(deps.tasks),
    buttons: [table],
    intents: {
      remind: making.remindFrom,
      snooze: (context, capture) => snoozeFrom(context, capture, deps.tasks.postpone),
    },
    replies: { reminder: replied },
    said: async (context, text) =>
      (await everything.saidPause(context, deps.tasks.everything, text)) || saidWhy(context, deps, text),
    edited: { reminder: (context, subject) => sourceEdited(context, (subject.entityId ?? 0) as ReminderId) },
    flows: {
      'reminder.what': async (context, data) => {
        if (context.inbound.text.trim() === '') return false;
        await answerWhat(context, data, deps.tasks.add);
        return true;
      },
      'reminder.when': async (context, data) => {
        const about = asked.safeParse(data);
        return about.success && (await making.answerTime(context, about.data));
      },
      'reminder.which': (context, data) => saidWhich(context, deps.tasks.series, data['command']),
      'reminder.text': async (context, data) => {
        const id = data['reminder'];
        if (typeof id !== 'number' || context.inbound.text.trim() === '') return false;
        await context.flow.end();
        await making.renameReminder(context, id as ReminderId, context.inbound.text.trim());
        return true;
      },
    },
    deliveries: {
      reminder: { fire: (tx, due, now, wake) => fire(tx, due, now, wake, deps.tasks.everything.fellDue), render },
    },
    restored: {
      reminders: (tx, actor, ids, now) =>
        reminderRestored(tx, actor, ids as readonly ReminderId[], { now, wake: deps.wake }),
    },
  };
}
