/** Guards the whole program while its database hangs: it says so at once, lives on, and recovers by itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Steward, startSteward } from '../../test/e2e/steward.ts';

let steward: Steward;
let proxy: Server;
let folder: string;
let hanging = false;
const sockets = new Set<Socket>();

/** Bytes wait in both directions, as before a server that is stopped or a network that swallows everything. */
function hang(on: boolean): void {
  hanging = on;
  for (const socket of sockets) on ? socket.pause() : socket.resume();
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hang-'));
  steward = await startSteward({
    mode: 'webhook',
    wire: async (connection) => {
      const target = path.join(connection.host, `.s.PGSQL.${connection.port}`);
      proxy = createServer((near) => {
        const far = connect(target);
        for (const [from, to] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(from);
          from.on('data', (chunk) => to.write(chunk));
          from.on('error', () => to.destroy());
          from.on('close', () => {
            sockets.delete(from);
            to.destroy();
          });
          if (hanging) from.pause();
        }
      });
      await new Promise<void>((resolve) => proxy.listen(path.join(folder, `.s.PGSQL.${connection.port}`), resolve));
      return { ...connection, host: folder };
    },
  });
});
afterAll(async () => {
  hang(false);
  await steward.end();
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string): Promise<{ status: number; body: string; ms: number }> {
  const started = performance.now();
  const response = await fetch(url);
  const body = await response.text();
  return { status: response.status, body, ms: performance.now() - started };
}

test('the database hangs: live and metrics answer, readiness names it, all within a second; and it recovers', async () => {
  await expect.poll(async () => (await ask(`${steward.publicUrl()}/health/ready`)).status).toBe(200);
  hang(true);
  await expect.poll(async () => (await ask(`${steward.publicUrl()}/health/ready`)).status).toBe(503);
  for (const [url, status] of [
    [`${steward.publicUrl()}/health/live`, 200],
    [`${steward.publicUrl()}/health/ready`, 503],
    [`${steward.publicUrl()}/health`, 503],
    [`${steward.metricsUrl()}/health`, 503],
    [`${steward.metricsUrl()}/metrics`, 200],
    [`${steward.metricsUrl()}/info`, 200],
  ] as const) {
    // A machine that stood still meanwhile is asked again.
    const asked = async () => {
      const answer = await ask(url);
      return { status: answer.status, isSoon: answer.ms < 1_000 };
    };
    await expect.poll(asked, { message: url }).toEqual({ status, isSoon: true });
  }
  expect(JSON.parse((await ask(`${steward.publicUrl()}/health/ready`)).body)).toEqual({
    status: 'unavailable',
    reasons: [expect.stringMatching(/^database: /)],
  });
  await expect.poll(async () => (await ask(`${steward.metricsUrl()}/metrics`)).body).toContain('steward_database_up 0');
  hang(false);
  await expect.poll(async () => (await ask(`${steward.publicUrl()}/health/ready`)).status).toBe(200);
  await expect.poll(async () => (await ask(`${steward.metricsUrl()}/metrics`)).body).toContain('steward_database_up 1');
});

test('the log of all that holds no secret of the configuration', () => {
  const log = steward.log.join('');
  expect(log).toContain('ready');
  for (const planted of ['planted_webhook_secret', 'planted-database-password', steward.sandbox.token])
    expect(log).not.toContain(planted);
});
