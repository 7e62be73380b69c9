-- Tasks by their keys. A space's tasks are read in stretches of 8,192 numbers, the newest first, until enough was found: each word and each
-- value of a filter has a list of its own within a stretch (`task_words.keyed`), so what is read is bounded, however common the words are,
-- however many tasks there are, and whosever. In $2, a tsquery, chr(1) stands for the stretch. Planned anew each time: what holds with a few
-- tasks would be kept when there are many.

-- name: search
-- The newest 600 that match are ranked: whole words of the title, then beginnings, then open ones, then the newest.
WITH found AS (
  SELECT x.*
    FROM generate_series((SELECT max(number) FROM tasks WHERE space_id = $1) >> 13, 0, -1) AS s(stretch)
   CROSS JOIN LATERAL (
     SELECT t.*, w.title @@ $4::tsquery AS whole, w.title @@ $3::tsquery AS begun
       FROM (SELECT task_id, title FROM task_words
              WHERE keyed @@ replace($2::text, chr(1), $1::int || '.' || s.stretch || '.')::tsquery
              ORDER BY task_id DESC OFFSET 0) w
      CROSS JOIN LATERAL (SELECT id, number, status IN ('done', 'cancelled') AS closed FROM tasks
                           WHERE tasks.id = w.task_id AND tasks.space_id = $1
                             AND ($5::date IS NULL OR due_date >= $5) AND ($6::date IS NULL OR due_date <= $6)
                             AND ($7::timestamptz IS NULL OR created_at >= $7) AND ($8::timestamptz IS NULL OR created_at < $8)
                             AND ($9::int IS NULL OR coalesce(assignee_id, 0) = $9)
                           OFFSET 0) t
      LIMIT 600
   ) x
   LIMIT 600
), page AS (
  SELECT id, row_number() OVER (ORDER BY whole DESC, begun DESC, closed, number DESC) AS place, count(*) OVER () AS total
    FROM found ORDER BY place LIMIT $10 OFFSET $11
)
SELECT t.*, p.total FROM page p JOIN tasks t ON t.id = p.id ORDER BY p.place;

-- name: filter
-- Filters without words, in the order of lists.
WITH found AS (
  SELECT x.*
    FROM generate_series((SELECT max(number) FROM tasks WHERE space_id = $1) >> 13, 0, -1) AS s(stretch)
   CROSS JOIN LATERAL (
     SELECT t.*
       FROM (SELECT task_id FROM task_words
              WHERE keyed @@ replace($2::text, chr(1), $1::int || '.' || s.stretch || '.')::tsquery
              ORDER BY task_id DESC OFFSET 0) w
      CROSS JOIN LATERAL (SELECT id, number, due_date, due_time, priority FROM tasks
                           WHERE tasks.id = w.task_id AND tasks.space_id = $1
                             AND ($3::date IS NULL OR due_date >= $3) AND ($4::date IS NULL OR due_date <= $4)
                             AND ($5::timestamptz IS NULL OR created_at >= $5) AND ($6::timestamptz IS NULL OR created_at < $6)
                             AND ($7::int IS NULL OR coalesce(assignee_id, 0) = $7)
                           OFFSET 0) t
      LIMIT 600
   ) x
   LIMIT 600
), page AS (
  SELECT id, row_number() OVER (ORDER BY due_date, due_time, priority DESC, number) AS place, count(*) OVER () AS total
    FROM found ORDER BY place LIMIT $8 OFFSET $9
)
SELECT t.*, p.total FROM page p JOIN tasks t ON t.id = p.id ORDER BY p.place;

