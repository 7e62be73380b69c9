/** Forgets a person: everything of theirs, in one transaction. What stays is a number that means nobody, or a newcomer. */
import { type Person, type PersonDefaults, peopleChanged } from '../../access/people.ts';
import { type EpochMs, iso } from '../../core/clock.ts';
import type { ChatId } from '../../core/ids.ts';
import type { Tx } from '../../storage/database.ts';
import { statements as sql } from './statements.ts';
import { TABLES } from './tables.ts';

const ME = 'WITH me AS (SELECT $1::int AS person, $2::int AS space, $3::bigint AS chat)';

const deletions = Object.entries(TABLES).flatMap(([table, { forget }]) =>
  forget === null ? [] : [{ name: `forget:${table}`, text: `${ME} DELETE FROM ${table} t USING me WHERE ${forget}` }],
);

/** Rows of other spaces and of the operator keep standing, without the person. */
const detachments = [
  `${ME} UPDATE actions t SET person_id = NULL FROM me WHERE t.person_id = me.person`,
  `${ME} UPDATE tasks t SET assignee_id = NULL FROM me WHERE t.assignee_id = me.person`,
  `${ME} UPDATE groups t SET added_by = NULL FROM me WHERE t.added_by = me.person`,
  `${ME} UPDATE backup_runs t SET chat_id = NULL FROM me WHERE t.chat_id = me.chat`,
].map((text, index) => ({ name: `forget:detach:${index}`, text }));

/** The group itself, once what was in it is gone. */
const dropGroup = ['groups WHERE id', 'chats WHERE space_id', 'spaces WHERE id'].map((where, index) => ({
  name: `forget:group:${index}`,
  text: `DELETE FROM ${where} = $1`,
}));
/** What they were to be reminded of in other groups goes to whoever has been there longest: it was said for all of them. */
const handOver = ['reminders', 'deliveries'].map((table) => ({
  name: `forget:handOver:${table}`,
  text: `UPDATE ${table} t SET person_id = o.person_id
           FROM (SELECT DISTINCT ON (m.space_id) m.space_id, m.person_id
                   FROM memberships m JOIN groups g ON g.id = m.space_id JOIN people p ON p.id = m.person_id
                  WHERE m.person_id <> $1 AND p.role IN ('operator', 'member')
                  ORDER BY m.space_id, m.joined_at, m.person_id) o
          WHERE t.space_id = o.space_id AND t.person_id = $1`,
}));

const renewed = {
  // Every column beside these falls back to its default, also those that come later.
  dropPerson: { name: 'forget:person', text: 'DELETE FROM people WHERE id = $1' },
  newPerson: {
    name: 'forget:newPerson',
    text: 'INSERT INTO people (id, telegram_user_id, name, role, language, locale, timezone, created_at) VALUES ($1, $2, $3, $4, $5, $5, $6, $7)',
  },
  dropSpace: { name: 'forget:space', text: 'DELETE FROM spaces WHERE id = $1' },
  newSpace: {
    name: 'forget:newSpace',
    text: "INSERT INTO spaces (id, kind, title, owner_id, created_at) VALUES ($1, 'person', '', $2, $3)",
  },
  dropChats: { name: 'forget:chats', text: 'DELETE FROM chats WHERE person_id = $1 OR chat_id = $2' },
  newChat: { name: 'forget:newChat', text: 'INSERT INTO chats (chat_id, person_id, space_id) VALUES ($1, $2, $3)' },
  // Their ids must stay for a while: Telegram may bring an update again, and it must not be handled for the newcomer.
  wipeUpdates: {
    name: 'forget:updates',
    text: "UPDATE updates SET payload = NULL, error_ref = NULL WHERE person_id = $1 AND state <> 'waiting'",
  },
  endUpdates: {
    name: 'forget:endUpdates',
    text: `UPDATE updates SET payload = NULL, state = 'handled', handled_at = $3
            WHERE person_id = $1 AND state = 'waiting' AND lane <> $2`,
  },
};

/**
 * Forgets `person`. One who is configured is a newcomer afterwards, under the same number, so that what they wrote meanwhile still finds
 * them; an invited one is nobody, and needs an invitation to come back.
 */
export async function forgetPerson(
  tx: Tx,
  person: Person,
  options: { readonly configured: boolean; readonly defaults: PersonDefaults; readonly now: EpochMs },
): Promise<void> {
  const { id, spaceId, telegramUserId } = person;
  const chat = telegramUserId as ChatId | null;
  const at = iso(options.now);
  for (const statement of handOver) await tx.query(statement, [id]);
  for (const group of await tx.query<{ id: number; chatId: ChatId }>(sql.groupsAlone, [id])) {
    await tx.query(sql.hasten, [group.id]);
    for (const statement of deletions) await tx.query(statement, [id, group.id, group.chatId]);
    for (const statement of dropGroup) await tx.query(statement, [group.id]);
  }
  await tx.query(sql.hasten, [spaceId]);
  for (const statement of [...deletions, ...detachments]) await tx.query(statement, [id, spaceId, chat ?? 0]);
  await tx.query(renewed.wipeUpdates, [id]);
  if (!options.configured) await tx.query(renewed.endUpdates, [id, chat ?? 0, at]);
  await tx.query(renewed.dropPerson, [id]);
  await tx.query(renewed.newPerson, [
    id,
    options.configured ? chat : null,
    '',
    options.configured ? person.role : 'removed',
    options.defaults.language,
    options.defaults.timezone,
    at,
  ]);
  await tx.query(renewed.dropSpace, [spaceId]);
  await tx.query(renewed.newSpace, [spaceId, id, at]);
  await tx.query(renewed.dropChats, [id, chat ?? 0]);
  if (options.configured && chat !== null) await tx.query(renewed.newChat, [chat, id, spaceId]);
  await peopleChanged(tx);
}
