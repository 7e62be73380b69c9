/** Guards the servers: a taken port is told with its mend, slow callers are cut, and a drain loses no request. */
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { head, raw, testHttp } from '../../test/support/http.ts';
import { freePort } from '../../test/support/steady/ports.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function ask(url: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response));
    }).on('error', reject);
  });
}

describe('a port in use', () => {
  test('names the port, the variable and the way to find who holds it', async () => {
    const holder = await testHttp();
    try {
      await expect(testHttp({ port: holder.publicPort })).rejects.toThrow(
        new RegExp(
          `Port ${holder.publicPort} is in use on 127\\.0\\.0\\.1\\. Mend: .*(lsof|ss).*${holder.publicPort}.*set PORT `,
        ),
      );
      await expect(testHttp({ metricsPort: holder.metricsPort })).rejects.toThrow(/set METRICS_PORT /);
    } finally {
      await holder.stop();
    }
  });

  test('leaves nothing listening behind', async () => {
    const holder = await testHttp();
    const metricsPort = await freePort();
    await expect(testHttp({ port: holder.publicPort, metricsPort })).rejects.toThrow('in use');
    const again = await testHttp({ metricsPort });
    await Promise.all([holder.stop(), again.stop()]);
  });

  test('an address this machine does not have is told as such', async () => {
    await expect(testHttp({ host: '203.0.113.1' })).rejects.toThrow(/no address of this machine\. Mend: set HOST/);
  });
});

test('without the role web there is no public side, and the metrics are served', async () => {
  const http = await testHttp({ port: undefined });
  expect(http.publicPort).toBe(0);
  expect((await raw(http.metricsPort, [head('GET', '/health')])).status).toBe(200);
  await http.stop();
});

test('a head that comes too slowly is cut', async () => {
  const http = await testHttp();
  const answer = await raw(http.publicPort, ['GET / HTTP/1.1\r\nHost: a\r\n'], { waitMs: 60_000 });
  expect(answer.status).toBe(408);
  await http.stop();
});

describe('a drain', () => {
  test('finishes requests in hand and refuses new ones', async () => {
    let release: (() => void) | undefined;
    const http = await testHttp({
      health: () =>
        new Promise((resolve) => {
          release = () => resolve({ status: 'ok', checks: {} });
        }),
    });
    const inHand = raw(http.publicPort, [head('GET', '/health')], { toEnd: true });
    await expect.poll(() => release !== undefined).toBe(true);
    const stopped = http.stop(5_000);
    await sleep(30);
    expect((await raw(http.publicPort, [head('GET', '/health/live')])).status).toBe(0);
    release?.();
    const answer = await inHand;
    expect(answer.status).toBe(200);
    expect(answer.headers.get('connection')).toBe('close');
    await stopped;
  });

  test('answers a request that was on its way on an idle connection, and says that the connection ends', async () => {
    const http = await testHttp();
    const socket = connect(http.publicPort, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.write(head('GET', '/health/live'));
    await expect.poll(() => text).toContain('{"status":"ok"}');
    text = '';
    const stopped = http.stop(5_000);
    socket.write(head('GET', '/health/live'));
    await expect.poll(() => text).toContain('{"status":"ok"}');
    expect(text).toMatch(/connection: close/i);
    await Promise.all([stopped, ended]);
  });

  test('fails no request of callers that keep their connections and go elsewhere when told', async () => {
    const first = await testHttp();
    const second = await testHttp();
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const failed: unknown[] = [];
    let served = 0;
    let over = false;
    let port = first.publicPort;
    const load = Array.from({ length: 8 }, async () => {
      while (!over) {
        try {
          const response = await ask(`http://127.0.0.1:${port}/health/live`, agent);
          if (response.statusCode === 200) served += 1;
          else failed.push(response.statusCode);
        } catch (error) {
          failed.push(error);
        }
      }
    });
    await expect.poll(() => served).toBeGreaterThan(100);
    // What a load balancer does: new connections go to the other one.
    port = second.publicPort;
    await sleep(5);
    await first.stop(30_000);
    over = true;
    await Promise.all(load);
    agent.destroy();
    await second.stop();
    expect(failed).toEqual([]);
  });

  test('does not wait for idle connections', async () => {
    const http = await testHttp();
    const idle = connect(http.publicPort, '127.0.0.1');
    const agent = new Agent({ keepAlive: true });
    await ask(`${http.publicUrl}/health/live`, agent);
    const started = performance.now();
    await http.stop(20_000);
    expect(performance.now() - started).toBeLessThan(15_000);
    idle.destroy();
    agent.destroy();
  });

  test('cuts what does not end within its bound', async () => {
    const http = await testHttp({ health: () => new Promise(() => {}) });
    const hanging = raw(http.publicPort, [head('GET', '/health')]);
    await sleep(50);
    const started = performance.now();
    await http.stop(400);
    // It would never end by itself.
    expect(performance.now() - started).toBeLessThan(15_000);
    expect((await hanging).status).toBe(0);
  });
});
