/**
 * The form of an export: a ZIP of JSON lines (to be taken in again), CSV (for people and spreadsheets) and a manifest. Everything an
 * archive holds is parsed here before anything of it is trusted. Version 1; members and columns may be added, none changes its meaning.
 */
import { z } from 'zod';
import type { TableName, Tables } from '../../../actions/tables.ts';
import { type EpochMs, iso } from '../../../core/clock.ts';
import { parseDay } from '../../../core/days.ts';
import { parseRule } from '../../../core/recurrence.ts';
import { canonicalZone } from '../../../core/zones.ts';
import { archivedFile } from './file-members.ts';

export const FORMAT = 'steward-export';
export const FORMAT_VERSION = 1;

/** Tables whose rows are taken in again, in the order in which they refer to one another. */
export const ITEM_TABLES = [
  'projects',
  'clients',
  'tasks',
  'dependencies',
  'notes',
  'attachments',
  'reminders',
  'saved_filters',
  'templates',
] as const;
export type ItemTable = (typeof ITEM_TABLES)[number];

/** What an archive tells of what cannot be taken in again: it happened. */
export const RECORD_MEMBERS = ['history', 'deliveries'] as const;

export const MANIFEST = 'manifest.json';
export const SETTINGS = 'data/settings.json';
export const memberOf = (table: string): string => `data/${table}.jsonl`;
export const csvOf = (table: string): string => `${table}.csv`;

const everyMember = [...ITEM_TABLES, ...RECORD_MEMBERS];
/** Every name an archive may hold; any other is refused. */
export const KNOWN_MEMBERS: ReadonlySet<string> = new Set([
  MANIFEST,
  SETTINGS,
  'README.txt',
  ...everyMember.map(memberOf),
  ...everyMember.map(csvOf),
]);

/** Text PostgreSQL holds, within a bound. */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'));
const day = z.string().refine((value) => parseDay(value) !== null);
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const local = z
  .string()
  .refine((value) => /^.{10}T(?:[01]\d|2[0-3]):[0-5]\d$/.test(value) && parseDay(value.slice(0, 10)) !== null);
const rrule = text(500).refine((value) => {
  try {
    parseRule(value);
    return true;
  } catch {
    return false;
  }
});
const key = z.string().regex(/^[\w.-]{1,40}:[a-z_]{1,20}:\d{1,15}$/);
/** Years a calendar of people has; PostgreSQL takes them, and so does everything that shows them. */
const [EARLIEST, LATEST] = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1)];
const instant = z.iso
  .datetime({ offset: true })
  .transform((value) => Date.parse(value))
  .refine((at) => at >= EARLIEST && at <= LATEST);
const shortNumber = z.int().min(1).max(1_000_000);

/** How a column goes out and comes in: as it is, as an instant, or as the key of the row it refers to. */
export type Column =
  | { readonly kind: 'plain'; readonly schema: z.ZodType }
  | { readonly kind: 'instant'; readonly schema: z.ZodType }
  | { readonly kind: 'reference'; readonly to: ItemTable; readonly schema: z.ZodType }
  /** what is known of a file; its bytes are a member of their own */
  | { readonly kind: 'file'; readonly schema: z.ZodType };

const plain = (schema: z.ZodType): Column => ({ kind: 'plain', schema });
const at = (schema: z.ZodType): Column => ({ kind: 'instant', schema });
const reference = (to: ItemTable, schema: z.ZodType): Column => ({ kind: 'reference', to, schema });

/** What belongs to the one who takes the row in, and never comes from an archive. */
type Own = 'id' | 'spaceId' | 'createdBy' | 'personId' | 'chatId' | 'assigneeId' | 'threadId' | 'ofSeries';
type Archived<T extends TableName> = Readonly<Record<Exclude<keyof Tables[T], Own>, Column>>;

const repeats = z.strictObject({ rrule, basis: z.enum(['schedule', 'completion']) }).nullable();
const days = z.int().min(-3_660).max(3_660).nullable();

