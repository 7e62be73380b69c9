/** Backups of a running Steward: by its timetable, by /backup in the chat, restored while another starts. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderTarget } from '../../src/backup/targets/folder.ts';
import { verifyArchive } from '../../src/backup/verify.ts';
import { systemClock } from '../../src/core/clock.ts';
import { OWNER, type Steward, startSteward, until } from './steward.ts';

let folder: string;
let steward: Steward;

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'steward-backups-')), 'archives');
});
afterEach(async () => {
  await steward.end();
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

const archives = (): string[] => {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
};

/** How many sessions there are in Steward's database, the test's own among them. */
async function connections(): Promise<number> {
  const [row] = await steward.db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'steward%'`,
  );
  return row?.count ?? 0;
}

async function health(): Promise<{ status: string; message?: string } | undefined> {
  const response = await fetch(`${steward.metricsUrl()}/health`);
  const report = (await response.json()) as { checks: Record<string, { status: string; message?: string }> };
  return report.checks['backups'];
}

test('/backup makes an archive of what was just said, tells when it is proved, and metrics know of it', async () => {
  steward = await startSteward({
    mode: 'polling',
    settings: { BACKUP_TARGET: folder, BACKUP_SCHEDULE: '15 3 * * *', DATABASE_POOL_MAX: '4' },
  });
  const owner = steward.person(OWNER);
  await owner.say('buy milk tomorrow');
  const held: number[] = [];
  expect(await owner.say('/backup')).toContain('Backing up.');
  await until('the end is told', async () => {
    held.push((await connections()) - steward.db.poolState().total);
    return owner.texts().some((text) => text.includes('Backed up and proved'));
  });
  // The backup's own session is one of those a process may hold.
  expect(Math.max(...held)).toBeLessThanOrEqual(4);
  const [archive = ''] = archives();
  const target = folderTarget(folder, systemClock);
  const read = () => target.read(archive);
  const verified = await verifyArchive({
    db: steward.db,
    clock: systemClock,
    target: folder,
    archive,
    read,
    identity: undefined,
  });
  expect(verified.manifest?.tables.find((table) => table.name === 'tasks')?.rows).toBe(1);
  await until('health knows', async () => /last good one 20/.test((await health())?.message ?? ''));
  await until('metrics know', async () => {
    const text = await (await fetch(`${steward.metricsUrl()}/metrics`)).text();
    return /^steward_backup_last_success_timestamp_seconds 1\d{9}/m.test(text);
  });
  expect(await owner.say('/status')).toContain('Backups: as planned');
});

test('a night and a gap of days: one archive each, not one for every turn', async () => {
  steward = await startSteward({ mode: 'polling', settings: { BACKUP_TARGET: folder, BACKUP_SCHEDULE: '15 3 * * *' } });
  expect(archives()).toEqual([]);
  steward.clock.move(24 * 3_600_000);
  await until('the first night', () => archives().length === 1);
  // Once a week the newest archive is restored on trial, by itself.
  const drilled = () =>
    steward.db.query("SELECT FROM backup_runs WHERE kind = 'drill' AND state = 'succeeded' AND cause = 'schedule'");
  await until('the drill', async () => (await drilled()).length === 1, 60_000);
  await steward.stop();
  steward.clock.move(3 * 24 * 3_600_000);
  await steward.start();
  await until('the catch-up', () => archives().length === 2);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(archives()).toHaveLength(2);
  expect(await drilled()).toHaveLength(1);
  const causes = await steward.db.query("SELECT cause, state FROM backup_runs WHERE kind = 'backup'");
  expect(causes).toEqual(Array.from({ length: 2 }, () => ({ cause: 'schedule', state: 'succeeded' })));
});

test('where a CronJob backs up and its place is not mounted here, /backup says so and makes nothing', async () => {
  steward = await startSteward({ mode: 'polling', settings: { BACKUP_TARGET: folder, BACKUP_SCHEDULE: 'off' } });
  expect(await steward.person(OWNER).say('/backup')).toContain('CronJob');
  expect(archives()).toEqual([]);
});
