/** What there is in Steward's schema: asked of the server each time, so that no table is left out because nobody remembered it. */
import type pg from 'pg';
import { NAME, type TableHead, TYPE } from '../archive/format.ts';

/** Tables with their columns in order. Generated columns hold nothing of their own; what belongs to an extension is its business. */
const TABLES = `
SELECT c.relname AS name,
       coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
                FILTER (WHERE a.attnum IS NOT NULL), '[]') AS columns
  FROM pg_class c
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 WHERE c.relkind = 'r' AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
 GROUP BY c.relname ORDER BY c.relname COLLATE "C"`;

const SEQUENCES = `
SELECT c.relname AS name FROM pg_class c
 WHERE c.relkind = 'S' AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
 ORDER BY c.relname COLLATE "C"`;

/** Every table of the current schema. `left`: those whose names no migration makes, which an archive cannot hold. */
export async function readTables(client: pg.ClientBase): Promise<{ tables: TableHead[]; left: string[] }> {
  const { rows } = await client.query<TableHead>(TABLES);
  const fits = (table: TableHead) => NAME.test(table.name) && table.columns.every((column) => NAME.test(column.name));
  // A type of someone's own would only be needed to make its column again; every other value is there as text.
  const known = (type: string) => (TYPE.test(type) ? type : 'text');
  const columns = (table: TableHead) => table.columns.map(({ name, type }) => ({ name, type: known(type) }));
  const tables = rows.filter(fits).map((table) => ({ name: table.name, columns: columns(table) }));
  return { tables, left: rows.filter((table) => !fits(table)).map((table) => table.name) };
}

/** Every sequence of the current schema. */
export async function readSequences(client: pg.ClientBase): Promise<string[]> {
  return (await client.query<{ name: string }>(SEQUENCES)).rows
    .map((row) => row.name)
    .filter((name) => NAME.test(name));
}
