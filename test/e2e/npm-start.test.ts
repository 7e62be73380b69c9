/** `npm start` as people and supervisors use it: a process of npm, which a signal ends together with everything it started. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freePort, until } from './steward.ts';

it('npm start that is told to stop ends Steward and its database in order, with 0', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-npm-'));
  const { PATH, HOME } = process.env;
  const port = await freePort();
  const npm = spawn('npm', ['start'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      STEWARD_DATA_DIR: path.join(folder, 'data'),
      PORT: String(port),
      METRICS_PORT: String(await freePort()),
      LOG_FORMAT: 'json',
    },
  });
  const said: string[] = [];
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', (text) => said.push(text));
  try {
    await until('it is ready', () => said.join('').includes('"ready"'), 60_000);
    npm.kill('SIGTERM');
    const [code] = await once(npm, 'exit');
    expect(code).toBe(0);
    await until('the database has ended too', () => said.join('').includes('embedded PostgreSQL stopped'), 20_000);
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  } finally {
    npm.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
