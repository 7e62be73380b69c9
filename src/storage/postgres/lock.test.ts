/** Guards the locks between processes: one holder alone, and a ground that does not bear them told with its mend. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { tryExclusive, tryShared } from './lock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'steward-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('whoever has it alone shuts out all others, until it is released', () => {
  const file = path.join(folder, 'a.lock');
  const mine = tryExclusive(file);
  expect(mine).toBeDefined();
  expect(tryExclusive(file)).toBeUndefined();
  expect(tryShared(file)).toBeUndefined();
  mine?.release();
  const first = tryShared(file);
  const second = tryShared(file);
  expect([first, second].every(Boolean)).toBe(true);
  expect(tryExclusive(file)).toBeUndefined();
  first?.release();
  second?.release();
});

test('a folder that cannot be written is told with its mend', () => {
  expect(() => tryExclusive(path.join(folder, 'not-there', 'a.lock'))).toThrow(
    /cannot be written\. Mend: .*STEWARD_DATA_DIR/,
  );
});
