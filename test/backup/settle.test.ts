/** Guards what rows of the past mean once they are restored: nothing is sent as if it were new, nothing is lost, nobody waits for the dead. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { ask, type Stage, stage } from './stage.ts';

let place: Stage;
let from: TestDatabase;
let into: TestDatabase;

beforeAll(async () => {
  place = stage();
  from = await testDatabase();
  const run = (sql: string) => ask(from.connection, sql);
  await run("INSERT INTO people (telegram_user_id, name, timezone) VALUES (7, 'Ada', 'UTC')");
  await run("INSERT INTO spaces (kind, title, owner_id) VALUES ('person', 'Ada', 1)");
  await run(
    "INSERT INTO chats (chat_id, person_id, space_id, paused_until) VALUES (7, 1, 1, now() + interval '1 year')",
  );
  const delivery = (id: number, state: string, queued: string) =>
    run(`INSERT INTO deliveries (id, kind, space_id, person_id, chat_id, occurrence, due_at, state, queued_at, created_at)
         VALUES (${id}, 'reminder', 1, 1, 7, 'o${id}', now(), '${state}', ${queued}, now())`);
  const message = (id: number, state: string, deliveryId: string, priority: number) =>
    run(`INSERT INTO outbox (id, bot_id, chat_id, priority, method, payload, delivery_id, state, owner, order_at, created_at)
         VALUES (${id}, 42, 7, ${priority}, 'sendMessage', '{}', ${deliveryId}, '${state}', 'a-dead-process', now(), now())`);
  await delivery(1, 'due', 'NULL'); // planned, not yet due
  await delivery(2, 'due', 'now()'); // in the outbox
  await delivery(3, 'sending', 'now()'); // on its way
  await delivery(4, 'sent', 'now()'); // with Telegram
  await delivery(5, 'sending', 'now()'); // its message is gone
  await message(1, 'due', 'NULL', 0); // an answer waiting
  await message(2, 'sending', 'NULL', 0); // an answer on its way
  await message(3, 'unknown', 'NULL', 0);
  await message(4, 'due', '2', 1);
  await message(5, 'sending', '3', 1);
  await message(6, 'sent', '4', 1);
  await message(7, 'due', 'NULL', 2); // a notice
  await run(
    "INSERT INTO leases (name, owner, expires_at) VALUES ('poller:42', 'a-dead-process', now() + interval '1 hour')",
  );
  await run(
    "INSERT INTO pace (bot_id, tokens, rate, refilled_at, paused_until) VALUES (42, 0, 30, now(), now() + interval '1 hour')",
  );
  await run(`INSERT INTO bot_facts (bot_id, name, value) VALUES (42, 'webhook', '"hash of a secret"')`);
  await run(`INSERT INTO updates (bot_id, update_id, lane, type, person_id, payload, attempts, not_before, received_at)
             VALUES (42, 1, 7, 'message', 1, '{}', 3, now() + interval '1 hour', now())`);
  await run('CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (id int)');
});
afterAll(async () => {
  await from.drop();
  await place.clear();
});
beforeEach(async () => {
  into = await testDatabase({ empty: true });
  const made = await place.backup(from.connection);
  await ask(into.connection, 'CREATE SCHEMA pgboss; CREATE TABLE pgboss.job (id int)');
  await place.restore(into.connection, made.archive);
});
afterEach(() => into.drop());

describe('after a restore', () => {
  test('answers and notices of then are cancelled; reminders on their way then go once more, marked as repeated', async () => {
    const rows = await ask<{ id: string; state: string; owner: string | null }>(
      into.connection,
      'SELECT id, state, owner FROM outbox ORDER BY id',
    );
    expect(rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
      '1 cancelled',
      '2 cancelled',
      '3 cancelled',
      '4 unknown',
      '5 unknown',
      '6 sent',
      '7 cancelled',
    ]);
    expect(rows.filter(({ state, owner }) => state !== 'sent' && owner !== null)).toEqual([]);
    const deliveries = await ask<{ id: string; state: string; queued: boolean }>(
      into.connection,
      'SELECT id, state, queued_at IS NOT NULL AS queued FROM deliveries ORDER BY id',
    );
    expect(deliveries.map(({ id, state, queued }) => `${id} ${state}${queued ? ' queued' : ''}`)).toEqual([
      '1 due',
      '2 unknown queued',
      '3 unknown queued',
      '4 sent queued',
      '5 due',
    ]);
  });

  test('nobody holds a lease, nothing pauses, and Telegram is set up anew', async () => {
    for (const table of ['leases', 'pace', 'bot_facts', 'rate_limits'])
      expect(await ask(into.connection, `SELECT FROM ${table}`), table).toEqual([]);
    expect(await ask(into.connection, 'SELECT paused_until FROM chats')).toEqual([{ paused_until: null }]);
  });

  test('a message that had come and was not handled yet is handled', async () => {
    expect(await ask(into.connection, 'SELECT state, attempts, not_before FROM updates')).toEqual([
      { state: 'waiting', attempts: 0, not_before: null },
    ]);
  });

  test('the queue is gone, to be made anew, and ids of the lost time are not given again', async () => {
    expect(await ask(into.connection, "SELECT to_regnamespace('pgboss') AS queue")).toEqual([{ queue: null }]);
    const [row] = await ask<{ id: number }>(
      into.connection,
      "INSERT INTO people (name, timezone) VALUES ('Next', 'UTC') RETURNING id",
    );
    expect(row?.id).toBe(100_002);
  });

  test('the backup it came from is known as the good one it is', async () => {
    const runs = await ask<{ kind: string; state: string }>(
      into.connection,
      'SELECT kind, state FROM backup_runs ORDER BY id DESC LIMIT 2',
    );
    expect(runs).toEqual([
      { kind: 'restore', state: 'succeeded' },
      { kind: 'backup', state: 'succeeded' },
    ]);
  });
});
