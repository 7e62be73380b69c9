/** The commands as processes: killed midway, on full and read-only disks, with their exit codes. Nothing is ever left half done. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openWire } from '../e2e/database-wire.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { databaseSettings, type Ended, filesIn, soon, start } from './command.ts';
import { ask, contents } from './stage.ts';

// Each test starts several processes, and other tests run beside it.
vi.setConfig({ testTimeout: 180_000 });

let from: TestDatabase;
let folder: string;
let target: string;

beforeAll(async () => {
  from = await testDatabase();
  await ask(
    from.connection,
    "INSERT INTO people (telegram_user_id, name, timezone) VALUES (7, 'Ada', 'Europe/Berlin')",
  );
  // Words that do not compress, so that archives have some size and take some time.
  await ask(
    from.connection,
    `INSERT INTO tasks (space_id, number, title, created_by, created_at)
     SELECT 1, n, md5(n::text) || md5((n + 1)::text) || md5((n + 2)::text), 1, now() FROM generate_series(1, 60000) n`,
  );
});
afterAll(() => from.drop());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-command-'));
  target = path.join(folder, 'archives');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const steward = (args: readonly string[], on: TestDatabase = from, settings: Record<string, string> = {}) =>
  start(folder, { ...databaseSettings(on.connection), BACKUP_TARGET: target, ...settings }, args);

async function backedUp(): Promise<string> {
  const { code, stdout, stderr } = await steward(['backup']).ended;
  expect(stderr).toMatch(/rows of \d+ tables, .*read back and proved/);
  expect(code).toBe(0);
  return stdout.trim();
}

const runs = (on: TestDatabase) =>
  ask<{ kind: string; state: string; reason: string | null }>(
    on.connection,
    'SELECT kind, state, reason FROM backup_runs ORDER BY id',
  );

describe('killed midway', () => {
  test('a backup leaves no archive; what it left is removed by the next, which says that it was interrupted', async () => {
    await ask(from.connection, 'DELETE FROM backup_runs');
    const { child, ended } = steward(['backup']);
    await soon('the draft', () => filesIn(target).length > 0);
    child.kill('SIGKILL');
    expect((await ended).code).toBeNull();
    expect(filesIn(target)).toEqual([expect.stringMatching(/^\.steward-.*\.tmp$/)]);
    expect((await steward(['verify-backup']).ended).code).toBe(1);
    const archive = await backedUp();
    expect(filesIn(target)).toEqual([archive]);
    expect((await runs(from)).map(({ kind, state, reason }) => [kind, state, reason?.split(':')[0] ?? null])).toEqual([
      ['backup', 'failed', 'interrupted'],
      ['backup', 'succeeded', null],
    ]);
  });

  test('one told to end removes its draft itself', async () => {
    const { child, ended } = steward(['backup']);
    await soon('the draft', () => filesIn(target).length > 0);
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/ended before it was done/);
    expect(filesIn(target)).toEqual([]);
  });

  test('a restore changes nothing, and the next one succeeds', async () => {
    const archive = await backedUp();
    const into = await testDatabase();
    try {
      await ask(into.connection, "INSERT INTO people (telegram_user_id, name, timezone) VALUES (8, 'Bob', 'UTC')");
      const before = await contents(into.connection);
      const args = ['restore', archive, '--confirm', into.connection.database, '--no-safety-backup'];
      const { child, ended } = steward(args, into);
      const copying =
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%tasks%FROM STDIN%'";
      await soon('rows coming in', async () => (await ask(into.connection, copying)).length > 0);
      child.kill('SIGKILL');
      await ended;
      // The dead process's transaction ends as soon as the server notices.
      await soon(
        'its end',
        async () =>
          (
            await ask(
              into.connection,
              "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'steward-backup'",
            )
          ).length === 0,
      );
      expect(await contents(into.connection)).toEqual(before);
      expect((await steward(args, into).ended).code).toBe(0);
      expect(await ask(into.connection, 'SELECT name FROM people')).toEqual([{ name: 'Ada' }]);
    } finally {
      await into.drop();
    }
  });
});

describe('a place for archives', () => {
  /** A small disk of its own below `target`, or why there is none. */
  function mount(options: string): string | undefined {
    mkdirSync(target, { recursive: true });
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', target], { encoding: 'utf8' });
    return made.status === 0 ? undefined : (made.stderr || made.error?.message || 'mount failed').trim();
  }
  const unmount = () => void spawnSync('umount', ['-l', target]);

  async function failed(ended: Promise<Ended>, reason: RegExp): Promise<void> {
    const { code, stderr } = await ended;
    expect(stderr).toMatch(reason);
    expect(stderr).toContain('Mend: ');
    expect(code).toBe(1);
    expect((await runs(from)).at(-1)).toMatchObject({
      kind: 'backup',
      state: 'failed',
      reason: expect.stringMatching(reason),
    });
  }

  test('that is full is told, leaves nothing half, and keeps what was there', async (context) => {
    const why = mount('size=1m');
    context.skip(why !== undefined, `no small disk can be mounted here: ${why}`);
    try {
      writeFileSync(path.join(target, 'steward-20261101T031500Z-AAAA.tar.gz'), 'an older one');
      await failed(steward(['backup']).ended, /The disk of .* is full/);
      expect(filesIn(target)).toEqual(['steward-20261101T031500Z-AAAA.tar.gz']);
    } finally {
      unmount();
    }
  });

  test('that is read-only is told', async (context) => {
    const why = mount('size=1m,ro');
    context.skip(why !== undefined, `no read-only disk can be mounted here: ${why}`);
    try {
      await failed(steward(['backup']).ended, /is read-only/);
    } finally {
      unmount();
    }
  });

  test('that lies below a file, where no folder can be, is told', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    await failed(steward(['backup', '--target', path.join(folder, 'file', 'archives')]).ended, /no folder/);
    const doctor = await steward(['doctor']).ended;
    expect(doctor.stdout).toMatch(/backups +the last try failed: .*no folder.*\n +Mend: set BACKUP_TARGET to a folder/);
    expect(doctor.code).toBe(1);
  });
});

