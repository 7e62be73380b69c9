/** An archive made on any supported PostgreSQL is restored on any other: the newest to the oldest and back, a laptop's into a cluster. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../src/storage/migrations/migrator.ts';
import { ask, contents, type Stage, stage } from '../backup/stage.ts';
import { missingBinaries, startVersion, type VersionServer } from './server.ts';

const why = missingBinaries();
const VERSIONS = [14, 15, 16, 17, 18] as const;

describe('archives between versions', () => {
  beforeEach((context) => context.skip(why !== undefined, `no binaries: ${why}`));
  const servers = new Map<number, VersionServer>();
  let place: Stage;

  beforeAll(async () => {
    place = stage();
    if (why === undefined) for (const major of VERSIONS) servers.set(major, await startVersion(major));
  });
  afterAll(async () => {
    await Promise.all([...servers.values()].map((server) => server.stop()));
    await place.clear();
  });

  async function database(major: number, name: string) {
    const server = servers.get(major);
    if (!server) throw new Error(`no server ${major}`);
    await ask(server.connection, `CREATE DATABASE ${name}`);
    return { ...server.connection, database: name };
  }

  test.each([
    [14, 18],
    [18, 14],
    [15, 17],
    [16, 16],
    [17, 15],
  ] as const)('of %i on %i', async (from, to) => {
    const source = await database(from, `from_${to}`);
    await migrate(source);
    await ask(source, "INSERT INTO people (telegram_user_id, name, timezone) VALUES (7, 'Ада 👋', 'Europe/Berlin')");
    // Rows of many lengths: their order in the table is part of what the restore proves.
    await ask(
      source,
      `INSERT INTO tasks (space_id, number, title, created_by, created_at)
       SELECT 1, n, repeat('x', (n * 7919) % 2500), 1, now() FROM generate_series(1, 4000) n`,
    );
    await ask(source, 'DELETE FROM tasks WHERE number % 3 = 0');
    await ask(source, 'VACUUM tasks');
    await ask(
      source,
      "INSERT INTO tasks (space_id, number, title, created_by, created_at) VALUES (1, 99999, 'into a hole', 1, now())",
    );
    const made = await place.backup(source);
    const into = await database(to, `to_${from}`);
    await place.restore(into, made.archive);
    const without = ['backup_runs', 'leases'];
    expect(await contents(into, without)).toEqual(await contents(source, without));
    expect(made.manifest.postgres).toMatch(new RegExp(`^${from}\\.`));
  });
});