/** A template's task, as deep as subtasks go; a template holds no more than a screen of them. */
const templateTask = (levels: number): z.ZodType =>
  z.strictObject({
    title: text(2_000).min(1),
    notes: text(200_000),
    priority: z.int().min(1).max(5),
    startIn: days,
    dueIn: days,
    dueTime: time.nullable(),
    estimateMinutes: z.int().min(0).max(1_200_000).nullable(),
    tags: z.array(text(100).min(1)).max(100),
    project: text(200).nullable(),
    client: text(200).nullable(),
    recurrence: repeats,
    parts: z.array(levels > 0 ? templateTask(levels - 1) : z.never()).max(100),
  });

const dates = z.strictObject({ startDate: day.nullable(), dueDate: day.nullable(), dueTime: time.nullable() });

/** What a series has of its own where its open instance differs, and its pause. */
const series = z.strictObject({
  own: z
    .strictObject({
      title: text(2_000).min(1),
      notes: text(200_000),
      priority: z.int().min(1).max(5),
      ...dates.shape,
      estimateMinutes: z.int().min(0).max(1_200_000).nullable(),
      tags: z.array(text(100).min(1)).max(100),
      project: text(200).nullable(),
      client: text(200).nullable(),
    })
    .partial(),
  paused: z.boolean(),
  rests: z.strictObject({ until: day, own: dates.partial(), ...dates.shape }).optional(),
});

const named = { name: plain(text(200).min(1)), createdAt: at(instant) };

/** The columns of each table. A column that actions may write and that is not here does not compile: its owner decides how it travels. */
export const COLUMNS: { readonly [T in ItemTable]: Archived<T> } = {
  projects: named,
  clients: named,
  tasks: {
    number: plain(shortNumber),
    title: plain(text(2_000).min(1)),
    notes: plain(text(200_000)),
    status: plain(z.enum(['todo', 'in_progress', 'review', 'blocked', 'done', 'cancelled'])),
    priority: plain(z.int().min(1).max(5)),
    startDate: plain(day.nullable()),
    dueDate: plain(day.nullable()),
    dueTime: plain(time.nullable()),
    estimateMinutes: plain(z.int().min(0).max(1_200_000).nullable()),
    tags: plain(z.array(text(100).min(1)).max(100)),
    projectId: reference('projects', key.nullable()),
    clientId: reference('clients', key.nullable()),
    // Archives of the first releases say nothing of it.
    parentId: reference('tasks', key.nullable().default(null)),
    recurrence: plain(repeats),
    series: plain(series.nullable().default(null)),
    createdAt: at(instant),
    startedAt: at(instant.nullable()),
    completedAt: at(instant.nullable()),
  },
  dependencies: {
    taskId: reference('tasks', key),
    blockerId: reference('tasks', key),
    createdAt: at(instant),
  },
  notes: {
    taskId: reference('tasks', key),
    body: plain(text(200_000).min(1)),
    createdAt: at(instant),
    editedAt: at(instant.nullable()),
  },
  attachments: {
    taskId: reference('tasks', key),
    fileId: { kind: 'file', schema: archivedFile },
    name: plain(text(1_000).min(1)),
    description: plain(text(4_000)),
    createdAt: at(instant),
  },
  reminders: {
    number: plain(shortNumber),
    taskId: reference('tasks', key.nullable()),
    text: plain(text(4_000)),
    basis: plain(z.enum(['wall', 'instant', 'relative'])),
    localAt: plain(local.nullable()),
    fixedAt: at(instant.nullable()),
    minutesBefore: plain(z.int().min(0).max(5_256_000).nullable()),
    rrule: plain(rrule.nullable()),
    rruleBasis: plain(z.enum(['schedule', 'completion']).nullable()),
    status: plain(z.enum(['active', 'paused', 'ended', 'done'])),
    pausedUntil: plain(day.nullable()),
    muted: plain(z.boolean()),
    latePolicy: plain(z.enum(['send', 'skip'])),
    // Older archives lack these.
    urgent: plain(z.boolean().nullable().default(null)),
    snoozedAt: at(instant.nullable().default(null)),
    nagMinutes: plain(z.int().min(1).max(1440).nullable().default(null)),
    nagTimes: plain(z.int().min(1).max(100).nullable().default(null)),
    pausedAt: at(instant.nullable().default(null)),
    createdAt: at(instant),
  },
  saved_filters: { ...named, query: plain(text(1_000).min(1)) },
  templates: { ...named, content: plain(templateTask(4)) },
};

