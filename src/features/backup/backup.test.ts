/** Guards /backup: for the operator alone, one at a time, told when it has ended, honest where this process cannot do it. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { labels, type TestChat, testChat, testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import type { Person } from '../../access/people.ts';
import { ArchiveFault } from '../../backup/faults.ts';
import { beginRun, endRun, failRun, takeAsked, takeUntoldRuns } from '../../backup/runs.ts';
import { DrivenClock } from '../../core/clock.ts';
import { buttons } from './buttons.ts';
import { type BackupDeps, backupEndedNotice, backupFeature } from './index.ts';

const db = databaseOfFile();
let operator: Person;
let clock: DrivenClock;
let reachable: boolean;
let woken: number;

beforeAll(async () => {
  operator = await testPerson(db, 1, { name: 'Olga', role: 'operator' });
});

const wake = () => {
  woken += 1;
};

function chat(
  timetable: BackupDeps['timetable'] = { schedule: '15 3 * * *', zone: 'UTC' },
  person = operator,
): TestChat {
  const deps = { target: '/backups', timetable, reachable: async () => reachable, wake };
  return testChat(db, clock, person, [backupFeature(deps)]);
}

beforeEach(async () => {
  await db.query('DELETE FROM backup_runs');
  clock = new DrivenClock('2026-11-25T10:00:00Z');
  reachable = true;
  woken = 0;
});

const GOOD = { archive: 'steward-x.tar.gz', bytes: 12_345_678, rows: 1234, sha256: 'a'.repeat(64), encrypted: false };

async function ended(): Promise<string[]> {
  return db.transaction(async (tx) => {
    const runs = await takeUntoldRuns(tx, clock.now());
    const notices = await Promise.all(runs.map((run) => backupEndedNotice(tx, run, clock.now())));
    return notices.flat().map((message) => String(message.payload['text']));
  });
}

test('it asks for one, once, and tells in the same chat how it ended', async () => {
  const own = chat();
  const told = await own.command('/backup');
  expect(told.text).toContain('Backing up.');
  expect(told.text).toContain('There is no good backup yet.');
  expect(woken).toBe(1);
  expect((await own.command('/backup')).text).toContain('under way already');
  expect(woken).toBe(1);
  const [{ id } = { id: 0 }] = await db.query<{ id: number }>('SELECT id FROM backup_runs');
  expect(await takeAsked(db, id, clock.now(), GOOD.archive, '/backups')).toBe(true);
  expect(await takeAsked(db, id, clock.now(), 'another.tar.gz', '/backups')).toBe(false);
  expect(await ended()).toEqual([]);
  await endRun(db, id, clock.now(), GOOD);
  expect(await ended()).toEqual([
    expect.stringMatching(/Backed up and proved: 1234 rows, 12 MB\.\nsteward-x\.tar\.gz/),
  ]);
  expect(await ended()).toEqual([]);
});

test('a failure is told with its reason, and stands in the list until a good one follows', async () => {
  const own = chat();
  await own.command('/backup');
  const [{ id } = { id: 0 }] = await db.query<{ id: number }>('SELECT id FROM backup_runs');
  await takeAsked(db, id, clock.now(), 'a.tar.gz', '/backups');
  await failRun(db, id, clock.now(), new Error('The disk of /backups is full. Mend: free some space.'));
  expect(await ended()).toEqual([expect.stringContaining('The disk of /backups is full')]);
  expect((await own.command('/backup list')).text).toContain('The last try failed');
  clock.advance(60_000);
  const next = await beginRun(db, {
    kind: 'backup',
    cause: 'schedule',
    target: '/b',
    archive: 'b.tar.gz',
    at: clock.now(),
  });
  await endRun(db, next, clock.now(), { ...GOOD, archive: 'b.tar.gz' });
  const list = await own.command('/backup list');
  expect(list.text).not.toContain('The last try failed');
  expect(list.text).toMatch(/Last good one: .*1234 rows, 12 MB/);
  expect(labels(list.replaced[0])).toEqual(['Backup now', 'Refresh']);
});

test('a drill that could not be made is told as that, and not as a bad archive', async () => {
  const began = () =>
    beginRun(db, { kind: 'drill', cause: 'schedule', target: '/b', archive: GOOD.archive, at: clock.now() });
  const full = new Error('No PostgreSQL for the drill can be made in /tmp');
  await failRun(db, await began(), clock.now(), full);
  const hindered = await chat().command('/backup list');
  expect(hindered.text).toMatch(/could not be restored on trial .* says nothing about it: No PostgreSQL for the drill/);
  expect(hindered.text).toContain('drill, could not be made');
  expect(hindered.text).not.toMatch(/\bbad\b/);
  clock.advance(60_000);
  await failRun(db, await began(), clock.now(), new ArchiveFault('damaged', 'is damaged'));
  const bad = await chat().command('/backup list');
  expect(bad.text).toContain('steward-x.tar.gz was found bad: The archive is damaged');
  expect(bad.text).not.toContain('on trial (');
});

test('where the place of the archives is out of reach it says who makes them, and asks nobody', async () => {
  reachable = false;
  const told = await chat({ schedule: 'off', zone: 'UTC' }).command('/backup');
  expect(told.text).toContain('CronJob');
  expect(woken).toBe(0);
  expect(await db.query('SELECT FROM backup_runs')).toEqual([]);
});

test('it is for the operator alone, in private, by buttons too', async () => {
  const member = await testPerson(db, 2, { name: 'Mia' });
  await expect(chat(undefined, member).command('/backup')).rejects.toThrow('no command');
  await expect(chat(undefined, member).pressData(buttons.now())).rejects.toThrow('only the operator');
  await expect(chat().command('/backup', { chatKind: 'group' })).rejects.toThrow('error-not-in-group');
});
