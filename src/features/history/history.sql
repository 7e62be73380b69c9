-- name: actionsById
SELECT a.id, a.kind, a.summary, a.at, a.undone_at, a.person_id, p.name AS person_name
  FROM actions a LEFT JOIN people p ON p.id = a.person_id WHERE a.id = ANY ($1::bigint[]) AND a.space_id = $2;

-- name: count
-- Of what is paged through: the newest 5,000. Nobody pages further, and counting all of years takes the longer the more there is.
SELECT count(*)::int AS count FROM (SELECT FROM actions WHERE space_id = $1 ORDER BY id DESC LIMIT 5000) newest;

-- name: startOfPage
-- The newest action of a page, so that pages are reached by number and read by key.
SELECT id FROM actions WHERE space_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1;

-- name: undosBetween
-- What one answer took back, the newest first: the ids of its undos follow one another within the space.
SELECT id FROM actions WHERE space_id = $1 AND id BETWEEN $2 AND $3 AND kind = 'undo' AND undone_at IS NULL ORDER BY id DESC LIMIT $4;

-- name: standsAgain
-- The undo was itself taken back: the change it undid stands again, and can be undone again.
UPDATE actions SET undone_at = NULL, undone_by = NULL WHERE undone_by = $1;
