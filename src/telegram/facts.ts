/** What a bot remembers about itself, by name: what Telegram was told, and what it told. One row a fact. */
import type { BotId } from '../core/ids.ts';
import type { Queryable } from '../storage/database.ts';

const read = { name: 'facts:read', text: 'SELECT value FROM bot_facts WHERE bot_id = $1 AND name = $2' };
const keep = {
  name: 'facts:keep',
  text: `INSERT INTO bot_facts (bot_id, name, value, updated_at) VALUES ($1, $2, $3, clock_timestamp())
         ON CONFLICT (bot_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
         WHERE bot_facts.value <> excluded.value`,
};

/** The fact, as it was kept; undefined before it first was. */
export async function botFact(db: Queryable, botId: BotId, name: string): Promise<unknown> {
  const [row] = await db.query<{ value: unknown }>(read, [botId, name]);
  return row?.value;
}

/** Keeps a fact; one that is the same already costs a look. */
export async function keepBotFact(db: Queryable, botId: BotId, name: string, value: unknown): Promise<void> {
  await db.query(keep, [botId, name, JSON.stringify(value)]);
}
