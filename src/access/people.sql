-- name: allPeople
SELECT p.id, p.telegram_user_id, p.name, p.username, p.role, p.language, p.locale, p.timezone, p.date_order, p.clock,
       p.week_start, p.day_parts, p.quiet_hours, p.quiet_since, p.quiet_until, p.quiet_lets_urgent, p.native_tables, p.paused_since, p.paused_until, p.onboarded_at, s.id AS space_id,
       EXISTS (SELECT 1 FROM invitations i WHERE i.used_by = p.id) AS invited
  FROM people p JOIN spaces s ON s.owner_id = p.id
 WHERE p.role IN ('operator', 'member') AND p.telegram_user_id IS NOT NULL;

-- name: personById
SELECT p.id, p.telegram_user_id, p.name, p.username, p.role, p.language, p.locale, p.timezone, p.date_order, p.clock,
       p.week_start, p.day_parts, p.quiet_hours, p.quiet_since, p.quiet_until, p.quiet_lets_urgent, p.native_tables, p.paused_since, p.paused_until, p.onboarded_at, s.id AS space_id
  FROM people p JOIN spaces s ON s.owner_id = p.id
 WHERE p.id = $1;

-- name: ensurePerson
-- A person who is there keeps name and settings; only the role follows the configuration. One removed by the operator comes back by an invitation alone.
INSERT INTO people (telegram_user_id, name, role, language, locale, timezone)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (telegram_user_id) DO UPDATE SET role = CASE WHEN people.role = 'removed' AND excluded.role = 'member' THEN people.role ELSE excluded.role END
RETURNING id;

-- name: ensureSpace
INSERT INTO spaces (kind, title, owner_id) VALUES ('person', $2, $1)
ON CONFLICT (owner_id) DO UPDATE SET owner_id = excluded.owner_id
RETURNING id;

-- name: ensureMembership
INSERT INTO memberships (space_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: ensureChat
INSERT INTO chats (chat_id, person_id, space_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: groups
SELECT s.chat_id, s.id AS space_id, array_remove(array_agg(m.person_id), NULL) AS members
  FROM spaces s LEFT JOIN memberships m ON m.space_id = s.id
 WHERE s.kind = 'group' AND s.chat_id IS NOT NULL
 GROUP BY s.id;

-- name: openInvitations
SELECT code_hash FROM invitations WHERE used_at IS NULL AND expires_at > $1;

-- name: demoteOthers
UPDATE people SET role = 'member' WHERE role = 'operator' AND telegram_user_id IS DISTINCT FROM $1;

-- name: meet
UPDATE people SET name = $2, username = $3, language = $4, locale = $5 WHERE id = $1;

-- name: writable
SELECT FROM people p JOIN chats c ON c.chat_id = p.telegram_user_id WHERE p.id = $1 AND p.name <> '' AND c.unreachable_since IS NULL;

-- name: unlisted
-- Those of $1 who had left the configuration and stand in it again. Locked: of several replicas that start one tells what follows.
SELECT id FROM people WHERE role = 'unlisted' AND telegram_user_id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE;

-- name: unlist
-- Whom the configuration no longer names and no invitation let in. What they kept stays.
UPDATE people SET role = 'unlisted'
 WHERE role IN ('operator', 'member') AND telegram_user_id <> ALL ($1::bigint[])
   AND NOT EXISTS (SELECT FROM invitations i WHERE i.used_by = people.id)
RETURNING id;
