/** Reminders in the chat: their commands, and what presses, questions, replies and edits of messages lead to. */
import { z } from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import { UserError } from '../../core/errors.ts';
import type { DeliveryId, ReminderId } from '../../core/ids.ts';
import { deliveryById } from '../../outbox/ledger.ts';
import type { Reminder } from '../../storage/rows.ts';
import { type HandlersOf, handleButtons } from '../../telegram/buttons.ts';
import type { Context, Feature } from '../../telegram/feature.ts';
import { type FiredReminder, snoozeUntil, unanswered } from './answers.ts';
import type { RemindersDeps } from './bot/acting.ts';
import * as acting from './bot/acting.ts';
import { answerWhat } from './bot/answering.ts';
import { saidWhich } from './bot/asked.ts';
import { buttons } from './bot/buttons.ts';
import { commands, saidWhy, showFigures, showList, showWhy, snoozeFrom } from './bot/commands.ts';
import * as everything from './bot/everything.ts';
import * as insisting from './bot/insisting.ts';
import { pickLeads } from './bot/leads.ts';
import * as making from './bot/making.ts';
import { replyToReminder, sourceEdited } from './bot/replies.ts';
import { answerTogether } from './bot/together.ts';
import { offeredTimings } from './bot/words.ts';
import { timingAt } from './moved.ts';
import * as reading from './reading.ts';
import { fire } from './schedule/firing.ts';
import { reminderRestored } from './schedule/restoring.ts';
import { type Piece, render } from './views/fired.ts';
import { titleOf } from './views/reader.ts';

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

/** Handlers of some of the buttons; the table does not compile while one is missing. */
type Presses = Partial<HandlersOf<Context, typeof buttons>>;

/** A press on a fired reminder. One that was answered already, or is gone, is told as a notice. */
function onFired<A extends { readonly delivery: DeliveryId }>(
  act: (fired: FiredReminder, context: Context, args: A) => Promise<void>,
) {
  return async (context: Context, args: A): Promise<void> => {
    const fired = await acting.answerable(context, args.delivery);
    if (fired !== null) await act(fired, context, args);
  };
}

/** A press on a reminder's card. One that is gone is told as a notice. */
function onCard<A extends { readonly reminder: ReminderId }>(
  act: (reminder: Authorized<Reminder>, context: Context, args: A) => Promise<void>,
) {
  return async (context: Context, args: A): Promise<void> => {
    const reminder = await acting.carded(context, args.reminder);
    if (reminder !== null) await act(reminder, context, args);
  };
}

/** A fired reminder, alone or among those told together. */
const firedPresses = (deps: RemindersDeps) =>
  ({
    done: onFired(({ reminder, delivery }, context) => acting.done(context, deps, reminder, delivery, context.replace)),
    snooze: onFired(({ reminder, delivery }, context, args) =>
      acting.snoozeBy(context, args.for, reminder, delivery, context.replace),
    ),
    silence: onFired((fired, context) => acting.silence(context, fired, context.replace)),
    together: (context, args) => answerTogether(context, deps, args.delivery, args.what),
    open: async (context, { delivery }) => {
      const record = await deliveryById(context.tx, delivery);
      const reminder = await acting.carded(context, record?.reminderId ?? 0);
      if (reminder === null) return;
      const task = await making.taskOf(context, reminder.taskId);
      if (task === null) await acting.card(context, reminder.id, false, context.answer);
      else await deps.tasks.openCard(context, task);
    },
  }) satisfies Presses;