-- name: completed
-- What was done in some days, the newest first, by the index of what is closed; of more than 4,000 in those days the newest.
WITH closed AS (
  SELECT id, number, completed_at FROM tasks
   WHERE space_id = $1 AND status IN ('done', 'cancelled') AND status = 'done'
     AND ($8::timestamptz IS NULL OR completed_at >= $8) AND ($9::timestamptz IS NULL OR completed_at < $9)
     AND ($3::date IS NULL OR due_date >= $3) AND ($4::date IS NULL OR due_date <= $4)
     AND ($5::timestamptz IS NULL OR created_at >= $5) AND ($6::timestamptz IS NULL OR created_at < $6)
     AND ($7::int IS NULL OR coalesce(assignee_id, 0) = $7)
   ORDER BY completed_at DESC LIMIT 4000
), found AS (
  SELECT c.id, c.number, c.completed_at
    FROM closed c
   CROSS JOIN LATERAL (SELECT FROM task_words w
                        WHERE w.task_id = c.id
                          AND w.keyed @@ replace($2::text, chr(1), $1::int || '.' || (c.number >> 13) || '.')::tsquery
                        OFFSET 0) w
   LIMIT 600
), page AS (
  SELECT id, row_number() OVER (ORDER BY completed_at DESC, number DESC) AS place, count(*) OVER () AS total
    FROM found ORDER BY place LIMIT $10 OFFSET $11
)
SELECT t.*, p.total FROM page p JOIN tasks t ON t.id = p.id ORDER BY p.place;

-- name: byTitle
-- The newest whose title has all the words of $3.
SELECT t.*
  FROM generate_series((SELECT max(number) FROM tasks WHERE space_id = $1) >> 13, 0, -1) AS s(stretch)
 CROSS JOIN LATERAL (
   SELECT w.task_id FROM task_words w
    WHERE w.keyed @@ replace($2::text, chr(1), $1::int || '.' || s.stretch || '.')::tsquery AND w.title @@ $3::tsquery
    ORDER BY w.task_id DESC LIMIT $4
 ) x
 CROSS JOIN LATERAL (SELECT * FROM tasks WHERE tasks.id = x.task_id AND tasks.space_id = $1 OFFSET 0) t
 LIMIT $4;

-- name: titles
-- Words of the newest titles that may be meant by misspelt ones, to be compared in the program; of the newest stretch and the $4 before it.
SELECT x.task_id AS id, array_to_string(tsvector_to_array(x.title), ' ') AS words,
       x.keyed @@ replace($5::text, chr(1), $1::int || '.' || s.stretch || '.')::tsquery AS closed
  FROM (SELECT max(number) >> 13 AS stretch FROM tasks WHERE space_id = $1) newest
 CROSS JOIN LATERAL generate_series(newest.stretch, greatest(0, newest.stretch - $4::int), -1) AS s(stretch)
 CROSS JOIN LATERAL (
   SELECT w.task_id, w.title, w.keyed FROM task_words w
    WHERE w.keyed @@ replace($2::text, chr(1), $1::int || '.' || s.stretch || '.')::tsquery
    ORDER BY w.task_id DESC LIMIT $3
 ) x
 LIMIT $3;

-- name: newestTitles
-- The same of all closed ones, of all open ones or of both ($2), where they are fewer than $3 and numbers end below 2,000; of more, none, or if $4 the newest $3 of
-- the newest 2,000 numbers. Read by number, so that no statistics lead to reading more.
SELECT t.id, array_to_string(tsvector_to_array(w.title), ' ') AS words, wanted.closed
  FROM (SELECT max(number) AS number FROM tasks WHERE space_id = $1) newest
 CROSS JOIN unnest($2::boolean[]) AS wanted(closed)
 CROSS JOIN LATERAL (SELECT id, newest.number <= 2000 AND count(*) OVER () < $3 AS whole
                       FROM (SELECT id FROM tasks
                              WHERE space_id = $1 AND number > newest.number - 2000 AND (status IN ('done', 'cancelled')) = wanted.closed
                              ORDER BY number DESC LIMIT $3) latest) t
 CROSS JOIN LATERAL (SELECT title FROM task_words WHERE task_id = t.id OFFSET 0) w
 WHERE t.whole OR $4::boolean;
