/** Guards what drills that were killed leave in the system's temporary folder: it goes, unless it is somebody else's. */
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeKilledDrills } from '../../src/backup/drill.ts';

const NOBODY = 65_534;
let place: string;

beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'steward-test-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** A folder as a killed drill leaves it: nobody has its lock. */
function leftover(name: string): string {
  const folder = path.join(place, name);
  mkdirSync(path.join(folder, 'run'), { recursive: true, mode: 0o700 });
  writeFileSync(path.join(folder, 'run', 'in-use.lock'), '', { mode: 0o600 });
  return folder;
}

test('one that cannot be removed keeps none of the others', async () => {
  const stuck = path.join(place, 'steward-drill-a');
  mkdirSync(path.join(stuck, 'run', 'in-use.lock'), { recursive: true });
  const ours = leftover('steward-drill-b');
  await removeKilledDrills(place);
  expect(existsSync(ours)).toBe(false);
  expect(existsSync(stuck)).toBe(true);
});

test('a folder another user made up is neither started in nor touched, not even by root', async (context) => {
  context.skip(process.getuid?.() !== 0, 'only root can make a folder of somebody else');
  const foreign = leftover('steward-drill-c');
  for (const file of [path.join(foreign, 'run'), path.join(foreign, 'run', 'in-use.lock'), foreign])
    chownSync(file, NOBODY, NOBODY);
  await removeKilledDrills(place);
  expect(readdirSync(foreign)).toEqual(['run']);
  expect(readdirSync(path.join(foreign, 'run'))).toEqual(['in-use.lock']);
});