describe('exit codes and what is said', () => {
  // Nothing here is caught midway: less will do.
  beforeAll(() => ask(from.connection, 'DELETE FROM tasks WHERE number > 2000'));

  test('0 done, 1 failed, 2 wrong usage, 78 wrong configuration', async () => {
    const code = async (args: string[], settings: Record<string, string> = {}) =>
      (await steward(args, from, settings).ended).code;
    expect(await code(['backup', '--list'])).toBe(0);
    expect(await code(['verify-backup'])).toBe(1);
    expect(await code(['restore', 'latest'])).toBe(1);
    expect(await code(['restore'])).toBe(2);
    expect(await code(['backup', '--target', 'ftp://x'])).toBe(2);
    expect(await code(['drill', '--into', 'not a url'])).toBe(2);
    expect(await code(['backup'], { BACKUP_SCHEDULE: 'sometimes' })).toBe(78);
  });

  test('an archive cut short is named, the newest good one is restored, and the drill proves it', async () => {
    const good = await backedUp();
    const bad = await backedUp();
    truncateSync(path.join(target, bad), 5_000);
    const verified = await steward(['verify-backup', '--all']).ended;
    expect(verified.code).toBe(1);
    expect(verified.stdout).toMatch(new RegExp(`BAD +${bad} .*Mend: `));
    expect(verified.stdout).toMatch(new RegExp(`good +${good} `));
    expect(await steward(['drill', 'latest']).ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/cut short or damaged/),
    });
    expect((await runs(from)).at(-1)).toMatchObject({ kind: 'drill', state: 'failed' });
    const into = await testDatabase({ empty: true });
    try {
      const restored = await steward(['restore', 'latest'], into).ended;
      expect(restored.stderr).toMatch(new RegExp(`${bad}: .*Trying the one before`));
      expect(restored.stdout).toMatch(new RegExp(`restored ${good}: [\\d,]+ rows`));
      expect(restored.code).toBe(0);
      expect(await contents(into.connection, ['backup_runs', 'leases'])).toEqual(
        await contents(from.connection, ['backup_runs', 'leases']),
      );
    } finally {
      await into.drop();
    }
  });

  test('a drill that has no place for its PostgreSQL says so, and speaks ill of no archive', async () => {
    await ask(from.connection, 'DELETE FROM backup_runs');
    await backedUp();
    const TMPDIR = path.join(folder, 'file');
    writeFileSync(TMPDIR, '');
    expect(await steward(['drill'], from, { TMPDIR }).ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /No PostgreSQL for the drill can be made in .*Mend: free some space there, set TMPDIR/,
      ),
    });
    expect((await runs(from)).at(-1)).toMatchObject({ kind: 'drill', state: 'hindered' });
    expect((await steward(['doctor']).ended).stdout).toMatch(
      /backups +the last drill could not be made: No PostgreSQL/,
    );
  });

  test('the drill restores into a throwaway PostgreSQL, or the one it is given, and leaves both empty', async () => {
    await backedUp();
    expect(await steward(['drill']).ended).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/restores: [\d,]+ rows of \d+ tables equal/),
    });
    const into = await testDatabase({ empty: true });
    try {
      const { host, port, user, database } = into.connection;
      const url = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
      expect(await steward(['drill', '--into', url]).ended).toMatchObject({ code: 0 });
      expect(await contents(into.connection)).toEqual({});
      expect((await runs(from)).slice(-2)).toEqual(
        Array.from({ length: 2 }, () => ({ kind: 'drill', state: 'succeeded', reason: null })),
      );
    } finally {
      await into.drop();
    }
  });
});

