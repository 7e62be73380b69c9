/** The key a laptop's first start makes is private, stays the same, and is never made for a database of one's own. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { masterKeysOf } from '../../src/config/master-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const config = (env: Record<string, string> = {}) =>
  loadConfig({ env: { STEWARD_DATA_DIR: folder, ...env }, cwd: folder });

test('it is made once, for its owner alone', () => {
  const [first] = masterKeysOf(config());
  const [again] = masterKeysOf(config());
  expect(Buffer.from(first?.key.reveal() ?? '', 'base64')).toHaveLength(32);
  expect(again?.key.reveal()).toBe(first?.key.reveal());
  expect(statSync(path.join(folder, 'master.key')).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['master.key']);
});

test('with a database of one’s own nothing is made', () => {
  expect(masterKeysOf(config({ DATABASE_URL: 'postgres://u@h/d' }))).toEqual([]);
  expect(existsSync(path.join(folder, 'master.key'))).toBe(false);
});

test('one that others can read, or that is damaged, is refused with its mend', () => {
  const file = path.join(folder, 'master.key');
  masterKeysOf(config());
  chmodSync(file, 0o644);
  expect(() => masterKeysOf(config())).toThrow(/chmod 600/);
  writeFileSync(file, 'k1:short');
  chmodSync(file, 0o600);
  expect(() => masterKeysOf(config())).toThrow(/cannot be used.*Mend: /s);
});
