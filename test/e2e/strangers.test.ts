/** Nobody but the allowed get anything: no answer, no row, no question to the database, by any type of update and any address. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateTypes } from '../../src/sandbox/index.ts';
import { type DatabaseWire, startWired } from './database-wire.ts';
import { modes, OWNER, type Person, type Steward, until, WEBHOOK_SECRET } from './steward.ts';

const EVE = 666_001;
const GROUP = -100_777;
const OWNERS_GROUP = -100_778;

/** Rows of every table, all schemas; what time alone writes (leases, the queue's timetable) is left out. */
async function rowCounts(steward: Steward): Promise<Record<string, number>> {
  const tables = await steward.db.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema = 'public' AND table_name NOT IN ('leases', 'rate_limits')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await steward.db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    counts[name] = row?.count ?? -1;
  }
  return counts;
}

/** The content of an update of that type, as a stranger causes it; the fields all types might have are there, so that none passes for lack of one. */
function strangersUpdate(type: string, chatId: number, senderId: number): Record<string, unknown> {
  const from = { id: senderId, is_bot: false, first_name: 'Eve', language_code: 'en' };
  const chat =
    chatId > 0 ? { id: chatId, type: 'private', first_name: 'Eve' } : { id: chatId, type: 'supergroup', title: 'x' };
  const message = { message_id: 17, date: 1_700_000_000, chat, from, text: '/start' };
  const bot = { id: 1, is_bot: true, first_name: 'Steward' };
  const common = {
    ...message,
    id: '99',
    user: from,
    user_id: senderId,
    sender: from,
    actor_user: from,
    message,
    data: 'x',
    query: 'let me in',
    offset: '',
    poll_id: '1',
    option_ids: [0],
    old_chat_member: { status: 'left', user: bot },
    new_chat_member: { status: 'member', user: bot },
    old_reaction: [],
    new_reaction: [{ type: 'emoji', emoji: '👍' }],
  };
  return { [type]: common };
}

