/** Puts the features together: each gets from the others only what its dependencies name. */
import type { ConfiguredPeople, Directory, Person } from '../access/people.ts';
import type { Clock, EpochMs } from '../core/clock.ts';
import { revision, version } from '../core/version.ts';
import { type BackupDeps, backupFeature } from '../features/backup/index.ts';
import { helpFeature, unknownCommand } from '../features/help/index.ts';
import { historyFeature } from '../features/history/index.ts';
import { acceptInvitation, configuredPeople, peopleFeature } from '../features/people/index.ts';
import {
  actOnReminder,
  chooseReminder,
  type RemindersDeps,
  remindersFeature,
  remindersNamed,
  remindersOfPeople,
  remindersOfPerson,
  remindersOfTasks,
  showReminders,
} from '../features/reminders/index.ts';
import { settingsFeature } from '../features/settings/index.ts';
import { statusFeature } from '../features/status/index.ts';
import { addNote, leftToday, showTaskCard, taskService, tasksFeature } from '../features/tasks/index.ts';
import type { HealthReport } from '../observability/health.ts';
import type { Database } from '../storage/database.ts';
import type { Command, Context, Feature } from '../telegram/feature.ts';
import type { TelegramUser } from '../telegram/receive/gate.ts';

export interface FeatureOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly directory: Directory;
  readonly defaults: { readonly language: string; readonly timezone: string };
  readonly health: () => Promise<HealthReport>;
  readonly username: () => string | undefined;
  readonly commands: () => readonly Command[];
  /** epoch ms */
  readonly startedAt: EpochMs;
  readonly backup: BackupDeps;
  /** Something new is planned. */
  readonly wakeDeliveries: () => void;
}

export interface Composed {
  readonly features: readonly Feature[];
  readonly unknownCommand: (context: Context, typed: string) => Promise<void>;
  readonly acceptInvitation: (code: string, from: TelegramUser) => Promise<Person | undefined>;
}

/** What follows when people leave the configuration or come back by it; called before anything fires. */
export const followConfigured = (clock: Clock): ConfiguredPeople =>
  configuredPeople(
    () => clock.now(),
    remindersOfPeople(() => {}),
  );

/** Makes every feature. */
export function composeFeatures(options: FeatureOptions): Composed {
  const { db, clock, wakeDeliveries } = options;
  const tasks = taskService(remindersOfTasks(wakeDeliveries));
  const remindersDeps: RemindersDeps = {
    tasks: {
      complete: tasks.complete,
      addNote,
      openCard: showTaskCard,
      postpone: async (context, capture) => taskChat.intents?.move?.(context, capture),
      afterDone: async (context) => {
        const left = await leftToday(context.tx, context.actor, context.now);
        return [context.t.text('task-left-today', { count: left })];
      },
    },
    wake: wakeDeliveries,
  };
  const taskChat: Feature = tasksFeature({
    reminders: remindersOfTasks(wakeDeliveries),
    showReminders: (context) => showReminders(context, 1),
    actOnReminder: (context, reminder, verb, argument) =>
      actOnReminder(context, remindersDeps, reminder, verb, argument),
    remindersNamed,
    chooseReminder,
  });
  const features: Feature[] = [
    taskChat,
    remindersFeature(remindersDeps),
    settingsFeature({ zoneChanged: remindersOfPerson(wakeDeliveries) }),
    historyFeature({ hooks: () => hooks }),
    peopleFeature({ username: options.username, reminders: remindersOfPeople(wakeDeliveries) }),
    statusFeature({
      health: options.health,
      version,
      technical: () => ({
        revision,
        node: process.versions.node,
        uptimeSeconds: Math.round((clock.now() - options.startedAt) / 1000),
        memoryBytes: process.memoryUsage.rss(),
        pool: db.poolState(),
      }),
    }),
    backupFeature(options.backup),
    helpFeature({ registry: options.commands }),
  ];
  const hooks = Object.assign({}, ...features.map((feature) => feature.restored ?? {})) as NonNullable<
    Feature['restored']
  >;
  return {
    features,
    unknownCommand: unknownCommand(options.commands),
    acceptInvitation: (code, from) =>
      db.transaction((tx) =>
        acceptInvitation(tx, clock.now(), code, from, options.defaults, remindersOfPeople(wakeDeliveries)),
      ),
  };
}
