-- Lists in the order of due date, time, priority and number: that of the index tasks_open_due, so a page costs what it skips and shows.
-- Counts stop at a bound, so that no list is slower the more it could show; their order keeps them to the index, whosever the other rows are.

-- name: openPage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled')
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: openCount
SELECT count(*) AS count FROM (SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled')
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: duePage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date BETWEEN $4 AND $5
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: dueCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date BETWEEN $3 AND $4
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: overduePage
SELECT * FROM tasks
 WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date <= $4 AND (due_date < $4 OR due_time < $5)
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: overdueCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks
   WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date <= $3 AND (due_date < $3 OR due_time < $4)
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: somedayPage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date IS NULL AND start_date IS NULL
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: somedayCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date IS NULL AND start_date IS NULL
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: closedPage
SELECT * FROM tasks WHERE space_id = $1 AND status IN ('done', 'cancelled') AND status = $4
 ORDER BY completed_at DESC LIMIT $2 OFFSET $3;

-- name: closedCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status IN ('done', 'cancelled') AND status = $3
   ORDER BY completed_at DESC LIMIT $2) t;

-- name: statusPage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND status = $4
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: statusCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND status = $3
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: priorityPage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND priority = $4
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: priorityCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND priority = $3
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: tagPage
-- Of a common tag, in the order of the list: written so that no index of tags is asked.
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND $4::text = ANY (tags)
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: rareTagPage
-- Of a tag that few tasks have: all of them are put in order. The space is asked as the index holds it, as a set of one.
SELECT * FROM (
  SELECT * FROM tasks WHERE ARRAY[space_id] @> ARRAY[$1::int] AND status NOT IN ('done', 'cancelled') AND tags @> ARRAY[$4::text] OFFSET 0) t
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: tagCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE ARRAY[space_id] @> ARRAY[$1::int] AND status NOT IN ('done', 'cancelled') AND tags @> ARRAY[$3::text]
   LIMIT $2) t;

-- name: projectPage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND project_id = $4
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: projectCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND project_id = $3
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: clientPage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND client_id = $4
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: clientCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND client_id = $3
   ORDER BY due_date, due_time, priority DESC, number LIMIT $2) t;

-- name: assigneePage
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND assignee_id = $4
 ORDER BY due_date, due_time, priority DESC, number LIMIT $2 OFFSET $3;

-- name: assigneeCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND assignee_id = $3 LIMIT $2) t;

-- name: finishedPage
-- What was done in some days, the newest first: the order of the index of closed tasks.
SELECT * FROM tasks WHERE space_id = $1 AND status IN ('done', 'cancelled') AND status = 'done'
   AND completed_at >= $4 AND completed_at < $5
 ORDER BY completed_at DESC LIMIT $2 OFFSET $3;

-- name: finishedCount
SELECT count(*) AS count FROM (
  SELECT FROM tasks WHERE space_id = $1 AND status IN ('done', 'cancelled') AND status = 'done'
     AND completed_at >= $3 AND completed_at < $4
   ORDER BY completed_at DESC LIMIT $2) t;

-- name: nextDue
-- The first open task due after a day: what an empty list points to.
SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date > $2
 ORDER BY due_date, due_time, priority DESC, number LIMIT 1;
