/** Takes rows of an archive into a space: each once however often it is imported, as changes that undo takes back. */
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { TableName, Tables } from '../../actions/tables.ts';
import type { RestoreHook } from '../../actions/undo.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { DeliveryId, ReminderId } from '../../core/ids.ts';
import { skip } from '../../outbox/ledger.ts';
import type { Queryable } from '../../storage/database.ts';
import { safeName } from '../tasks/index.ts';
import type { ArchivedFile } from './archive/file-members.ts';
import type { TakeFile } from './archive/files.ts';
import {
  type ArchivedRow,
  type ArchivedSettings,
  COLUMNS,
  type Column,
  ITEM_TABLES,
  type ItemTable,
} from './archive/format.ts';
import { installationName } from './archive/rows.ts';
import { statements as sql } from './statements.ts';

export type Hooks = Partial<Record<TableName, RestoreHook>>;

export interface Counts {
  /** rows made */
  readonly added: number;
  /** rows that were there already */
  readonly there: number;
  /** notes and files of tasks that are not in the archive, and files without their bytes */
  readonly homeless: number;
  /** reminders whose time had passed: they came in as over */
  readonly overdue: number;
}

export const NOTHING: Counts = { added: 0, there: 0, homeless: 0, overdue: 0 };

export function sum(a: Counts, b: Counts): Counts {
  return {
    added: a.added + b.added,
    there: a.there + b.there,
    homeless: a.homeless + b.homeless,
    overdue: a.overdue + b.overdue,
  };
}

const byOrigin = statementsOf(
  'origin',
  (table) =>
    `SELECT o.key, o.entity_id AS id FROM origins o JOIN ${table} t ON t.id = o.entity_id AND t.space_id = o.space_id
      WHERE o.space_id = $1 AND o.entity = '${table}' AND o.key = ANY ($2::text[])`,
);
const byId = statementsOf(
  'present',
  (table) => `SELECT id, created_at FROM ${table} WHERE space_id = $1 AND id = ANY ($2::int[])`,
);
const byName = statementsOf(
  'name',
  (table) => `SELECT id, lower(name) AS name FROM ${table} WHERE space_id = $1 AND lower(name) = ANY ($2::text[])`,
  ['projects', 'clients', 'saved_filters', 'templates'],
);

function statementsOf(name: string, text: (table: ItemTable) => string, tables: readonly ItemTable[] = ITEM_TABLES) {
  return new Map(tables.map((table) => [table, { name: `portability:${name}:${table}`, text: text(table) }]));
}

/**
 * Where items of an archive are in the actor's space: taken in before, or its own from the beginning. `made`: when each was made, where
 * that is known: after a database was set back to a backup, an id may have been given to another item since.
 */
async function locate(
  db: Queryable,
  actor: Actor,
  table: ItemTable,
  keys: readonly string[],
  made: ReadonlyMap<string, EpochMs> = new Map(),
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const [origin, present] = [byOrigin.get(table), byId.get(table)];
  if (keys.length === 0 || !origin || !present) return found;
  const own = `${await installationName(db)}:${table}:`;
  const ids = keys.filter((key) => key.startsWith(own)).map((key) => Number(key.slice(own.length)));
  const fitting = ids.filter((id) => id <= 2_147_483_647);
  const here =
    fitting.length === 0 ? [] : await db.query<{ id: number; createdAt: EpochMs }>(present, [actor.spaceId, fitting]);
  for (const { id, createdAt } of here) {
    const key = `${own}${id}`;
    if ((made.get(key) ?? createdAt) === createdAt) found.set(key, id);
  }
  for (const { key, id } of await db.query<{ key: string; id: number }>(origin, [actor.spaceId, keys]))
    found.set(key, id);
  return found;
}

/** The same for whole rows. */
export function locateRows(
  db: Queryable,
  actor: Actor,
  table: ItemTable,
  rows: readonly ArchivedRow[],
): Promise<Map<string, number>> {
  const made = new Map(rows.map((row) => [row.key, Number(row['createdAt'])]));
  return locate(db, actor, table, [...made.keys()], made);
}

/** Short numbers: an item keeps the one it had where the space never gave it away, else it gets the next. */
async function numbering(changes: Changes, actor: Actor) {
  const [space] = await changes.tx.query<{ nextNumber: number }>(sql.lockNumbers, [actor.spaceId]);
  const first = space?.nextNumber ?? 1;
  const taken = new Set<number>();
  let next = first;
  return {
    give(wanted: number): number {
      let number = wanted;
      if (wanted < first || taken.has(wanted)) {
        while (taken.has(next)) next += 1;
        number = next;
      }
      taken.add(number);
      return number;
    },
    async keep(): Promise<void> {
      const last = Math.max(first - 1, ...taken);
      await changes.tx.query(sql.setNumbers, [actor.spaceId, last + 1]);
    },
  };
}

/** The references of `rows` to `to`, with where they lead. */
async function references(
  changes: Changes,
  actor: Actor,
  table: ItemTable,
  rows: readonly ArchivedRow[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const columns: Readonly<Record<string, Column>> = COLUMNS[table];
  for (const [name, column] of Object.entries(columns)) {
    if (column.kind !== 'reference') continue;
    const keys = new Set(rows.flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : [])));
    for (const [key, id] of await locate(changes.tx, actor, column.to, [...keys])) found.set(key, id);
  }
  return found;
}

