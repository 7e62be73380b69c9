/** Data in bulk, as Steward would have written it one by one. */
import { indexMissing } from '../../../src/features/tasks/search/search-index.ts';
import type { Database } from '../../../src/storage/database.ts';

/** Makes people with these Telegram ids (and one after another), invited, their spaces and chats. */
export async function seedPeople(db: Database, firstId: number, count: number): Promise<void> {
  await db.query(
    `WITH made AS (
       INSERT INTO people (telegram_user_id, name, timezone, onboarded_at)
       SELECT id, 'Person ' || id, 'Europe/Berlin', clock_timestamp() FROM generate_series($1::bigint, $1::bigint + $2::int - 1) id
       RETURNING id, telegram_user_id, name
     ), own AS (
       INSERT INTO spaces (kind, title, owner_id) SELECT 'person', name, id FROM made RETURNING id, owner_id
     ), members AS (
       INSERT INTO memberships (space_id, person_id, role) SELECT id, owner_id, 'owner' FROM own
     ), invited AS (
       INSERT INTO invitations (code_hash, created_by, created_at, expires_at, used_by, used_at)
       SELECT 'bench ' || id, id, clock_timestamp(), clock_timestamp(), id, clock_timestamp() FROM made
     )
     INSERT INTO chats (chat_id, person_id, space_id)
     SELECT made.telegram_user_id, made.id, own.id FROM made JOIN own ON own.owner_id = made.id`,
    [firstId, count],
  );
}

/** Gives the person `count` open tasks: some due, some overdue, some without a day, tagged and titled like people's. */
export async function seedTasks(db: Database, telegramId: number, count: number): Promise<void> {
  await db.query(
    `WITH own AS (
       SELECT s.id, p.id AS person FROM people p JOIN spaces s ON s.owner_id = p.id WHERE p.telegram_user_id = $1
     ), made AS (
       INSERT INTO tasks (space_id, number, title, priority, due_date, due_time, tags, created_by, created_at)
       SELECT own.id, n, (ARRAY['Call', 'Write to', 'Send the offer to', 'Meet', 'Pay', 'Read the report of'])[1 + n % 6]
              || ' ' || (ARRAY['Bob', 'Ann', 'Acme', 'the bank', 'Clara', 'the landlord', 'Dmitri'])[1 + n % 7] || ' about matter ' || n,
              1 + n % 5,
              CASE WHEN n % 3 = 0 THEN NULL ELSE current_date + (n % 120) - 20 END,
              CASE WHEN n % 3 = 1 THEN make_time(8 + n % 10, 0, 0) END,
              CASE WHEN n % 4 = 0 THEN ARRAY['sales'] ELSE '{}' END, own.person, clock_timestamp() - n * interval '1 minute'
         FROM own, generate_series(1, $2::int) n
     )
     UPDATE spaces SET next_number = $2::int + 1 WHERE id = (SELECT id FROM own)`,
    [telegramId, count],
  );
  await indexMissing(db);
}

/**
 * Plans `perSecond` reminders due at each of `seconds` seconds from `from` (epoch ms), spread over the chats. Their text says when
 * they are due, so that whoever receives them knows how late they are.
 */
export async function seedReminders(
  db: Database,
  options: { firstId: number; chats: number; from: number; perSecond: number; seconds: number },
): Promise<void> {
  await db.query(
    `WITH owner AS (
       SELECT p.id AS person, p.telegram_user_id AS chat, s.id AS space, row_number() OVER (ORDER BY p.telegram_user_id) - 1 AS place
         FROM people p JOIN spaces s ON s.owner_id = p.id
        WHERE p.telegram_user_id BETWEEN $1::bigint AND $1::bigint + $2::int - 1
     ), made AS (
       INSERT INTO reminders (space_id, number, person_id, chat_id, text, basis, fixed_at, created_by, created_at)
       SELECT o.space, 1000000 + n, o.person, o.chat, 'due ' || at, 'instant', to_timestamp(at / 1000.0), o.person, clock_timestamp()
         FROM generate_series(0, $4::int * $5::int - 1) n
         CROSS JOIN LATERAL (SELECT $3::bigint + (n / $4::int) * 1000 AS at) due
         JOIN owner o ON o.place = n % $2::int
       RETURNING id, space_id, person_id, chat_id, fixed_at
     )
     INSERT INTO deliveries (kind, space_id, person_id, chat_id, reminder_id, occurrence, due_at, created_at)
     SELECT 'reminder', space_id, person_id, chat_id, id, 'reminder:' || id || ':bench', fixed_at, clock_timestamp() FROM made`,
    [options.firstId, options.chats, options.from, options.perSecond, options.seconds],
  );
  await db.query('ANALYZE');
}
