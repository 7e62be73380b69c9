/** The tables whose rows change through actions, and how their columns are passed to the driver. */
import type {
  Attachment,
  Dependency,
  GroupSettings,
  Named,
  Note,
  PersonSettings,
  Reminder,
  SavedFilter,
  Task,
  Template,
} from '../storage/rows.ts';

/** Every table an action may change, by name. */
export interface Tables {
  tasks: Task;
  reminders: Reminder;
  notes: Note;
  attachments: Attachment;
  dependencies: Dependency;
  saved_filters: SavedFilter;
  templates: Template;
  projects: Named;
  clients: Named;
  people: PersonSettings;
  groups: GroupSettings;
}

export type TableName = keyof Tables;

/** What hangs on a row: taken back with it, and so asked about first where it was made later. */
export const HANGING: ReadonlyArray<{ readonly table: TableName; readonly column: string; readonly on: TableName }> = [
  { table: 'tasks', column: 'parent_id', on: 'tasks' },
  { table: 'notes', column: 'task_id', on: 'tasks' },
  { table: 'attachments', column: 'task_id', on: 'tasks' },
  { table: 'reminders', column: 'task_id', on: 'tasks' },
];

/** How each column's value is passed to the driver, where it is not passed as it is. */
type Encoding = 'plain' | 'instant' | 'json';

/** Columns that may be written, by table. What is not here cannot be reached through `Changes`. */
export const columns: { readonly [Table in TableName]: { readonly [Column in keyof Tables[Table]]: Encoding } } = {
  tasks: {
    id: 'plain',
    spaceId: 'plain',
    number: 'plain',
    title: 'plain',
    notes: 'plain',
    status: 'plain',
    priority: 'plain',
    startDate: 'plain',
    dueDate: 'plain',
    dueTime: 'plain',
    estimateMinutes: 'plain',
    tags: 'plain',
    projectId: 'plain',
    clientId: 'plain',
    parentId: 'plain',
    assigneeId: 'plain',
    recurrence: 'json',
    series: 'json',
    createdBy: 'plain',
    createdAt: 'instant',
    startedAt: 'instant',
    completedAt: 'instant',
  },
  reminders: {
    id: 'plain',
    spaceId: 'plain',
    number: 'plain',
    personId: 'plain',
    chatId: 'plain',
    taskId: 'plain',
    text: 'plain',
    basis: 'plain',
    localAt: 'plain',
    fixedAt: 'instant',
    minutesBefore: 'plain',
    rrule: 'plain',
    rruleBasis: 'plain',
    status: 'plain',
    pausedUntil: 'plain',
    muted: 'plain',
    latePolicy: 'plain',
    urgent: 'plain',
    snoozedAt: 'instant',
    nagMinutes: 'plain',
    nagTimes: 'plain',
    pausedAt: 'instant',
    threadId: 'plain',
    ofSeries: 'plain',
    createdBy: 'plain',
    createdAt: 'instant',
  },
  notes: {
    id: 'plain',
    spaceId: 'plain',
    taskId: 'plain',
    personId: 'plain',
    body: 'plain',
    createdAt: 'instant',
    editedAt: 'instant',
  },
  attachments: {
    id: 'plain',
    spaceId: 'plain',
    taskId: 'plain',
    personId: 'plain',
    fileId: 'plain',
    name: 'plain',
    description: 'plain',
    createdAt: 'instant',
  },
  dependencies: { id: 'plain', spaceId: 'plain', taskId: 'plain', blockerId: 'plain', createdAt: 'instant' },
  saved_filters: { id: 'plain', spaceId: 'plain', name: 'plain', query: 'plain', createdAt: 'instant' },
  templates: { id: 'plain', spaceId: 'plain', name: 'plain', content: 'json', createdAt: 'instant' },
  projects: { id: 'plain', spaceId: 'plain', name: 'plain', createdAt: 'instant' },
  clients: { id: 'plain', spaceId: 'plain', name: 'plain', createdAt: 'instant' },
  people: {
    id: 'plain',
    name: 'plain',
    language: 'plain',
    locale: 'plain',
    timezone: 'plain',
    dateOrder: 'plain',
    clock: 'plain',
    weekStart: 'plain',
    dayParts: 'json',
    quietHours: 'plain',
    quietSince: 'instant',
    quietUntil: 'instant',
    quietLetsUrgent: 'plain',
    nativeTables: 'plain',
    pausedSince: 'instant',
    pausedUntil: 'plain',
    onboardedAt: 'instant',
  },
  groups: {
    id: 'plain',
    language: 'plain',
    locale: 'plain',
    timezone: 'plain',
    dateOrder: 'plain',
    clock: 'plain',
    weekStart: 'plain',
    quietHours: 'plain',
    quietSince: 'instant',
    quietUntil: 'instant',
    quietLetsUrgent: 'plain',
    pausedSince: 'instant',
    pausedUntil: 'plain',
  },
};