/** A row as it lies in an archive, parsed: references are keys, instants epoch milliseconds. */
export interface ArchivedRow {
  readonly key: string;
  readonly [column: string]: unknown;
}

const rowSchemas = Object.fromEntries(
  ITEM_TABLES.map((table) => {
    const columns: Readonly<Record<string, Column>> = COLUMNS[table];
    const shape = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.schema]));
    // A column this version does not know comes from a newer one: left out, not refused.
    return [table, z.object({ key, ...shape })];
  }),
);

/** Rules about several columns, which the database would refuse. */
function isConsistent(table: ItemTable, row: ArchivedRow): boolean {
  if (table === 'tasks') return row['dueTime'] === null || row['dueDate'] !== null;
  if (table !== 'reminders') return true;
  switch (row['basis']) {
    case 'wall':
      return row['localAt'] !== null;
    case 'instant':
      return row['fixedAt'] !== null;
    default:
      return row['minutesBefore'] !== null && row['taskId'] !== null;
  }
}

/** Parses a line of a member; undefined when it is no row of that table. */
export function parseRow(table: ItemTable, line: string): ArchivedRow | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = rowSchemas[table]?.safeParse(value);
  if (!parsed?.success) return undefined;
  const row = parsed.data as ArchivedRow;
  return isConsistent(table, row) ? row : undefined;
}

/** A row of the database as a line of its member. `keyOf` names what it refers to. */
export function rowLine(
  table: ItemTable,
  row: Readonly<Record<string, unknown>>,
  keyOf: (table: ItemTable, id: number) => string,
): string {
  const columns: Readonly<Record<string, Column>> = COLUMNS[table];
  const out: Record<string, unknown> = { key: keyOf(table, Number(row['id'])) };
  for (const [name, column] of Object.entries(columns)) {
    const value = row[name];
    if (value === null || value === undefined) out[name] = null;
    else if (column.kind === 'instant') out[name] = iso(value as EpochMs);
    else out[name] = column.kind === 'reference' ? keyOf(column.to, value as number) : value;
  }
  return JSON.stringify(out);
}

export const settingsSchema = z.object({
  name: text(128),
  language: z.enum(['en', 'ru']),
  locale: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/),
  timezone: z
    .string()
    .max(64)
    .refine((value) => canonicalZone(value) !== null),
  dateOrder: z.enum(['dmy', 'mdy']).nullable(),
  clock: z.enum(['12', '24']).nullable(),
  weekStart: z.int().min(1).max(7),
  dayParts: z.record(z.string().regex(/^[a-z]{1,20}$/), time),
  // Older archives lack these. A silence of the moment does not travel.
  quietHours: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d$/)
    .nullable()
    .default(null),
  quietLetsUrgent: z.boolean().default(false),
  nativeTables: z.boolean().default(false),
});
export type ArchivedSettings = z.infer<typeof settingsSchema>;

const memberFacts = z.object({ rows: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  /** version of the program that wrote it */
  program: z.string().max(40),
  exportedAt: instant,
  person: text(128),
  /** from 1; an export too large for one archive has several, each of use alone */
  part: z.int().min(1),
  last: z.boolean(),
  members: z.record(z.string(), memberFacts),
});
export type Manifest = z.infer<typeof manifestSchema>;
