/** `steward sandbox` as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Api } from 'grammy';
import { expect, test } from 'vitest';

function steward(...args: string[]) {
  const child = spawn(process.execPath, ['src/main.ts', 'sandbox', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  return { child, output: () => output };
}

test('it prints what a bot needs to use it, and a signal ends it with 0', async () => {
  const { child, output } = steward('--port', '0', '--token', '123:abc', '--user', '7');
  await expect.poll(output).toContain('Ctrl-C ends it');
  const root = /TELEGRAM_API_ROOT=(\S+)/.exec(output())?.[1] ?? '';
  expect(output()).toContain('TELEGRAM_BOT_TOKEN=123:abc');
  expect((await new Api('123:abc', { apiRoot: root }).sendMessage(7, 'hi')).text).toBe('hi');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port in use is told with its mend', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { child, output } = steward('--port', String(port));
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(output()).toBe(
    `Port ${port} of 127.0.0.1 is taken by another program. Stop that one, or choose another port: --port 0 takes any free one.\n`,
  );
  taken.close();
});
