-- How tasks hang together: parts of others, and what waits for what. Depths are bounded here as well: rows of another tool must not hang a reader.
-- Ids are joined, not compared with ANY: a prepared plan uses the partial index tasks_parent only where it sees that no parent is null.

-- name: lockSpace
-- Trees and chains of a space change one at a time, so that two changes never close a circle together.
SELECT id FROM spaces WHERE id = $1 FOR UPDATE;

-- name: children
SELECT * FROM tasks WHERE space_id = $1 AND parent_id = $2
 ORDER BY status IN ('done', 'cancelled'), due_date, due_time, priority DESC, number LIMIT $3 OFFSET $4;

-- name: childCount
SELECT count(*)::int AS count FROM tasks WHERE space_id = $1 AND parent_id = $2;

-- name: below
-- The whole tree below a task, the deepest first.
WITH RECURSIVE tree AS (
  SELECT id, 1 AS depth FROM tasks WHERE parent_id = $1 AND space_id = $2
  UNION
  SELECT t.id, tree.depth + 1 FROM tree JOIN tasks t ON t.parent_id = tree.id AND t.space_id = $2 WHERE tree.depth < 20
)
SELECT t.*, tree.depth FROM tree JOIN tasks t ON t.id = tree.id ORDER BY tree.depth DESC, t.id;

-- name: above
-- A task and those it is a part of, itself first.
WITH RECURSIVE up AS (
  SELECT id, parent_id, 0 AS depth FROM tasks WHERE id = $1 AND space_id = $2
  UNION
  SELECT t.id, t.parent_id, up.depth + 1 FROM up JOIN tasks t ON t.id = up.parent_id AND t.space_id = $2 WHERE up.depth < 20
)
SELECT t.*, up.depth FROM up JOIN tasks t ON t.id = up.id ORDER BY up.depth;

-- name: marks
-- Of each task of a page: its subtasks at any depth and how many are done (given up ones do not count), whether it is a part, whether it waits.
WITH RECURSIVE tree AS (
  SELECT r.id AS root, t.id, t.status, 1 AS depth FROM unnest($2::int[]) AS r(id) JOIN tasks t ON t.parent_id = r.id AND t.space_id = $1
  UNION ALL
  SELECT tree.root, t.id, t.status, tree.depth + 1 FROM tree JOIN tasks t ON t.parent_id = tree.id AND t.space_id = $1 WHERE tree.depth < 20
), counted AS (
  SELECT root, count(*) AS total, count(*) FILTER (WHERE status = 'done') AS done FROM tree WHERE status <> 'cancelled' GROUP BY root
)
SELECT t.id, coalesce(c.total, 0)::int AS total, coalesce(c.done, 0)::int AS done,
       t.parent_id IS NOT NULL AND EXISTS (SELECT FROM tasks p WHERE p.id = t.parent_id) AS part,
       EXISTS (SELECT FROM dependencies d JOIN tasks b ON b.id = d.blocker_id
                WHERE d.task_id = t.id AND b.status NOT IN ('done', 'cancelled')) AS blocked,
       (SELECT coalesce(nullif(split_part(p.name, ' ', 1), ''), p.username) FROM people p WHERE p.id = t.assignee_id) AS assignee
  FROM tasks t LEFT JOIN counted c ON c.root = t.id
 WHERE t.id = ANY ($2::int[]) AND t.space_id = $1;

-- name: leftOpen
-- How many of these tasks have parts that are still to do and not among them.
WITH RECURSIVE tree AS (
  SELECT r.id AS root, t.id, t.status, 1 AS depth FROM unnest($2::int[]) AS r(id) JOIN tasks t ON t.parent_id = r.id AND t.space_id = $1
  UNION ALL
  SELECT tree.root, t.id, t.status, tree.depth + 1 FROM tree JOIN tasks t ON t.parent_id = tree.id AND t.space_id = $1 WHERE tree.depth < 20
)
SELECT count(DISTINCT root)::int AS count FROM tree WHERE status NOT IN ('done', 'cancelled') AND NOT (id = ANY ($2::int[]));

