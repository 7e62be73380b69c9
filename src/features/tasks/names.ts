/** Projects and clients by name: made on the fly, and kept through every undo while a task stands under them. */
import type { Actor } from '../../access/people.ts';
import type { Changes } from '../../actions/changes.ts';
import type { RestoreHook } from '../../actions/undo.ts';
import type { EpochMs } from '../../core/clock.ts';
import type { Tx } from '../../storage/database.ts';
import type { Named } from '../../storage/rows.ts';
import { statements as sql } from './statements.ts';
import { nameOf } from './task.ts';

/** The project or client of that name, compared without case; made when there is none. */
export async function named(
  changes: Changes,
  actor: Actor,
  table: 'projects' | 'clients',
  name: string | null,
  now: EpochMs,
): Promise<number | null> {
  const wanted = nameOf(name);
  if (wanted === null) return null;
  const statement = table === 'projects' ? sql.projectByName : sql.clientByName;
  const [known] = await changes.tx.query<Named>(statement, [actor.spaceId, wanted]);
  if (known) return known.id;
  const called = table === 'clients' ? asName(wanted) : wanted;
  return (await changes.insert(table, { spaceId: actor.spaceId, name: called, createdAt: now })).id;
}

/** "@acme" makes the client Acme; a name with a capital anywhere ("iPhone") is kept as it was written. */
function asName(typed: string): string {
  const [first = ''] = typed;
  return typed === typed.toLowerCase() ? first.toUpperCase() + typed.slice(first.length) : typed;
}

/**
 * After an undo that took projects away: those under which other tasks were put meanwhile stay. Undoing "Call Bob @acme" must not
 * take @acme from the next task that names it.
 */
export const projectsRestored: RestoreHook = async (tx, _actor, ids) =>
  void (await tx.query(sql.reviveProjects, [ids]));

/** The same for clients. */
export const clientsRestored: RestoreHook = async (tx, _actor, ids) => void (await tx.query(sql.reviveClients, [ids]));

/** Brings back the projects and clients of tasks that came back after their names had gone. */
export async function reviveNames(tx: Tx, tasks: readonly number[]): Promise<void> {
  const rows = await tx.query<{ projectId: number | null; clientId: number | null }>(sql.namesGone, [tasks]);
  const projects = rows.flatMap((row) => (row.projectId === null ? [] : [row.projectId]));
  const clients = rows.flatMap((row) => (row.clientId === null ? [] : [row.clientId]));
  if (projects.length > 0) await tx.query(sql.reviveProjects, [projects]);
  if (clients.length > 0) await tx.query(sql.reviveClients, [clients]);
}
