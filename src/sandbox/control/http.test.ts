/** The control side over HTTP: steering from other processes, and who may not. */
import { request } from 'node:http';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../server.ts';

let sandbox: Sandbox;
let api: Api;

beforeEach(async () => {
  sandbox = await startSandbox({ control: { key: 'secret' } });
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
});

afterEach(() => sandbox.stop());

async function control(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: await answer.json() };
}

test('a person made, heard, answered, pressed and read over HTTP', async () => {
  await control('POST', 'users', { id: 7, first_name: 'Ann', language_code: 'ru' });
  await control('POST', 'users/7/send', { text: 'hello' });
  const [update] = await api.getUpdates();
  expect(update?.message).toMatchObject({ text: 'hello', from: { first_name: 'Ann', language_code: 'ru' } });
  await api.sendMessage(7, 'pick', { reply_markup: { inline_keyboard: [[{ text: 'Done', callback_data: 'd' }]] } });
  expect((await control('GET', 'chats/7/wait?contains=pick')).body).toMatchObject({ message: { text: 'pick' } });
  const pressed = await control('POST', 'users/7/press', { button: 'Done' });
  expect(pressed.body).toMatchObject({ data: 'd' });
  expect((await api.getUpdates({ offset: -1 }))[0]?.callback_query?.data).toBe('d');
  expect((await control('GET', 'chats/7/messages')).body).toMatchObject([
    { message: { text: 'hello' } },
    { fromBot: true },
  ]);
  expect((await control('GET', 'counters')).body).toMatchObject({ acceptedSends: 1, updates: 2 });
});

test('faults, limits and any update can be set', async () => {
  await control('POST', 'users', { id: 7 });
  const { body } = await control('POST', 'faults', { method: 'sendMessage', count: 1, effect: { kind: 'blocked' } });
  expect(body).toEqual({ id: 1 });
  await expect(api.sendMessage(7, 'x')).rejects.toThrow('bot was blocked by the user');
  await control('POST', 'updates', { poll_answer: { poll_id: '1' } });
  expect((await api.getUpdates())[0]).toMatchObject({ poll_answer: { poll_id: '1' } });
  await control('POST', 'token', { revoked: true });
  await expect(api.getMe()).rejects.toThrow('Unauthorized');
});

test('mistakes are told, not swallowed', async () => {
  expect(await control('POST', 'users/7/press', { button: 'Nope' })).toMatchObject({ status: 400 });
  expect(await control('POST', 'faults', { effect: { kind: 'meteor' } })).toMatchObject({ status: 400 });
  expect(await control('GET', 'nothing/here')).toMatchObject({ status: 404 });
});

test('pages in a browser and callers by another name are turned away, the key lets in', async () => {
  const ask = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const call = request(`${sandbox.url}/sandbox/counters`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      call.on('error', reject);
      call.end();
    });
  expect(await ask({})).toBe(200);
  expect(await ask({ origin: 'http://evil.example' })).toBe(403);
  expect(await ask({ host: 'evil.example' })).toBe(403);
  expect(await ask({ host: 'sandbox.svc', authorization: 'Bearer secret' })).toBe(200);
  expect(await ask({ host: 'sandbox.svc', authorization: 'Bearer wrong' })).toBe(403);
});
