/** Faults and limits: what goes wrong on demand, and what is known of it afterwards. */
import { Api, GrammyError, HttpError } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../server.ts';
import type { Effect } from './faults.ts';
import { Limits } from './limits.ts';

let sandbox: Sandbox;
let api: Api;

beforeEach(async () => {
  sandbox = await startSandbox({ seed: 9 });
  sandbox.user(7);
  sandbox.user(8);
  api = new Api(sandbox.token, { apiRoot: sandbox.url, timeoutSeconds: 1 });
});

afterEach(() => sandbox.stop());

/** `409 …` for a refusal, `network` for no answer, `ok`. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    if (error instanceof HttpError) return 'network';
    throw error;
  }
}

const strike = (effect: Effect): number => sandbox.faults.add({ effect, method: 'sendMessage', count: 1 });
const texts = (chat = 7): (string | undefined)[] => sandbox.messages(chat).map((seen) => seen.message.text);

test('an accepted message whose answer is lost is there, and counted', async () => {
  for (const [n, effect] of [
    { kind: 'silence', accepted: true } as const,
    { kind: 'reset', accepted: true } as const,
  ].entries()) {
    strike(effect);
    expect(await outcome(api.sendMessage(7, `lost ${n}`))).toBe('network');
  }
  strike({ kind: 'status', code: 502, accepted: true });
  expect(await outcome(api.sendMessage(7, 'lost 2'))).toBe('502 Bad Gateway');
  await api.sendMessage(7, 'heard');
  expect(texts()).toEqual(['lost 0', 'lost 1', 'lost 2', 'heard']);
  expect(sandbox.journal.counters).toMatchObject({ acceptedSends: 4, lostSends: 3, lostAnswers: 3 });
  expect(sandbox.lostMessages().map((seen) => seen.message.text)).toEqual(['lost 0', 'lost 1', 'lost 2']);
});

test('a message refused before it is accepted is not there', async () => {
  strike({ kind: 'reset', accepted: false });
  expect(await outcome(api.sendMessage(7, 'a'))).toBe('network');
  strike({ kind: 'status', code: 500, accepted: false });
  expect(await outcome(api.sendMessage(7, 'b'))).toBe('500 Internal Server Error');
  strike({ kind: 'unauthorized' });
  expect(await outcome(api.sendMessage(7, 'c'))).toBe('401 Unauthorized');
  strike({ kind: 'blocked' });
  expect(await outcome(api.sendMessage(7, 'd'))).toBe('403 Forbidden: bot was blocked by the user');
  strike({ kind: 'chat_not_found' });
  expect(await outcome(api.sendMessage(7, 'e'))).toBe('400 Bad Request: chat not found');
  expect(texts()).toEqual([]);
  expect(sandbox.journal.counters).toMatchObject({ acceptedSends: 0, lostAnswers: 0, refused: 5 });
});

test('a caller that hangs up before the answer counts as a lost answer', async () => {
  sandbox.faults.add({ effect: { kind: 'delay', ms: 1_500 }, count: 1 });
  const hangUp = new AbortController();
  const hurried = fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage?chat_id=7&text=slow`, {
    signal: hangUp.signal,
  });
  // The fault is gone when it has struck: the call has come.
  await expect.poll(() => sandbox.faults.list(), { interval: 10 }).toEqual([]);
  hangUp.abort();
  await expect(hurried).rejects.toThrow();
  await expect.poll(() => sandbox.journal.counters.lostSends).toBe(1);
  expect(texts()).toEqual(['slow']);
});

test('429 names the seconds and lasts for its chat only, or for all', async () => {
  sandbox.faults.add({ effect: { kind: 'flood', seconds: 3, scope: 'chat' }, chatId: 7, count: 1 });
  const refusal = '429 Too Many Requests: retry after 3';
  expect(await outcome(api.sendMessage(7, 'x'))).toBe(refusal);
  expect(await outcome(api.sendMessage(7, 'x'))).toBe(refusal);
  expect(await outcome(api.sendMessage(8, 'x'))).toBe('ok');
  sandbox.faults.add({ effect: { kind: 'flood', seconds: 3, scope: 'global' }, chatId: 7, count: 1 });
  await outcome(api.sendMessage(7, 'x'));
  expect(await outcome(api.sendMessage(8, 'x'))).toBe(refusal);
  try {
    await api.sendMessage(8, 'x');
  } catch (error) {
    expect(error instanceof GrammyError && error.parameters).toEqual({ retry_after: 3 });
    const answer = await fetch(`${sandbox.url}/bot${sandbox.token}/sendMessage?chat_id=7&text=x`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
  }
});

test('a fault strikes its method and chat, as often as told, after as many as told', async () => {
  const id = sandbox.faults.add({
    effect: { kind: 'blocked' },
    method: ['SendMessage', 'getChat'],
    chatId: 7,
    after: 1,
    count: 2,
  });
  const outcomes = [];
  for (let n = 0; n < 4; n += 1) outcomes.push((await outcome(api.sendMessage(7, `${n}`))).slice(0, 3));
  expect(outcomes).toEqual(['ok', '403', '403', 'ok']);
  expect(await outcome(api.sendMessage(8, 'x'))).toBe('ok');
  expect(sandbox.faults.remove(id)).toBe(false);
});

test('a revoked token is 401 until it is given back', async () => {
  sandbox.revoked = true;
  expect(await outcome(api.getMe())).toBe('401 Unauthorized');
  sandbox.revoked = false;
  expect(await outcome(api.getMe())).toBe('ok');
});

test("Telegram's limits: one a second in a chat after a small burst, twenty a minute in a group, thirty a second overall", () => {
  let now = 0;
  const limits = new Limits(true, () => now);
  const burst = Array.from({ length: 6 }, () => limits.wait(7, true));
  expect(burst).toEqual([0, 0, 0, 0, 1, 1]);
  now += 1000;
  expect([limits.wait(7, true), limits.wait(7, true)]).toEqual([0, 1]);
  now += 60_000;
  const group = Array.from({ length: 21 }, () => limits.wait(-5, true));
  expect(group.filter((wait) => wait === 0)).toHaveLength(20);
  expect(group.at(-1)).toBe(3);
  now += 60_000;
  const all = Array.from({ length: 31 }, (_, chat) => limits.wait(chat + 100, true));
  expect(all.filter((wait) => wait === 0)).toHaveLength(30);
  expect(limits.wait(7, false)).toBe(0);
});
