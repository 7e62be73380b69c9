/** Long polling against a Bot API server that answers oddly: nobody is held up, nothing is passed over. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Feature } from '../../src/telegram/feature.ts';
import { type TestBot, testBot } from '../support/bot.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

const OWNER = 501;
const TOKEN = '700000009:AAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const echo: Feature = {
  name: 'echo',
  commands: [
    {
      name: 'echo',
      usage: '<words>',
      topic: 'start',
      scope: 'everyone',
      menu: false,
      run: (context, call) => context.answer({ lines: [[call.rest]] }),
    },
  ],
};

type Answer = { readonly status?: number; readonly body: unknown };

let postgres: TestDatabase;
let server: Server;
let running: TestBot;
/** answers to the next getUpdates; then there is nothing new */
let script: Answer[];
let offsets: Array<number | undefined>;
let sent: string[];

beforeAll(async () => {
  postgres = await testDatabase();
});
afterAll(() => postgres.drop());
beforeEach(async () => {
  [script, offsets, sent] = [[], [], []];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const params = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { offset?: number; text?: string };
    const answer = (body: unknown, status = 200) => response.writeHead(status).end(JSON.stringify(body));
    const method = request.url?.split('/').at(-1);
    if (method === 'sendMessage') sent.push(params.text ?? '');
    if (method === 'getUpdates') offsets.push(params.offset);
    const next = method === 'getUpdates' ? script.shift() : undefined;
    if (method !== 'getUpdates') answer({ ok: true, result: { message_id: sent.length } });
    else if (next) answer(next.body, next.status);
    else setTimeout(() => answer({ ok: true, result: [] }), 50);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sandbox = { token: TOKEN, url: `http://127.0.0.1:${port}` };
  running = await testBot({ db: postgres.database(6), sandbox, features: [echo], people: [OWNER] });
});
afterEach(async () => {
  await running.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function echoed(updateId: number, words: string) {
  const from = { id: OWNER, is_bot: false, first_name: 'Olga' };
  const chat = { id: OWNER, type: 'private', first_name: 'Olga' };
  return { update_id: updateId, message: { message_id: updateId, date: 1, chat, from, text: `/echo ${words}` } };
}
const list = (...result: unknown[]): Answer => ({ body: { ok: true, result } });

it('what was passed is confirmed once; then Telegram may begin with lower ids', async () => {
  script.push(list(echoed(9_000, 'before the quiet week')), list());
  await expect.poll(() => sent).toEqual(['before the quiet week']);
  await expect.poll(() => offsets.slice(offsets.indexOf(9_001)).includes(undefined)).toBe(true);
  script.push(list(echoed(17, 'after it')));
  await expect.poll(() => sent.at(-1)).toBe('after it');
});

it.each<[string, number, Answer]>([
  ['null', 101, { body: null }],
  ['no list', 102, { body: { ok: true, result: { none: 1 } } }],
  ['a list of something else', 103, list(null, 'x', { update_id: 'y' })],
  ['a refusal of the token', 104, { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } }],
  ['a conflict', 105, { status: 409, body: { ok: false, error_code: 409, description: 'Conflict', parameters: null } }],
])('an answer that is %s holds up receiving for a moment only', async (_, updateId, odd) => {
  script.push(odd, list(echoed(updateId, 'here')));
  await expect.poll(() => sent).toEqual(['here']);
});

it('something in a batch that is no update does not keep the others out, or bring them twice', async () => {
  script.push(list(null, echoed(20_000, 'one'), { update_id: -1 }, echoed(20_001, 'two')));
  await expect.poll(() => sent).toEqual(['one', 'two']);
  await expect.poll(() => offsets.includes(20_002)).toBe(true);
});
