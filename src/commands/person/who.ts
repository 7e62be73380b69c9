/** The person a command of the operator is about, by their Telegram id, and how they act in it. */
import { type Actor, ensurePerson, readPerson } from '../../access/people.ts';
import type { Config } from '../../config/config.ts';
import { Upstream } from '../../core/errors.ts';
import type { ChatId, PersonId } from '../../core/ids.ts';
import type { Database } from '../../storage/database.ts';

const find = { name: 'person:byTelegramId', text: 'SELECT id FROM people WHERE telegram_user_id = $1' };

/** The person with this Telegram id, acting for themselves by the operator's hand. @throws Upstream, with the mend, when there is none. */
export async function actorOf(db: Database, telegramUserId: number): Promise<Actor> {
  const [row] = await db.query<{ id: PersonId }>(find, [telegramUserId]);
  if (!row)
    throw new Upstream(
      'person',
      `Nobody with the Telegram id ${telegramUserId} is known here. Mend: give the id of somebody /people lists, or --to for a new one.`,
    );
  const person = await readPerson(db, row.id);
  return { person, spaceId: person.spaceId, chatId: telegramUserId as ChatId, via: 'system' };
}

/** Makes the person when they are not there yet: for a new Telegram account. Who may pass is still the configuration's or an invitation's to say. */
export async function ensureActor(db: Database, config: Config, telegramUserId: number): Promise<Actor> {
  await db.transaction(async (tx) => {
    const [known] = await tx.query(find, [telegramUserId]);
    if (known) return;
    const { language, timezone } = config;
    const role = config.telegram?.allowedUsers[0] === telegramUserId ? 'operator' : 'member';
    await ensurePerson(tx, { telegramUserId, name: '', role, language, locale: language, timezone });
  });
  return actorOf(db, telegramUserId);
}

/** Who talks in the terminal, where no Telegram is configured. */
export const LOCAL_PERSON = 1;

/** The id given, or that of the only one there is: the local chat's owner, or the first allowed one. */
export function chosen(config: Config, given: number | undefined): number {
  return given ?? config.telegram?.allowedUsers[0] ?? LOCAL_PERSON;
}