-- name: readyWholes
-- Of these tasks the open ones with nothing left to do directly below them.
SELECT t.* FROM tasks t
 WHERE t.space_id = $1 AND t.id = ANY ($2::int[]) AND t.status NOT IN ('done', 'cancelled')
   AND NOT EXISTS (SELECT FROM tasks p WHERE p.parent_id = t.id AND p.status NOT IN ('done', 'cancelled'))
 ORDER BY t.number;

-- name: circlesOf
-- Which of these tasks are a part of themselves: an undo below newer changes may have led there.
WITH RECURSIVE up AS (
  SELECT id AS root, parent_id, 0 AS depth FROM tasks WHERE id = ANY ($1::int[]) AND parent_id IS NOT NULL
  UNION
  SELECT up.root, t.parent_id, up.depth + 1 FROM up JOIN tasks t ON t.id = up.parent_id WHERE up.parent_id <> up.root AND up.depth < 20
)
SELECT root AS id FROM up WHERE parent_id = root LIMIT 1;

-- name: blockers
-- What a task waits for, open ones first.
SELECT b.* FROM dependencies d JOIN tasks b ON b.id = d.blocker_id AND b.space_id = $2
 WHERE d.task_id = $1 AND d.space_id = $2
 ORDER BY b.status IN ('done', 'cancelled'), b.number;

-- name: waiting
-- Open tasks that wait for one.
SELECT t.* FROM dependencies d JOIN tasks t ON t.id = d.task_id AND t.space_id = $2
 WHERE d.blocker_id = $1 AND d.space_id = $2 AND t.status NOT IN ('done', 'cancelled')
 ORDER BY t.due_date, t.due_time, t.priority DESC, t.number LIMIT 50;

-- name: freed
-- Open tasks that waited for one of these and wait for nothing any more. Read from the few that waited: every completion asks.
WITH waited AS MATERIALIZED (
  SELECT DISTINCT d.task_id FROM unnest($2::int[]) AS r(id) JOIN dependencies d ON d.blocker_id = r.id
)
SELECT t.* FROM waited w JOIN tasks t ON t.id = w.task_id
 WHERE t.space_id = $1 AND t.status NOT IN ('done', 'cancelled')
   AND NOT EXISTS (SELECT FROM dependencies d
                    CROSS JOIN LATERAL (SELECT FROM tasks b WHERE b.id = d.blocker_id AND b.status NOT IN ('done', 'cancelled') OFFSET 0) open
                    WHERE d.task_id = t.id)
 ORDER BY t.due_date, t.due_time, t.priority DESC, t.number LIMIT 20;

-- name: reaches
-- Whether $1 waits for $2, by any number of steps.
WITH RECURSIVE chain AS (
  SELECT blocker_id AS id FROM dependencies WHERE task_id = $1
  UNION
  SELECT d.blocker_id FROM chain JOIN dependencies d ON d.task_id = chain.id
)
SELECT EXISTS (SELECT FROM chain WHERE id = $2) AS reaches;

-- name: selfWaiting
-- Which of these dependencies stand in a circle.
WITH RECURSIVE chain AS (
  SELECT d.id AS root, d.task_id AS start, d.blocker_id AS id FROM dependencies d WHERE d.id = ANY ($1::int[])
  UNION
  SELECT chain.root, chain.start, d.blocker_id FROM chain JOIN dependencies d ON d.task_id = chain.id
)
SELECT root AS id FROM chain WHERE id = start LIMIT 1;

-- name: dependency
SELECT id FROM dependencies WHERE task_id = $1 AND blocker_id = $2 AND space_id = $3;

-- name: dependenciesOf
SELECT id FROM dependencies WHERE space_id = $2 AND (task_id = $1 OR blocker_id = $1) ORDER BY id;
