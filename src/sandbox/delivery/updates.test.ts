/** getUpdates: confirmation by offset, long polls, conflicts, and what is wanted. */
import { Api, GrammyError } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DrivenClock } from '../../core/clock.ts';
import { type Sandbox, startSandbox } from '../server.ts';
import { updateTypes } from './updates.ts';

let sandbox: Sandbox;
let api: Api;
const clock = new DrivenClock('2026-03-01T12:00:00Z');

beforeEach(async () => {
  sandbox = await startSandbox({ clock, seed: 3, firstUpdateId: 100 });
  api = new Api(sandbox.token, { apiRoot: sandbox.url });
});

afterEach(() => sandbox.stop());

const ids = async (options: Parameters<Api['getUpdates']>[0] = {}): Promise<number[]> =>
  (await api.getUpdates(options)).map((update) => update.update_id);

const write = (count: number): void => {
  for (let n = 0; n < count; n += 1) sandbox.user(7).send(`m${n}`);
};

const aPollWaits = () => expect.poll(() => sandbox.updates.isPolled, { interval: 5 }).toBe(true);

async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
    throw error;
  }
  throw new Error('the call was not refused');
}

test('updates come again until a higher offset confirms them', async () => {
  write(3);
  expect(await ids()).toEqual([100, 101, 102]);
  expect(await ids({ limit: 2 })).toEqual([100, 101]);
  expect(await ids({ offset: 102 })).toEqual([102]);
  expect(await ids()).toEqual([102]);
  expect(await ids({ offset: 103 })).toEqual([]);
});

test('a negative offset counts from the end and forgets the rest', async () => {
  write(4);
  expect(await ids({ offset: -1 })).toEqual([103]);
  expect(await ids()).toEqual([103]);
});

test('a long poll ends with the first update', async () => {
  const polled = ids({ timeout: 20 });
  await aPollWaits();
  write(1);
  expect(await polled).toEqual([100]);
});

test('a second poll ends the first with 409', async () => {
  const first = failure(api.getUpdates({ timeout: 20 }));
  await aPollWaits();
  const second = ids({ timeout: 20 });
  expect(await first).toBe(
    '409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  );
  write(1);
  expect(await second).toEqual([100]);
});

test('a poller that hangs up does not swallow what comes next', async () => {
  const hangup = new AbortController();
  const poll = fetch(`${sandbox.url}/bot${sandbox.token}/getUpdates?timeout=20`, { signal: hangup.signal });
  await aPollWaits();
  hangup.abort();
  await expect(poll).rejects.toThrow();
  write(1);
  expect(await ids({ timeout: 5 })).toEqual([100]);
});

test('while a webhook is set polling is refused, and setting one ends a poll', async () => {
  const waiting = failure(api.getUpdates({ timeout: 20 }));
  await aPollWaits();
  await api.setWebhook('http://127.0.0.1:9/hook');
  expect(await waiting).toBe('409 Conflict: terminated by setWebhook request');
  expect(await failure(api.getUpdates())).toBe(
    "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );
  write(2);
  expect((await api.getWebhookInfo()).pending_update_count).toBe(2);
  await api.deleteWebhook();
  expect(await ids()).toEqual([100, 101]);
  await api.deleteWebhook({ drop_pending_updates: true });
  expect(await ids()).toEqual([]);
});

test('only the types asked for are queued, and an empty list means all but three', async () => {
  const reaction = {
    message_reaction: {
      chat: { id: 7, type: 'private' as const, first_name: 'A' },
      message_id: 1,
      date: 1,
      old_reaction: [],
      new_reaction: [],
    },
  };
  await ids({ allowed_updates: ['callback_query'] });
  write(1);
  expect(await ids()).toEqual([]);
  await ids({ allowed_updates: [] });
  write(1);
  sandbox.push(reaction, '7');
  expect(await ids()).toEqual([100]);
  await ids({ offset: 101, allowed_updates: ['message_reaction'] });
  sandbox.push(reaction, '7');
  expect(await ids()).toEqual([101]);
});

test('any update can be injected, whatever was asked for', async () => {
  await ids({ allowed_updates: ['message'] });
  for (const type of updateTypes) sandbox.inject({ [type]: { from: { id: 666 } } });
  const got = await api.getUpdates();
  expect(got.map((update) => Object.keys(update)[1])).toEqual([...updateTypes]);
});

test('an update that nobody fetches is forgotten after a day', async () => {
  write(1);
  clock.advance(24 * 3_600_000 + 1);
  write(1);
  expect(await ids()).toEqual([101]);
});

test('confirmed updates come again when told to', async () => {
  sandbox.disturb({ duplicate: 1 });
  write(2);
  await ids();
  const again = await ids({ offset: 102 });
  expect(again).toHaveLength(1);
  expect([100, 101]).toContain(again[0]);
});
