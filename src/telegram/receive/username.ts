/** The bot's own name, kept: a process that only takes updates never asks Telegram, and in groups people call Steward by it. */
import type { BotId } from '../../core/ids.ts';
import type { Queryable } from '../../storage/database.ts';

const read = {
  name: 'username:read',
  text: `SELECT value #>> '{}' AS name FROM bot_facts WHERE bot_id = $1 AND name = 'username'`,
};
const keep = {
  name: 'username:keep',
  text: `INSERT INTO bot_facts (bot_id, name, value, updated_at) VALUES ($1, 'username', to_jsonb($2::text), clock_timestamp())
         ON CONFLICT (bot_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
         WHERE bot_facts.value <> excluded.value`,
};

/** What Telegram last said; undefined before it first did. */
export async function knownUsername(db: Queryable, botId: BotId): Promise<string | undefined> {
  const [row] = await db.query<{ name: string }>(read, [botId]);
  return row?.name;
}

/** Telegram told it. */
export async function keepUsername(db: Queryable, botId: BotId, username: string): Promise<void> {
  await db.query(keep, [botId, username]);
}
