-- name: nextNumber
UPDATE spaces SET next_number = next_number + 1 WHERE id = $1 RETURNING next_number - 1 AS number;

-- name: attached
-- What hangs on these tasks; of links between tasks, whether both ends are among them.
SELECT 'notes' AS entity, id, true AS inside FROM notes WHERE task_id = ANY ($1::int[]) AND space_id = $2
UNION ALL
SELECT 'attachments', id, true FROM attachments WHERE task_id = ANY ($1::int[]) AND space_id = $2
UNION ALL
SELECT 'dependencies', id, task_id = ANY ($1::int[]) AND blocker_id = ANY ($1::int[]) FROM dependencies
 WHERE (task_id = ANY ($1::int[]) OR blocker_id = ANY ($1::int[])) AND space_id = $2;

-- name: isMember
SELECT FROM memberships WHERE space_id = $1 AND person_id = $2;
