/** Who gets into the chat page: the address that opens it once, and everybody who must not. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../server.ts';
import { safeName } from './downloads.ts';
import { ChatPage } from './server.ts';

let sandbox: Sandbox;
let page: ChatPage;
let port: number;
const fresh: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  page = new ChatPage({ server: sandbox, user: sandbox.user(7), onFreshAddress: (address) => fresh.push(address) });
  await page.start();
  const first = page.newAddress();
  port = Number(new URL(first).port);
  await ask(pathOf(first));
});
afterAll(async () => {
  await page.stop();
  await sandbox.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request with exactly these headers; an event stream is left after its first words. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false },
      (response) => {
        let text = '';
        const done = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (!response.headers['content-type']?.startsWith('text/event-stream')) return;
          done();
          sent.destroy();
        });
        response.on('end', done);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const pathOf = (address: string): string => address.slice(new URL(address).origin.length);
const own = (): string => `http://127.0.0.1:${port}`;

/** Opens the page as a browser would and returns its cookie. */
async function session(): Promise<string> {
  const opened = await ask(pathOf(page.newAddress()));
  return String(opened.headers['set-cookie']).split(';')[0] ?? '';
}

const json = { 'content-type': 'application/json' };

describe('the address', () => {
  test('opens the page once, by a cookie no script and no other site can use, and leaves nothing in the address', async () => {
    const address = page.newAddress();
    const opened = await ask(pathOf(address));
    expect([opened.status, opened.headers['location'], opened.body]).toEqual([303, '/', '']);
    expect(String(opened.headers['set-cookie'])).toMatch(
      new RegExp(`^steward_chat_${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    const again = await ask(pathOf(address));
    expect([again.status, again.headers['set-cookie']]).toEqual([403, undefined]);
    expect(again.body).toContain('the address that Steward printed');
    const wrong = await ask(`/?once=${'x'.repeat(43)}`, { 'accept-language': 'ru-RU,ru' });
    expect([wrong.status, wrong.headers['set-cookie']]).toEqual([403, undefined]);
    expect(wrong.body).toContain('который Steward напечатал');
    expect(wrong.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}=';/);
  });

  test('that was used brings a fresh one for whoever reads the terminal, and no second while that is unused', async () => {
    await Promise.all([ask('/?once=used'), ask('/?once=used')]);
    const told = fresh.length;
    await ask('/?once=used');
    expect(fresh.length).toBe(told);
    const newest = fresh.at(-1) ?? '';
    expect((await ask(pathOf(newest))).status).toBe(303);
    await ask(pathOf(newest));
    expect(fresh.length).toBe(told + 1);
  });
});

describe('without a session', () => {
  test('nothing is to be had, and nothing tells what would be', async () => {
    const paths = ['/chat', '/chat/older', '/chat/commands', '/events', '/files/x', '/page/main.js', '/nothing'];
    for (const path of paths) {
      const answer = await ask(path, { cookie: `steward_chat_${port}=${'x'.repeat(43)}` });
      expect([path, answer.status, answer.body]).toEqual([path, 403, 'Forbidden\n']);
    }
    const sent = await ask('/chat/send', { ...json, origin: own() }, 'POST', '{"text":"hi"}');
    expect([sent.status, sent.body]).toEqual([403, 'Forbidden\n']);
    expect(sandbox.messages(7)).toEqual([]);
  });

  test('the plain address says where the real one is, and one led here by another site comes back with its cookie', async () => {
    const plain = await ask('/');
    expect(plain.status).toBe(403);
    expect(plain.body).toContain('the address that Steward printed');
    expect(plain.body).not.toContain('refresh');
    expect((await ask('/', { 'sec-fetch-site': 'cross-site' })).body).toContain('http-equiv="refresh"');
  });
});

describe('with a session', () => {
  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1.evil.example:PORT',
    '127.0.0.1:1',
    '0.0.0.0:PORT',
  ])('a request for the host "%s" is refused', async (host) => {
    const cookie = await session();
    const answer = await ask('/chat', { cookie, host: host.replace('PORT', String(port)) });
    expect([answer.status, answer.body]).toEqual([403, 'Forbidden\n']);
  });

  test.each(['localhost:PORT', '[::1]:PORT', '127.0.0.1:PORT'])('%s is this machine', async (host) => {
    const cookie = await session();
    expect((await ask('/chat', { cookie, host: host.replace('PORT', String(port)) })).status).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1:PORT', 'http://localhost:PORT', 'http://127.0.0.1'])(
    'what %s asks for is refused: sending, pressing, uploading, listening',
    async (from) => {
      const origin = from.replace('PORT', String(port));
      const cookie = await session();
      for (const path of ['/chat/send', '/chat/press', '/chat/delete', '/chat/file?kind=document']) {
        const answer = await ask(path, { ...json, cookie, origin }, 'POST', '{"text":"hi"}');
        expect([answer.status, answer.body]).toEqual([403, 'Forbidden\n']);
      }
      expect((await ask('/events', { cookie, origin })).status).toBe(403);
      expect(sandbox.messages(7)).toEqual([]);
    },
  );

  test('a request that does not say where it comes from changes nothing, and one a browser calls foreign reads nothing', async () => {
    const cookie = await session();
    expect((await ask('/chat/send', { ...json, cookie }, 'POST', '{"text":"hi"}')).status).toBe(403);
    for (const path of ['/chat', '/chat/older?before=9', '/events']) {
      expect((await ask(path, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    }
    expect(sandbox.messages(7)).toEqual([]);
  });

  test('a form cannot send: only JSON is taken, and never from afar', async () => {
    const cookie = await session();
    const plain = { 'content-type': 'text/plain', cookie, origin: own() };
    expect((await ask('/chat/send', plain, 'POST', '{"text":"hi"}')).status).toBe(400);
    const preflight = await ask('/chat/send', { cookie, origin: 'http://evil.example' }, 'OPTIONS');
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([404, undefined]);
  });

  test.each([
    '/page/../server.ts',
    '/page/%2e%2e/server.ts',
    '/page/..%2fserver.ts',
    '/page//etc/passwd',
    '/page/tsconfig.json',
    '/page/',
    '/files/../../etc/passwd',
    '/%zz',
    '/constructor',
    '/chat/constructor',
  ])('%s is not there', async (path) => {
    const answer = await ask(path, { cookie: await session() });
    expect([answer.status, answer.body]).toEqual([404, 'Not found\n']);
  });

  test('every answer, refusals and files too, carries the headers that keep a browser from doing more', async () => {
    const cookie = await session();
    const stored = sandbox
      .user(7)
      .sendFile('document', { name: 'x.html', type: 'text/html', bytes: Buffer.from('<b>') });
    const id = stored.document?.file_id;
    for (const [path, headers] of [
      ['/', { cookie }],
      ['/', {}],
      ['/chat', { cookie }],
      ['/page/main.js', { cookie }],
      ['/nothing', { cookie }],
      [`/files/${id}`, { cookie }],
      ['/events', { cookie }],
      ['/', { host: 'evil.example' }],
    ] as const) {
      const answer = await ask(path, headers);
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers['x-frame-options']).toBe('DENY');
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('files', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  test('are shown by what they are, never by what they are called: a page or a drawing with scripts is saved, not opened', async () => {
    const cookie = await session();
    const get = async (name: string, type: string, bytes: Buffer) => {
      const { document } = sandbox.user(7).sendFile('document', { name, type, bytes });
      return (await ask(`/files/${document?.file_id}`, { cookie })).headers;
    };
    const html = await get('a.png', 'image/png', Buffer.from('<script>alert(1)</script>'));
    expect([html['content-type'], html['content-disposition']]).toEqual([
      'application/octet-stream',
      `attachment; filename="a.png"; filename*=UTF-8''a.png`,
    ]);
    const svg = await get('a.svg', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
    expect(svg['content-type']).toBe('application/octet-stream');
    const picture = await get('a.html', 'text/html', png);
    expect([picture['content-type'], picture['content-disposition']]).toEqual([
      'image/png',
      `inline; filename="a.html"; filename*=UTF-8''a.html`,
    ]);
    expect(picture['content-security-policy']).toContain('sandbox');
  });

  test('have names that are only names', () => {
    expect(safeName('../../etc/passwd')).toBe('passwd');
    expect(safeName('C:\\Windows\\x.exe')).toBe('x.exe');
    expect(safeName('\u202egnp.exe\r\nSet-Cookie: a')).toBe('gnp.exeSet-Cookie a');
    expect(safeName('...')).toBe('file');
    expect(safeName('отчёт "май".pdf')).toBe('отчёт май.pdf');
    expect(safeName('x'.repeat(500)).length).toBe(120);
  });

  test('of more than 20 MB are refused, and one of exactly 20 MB is taken', async () => {
    const headers = { cookie: await session(), origin: own(), 'content-type': 'application/octet-stream' };
    const limit = 20 * 1024 * 1024;
    const send = (size: number) => ask('/chat/file?kind=document&name=big', headers, 'POST', 'x'.repeat(size));
    expect((await send(limit)).status).toBe(200);
    expect((await send(limit + 1)).status).toBe(413);
  });
});
