/** The bot's own name, kept: a process that only takes updates never asks Telegram, and in groups people call Steward by it. */
import type { BotId } from '../../core/ids.ts';
import type { Queryable } from '../../storage/database.ts';
import { botFact, keepBotFact } from '../facts.ts';

/** What Telegram last said; undefined before it first did. */
export async function knownUsername(db: Queryable, botId: BotId): Promise<string | undefined> {
  const name = await botFact(db, botId, 'username');
  return typeof name === 'string' ? name : undefined;
}

/** Telegram told it. */
export async function keepUsername(db: Queryable, botId: BotId, username: string): Promise<void> {
  await keepBotFact(db, botId, 'username', username);
}
