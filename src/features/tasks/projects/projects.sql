-- name: uses
SELECT count(*)::int AS total, (count(*) FILTER (WHERE status NOT IN ('done', 'cancelled')))::int AS open
  FROM tasks WHERE space_id = $1 AND project_id = $2;

-- name: under
-- In the order of their ids, as everybody locks tasks who takes more than one.
SELECT id FROM tasks WHERE space_id = $1 AND project_id = $2 ORDER BY id LIMIT $3 FOR UPDATE;

-- name: ownSeries
SELECT id, series FROM tasks
 WHERE space_id = $1 AND series IS NOT NULL AND lower(series -> 'own' ->> 'project') = lower($2) ORDER BY id FOR UPDATE;