/** The row to insert, of what the archive says; undefined when it belongs to a task that is not there. */
function rowFor(
  table: ItemTable,
  row: ArchivedRow,
  actor: Actor,
  at: ReadonlyMap<string, number>,
): Record<string, unknown> | undefined {
  const columns: Readonly<Record<string, Column>> = COLUMNS[table];
  const out: Record<string, unknown> = { spaceId: actor.spaceId };
  for (const [name, column] of Object.entries(columns)) {
    const value = row[name];
    out[name] = column.kind === 'reference' && typeof value === 'string' ? (at.get(value) ?? null) : value;
  }
  if ((table === 'notes' || table === 'attachments') && out['taskId'] === null) return undefined;
  if (table === 'attachments') out['name'] = safeName(String(out['name'])) || 'file';
  if (table === 'dependencies' && (out['taskId'] === null || out['blockerId'] === null)) return undefined;
  if (table === 'reminders' && out['taskId'] === null && (out['basis'] === 'relative' || out['text'] === ''))
    return undefined;
  if (table === 'notes' || table === 'attachments' || table === 'reminders') out['personId'] = actor.person.id;
  if (table === 'reminders') out['chatId'] = actor.chatId;
  if (table === 'tasks' || table === 'reminders') out['createdBy'] = actor.person.id;
  return out;
}

/**
 * Takes rows of one table in (at most some hundreds; rows they refer to come before them). What follows from them, search and planned
 * reminders, is done by the features' hooks.
 */
export async function takeIn(
  changes: Changes,
  actor: Actor,
  table: ItemTable,
  rows: readonly ArchivedRow[],
  hooks: Hooks,
  now: EpochMs,
  takeFile: TakeFile,
): Promise<Counts> {
  const { tx } = changes;
  const there = await locateRows(tx, actor, table, rows);
  const named = byName.get(table);
  if (named) {
    const names = rows.map((row) => String(row['name']).toLowerCase());
    const same = await tx.query<{ id: number; name: string }>(named, [actor.spaceId, names]);
    const ids = new Map(same.map((row) => [row.name, row.id]));
    for (const row of rows) {
      const id = ids.get(String(row['name']).toLowerCase());
      if (id !== undefined && !there.has(row.key)) there.set(row.key, id);
    }
  }
  const at = await references(changes, actor, table, rows);
  const numbers = table === 'tasks' || table === 'reminders' ? await numbering(changes, actor) : undefined;
  const origins: Array<{ key: string; id: number }> = [];
  const added: number[] = [];
  let homeless = 0;
  for (const row of rows) {
    const known = there.get(row.key);
    if (known !== undefined) {
      if (named) origins.push({ key: row.key, id: known });
      continue;
    }
    const wanted = rowFor(table, row, actor, at);
    if (wanted && table === 'attachments')
      wanted['fileId'] = await takeFile(tx, actor, row['fileId'] as ArchivedFile, now);
    if (!wanted || wanted['fileId'] === null) {
      homeless += 1;
      continue;
    }
    if (table === 'dependencies' && (await isSettled(changes.tx, wanted))) continue;
    if (numbers) wanted['number'] = numbers.give(Number(row['number']));
    const made = await changes.insert(table, wanted as Omit<Partial<Tables[typeof table]>, 'id'>);
    origins.push({ key: row.key, id: made.id });
    added.push(made.id);
    // A key, or a name, that comes twice in one archive is one item.
    there.set(row.key, made.id);
    // Its parts come behind it.
    if (table === 'tasks') at.set(row.key, made.id);
  }
  await numbers?.keep();
  if (origins.length > 0) await tx.query(sql.addOrigins, [actor.spaceId, table, JSON.stringify(origins)]);
  if (added.length > 0) await hooks[table]?.(tx, actor, added, now);
  const overdue = table === 'reminders' && added.length > 0 ? await endOverdue(changes, added, now) : 0;
  return { added: added.length, there: rows.length - added.length - homeless, homeless, overdue };
}

/** What waits for what was said anew here: the archive's word is there already, or would close a circle with it. */
async function isSettled(db: Queryable, { taskId, blockerId }: Record<string, unknown>): Promise<boolean> {
  const [row] = await db.query<{ settled: boolean }>(sql.settled, [taskId, blockerId]);
  return row?.settled === true;
}

/** A reminder whose time passed before it came here is over: a year of them must not ring at once. Returns how many. */
async function endOverdue(changes: Changes, ids: readonly number[], now: EpochMs): Promise<number> {
  const due = await changes.tx.query<{ id: DeliveryId; reminderId: ReminderId }>(sql.overdue, [ids, iso(now)]);
  await skip(
    changes.tx,
    due.map(({ id }) => ({ id, reason: 'late' })),
    now,
  );
  for (const { reminderId } of due) await changes.update('reminders', reminderId, { status: 'ended' });
  return due.length;
}

/** Gives the person the settings of an archive. */
export async function takeSettings(
  changes: Changes,
  actor: Actor,
  settings: ArchivedSettings,
  hooks: Hooks,
  now: EpochMs,
): Promise<void> {
  // That a client draws native tables was seen where the archive comes from; here it is asked anew.
  const { name, nativeTables: _, ...wanted } = settings;
  await changes.update('people', actor.person.id, {
    ...wanted,
    ...(actor.person.name === '' && name !== '' ? { name } : {}),
  });
  await hooks.people?.(changes.tx, actor, [actor.person.id], now);
}
