/** Guards the look at the ground: permissions, space, memory, and leftovers of the dead. */
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { dataFolder, diskSpace, eventLoop, memory, removeLeftovers, secretFile } from './ground.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ground-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file of secrets', () => {
  test.each([
    [0o600, 'ok'],
    [0o400, 'ok'],
    [0o640, 'degraded'],
    [0o644, 'down'],
    [0o604, 'down'],
    [0o602, 'down'],
    [0o666, 'down'],
  ])('of mode %o is %s', async (mode, status) => {
    const file = path.join(folder, '.env');
    writeFileSync(file, 'TELEGRAM_BOT_TOKEN=x');
    chmodSync(file, mode);
    const found = await secretFile(file);
    expect(found.status).toBe(status);
    expect(found.mend).toBe(status === 'ok' ? undefined : `chmod 600 ${file}`);
  });

  test('that is not there is fine', async () => {
    expect((await secretFile(path.join(folder, '.env'))).status).toBe('ok');
  });
});

describe('the data folder', () => {
  test('is made for its owner alone, and nothing is left in it', async () => {
    const made = path.join(folder, 'a', 'data');
    expect((await dataFolder(made)).status).toBe('ok');
    expect(statSync(made).mode & 0o777).toBe(0o700);
    expect(await removeLeftovers(made, systemClock.now() + 86_400_000)).toBe(0);
  });

  test.each([
    [0o755, 'degraded'],
    [0o777, 'down'],
    [0o770, 'ok'],
  ])('of mode %o is %s', async (mode, status) => {
    chmodSync(folder, mode);
    expect((await dataFolder(folder)).status).toBe(status);
  });

  test('that cannot be one is told with its mend', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await dataFolder(path.join(file, 'data'))).toMatchObject({
      status: 'down',
      mend: expect.stringContaining('STEWARD_DATA_DIR'),
    });
  });
});

test('space is told where the folder is, or would be', async () => {
  for (const where of [folder, path.join(folder, 'not', 'there', 'yet')]) {
    const found = await diskSpace(where);
    expect(found.freeBytes).toBeGreaterThan(0);
    expect(found.message).toMatch(/^\d+ MiB free$/);
  }
});

test('memory near its limit is told', () => {
  expect(memory(1_048_576).status).toBe('ok');
  expect(memory(totalmem()).status).toBe('degraded');
});

test('our own old temporary files are removed; young ones, others, and folders stay', async () => {
  const files = ['.steward-probe-1.tmp', '.steward-young.tmp', 'notes.tmp', '.steward-key', 'steward-x.tmp'];
  for (const name of files) writeFileSync(path.join(folder, name), '');
  const now = systemClock.now();
  const long = (now - 7_200_000) / 1000;
  for (const name of files) if (!name.includes('young')) utimesSync(path.join(folder, name), long, long);
  expect(await removeLeftovers(folder, now)).toBe(1);
  expect(files.filter((name) => existsSync(path.join(folder, name)))).toEqual(files.slice(1));
  expect(await removeLeftovers(path.join(folder, 'none'), now)).toBe(0);
});

test('an event loop whose turns come late needs attention; before it was measured it is well', () => {
  expect(eventLoop(Number.NaN)).toMatchObject({ status: 'ok', message: '0 ms' });
  expect(eventLoop(20.4)).toMatchObject({ status: 'ok', message: '20 ms' });
  expect(eventLoop(2_200)).toMatchObject({ status: 'degraded' });
});
