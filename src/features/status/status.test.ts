/** Guards /status and /errors: in words, figures for the operator alone, each error told once. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { labels, type TestChat, testChat, testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import type { Person } from '../../access/people.ts';
import { DrivenClock, iso } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import type { HealthReport } from '../../observability/health.ts';
import { plan } from '../../outbox/ledger.ts';
import { statusFeature, untoldErrorsNotice } from './index.ts';

const db = databaseOfFile();
let clock: DrivenClock;
let operator: Person;
let member: Person;
let health: HealthReport;
let chat: TestChat;
let own: TestChat;

beforeAll(async () => {
  operator = await testPerson(db, 1, { name: 'Olga', role: 'operator' });
  member = await testPerson(db, 2, { name: 'Mia' });
});

const technical = {
  revision: 'abc1234',
  node: '24.21.0',
  uptimeSeconds: 3720,
  memoryBytes: 120 * 1_048_576,
  pool: { total: 3, idle: 2, waiting: 0 },
};

beforeEach(async () => {
  await db.query('DELETE FROM stored_errors');
  await db.query('DELETE FROM deliveries');
  await db.query('UPDATE chats SET unreachable_since = NULL');
  clock = new DrivenClock('2026-11-22T10:00:00Z');
  const ok = { status: 'ok', latencyMs: 0.2, since: '2026-11-22T09:00:00.000Z' } as const;
  health = {
    status: 'ok',
    checks: { database: { ...ok, latencyMs: 2.4 }, telegram: ok, queue: ok, inbox: ok, deliveries: ok, disk: ok },
  };
  const feature = statusFeature({ health: async () => health, technical: () => technical, version: '1.2.3' });
  chat = testChat(db, clock, operator, [feature]);
  own = testChat(db, clock, member, [feature]);
});

async function deliver(person: Person, occurrence: string, dueAt: number): Promise<void> {
  const chatId = person.telegramUserId as ChatId;
  const planned = {
    kind: 'reminder',
    spaceId: person.spaceId,
    personId: person.id,
    chatId,
    reminderId: null,
    occurrence,
    dueAt,
  } as const;
  await db.transaction((tx) => plan(tx, [planned], clock.now(), () => {}));
}

async function storeError(fingerprint: string, at = clock.now()): Promise<void> {
  await db.query(
    `INSERT INTO stored_errors (fingerprint, kind, summary, count, first_seen, last_seen, last_ref)
     VALUES ($1, 'bug', 'TypeError in router', 3, $2, $2, '7F3K')`,
    [fingerprint, iso(at)],
  );
}

test('health is told in words; figures are for the operator alone', async () => {
  const words = (await own.command('/status')).text;
  expect(words).toContain('Everything works.');
  expect(words).toContain('Telegram: connected');
  expect(words).toContain('Version 1.2.3');
  for (const secret of ['MB', 'abc1234', '2 ms', 'Errors', 'node']) expect(words).not.toContain(secret);
  const figures = (await chat.command('/status')).text;
  for (const figure of ['120 MB', 'database · ok · 2 ms', '3 open', '1 hour 2 minutes'])
    expect(figures).toContain(figure);
  expect((await chat.command('/status', { chatKind: 'group' })).text).not.toContain('120 MB');
});

test('a part that is down is said, also one without words of its own, and never in its technical message', async () => {
  const part = { latencyMs: 0, since: '2026-11-22T09:00:00.000Z' };
  health = {
    ...health,
    status: 'degraded',
    checks: {
      ...health.checks,
      telegram: { ...part, status: 'down', message: 'ECONNREFUSED 10.0.0.1:443' },
      mirror: { ...part, status: 'degraded', message: 'last one 3 days ago' },
    },
  };
  const words = (await own.command('/health')).text;
  expect(words).toContain('Something needs attention');
  expect(words).toContain('out of reach');
  expect(words).toContain('mirror: needs attention');
  expect(words).not.toContain('ECONNREFUSED');
});

test("what waits, is late, held, lost or failed is this person's own", async () => {
  const now = clock.now();
  await deliver(member, 'next', now + 3_600_000);
  await deliver(member, 'late', now - 120_000);
  await deliver(member, 'lost', now - 60_000);
  await deliver(member, 'failed', now - 60_000);
  await deliver(member, 'held', now + 60_000);
  await deliver(operator, 'other', now + 1_000);
  await db.query("UPDATE deliveries SET state = 'unknown' WHERE occurrence = 'lost'");
  await db.query("UPDATE deliveries SET state = 'held', held_until = due_at WHERE occurrence = 'held'");
  await db.query(
    "UPDATE deliveries SET state = 'failed', reason = 'blocked', closed_at = $1 WHERE occurrence = 'failed'",
    [iso(now)],
  );
  const words = (await own.command('/status')).text;
  expect(words).toContain('waiting for you: 3, the next 12:00');
  expect(words).toContain('Late: 1');
  expect(words).toContain('Held back until later: 1');
  expect(words).toContain('answer was lost: 1');
  expect(words).toContain('Could not be delivered this week: 1');
  expect((await chat.command('/status')).text).toContain('waiting for you: 1');
});

test('a chat Telegram refuses us in is told to its person and to the operator, to nobody else', async () => {
  await db.query("UPDATE chats SET unreachable_since = $1, unreachable_reason = 'blocked' WHERE chat_id = 2", [
    iso(clock.now()),
  ]);
  expect((await own.command('/status')).text).toContain('refuses me in one chat');
  expect((await chat.command('/status')).text).toContain('a chat of Mia');
  await db.query('UPDATE chats SET unreachable_since = NULL');
  await db.query('UPDATE chats SET unreachable_since = $1 WHERE chat_id = 1', [iso(clock.now())]);
  expect((await own.command('/status')).text).not.toContain('refuses');
});

test('/errors lists kinds with count, times and reference, by pages, for the operator alone', async () => {
  for (let count = 0; count < 13; count += 1) await storeError(`f${count}`, clock.now() + count * 1000);
  const first = await chat.command('/errors');
  expect(first.text).toContain('13 kinds of errors');
  expect(first.text).toContain('3 times');
  expect(first.text).toContain('Ref 7F3K');
  expect(labels(first.replaced[0])).toEqual([...Array(6).fill('7F3K'), '1/3', '▶', 'All seen']);
  await chat.press('▶');
  expect(labels((await chat.press('▶')).replaced[0])).toEqual(['7F3K', '◀', '3/3', 'All seen']);
  await expect(own.command('/errors')).rejects.toThrow('no command');
  const button = first.replaced[0]?.buttons?.[0]?.[0];
  await expect(own.pressData(button && 'data' in button ? button.data : '')).rejects.toMatchObject({
    kind: 'forbidden',
  });
});

test('an error is found by any of its references, with where it was thrown, and marked seen until it comes again', async () => {
  await storeError('one');
  await storeError('two', clock.now() - 60_000);
  await db.query(
    "UPDATE stored_errors SET refs = '{7F3K,AB2C}', source = 'src/queue/queue.ts:88' WHERE fingerprint = 'one'",
  );
  const found = await chat.command('/errors ab2c');
  expect(found.text).toContain('Thrown at src/queue/queue.ts:88');
  expect(found.text).toContain('Earlier references: AB2C');
  expect((await chat.command('/status')).text).toContain('Not seen yet: 2');
  await chat.command('/errors AB2C');
  const after = await chat.press('Seen');
  // What is not seen stands above.
  expect(after.text.split('\n').filter((line) => line.startsWith('●'))).toHaveLength(1);
  expect((await chat.command('/status')).text).toContain('Not seen yet: 1');
  await chat.command('/errors');
  await chat.press('All seen');
  expect((await chat.command('/status')).text).not.toContain('Not seen yet');
  await db.query("UPDATE stored_errors SET last_seen = last_seen + interval '1 hour' WHERE fingerprint = 'one'");
  expect((await chat.command('/status')).text).toContain('Not seen yet: 1');
  await expect(chat.command('/errors ZZZZ')).rejects.toMatchObject({ key: 'status-error-unknown' });
});

test('no errors is an answer too', async () => {
  expect((await chat.command('/errors')).text).toBe('No errors kept.');
});

test('a new error is told to the operator once, whichever replica comes first', async () => {
  await storeError('one');
  await storeError('two');
  const tell = () => db.transaction((tx) => untoldErrorsNotice(tx, operator, clock.now()));
  const told = (await Promise.all([tell(), tell(), tell()])).flat();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ chatId: 1, priority: 2, method: 'sendMessage' });
  expect(String(told[0]?.payload['text'])).toContain('2 new errors');
  await db.query("UPDATE stored_errors SET count = count + 1 WHERE fingerprint = 'one'");
  expect(await tell()).toEqual([]);
  await storeError('three');
  expect(await tell()).toHaveLength(1);
});

test('when the notice is not committed the error is told the next time', async () => {
  await storeError('one');
  await expect(
    db.transaction(async (tx) => {
      await untoldErrorsNotice(tx, operator, clock.now());
      throw new Error('died');
    }),
  ).rejects.toThrow('died');
  expect(await db.transaction((tx) => untoldErrorsNotice(tx, operator, clock.now()))).toHaveLength(1);
});

test('both languages can say every state', async () => {
  await storeError('one');
  await deliver(member, 'next', clock.now() + 1000);
  for (const language of ['en', 'ru']) {
    await db.query('UPDATE people SET language = $1', [language]);
    for (const status of ['ok', 'degraded', 'down'] as const) {
      const checks = Object.fromEntries(
        Object.entries(health.checks).map(([name, check]) => [name, { ...check, status }]),
      );
      health = { ...health, status, checks };
      expect((await chat.command('/status')).text).toContain('1.2.3');
    }
    await chat.command('/errors');
  }
  await db.query("UPDATE people SET language = 'en'");
});