const ADDRESSES = [
  '/',
  '/info',
  '/metrics',
  '/api',
  '/api/tasks',
  '/telegram/webhook',
  '/telegram/hook',
  '/telegram/hook/',
  '/.env',
  '/admin',
  '/health/../info',
  '/healthz',
  '//telegram/hook',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

describe.each(modes)('a stranger, by %s', (mode) => {
  let steward: Steward;
  let wire: DatabaseWire;
  let end: () => Promise<void>;
  let owner: Person;
  beforeAll(async () => {
    ({ steward, wire, end } = await startWired({ mode }));
    owner = steward.person();
    steward.sandbox.group(GROUP, 'A group nobody added Steward to', [owner.user], 'supergroup');
    steward.sandbox.group(OWNERS_GROUP, 'A group of the owner', [owner.user], 'supergroup');
    steward.sandbox.addBot(OWNERS_GROUP, owner.user);
    await steward.quiet();
    await owner.say('a task of the owner');
  });
  afterAll(() => end?.());

  it('leaves nothing behind and is not answered, whatever type of update it is', async () => {
    const { sandbox } = steward;
    // What the program asks the database when nobody writes, for longer than its slowest loop.
    const idle = new Set<string>();
    const stopIdle = wire.listen((statement) => idle.add(statement));
    await new Promise((resolve) => setTimeout(resolve, 6_500));
    stopIdle();
    const rows = await rowCounts(steward);
    const calls = sandbox.journal.counters.calls;
    const polls = sandbox.journal.calls({ method: 'getUpdates' }).length;

    const asked = new Set<string>();
    const stop = wire.listen((statement) => asked.add(statement));
    for (const type of updateTypes) {
      sandbox.inject(strangersUpdate(type, EVE, EVE), `eve ${type}`);
      // In the owner's own chat, in a group of the owner's with Steward in it, and in one that Steward does not know.
      for (const chat of [OWNER, OWNERS_GROUP, GROUP]) sandbox.inject(strangersUpdate(type, chat, EVE), `eve ${type}`);
    }
    const unheardOf: Array<Record<string, unknown>> = [
      { invented_in_2031: { from: { id: EVE }, chat: { id: EVE, type: 'private' } } },
      { message: null },
    ];
    for (const update of unheardOf) sandbox.inject(update, 'eve');
    const eve = sandbox.user(EVE, { first_name: 'Eve' });
    eve.send('/start inv-ABCDEFGHIJKLMNOP');
    eve.send('/start');
    eve.send('remind me to rob a bank in 1 minute');
    eve.sendFile('document', { name: 'evil.pdf', type: 'application/pdf', bytes: Buffer.from('evil') });
    eve.block();
    await sandbox.updates.drained();
    await new Promise((resolve) => setTimeout(resolve, 500));
    stop();

    expect(await rowCounts(steward)).toEqual(rows);
    // A slower timetable may have had its turn in just that time: then it asks the same again when nobody writes.
    const unexplained = () => [...asked].filter((statement) => !idle.has(statement));
    const stopAfter = wire.listen((statement) => idle.add(statement));
    await until('nothing was asked because of them', () => unexplained().length === 0, 70_000).catch(() => {});
    stopAfter();
    expect(unexplained()).toEqual([]);
    const answers = sandbox.journal.calls().filter((call) => call.n > calls && call.method !== 'getUpdates');
    expect(answers).toEqual([]);
    if (mode === 'polling') expect(sandbox.journal.calls({ method: 'getUpdates' }).length).toBeGreaterThan(polls);
    // And it still serves whom it should.
    expect(await owner.say('/list')).toContain('a task of the owner');
  }, 120_000);

  it('gets from no address more than that it lives', async () => {
    const rows = await rowCounts(steward);
    const asked: string[] = [];
    const stop = wire.listen((statement) => asked.push(statement));
    const got: string[] = [];
    for (const address of ADDRESSES)
      for (const method of METHODS) {
        const response = await fetch(`${steward.publicUrl()}${address}`, {
          method,
          redirect: 'manual',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
          ...(method === 'GET' || method === 'OPTIONS'
            ? {}
            : { body: JSON.stringify(strangersUpdate('message', OWNER, OWNER)) }),
        });
        const body = await response.text();
        // OPTIONS names the methods of an address, nothing else.
        if (response.status < 400 && !(method === 'OPTIONS' && /^[A-Z, ]+$/.test(body)))
          got.push(`${method} ${address}: ${response.status} ${body}`);
        expect(body).not.toMatch(/owner|7001|postgres|node_modules|at \w+ \(/);
      }
    stop();
    expect(got).toEqual([]);
    expect(await rowCounts(steward)).toEqual(rows);
    expect(asked.filter((statement) => /inbox:store|INSERT INTO updates/.test(statement))).toEqual([]);
  });

  it('may ask whether it lives, and is told no more than that', async () => {
    for (const address of ['/health', '/health/live', '/health/ready']) {
      const response = await fetch(`${steward.publicUrl()}${address}`, {
        headers: { 'x-forwarded-for': '203.0.113.9' },
      });
      expect(response.status).toBe(200);
      expect(Object.keys((await response.json()) as object)).toEqual(['status']);
    }
  });

  if (mode === 'webhook')
    it('cannot speak as Telegram: without the secret, with a wrong one, with the right one in a wrong place', async () => {
      const hook = `${steward.publicUrl()}${steward.webhookPath}`;
      const body = JSON.stringify({ update_id: 999_999_999, ...strangersUpdate('message', OWNER, OWNER) });
      const tries: Array<Record<string, string>> = [
        {},
        { 'x-telegram-bot-api-secret-token': '' },
        { 'x-telegram-bot-api-secret-token': 'wrong' },
        { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET.slice(0, -1) },
        { 'x-telegram-bot-api-secret-token': `${WEBHOOK_SECRET} `.repeat(2) },
        { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET.toUpperCase() },
        { authorization: `Bearer ${WEBHOOK_SECRET}` },
        { cookie: `secret=${WEBHOOK_SECRET}` },
      ];
      const rows = await rowCounts(steward);
      for (const headers of tries) {
        const response = await fetch(hook, { method: 'POST', body, headers });
        expect(response.status).toBe(401);
      }
      expect((await fetch(`${hook}?secret_token=${WEBHOOK_SECRET}`, { method: 'POST', body })).status).toBe(401);
      expect(await rowCounts(steward)).toEqual(rows);
    });
});
