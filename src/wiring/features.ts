/** Puts the features together: each gets from the others only what its dependencies name. */
import { authorize } from '../access/authorize.ts';
import {
  type ConfiguredPeople,
  type Directory,
  ensureConfiguredPeople,
  openDirectory,
  type Person,
} from '../access/people.ts';
import type { Config } from '../config/config.ts';
import type { Clock, EpochMs } from '../core/clock.ts';
import { revision, version } from '../core/version.ts';
import { type BackupDeps, backupFeature } from '../features/backup/index.ts';
import { greetGroup, groupsFeature } from '../features/groups/index.ts';
import { helpFeature, unknownCommand } from '../features/help/index.ts';
import { historyFeature } from '../features/history/index.ts';
import { laterFeature } from '../features/later/index.ts';
import { acceptInvitation, configuredPeople, peopleFeature } from '../features/people/index.ts';
import { type PortabilityDeps, portabilityFeature } from '../features/portability/index.ts';
import {
  actOnReminders,
  chooseReminder,
  onWallClock,
  quietOfPerson,
  type RemindersDeps,
  remindersFeature,
  remindersMoved,
  remindersNamed,
  remindersOfGroup,
  remindersOfPeople,
  remindersOfPerson,
  remindersOfTasks,
  remindFrom,
  showReminders,
} from '../features/reminders/index.ts';
import { settingsFeature } from '../features/settings/index.ts';
import { statusFeature } from '../features/status/index.ts';
import {
  addNote,
  addTask,
  afterCompletion,
  fellDue,
  keepFiles,
  keptWords,
  leftToday,
  openTaskNamed,
  seriesOfTasks,
  setSaid,
  showTaskCard,
  type TasksDeps,
  taskService,
  tasksFeature,
} from '../features/tasks/index.ts';
import type { HealthReport } from '../observability/health.ts';
import type { Contents } from '../storage/contents/contents.ts';
import type { Database } from '../storage/database.ts';
import type { Command, Context, Feature } from '../telegram/feature.ts';
import type { TelegramUser } from '../telegram/receive/gate.ts';
import type { Storage } from './storage.ts';

export interface FeatureOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly defaults: { readonly language: string; readonly timezone: string };
  readonly health: () => Promise<HealthReport>;
  readonly username: () => string | undefined;
  readonly commands: () => readonly Command[];
  /** An invitation with this hash is being made. */
  readonly expectInvitation: (hash: string) => void;
  /** epoch ms */
  readonly startedAt: EpochMs;
  readonly backup: BackupDeps;
  readonly undoDays: number;
  readonly files: TasksDeps['files'];
  /** the bytes of attachments */
  readonly contents: Contents;
  readonly portability: Pick<PortabilityDeps, 'isConfigured' | 'backupDays' | 'wakeImports'>;
  /** Something new is planned. */
  readonly wakeDeliveries: () => void;
}

type RestoreHooks = NonNullable<Feature['restored']>;

export interface Composed {
  readonly features: readonly Feature[];
  readonly unknownCommand: (context: Context, typed: string) => Promise<void>;
  readonly acceptInvitation: (code: string, from: TelegramUser) => Promise<Person | undefined>;
}

/** What follows when people leave the configuration or come back by it; called before anything fires. */
const followConfigured = (clock: Clock): ConfiguredPeople =>
  configuredPeople(
    () => clock.now(),
    remindersOfPeople(() => {}),
  );

/** Makes the configured people and opens the directory. A server that restarts just now is waited for. */
export async function openPeople(
  { db, reached }: Pick<Storage, 'db' | 'reached'>,
  { config, clock }: { readonly config: Config; readonly clock: Clock },
  onError: (error: unknown) => void,
): Promise<Directory> {
  const defaults = { language: config.language, timezone: config.timezone };
  const allowed = config.telegram?.allowedUsers ?? [];
  await reached(() => ensureConfiguredPeople(db, allowed, defaults, followConfigured(clock)));
  return reached(() => openDirectory(db, clock, new Set(allowed), onError));
}