test('beside a running Steward on the embedded database, and right after that one was killed', async () => {
  const own = { BACKUP_TARGET: target, PORT: '0', METRICS_PORT: '0', LOG_FORMAT: 'json' };
  const running = start(folder, own, ['start']);
  try {
    await soon('ready', () => running.said().includes('"ready"'), 60_000);
    const beside = await start(folder, own, ['backup']).ended;
    expect(beside).toMatchObject({ code: 0 });
    const refused = await start(folder, own, ['restore', 'latest', '--confirm', 'steward']).ended;
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/A Steward is at work/) });
  } finally {
    // Killed, so that nothing is tidied up: a restore need not wait for the leases of the dead.
    running.child.kill('SIGKILL');
    await running.ended;
  }
  expect(await start(folder, own, ['backup']).ended).toMatchObject({ code: 0 });
  expect(await start(folder, own, ['restore', 'latest', '--confirm', 'steward']).ended).toMatchObject({ code: 0 });
  expect(filesIn(target)).toHaveLength(3);
});

test('a database that is away is waited for as long as was said, and told at once where nothing was', async () => {
  await backedUp();
  const into = await testDatabase({ empty: true });
  const wire = await openWire(into.connection);
  try {
    wire.away();
    const reached = { ...into, connection: wire.connection };
    const impatient = await steward(['restore', 'latest'], reached).ended;
    expect(impatient.code).not.toBe(0);
    expect(impatient.stderr).not.toMatch(/waiting for the database/);
    const patient = steward(['restore', 'latest', '--database-wait', '2m'], reached);
    await soon('its waiting', () => /waiting for the database: /.test(patient.said()));
    await wire.restore();
    expect(await patient.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/restored .*: [\d,]+ rows/) });
    expect(patient.said().match(/waiting for/g)).toHaveLength(1);
    const refused = await steward(['backup', '--database-wait', 'a while'], reached).ended;
    expect(refused.stderr).toMatch(/give a time like 90s, 2m or 500ms/);
  } finally {
    await wire.close();
    await into.drop();
  }
});
