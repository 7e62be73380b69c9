/** The shapes of rows as every room sees them: camelCase, instants in epoch milliseconds, days and times as text. */
import type { ChatId, NoteId, PersonId, ReminderId, SpaceId, TaskId } from '../core/ids.ts';

export type TaskStatus = 'todo' | 'in_progress' | 'review' | 'blocked' | 'done' | 'cancelled';

/** 1 low, 2 medium, 3 high, 4 critical, 5 urgent. */
export type Priority = 1 | 2 | 3 | 4 | 5;

export interface RecurrenceRule {
  /** RFC 5545 without DTSTART, local BYHOUR/BYMINUTE */
  readonly rrule: string;
  readonly basis: 'schedule' | 'completion';
}

/**
 * What a series has of its own where the open instance of it differs ("this one only"): the next instance takes these. Names instead of ids.
 */
export interface SeriesOwn {
  readonly title?: string;
  readonly notes?: string;
  readonly priority?: Priority;
  /** 'YYYY-MM-DD': not before then */
  readonly startDate?: string | null;
  /** 'YYYY-MM-DD' in the owner's zone */
  readonly dueDate?: string | null;
  /** 'HH:MM' in the owner's zone */
  readonly dueTime?: string | null;
  readonly estimateMinutes?: number | null;
  readonly tags?: readonly string[];
  readonly project?: string | null;
  readonly client?: string | null;
}

export interface SeriesState {
  readonly own: SeriesOwn;
  /** has no date until it is resumed */
  readonly paused: boolean;
  /** its instance was put off to a day ('YYYY-MM-DD') or behind it, as everything was paused until then; and the dates it had */
  readonly rests?: { readonly until: string; readonly own: SeriesOwn } & Pick<
    Task,
    'startDate' | 'dueDate' | 'dueTime'
  >;
}

export interface Task {
  readonly id: TaskId;
  readonly spaceId: SpaceId;
  /** short number, unique in the space among tasks and reminders */
  readonly number: number;
  readonly title: string;
  readonly notes: string;
  readonly status: TaskStatus;
  readonly priority: Priority;
  /** 'YYYY-MM-DD' */
  readonly startDate: string | null;
  /** 'YYYY-MM-DD' */
  readonly dueDate: string | null;
  /** 'HH:MM' in the owner's zone */
  readonly dueTime: string | null;
  readonly estimateMinutes: number | null;
  readonly tags: readonly string[];
  readonly projectId: number | null;
  readonly clientId: number | null;
  /** the task it is a part of; one that is gone counts as none */
  readonly parentId: TaskId | null;
  /** who of the group it is given to */
  readonly assigneeId: PersonId | null;
  readonly recurrence: RecurrenceRule | null;
  /** of the open instance of a series; null: as its series is, and not paused */
  readonly series: SeriesState | null;
  readonly createdBy: PersonId;
  /** epoch ms */
  readonly createdAt: number;
  /** epoch ms */
  readonly startedAt: number | null;
  /** epoch ms */
  readonly completedAt: number | null;
}

export interface Reminder {
  readonly id: ReminderId;
  readonly spaceId: SpaceId;
  readonly number: number;
  /** whom it reminds */
  readonly personId: PersonId;
  readonly chatId: ChatId;
  readonly taskId: TaskId | null;
  readonly text: string;
  /** wall: `localAt` in the owner's zone; instant: `fixedAt`; relative: `minutesBefore` the task's due time */
  readonly basis: 'wall' | 'instant' | 'relative';
  /** 'YYYY-MM-DDTHH:MM' */
  readonly localAt: string | null;
  /** epoch ms */
  readonly fixedAt: number | null;
  readonly minutesBefore: number | null;
  readonly rrule: string | null;
  readonly rruleBasis: 'schedule' | 'completion' | null;
  readonly status: 'active' | 'paused' | 'ended' | 'done';
  /** 'YYYY-MM-DD' */
  readonly pausedUntil: string | null;
  readonly muted: boolean;
  readonly latePolicy: 'send' | 'skip';
  /** comes in quiet time where its person lets urgent ones pass */
  readonly urgent: boolean | null;
  /** epoch ms: when its person put it off to `fixedAt` */
  readonly snoozedAt: number | null;
  /** reminds again this many minutes later until answered, `nagTimes` times at most; null: once */
  readonly nagMinutes: number | null;
  readonly nagTimes: number | null;
  /** epoch ms: when the present or last pause began */
  readonly pausedAt: number | null;
  /** the topic of a group's forum it is told in */
  readonly threadId: number | null;
  /** the series of which this is an occurrence put off */
  readonly ofSeries: ReminderId | null;
  readonly createdBy: PersonId;
  /** epoch ms */
  readonly createdAt: number;
}

