/** Writes rows for an action and keeps their images before and after: the only way data of people changes. */
import { iso } from '../core/clock.ts';
import { Bug, NotFound } from '../core/errors.ts';
import type { Tx } from '../storage/database.ts';
import type { Statement } from '../storage/sql.ts';
import { columns, type TableName, type Tables } from './tables.ts';

/** A row as JSON of the database, column names in snake_case. */
export type Image = Record<string, unknown>;

/** One row's change; `before` null: inserted, `after` null: removed. */
export interface Change {
  entity: TableName;
  entityId: number;
  before: Image | null;
  after: Image | null;
}

/** A change as it was written, its images as the database's own JSON: hardly anybody looks into them. */
export interface Written {
  readonly entity: TableName;
  readonly entityId: number;
  readonly before: string | null;
  readonly after: string | null;
}

/** What an action's change function writes through. */
export interface Changes {
  readonly tx: Tx;
  /** Inserts a row and returns it whole. One that has a short number (#12) and is given none takes its space's next, locking the space's row. */
  insert<T extends TableName>(table: T, row: Omit<Partial<Tables[T]>, 'id'>): Promise<Tables[T]>;
  /** Sets the given columns of a row and returns it whole; throws NotFound when it is gone. */
  update<T extends TableName>(table: T, id: number, patch: Omit<Partial<Tables[T]>, 'id'>): Promise<Tables[T]>;
  /** Removes a row; throws NotFound when it is gone. */
  remove(table: TableName, id: number): Promise<void>;
  /** What was written so far. */
  readonly written: readonly Written[];
}

const snakeNames = new Map<string, string>();

function snake(name: string): string {
  let known = snakeNames.get(name);
  if (known === undefined) {
    known = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakeNames.set(name, known);
  }
  return known;
}

function encode<T extends TableName>(table: T, row: Partial<Tables[T]>): { names: string[]; values: unknown[] } {
  const known: Record<string, string> = columns[table];
  const names: string[] = [];
  const values: unknown[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const encoding = known[name];
    if (encoding === undefined) throw new Bug(`${table} has no column ${name} that actions may write`);
    names.push(snake(name));
    if (value !== null && encoding === 'instant') values.push(iso(value as number));
    else if (value !== null && encoding === 'json') values.push(JSON.stringify(value));
    else values.push(value);
  }
  return { names, values };
}

/** A row as the statements below return it: its images ride beside its columns. */
type Stored<T extends TableName> = Tables[T] & { imageBefore?: string; imageAfter?: string };

/** Takes the images off a row: what an action returns is kept as JSON and must not carry them along. */
function split<T extends TableName>(
  stored: Stored<T>,
): { row: Tables[T]; before: string | null; after: string | null } {
  const { imageBefore = null, imageAfter = null } = stored;
  delete stored.imageBefore;
  delete stored.imageAfter;
  return { row: stored, before: imageBefore, after: imageAfter };
}

/** Statements made so far: one for each set of columns that is written, prepared once a connection. */
const prepared = new Map<string, Statement>();

function statement(key: string, text: () => string): Statement {
  let known = prepared.get(key);
  if (known === undefined) {
    known = { name: `changes:${prepared.size}`, text: text() };
    prepared.set(key, known);
  }
  return known;
}

/** Every column by name: the result of a prepared statement must stay as it is when a migration adds one. */
function returned(table: TableName): string {
  return Object.keys(columns[table])
    .map((name) => `t.${snake(name)}`)
    .join(', ');
}

function insertion(table: TableName, names: readonly string[]): string {
  const into = [...names];
  const values = names.map((_, index) => `$${index + 1}`);
  let next = '';
  if ('number' in columns[table] && !names.includes('number')) {
    const space = values[names.indexOf('space_id')];
    next = `WITH next AS (UPDATE spaces SET next_number = next_number + 1 WHERE id = ${space} RETURNING next_number - 1 AS number)`;
    into.push('number');
    values.push('(SELECT next.number FROM next)');
  }
  return `${next} INSERT INTO ${table} AS t (${into.join(', ')}) VALUES (${values.join(', ')})
          RETURNING ${returned(table)}, to_jsonb(t)::text AS image_after`;
}

/** A recorder of changes in `tx`. */
export function recordChanges(tx: Tx): Changes {
  const written: Written[] = [];
  return {
    tx,
    written,
    async insert(table, row) {
      const { names, values } = encode(table, row as Partial<Tables[typeof table]>);
      const [stored] = await tx.query<Stored<typeof table>>(
        statement(`insert ${table} ${names}`, () => insertion(table, names)),
        values,
      );
      if (!stored) throw new Bug(`insert into ${table} returned no row`);
      const result = split<typeof table>(stored);
      written.push({ entity: table, entityId: result.row.id, before: null, after: result.after });
      return result.row;
    },
    async update(table, id, patch) {
      const { names, values } = encode(table, patch as Partial<Tables[typeof table]>);
      const [stored] = await tx.query<Stored<typeof table>>(
        statement(`update ${table} ${names}`, () => {
          const sets = names.map((name, index) => `${name} = $${index + 2}`).join(', ');
          return `UPDATE ${table} t SET ${sets} FROM (SELECT * FROM ${table} WHERE id = $1 FOR UPDATE) old WHERE t.id = old.id
                  RETURNING ${returned(table)}, to_jsonb(old)::text AS image_before, to_jsonb(t)::text AS image_after`;
        }),
        [id, ...values],
      );
      if (!stored) throw new NotFound(table, id);
      const result = split<typeof table>(stored);
      written.push({ entity: table, entityId: id, before: result.before, after: result.after });
      return result.row;
    },
    async remove(table, id) {
      const [stored] = await tx.query<{ image: string }>(
        statement(`delete ${table}`, () => `DELETE FROM ${table} t WHERE id = $1 RETURNING to_jsonb(t)::text AS image`),
        [id],
      );
      if (!stored) throw new NotFound(table, id);
      written.push({ entity: table, entityId: id, before: stored.image, after: null });
    },
  };
}
