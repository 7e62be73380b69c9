/** Writing down how messages ended. */
import { expect, test } from 'vitest';
import { testPerson } from '../../../test/support/context.ts';
import { databaseOfFile } from '../../../test/support/postgres.ts';
import { finish } from './claims.ts';

const db = databaseOfFile(1);

test('two edits of one message that end together are both written down, and the message leads to what it shows now', async () => {
  await testPerson(db, 8);
  const rows = await db.query<{ id: number }>(
    `INSERT INTO outbox (bot_id, chat_id, priority, method, payload, link, order_at, created_at, state, owner, attempts)
     SELECT 1, 8, 0, 'editMessageText', '{}', jsonb_build_object('role', 'card', 'entity', 'task', 'entityId', n), now(), now(), 'sending', 'me', 1
       FROM generate_series(1, 2) n RETURNING id`,
  );
  const endings = rows.map(({ id }) => ({
    id,
    state: 'sent' as const,
    reason: null,
    messageId: 77,
    notBefore: null,
    uncounted: false,
  }));
  await finish(db, 'me', endings, Date.parse('2026-11-25T10:00:00Z'));
  expect(await db.query('SELECT state FROM outbox')).toEqual([{ state: 'sent' }, { state: 'sent' }]);
  expect(await db.query('SELECT message_id, entity_id FROM message_links')).toEqual([{ messageId: 77, entityId: 2 }]);
});