/** The features whose rows can be taken back, or taken in from an archive. */
function itemFeatures(
  wakeDeliveries: () => void,
  username: () => string | undefined,
  files: TasksDeps['files'],
): readonly Feature[] {
  const tasks = taskService(remindersOfTasks(wakeDeliveries));
  const remindersDeps: RemindersDeps = {
    tasks: {
      complete: tasks.complete,
      addNote,
      openCard: showTaskCard,
      keepFiles: (context, task, title) => keepFiles(context, { service: tasks, deps: taskDeps }, task, title),
      setSaid: (context, task, words) => setSaid(context, { service: tasks, deps: taskDeps }, task, words),
      series: seriesOfTasks(tasks),
      everything: { ...tasks, fellDue },
      openTask: openTaskNamed,
      add: (context, capture) => addTask(context, { service: tasks, deps: taskDeps }, capture),
      postpone: async (context, capture) => taskChat.intents?.move?.(context, capture),
      afterDone: async (context, task) => {
        const left = await leftToday(context.tx, context.actor, context.now);
        const follows = await afterCompletion(context, await authorize(context.tx, context.actor, 'task', task));
        return [...follows, [context.t.text('task-left-today', { count: left })]];
      },
    },
    wake: wakeDeliveries,
  };
  const taskDeps: TasksDeps = {
    reminders: remindersOfTasks(wakeDeliveries),
    remindersMoved: remindersMoved(wakeDeliveries),
    files,
    remind: remindFrom,
    showReminders,
    actOnReminders: (context, reminders, verb, argument) =>
      actOnReminders(context, remindersDeps, reminders, verb, argument),
    remindersNamed,
    chooseReminder,
  };
  const taskChat: Feature = tasksFeature(taskDeps);
  return [
    taskChat,
    remindersFeature(remindersDeps),
    settingsFeature({
      zoneChanged: remindersOfPerson(wakeDeliveries),
      onWallClock,
      quietChanged: quietOfPerson(wakeDeliveries),
      group: { ...remindersOfGroup(wakeDeliveries), greet: (context) => greetGroup(context, { username }) },
    }),
  ];
}

/** What they do once rows of their tables came in or got an older image back. */
function hooksOf(features: readonly Feature[]): RestoreHooks {
  return Object.assign({}, ...features.map((feature) => feature.restored ?? {})) as RestoreHooks;
}

/** The same for a command that changes rows without a chat; a running Steward sees within seconds what was planned. */
export function restoreHooks(): RestoreHooks {
  return hooksOf(
    itemFeatures(
      () => {},
      () => undefined,
      { quotaBytes: 0, wake: () => {} },
    ),
  );
}

/** Makes every feature. */
export function composeFeatures(options: FeatureOptions): Composed {
  const { db, clock, wakeDeliveries } = options;
  const items = itemFeatures(wakeDeliveries, options.username, options.files);
  const hooks = hooksOf(items);
  const features: Feature[] = [
    ...items,
    historyFeature({ hooks: () => hooks, undoDays: options.undoDays }),
    portabilityFeature({
      ...options.portability,
      hooks: () => hooks,
      defaults: options.defaults,
      contents: options.contents,
    }),
    groupsFeature({ username: options.username, returned: remindersOfGroup(wakeDeliveries).returned }),
    peopleFeature({
      username: options.username,
      reminders: remindersOfPeople(wakeDeliveries),
      expectInvitation: options.expectInvitation,
    }),
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
    helpFeature({ registry: options.commands, keep: keptWords }),
    laterFeature({ keep: keptWords, openTask: openTaskNamed }),
  ];
  return {
    features,
    unknownCommand: unknownCommand(options.commands),
    acceptInvitation: (code, from) =>
      db.transaction((tx) =>
        acceptInvitation(tx, clock.now(), code, from, options.defaults, remindersOfPeople(wakeDeliveries)),
      ),
  };
}

/** What the configuration says of files, and the way to wake whoever fetches them. */
export function filesDeps(config: Pick<Config, 'attachmentQuotaBytes'>, wake: () => void): TasksDeps['files'] {
  return { quotaBytes: config.attachmentQuotaBytes, wake };
}

/** What the configuration says of people's data. */
export function portabilityDeps(
  config: Config,
  wakeImports: () => void,
): Pick<PortabilityDeps, 'isConfigured' | 'backupDays' | 'wakeImports'> {
  return {
    isConfigured: (id) => id !== null && config.telegram?.allowedUsers.includes(id) === true,
    backupDays: config.backup.maxAgeDays,
    wakeImports,
  };
}
