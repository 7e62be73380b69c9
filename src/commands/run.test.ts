/** The local chat is the same conversation at every start, nothing of one session passes for something of another, and it ends when told to. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { firstIds, localToken } from './run.ts';

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

/** Whether a process of the group that `leader` began is there. */
function groupLives(leader: number): boolean {
  try {
    return process.kill(-leader, 0);
  } catch {
    return false;
  }
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

test('the token of the local chat is the same bot each time, and one that nobody else can know', () => {
  const [first, second] = [localToken(), localToken()];
  expect(first.split(':')[0]).toBe(second.split(':')[0]);
  expect(first).not.toBe(second);
  expect(first).toMatch(/^\d+:[\w-]{40}$/);
});

test('`npm start`, told to end as a service manager tells it, ends Steward with it and says 0', async () => {
  const { PATH = '', HOME = '' } = process.env;
  const data = path.join(folder, 'npm');
  // npm's shell must not stand between: it would end alone and leave Steward running without a parent.
  const child = spawn('npm', ['start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH, HOME, STEWARD_DATA_DIR: data, PORT: '0', METRICS_PORT: '0', LOG_FORMAT: 'json' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // Whatever becomes of the test, nothing of what it started stays.
  onTestFinished(() => {
    if (child.pid !== undefined && groupLives(child.pid)) process.kill(-child.pid, 'SIGKILL');
  });
  await expect.poll(() => output).toContain('"message":"ready"');
  child.kill('SIGTERM');
  // The pipes close when the last process that holds them has ended.
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(output).toContain('embedded PostgreSQL stopped');
}, 180_000);

test('a second local chat on the same data is refused with its mend, and one whose terminal goes away ends without a fault', async () => {
  const first = start();
  first.child.stdin.write('call Bob\n');
  await expect.poll(first.output).toContain('call Bob');
  const second = start();
  second.child.stdin.write('lost\n');
  expect(await once(second.child, 'exit')).toEqual([1, null]);
  expect(second.output()).toContain('Another Steward without a Telegram token');
  expect(second.output()).toContain('STEWARD_DATA_DIR');
  first.child.stdout.destroy();
  first.child.stdin.write('buy milk\n');
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  expect(first.output()).not.toContain('unexpected');
}, 180_000);
