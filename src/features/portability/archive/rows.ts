/** Reads a person's rows by pages for an export, with the keys by which they are known elsewhere. */
import type { Actor } from '../../../access/people.ts';
import { randomCode, type SpaceId } from '../../../core/ids.ts';
import type { Queryable } from '../../../storage/database.ts';
import { statements as sql } from '../statements.ts';
import { ITEM_TABLES, type ItemTable, type RECORD_MEMBERS } from './format.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Member = ItemTable | (typeof RECORD_MEMBERS)[number];

const PAGE = 500;

/** Tasks and reminders are indexed by space and number. */
const ORDERED_BY: Readonly<Record<ItemTable, 'id' | 'number'>> = {
  projects: 'id',
  clients: 'id',
  tasks: 'number',
  dependencies: 'id',
  notes: 'id',
  attachments: 'id',
  reminders: 'number',
  saved_filters: 'id',
  templates: 'id',
};

/** Attachments with what they name, of those whose bytes are here. */
const ATTACHMENTS = `
  SELECT a.id, a.space_id, a.task_id, a.person_id, a.name, a.description, a.created_at, f.media_type,
         jsonb_build_object('sha256', f.sha256, 'bytes', f.bytes, 'kind', f.kind, 'duration', f.duration) AS file_id
    FROM attachments a JOIN files f ON f.id = a.file_id
   WHERE a.space_id = $1 AND f.state = 'kept' AND a.id > $2 ORDER BY a.id LIMIT $3`;

const pages = Object.fromEntries(
  ITEM_TABLES.map((table) => {
    const column = ORDERED_BY[table];
    const text =
      table === 'attachments'
        ? ATTACHMENTS
        : `SELECT * FROM ${table} WHERE space_id = $1 AND ${column} > $2 ORDER BY ${column} LIMIT $3`;
    return [table, { name: `portability:page:${table}`, text }];
  }),
);

/** How far a member was read; pages after it continue. */
export type Cursor = number;

/** One page of a member after `after`, and the cursor behind it; empty at the end. */
export async function pageOf(
  db: Queryable,
  space: SpaceId,
  member: Member,
  after: Cursor,
): Promise<{ readonly rows: readonly Row[]; readonly end: Cursor }> {
  if (member === 'history' || member === 'deliveries') {
    const statement = member === 'history' ? sql.pageOfHistory : sql.pageOfDeliveries;
    const rows = await db.query<Row>(statement, [space, after, PAGE]);
    return { rows, end: Number(rows.at(-1)?.['id'] ?? after) };
  }
  const statement = pages[member];
  const rows = statement ? await db.query<Row>(statement, [space, after, PAGE]) : [];
  return { rows, end: Number(rows.at(-1)?.[ORDERED_BY[member]] ?? after) };
}

/** The name of this installation in the keys of its rows. */
export async function installationName(db: Queryable): Promise<string> {
  const [row] = await db.query<{ name: string }>(sql.installation, [randomCode(16)]);
  // Made by another transaction meanwhile, invisible to this statement, visible to the next.
  return row?.name ?? installationName(db);
}

/** The key of a row, by its table and its id here. */
export type KeyOf = (table: ItemTable, id: number) => string;

/** The key of every row of the actor's space: of imported ones where they came from, of others this installation, table and id. */
export async function keysOf(db: Queryable, actor: Actor): Promise<KeyOf> {
  const installation = await installationName(db);
  const rows = await db.query<{ entity: string; entityId: number; key: string }>(sql.origins, [actor.spaceId]);
  const known = new Map(rows.map((row) => [`${row.entity}:${row.entityId}`, row.key]));
  return (table, id) => known.get(`${table}:${id}`) ?? `${installation}:${table}:${id}`;
}
