-- name: openTasks
SELECT count(*)::int AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') LIMIT 1000) t;

-- name: takeUntold
-- Groups in which Steward cannot write and whose people were not told so; told from now on.
UPDATE groups g SET absence_told_at = $1
  FROM spaces s JOIN chats c ON c.chat_id = s.chat_id
 WHERE s.id = g.id AND c.unreachable_since IS NOT NULL AND g.absence_told_at IS NULL
RETURNING g.id, s.title;

-- name: concerned
-- Who has reminders in a group and can be written to in private.
SELECT p.telegram_user_id AS chat_id, p.language, count(r.id)::int AS reminders
  FROM memberships m JOIN people p ON p.id = m.person_id
  JOIN chats c ON c.chat_id = p.telegram_user_id AND c.unreachable_since IS NULL
  LEFT JOIN reminders r ON r.space_id = m.space_id AND r.person_id = p.id AND r.status IN ('active', 'paused')
 WHERE m.space_id = $1 AND p.role IN ('operator', 'member')
 GROUP BY p.id HAVING count(r.id) > 0 ORDER BY p.id;

-- name: toldAgain
UPDATE groups SET absence_told_at = NULL WHERE id = $1;