/** The card of a reminder. */
const cardPresses = (deps: RemindersDeps) =>
  ({
    finish: onCard(async (reminder, context) => {
      if (reminder.status === 'done')
        return context.toast(context.t.text('reminder-answered', { state: 'acknowledged' }));
      await acting.done(context, deps, reminder, await unanswered(context.tx, reminder), context.replace);
    }),
    later: onCard(async (reminder, context, args) => {
      await acting.snoozeBy(context, args.for, reminder, await unanswered(context.tx, reminder), context.replace);
    }),
    retime: onCard(async (reminder, context) => {
      const shown = await reading.find(context.tx, context.actor, reminder.id);
      await context.flow.start('reminder.when', { title: titleOf(shown), task: null, reminder: reminder.id });
      await context.answer({
        lines: [
          context.t.spans<Piece>('reminder-ask-new-time', { title: titleOf(shown) }),
          [context.t.text('reminder-ask-time-hint')],
        ],
        shows: { role: 'card', entity: 'reminder', entityId: reminder.id },
      });
    }),
    retext: onCard(async (reminder, context) => {
      await context.flow.start('reminder.text', { reminder: reminder.id });
      await context.answer({ lines: [[context.t.text('reminder-ask-text')]] });
    }),
    set: async (context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await acting.set(context, reminder, args.what, context.replace);
    },
    nag: onCard((reminder, context, args) => insisting.nagBy(context, reminder, args.choice)),
    urgent: onCard((reminder, context, args) => insisting.setUrgent(context, reminder, args.on)),
    more: onCard((reminder, context) => acting.card(context, reminder.id, true, context.replace)),
    why: onCard((reminder, context) => showWhy(context, reminder.id)),
    card: async (context, args) => {
      const reminder = await acting.carded(context, args.reminder);
      if (reminder !== null) await acting.card(context, reminder.id, false, context.answer);
    },
    shift: onCard(async (reminder, context, args) => {
      const timing = timingAt(reminder, args.to);
      if (timing === null) throw new UserError('error-old-button');
      await making.retimeReminder(context, reminder, timing);
    }),
  }) satisfies Presses;

/** The list and the figures; a pause of everything. */
const listPresses = (deps: RemindersDeps) =>
  ({
    page: (context, { page }) => showList(context, page, context.replace),
    figures: (context) => showFigures(context),
    everything: (context, { what }) => everything.pressed(context, deps.tasks.everything, what),
    add: (context) => making.remindCommand(context, '', deps.tasks.add),
  }) satisfies Presses;

/** Answers to a question, whose facts are kept with its message. */
const questionPresses = {
  pick: async (context, { index }) => {
    const { titles, timings, ...about } = kept(context, offered);
    const timing = offeredTimings.parse(JSON.parse(timings))[index];
    const title = z.array(z.string()).parse(JSON.parse(titles))[index];
    if (timing === undefined) throw new UserError('error-old-button');
    if (timing.kind === 'leads') await pickLeads(context, about.task, timing.minutes);
    else await making.takeTiming(context, about, timing, title ?? '', context.replace);
  },
  at: async (context, args) => {
    const about = kept(context, asked);
    const at = snoozeUntil(args.for, context.actor, context.now);
    if (at === null) return context.toast(context.t.text('reminder-tonight-is-over'));
    await making.takeTiming(context, about, { kind: 'instant', at }, '', context.replace);
  },
  scope: async (context, args) => {
    const reminder = await acting.carded(context, args.reminder);
    if (reminder === null) return;
    if (args.of === 'none') return context.replace({ lines: [[context.t.text('reminder-kept')]] });
    await acting.retimeScope(context, reminder, args.of, context.inbound.pressed?.subject?.data?.['timing']);
  },
  rename: async (context, { yes }) => {
    const { reminder, text } = kept(context, renaming);
    if (!yes) return context.replace({ lines: [[context.t.text('reminder-kept')]] });
    await acting.renameReminder(context, reminder as ReminderId, text, context.replace);
  },
} satisfies Presses;

/** What the next message answers, by the question that waits for it. */
function flows(deps: RemindersDeps): NonNullable<Feature['flows']> {
  return {
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
      await acting.renameReminder(context, id as ReminderId, context.inbound.text.trim());
      return true;
    },
  };
}

/** Everything of reminders that the chat, the firing loop and undo reach. */
export function remindersFeature(deps: RemindersDeps): Feature {
  return {
    name: 'reminders',
    commands: commands(deps.tasks),
    buttons: [
      handleButtons(
        buttons,
        {
          ...firedPresses(deps),
          ...cardPresses(deps),
          ...listPresses(deps),
          ...questionPresses,
        },
        ['set', 'card'],
      ),
    ],
    intents: {
      remind: making.remindFrom,
      snooze: (context, capture) => snoozeFrom(context, capture, deps.tasks.postpone),
    },
    replies: { reminder: (context, subject) => replyToReminder(context, deps, subject) },
    said: async (context, text) =>
      (await everything.saidPause(context, deps.tasks.everything, text)) || saidWhy(context, deps, text),
    edited: { reminder: (context, subject) => sourceEdited(context, (subject.entityId ?? 0) as ReminderId) },
    flows: flows(deps),
    deliveries: {
      reminder: { fire: (tx, due, now, wake) => fire(tx, due, now, wake, deps.tasks.everything.fellDue), render },
    },
    restored: {
      reminders: (tx, actor, ids, now) =>
        reminderRestored(tx, actor, ids as readonly ReminderId[], { now, wake: deps.wake }),
    },
  };
}
