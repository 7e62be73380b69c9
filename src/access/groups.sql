-- name: groupByChat
SELECT s.id, s.title, s.chat_id, g.language, g.locale, g.timezone, g.date_order, g.clock, g.week_start, g.quiet_hours, g.quiet_since, g.quiet_until, g.quiet_lets_urgent, g.paused_since, g.paused_until,
       EXISTS (SELECT FROM memberships m WHERE m.space_id = s.id AND m.person_id = $2) AS member
  FROM spaces s JOIN groups g ON g.id = s.id
 WHERE s.kind = 'group' AND s.chat_id = $1;

-- name: addSpace
-- Of two who address it first in the same moment one makes it.
INSERT INTO spaces (kind, title, chat_id) VALUES ('group', $2, $1) ON CONFLICT (chat_id) DO NOTHING RETURNING id;

-- name: addGroup
INSERT INTO groups (id, language, locale, timezone, date_order, clock, week_start, added_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: addChat
INSERT INTO chats (chat_id, space_id) VALUES ($1, $2) ON CONFLICT (chat_id) DO UPDATE SET space_id = excluded.space_id, person_id = NULL;

-- name: join
INSERT INTO memberships (space_id, person_id, role) VALUES ($1, $2, 'member') ON CONFLICT DO NOTHING;

-- name: leave
DELETE FROM memberships WHERE space_id = $1 AND person_id = $2;

-- name: retitle
UPDATE spaces SET title = $2 WHERE id = $1;

-- name: members
SELECT p.id, p.name, p.username, p.telegram_user_id, p.language, c.chat_id IS NOT NULL AS reachable
  FROM memberships m JOIN people p ON p.id = m.person_id
  LEFT JOIN chats c ON c.person_id = p.id AND c.chat_id = p.telegram_user_id AND c.unreachable_since IS NULL
 WHERE m.space_id = $1 AND p.role IN ('operator', 'member')
 ORDER BY m.joined_at, p.id;

-- name: groupsOf
SELECT s.id, s.title, s.chat_id, g.language, g.locale, g.timezone, g.date_order, g.clock, g.week_start, g.quiet_hours,
       g.quiet_since, g.quiet_until, g.quiet_lets_urgent, g.paused_since, g.paused_until
  FROM memberships m JOIN spaces s ON s.id = m.space_id JOIN groups g ON g.id = s.id
 WHERE m.person_id = $1
 ORDER BY s.id;

-- name: groupById
SELECT s.id, s.title, s.chat_id, g.language, g.locale, g.timezone, g.date_order, g.clock, g.week_start, g.quiet_hours,
       g.quiet_since, g.quiet_until, g.quiet_lets_urgent, g.paused_since, g.paused_until
  FROM spaces s JOIN groups g ON g.id = s.id
 WHERE s.id = $1;
