/** Every supported PostgreSQL takes our migrations, every statement we have and the queue's schema; an older one is refused with its reason. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { diagnose } from '../../src/storage/migrations/drift.ts';
import { migrate } from '../../src/storage/migrations/migrator.ts';
import { missingBinaries, startVersion, type VersionServer } from './server.ts';

const why = missingBinaries();

/** Statements of every SQL file, by file and name. */
function statements(): Array<[string, string]> {
  const root = path.join(import.meta.dirname, '..', '..');
  return globSync('src/**/*.sql', { cwd: root }).flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split(/^-- name: /m)
      .slice(1)
      .map((part): [string, string] => {
        const [name = '', ...lines] = part.split('\n');
        return [`${file}:${name.trim()}`, lines.join('\n').trim().replace(/;$/, '')];
      }),
  );
}

describe('PostgreSQL', () => {
  beforeEach((context) => context.skip(why !== undefined, `no binaries: ${why}`));

  describe.each([14, 15, 16, 17, 18])('%i', (major) => {
    let server: VersionServer;
    beforeAll(async () => {
      if (why === undefined) server = await startVersion(major);
    });
    afterAll(() => server?.stop());

    test('is migrated, has no drift, and answers in our types', async () => {
      const { status } = await migrate(server.connection);
      expect(status).toMatchObject({ pending: [], failed: [] });
      expect((await diagnose(server.connection)).faults).toEqual([]);
      const database = openDatabase({ connection: server.connection, max: 3, onError: () => {} });
      await database.query(
        "INSERT INTO people (name, timezone, created_at) VALUES ('Ada', 'UTC', '2026-01-02T03:04:05.678Z')",
      );
      expect(await database.query('SELECT name, created_at AS at FROM people')).toEqual([
        { name: 'Ada', at: Date.UTC(2026, 0, 2, 3, 4, 5, 678) },
      ]);
      await database.close();
    });

    test('understands every statement of our SQL files', async () => {
      const client = new pg.Client(server.connection);
      await client.connect();
      const refused: string[] = [];
      const all = statements();
      for (const [name, text] of all)
        await client.query(`PREPARE one AS ${text}`).then(
          () => client.query('DEALLOCATE one'),
          (error: Error) => refused.push(`${name}: ${error.message}`),
        );
      await client.end();
      expect(all.length).toBeGreaterThan(0);
      expect(refused).toEqual([]);
    });

    test('holds the queue', async () => {
      const boss = new PgBoss({ ...server.connection, max: 2, schedule: false, supervise: false });
      boss.on('error', () => {});
      await boss.start();
      await boss.createQueue('smoke');
      await boss.send('smoke', { one: 1 });
      expect((await boss.fetch<{ one: number }>('smoke'))?.[0]?.data).toEqual({ one: 1 });
      await boss.stop({ graceful: false });
    });
  });

  test('13 is refused with its reason', async () => {
    const server = await startVersion(13);
    try {
      await expect(migrate(server.connection)).rejects.toThrow(/PostgreSQL 13\.23.*needs 14 or newer.*Mend: /s);
    } finally {
      await server.stop();
    }
  });
});