export interface Note {
  readonly id: NoteId;
  readonly spaceId: SpaceId;
  readonly taskId: TaskId;
  readonly personId: PersonId;
  readonly body: string;
  /** epoch ms */
  readonly createdAt: number;
  /** epoch ms */
  readonly editedAt: number | null;
}

/** A file of a task, as its owner sees it; what it is stands in the file it names. */
export interface Attachment {
  readonly id: number;
  readonly spaceId: SpaceId;
  readonly taskId: TaskId;
  readonly personId: PersonId;
  readonly fileId: number;
  /** harmless: one line, no path, nothing unseen */
  readonly name: string;
  readonly description: string;
  /** epoch ms */
  readonly createdAt: number;
}

/** A task that waits for another. */
export interface Dependency {
  readonly id: number;
  readonly spaceId: SpaceId;
  readonly taskId: TaskId;
  /** holds the task up while it is open */
  readonly blockerId: TaskId;
  /** epoch ms */
  readonly createdAt: number;
}

/** A search kept under a name. */
export interface SavedFilter {
  readonly id: number;
  readonly spaceId: SpaceId;
  readonly name: string;
  /** as it is typed behind /search */
  readonly query: string;
  /** epoch ms */
  readonly createdAt: number;
}

/** A task of a template. Dates are days from the one the template is used for; null: none. */
export interface TemplateTask {
  readonly title: string;
  readonly notes: string;
  readonly priority: Priority;
  readonly startIn: number | null;
  readonly dueIn: number | null;
  /** 'HH:MM' */
  readonly dueTime: string | null;
  readonly estimateMinutes: number | null;
  readonly tags: readonly string[];
  /** by name */
  readonly project: string | null;
  /** by name */
  readonly client: string | null;
  readonly recurrence: RecurrenceRule | null;
  readonly parts: readonly TemplateTask[];
}

/** A task with its subtasks, kept to be made again. */
export interface Template {
  readonly id: number;
  readonly spaceId: SpaceId;
  readonly name: string;
  readonly content: TemplateTask;
  /** epoch ms */
  readonly createdAt: number;
}

/** A project or a client: a name in a space. */
export interface Named {
  readonly id: number;
  readonly spaceId: SpaceId;
  readonly name: string;
  /** epoch ms */
  readonly createdAt: number;
}

/** Settings of a group that an action may change; `id` is its space's. */
export interface GroupSettings {
  readonly id: SpaceId;
  readonly language: string;
  /** BCP 47 */
  readonly locale: string;
  /** IANA name: the zone of the group's days and wall-clock times */
  readonly timezone: string;
  readonly dateOrder: 'dmy' | 'mdy' | null;
  readonly clock: '12' | '24' | null;
  /** ISO weekday, 1 Monday … 7 Sunday */
  readonly weekStart: number;
  /** quiet time as a person's, on the group's wall clock */
  readonly quietHours: string | null;
  /** epoch ms */
  readonly quietSince: number | null;
  /** epoch ms */
  readonly quietUntil: number | null;
  readonly quietLetsUrgent: boolean;
  /** everything is paused, as a person's */
  readonly pausedSince: number | null;
  readonly pausedUntil: string | null;
}

/** Settings of a person that an action may change (all of `people` that is not identity). */
export interface PersonSettings {
  readonly id: PersonId;
  readonly name: string;
  readonly language: string;
  /** BCP 47; decides the order of numeric dates when it has a region */
  readonly locale: string;
  /** IANA name */
  readonly timezone: string;
  readonly dateOrder: 'dmy' | 'mdy' | null;
  readonly clock: '12' | '24' | null;
  /** ISO weekday, 1 Monday … 7 Sunday */
  readonly weekStart: number;
  /** part of the day to 'HH:MM', where it differs from the default */
  readonly dayParts: Readonly<Record<string, string>>;
  /** quiet hours of every day, 'HH:MM-HH:MM' on the person's wall clock, over midnight when the end is the earlier; null: none */
  readonly quietHours: string | null;
  /** epoch ms: since when nobody is to disturb; null: not so */
  readonly quietSince: number | null;
  /** epoch ms: until when, with `quietSince`; null: until it is ended */
  readonly quietUntil: number | null;
  /** urgent reminders come in quiet time as well */
  readonly quietLetsUrgent: boolean;
  /** lists come as native tables, which the person's client was seen to draw */
  readonly nativeTables: boolean;
  /** epoch ms: since when everything is paused; null: not so */
  readonly pausedSince: number | null;
  /** 'YYYY-MM-DD': on whose morning it goes on, with `pausedSince`; null: until it is ended */
  readonly pausedUntil: string | null;
  /** epoch ms */
  readonly onboardedAt: number | null;
}
