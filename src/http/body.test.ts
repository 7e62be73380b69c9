/** Guards the reading of bodies: bounded in time, and over when it cannot go on. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { head, raw } from '../../test/support/http.ts';
import { readBody } from './body.ts';

let server: Server;
let port = 0;
/** how long a body may take to come, milliseconds */
let ms = 60_000;
const kinds: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    void readBody(request, { bytes: 100, ms }).then((body) => {
      kinds.push(body.kind);
      response.end(body.kind === 'read' ? body.text : body.kind);
    });
  });
  port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a body that comes drop by drop is given up in time', async () => {
  ms = 200;
  let dropped = 0;
  async function* drops(): AsyncGenerator<string> {
    yield head('POST', '/', { 'Content-Length': '90' });
    for (; dropped < 90; dropped += 1) {
      yield 'x';
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
  expect((await raw(port, drops())).body).toBe('too-slow');
  expect(dropped).toBeLessThan(90);
  ms = 60_000;
});

test('a caller who hangs up ends the reading', async () => {
  kinds.length = 0;
  await raw(port, [head('POST', '/', { 'Content-Length': '90' }), 'x'], { waitMs: 60 });
  await expect.poll(() => kinds).toEqual(['cut']);
});

test('exactly as much as allowed is read, one byte more is not', async () => {
  const send = async (size: number) =>
    (
      await raw(port, [
        head('POST', '/', { 'Transfer-Encoding': 'chunked' }),
        `${size.toString(16)}\r\n`,
        'x'.repeat(size),
        '\r\n0\r\n\r\n',
      ])
    ).body;
  expect(await send(100)).toBe('x'.repeat(100));
  expect(await send(101)).toBe('too-large');
});
