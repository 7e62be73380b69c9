/** The local chat is the same conversation at every start: nothing of one session passes for something of another. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firstIds } from './run.ts';

let folder: string;
const running: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steward-run-'));
});
afterAll(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start() {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [path.resolve('src/main.ts'), 'start'], {
    cwd: folder,
    env: { PATH, HOME, STEWARD_DATA_DIR: path.join(folder, 'data'), PORT: '0', METRICS_PORT: '0' },
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

test('a session begun a second after another uses none of its ids, though that one took hundreds of messages in the second', () => {
  const began = Date.parse('2026-11-22T05:00:00Z');
  const before = firstIds(began);
  const after = firstIds(began + 1_000);
  const taken = 400;
  expect(after.firstUpdateId).toBeGreaterThan(before.firstUpdateId + taken);
  expect(after.messagesBefore).toBeGreaterThan(before.messagesBefore + 2 * taken);
  expect(Number.isSafeInteger(firstIds(Date.parse('2199-01-01')).firstUpdateId)).toBe(true);
});

test('a second local chat on the same data is refused with its mend, and one whose terminal goes away ends without a fault', async () => {
  const first = start();
  first.child.stdin.write('call Bob\n');
  await expect.poll(first.output, { timeout: 30_000 }).toContain('call Bob');
  const second = start();
  second.child.stdin.write('lost\n');
  expect(await once(second.child, 'exit')).toEqual([1, null]);
  expect(second.output()).toContain('Another Steward without a Telegram token');
  expect(second.output()).toContain('STEWARD_DATA_DIR');
  first.child.stdout.destroy();
  first.child.stdin.write('buy milk\n');
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  expect(first.output()).not.toContain('unexpected');
}, 60_000);
