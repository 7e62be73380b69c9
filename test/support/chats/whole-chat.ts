/** A chat with every feature and the real router, and what falls due shown as it would be sent. For tests of what crosses features. */
import { DrivenClock } from '../../../src/core/clock.ts';
import { translator } from '../../../src/locales/translator.ts';
import { openContents } from '../../../src/storage/contents/contents.ts';
import type { Database } from '../../../src/storage/database.ts';
import type { Reminder, Task } from '../../../src/storage/rows.ts';
import { errorText, makeRouter } from '../../../src/telegram/dispatch/router.ts';
import type { Command, Inbound } from '../../../src/telegram/feature.ts';
import type { View } from '../../../src/telegram/view.ts';
import { composeFeatures } from '../../../src/wiring/features.ts';
import { CONTENTS } from '../bot.ts';
import { newTelegramId, type TestChat, type Told, testChat, testPerson } from '../context.ts';
import { fireDue, markSent } from './firing.ts';

/** Wednesday 25 November 2026, 11:00 in Berlin. */
export const NOW = '2026-11-25T10:00:00Z';

export interface WholeChat extends TestChat {
  readonly clock: DrivenClock;
  readonly commands: readonly Command[];
  /** A message as the router handles it: command, flow, or words. What a person may have done wrong is told as text. */
  write(text: string, inbound?: Partial<Inbound>): Promise<Told>;
  /** A reply to the message that shows `view`. */
  reply(view: View | undefined, text: string, inbound?: Partial<Inbound>): Promise<Told>;
  /** Everything of this person that is due now, as it would be sent, oldest first; its buttons ready to be pressed. */
  fired(): Promise<View[]>;
  tasks(): Promise<Task[]>;
  reminders(): Promise<Reminder[]>;
}

/** The chat of a new person. `clock`: another person's, to act at the same time. */
export async function wholeChat(
  db: Database,
  settings: { language?: string; timezone?: string; now?: string; clock?: DrivenClock } = {},
): Promise<WholeChat> {
  const clock = settings.clock ?? new DrivenClock(settings.now ?? NOW);
  const person = await testPerson(db, newTelegramId(), settings);
  const { features, unknownCommand } = composeFeatures({
    db,
    clock,
    defaults: { language: 'en', timezone: 'Europe/Berlin' },
    health: async () => ({ status: 'ok', checks: {} }),
    username: () => undefined,
    expectInvitation: () => {},
    commands: () => router.commands,
    startedAt: clock.now(),
    backup: { target: '', timetable: { schedule: 'off', zone: 'UTC' }, reachable: async () => true, wake: () => {} },
    files: { quotaBytes: 1_000_000_000, wake: () => {} },
    contents: openContents(CONTENTS),
    portability: { isConfigured: () => true, backupDays: 7, wakeImports: () => {} },
    undoDays: 90,
    wakeDeliveries: () => {},
  });
  const router = makeRouter({ features, username: () => undefined, unknownCommand, captured: () => {} });
  const base = testChat(db, clock, person, features);

  /** Runs `work`, with what the person did wrong told as the dispatcher tells it. */
  async function told(work: () => Promise<Told>): Promise<Told> {
    try {
      return await work();
    } catch (error) {
      const text = errorText(translator((await base.person()).language), error);
      if (text === undefined) throw error;
      return { answers: [], replaced: [], edits: [], toasts: [], sent: [], handled: [], text };
    }
  }

  const message = (text: string, inbound: Partial<Inbound>) =>
    told(async () => {
      const flow = await base.waiting();
      return base.update(
        (context) =>
          router.handle(
            context,
            {
              kind: 'message',
              ...{ chatId: base.chatId, chatKind: 'private', senderName: '', username: null, languageCode: '' },
              ...{
                messageId: 1,
                dateSeconds: 0,
                text,
                replyTo: null,
                files: [],
                location: null,
                forwarded: null,
                messageIds: [1],
                continues: [],
                mentions: [],
                title: '',
                threadId: null,
                isService: false,
              },
            },
            flow,
          ),
        { text, ...inbound },
      );
    });

  return {
    ...base,
    clock,
    commands: router.commands,
    press: (label) => told(() => base.press(label)),
    write: (text, inbound = {}) => message(text, inbound),
    reply: (view, text, inbound = {}) =>
      message(text, { repliesTo: { messageId: 900, subject: view?.shows ?? null }, ...inbound }),
    async fired() {
      const handler = features.map((feature) => feature.deliveries?.reminder).find((one) => one !== undefined);
      if (handler === undefined) throw new Error('nobody delivers reminders');
      const now = clock.now();
      const fired = await fireDue(db, handler.fire, now);
      const views: View[] = [];
      for (const { id, message: outgoing } of fired?.send ?? []) {
        const [mine] = await db.query('SELECT 1 FROM deliveries WHERE id = $1 AND space_id = $2', [id, person.spaceId]);
        // What others of the file left due goes out unseen.
        if (mine === undefined) continue;
        await markSent(db, id, now);
        const payload = JSON.parse(JSON.stringify(outgoing.payload)) as Record<string, unknown>;
        const view = handler.render({ payload, deliveryId: id, dueAt: outgoing.orderAt ?? 0, now, repeat: false });
        views.push(view);
        await base.update((context) => context.answer(view));
      }
      return views;
    },
    tasks: () => db.query<Task>('SELECT * FROM tasks WHERE space_id = $1 ORDER BY number', [person.spaceId]),
    reminders: () =>
      db.query<Reminder>('SELECT * FROM reminders WHERE space_id = $1 ORDER BY number', [person.spaceId]),
  };
}
