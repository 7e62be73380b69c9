-- name: actionsById
SELECT id, kind, summary, at, undone_at FROM actions WHERE id = ANY ($1::bigint[]) AND space_id = $2;

-- name: count
-- Of what is paged through: the newest 5,000. Nobody pages further, and counting all of years takes the longer the more there is.
SELECT count(*)::int AS count FROM (SELECT FROM actions WHERE space_id = $1 ORDER BY id DESC LIMIT 5000) newest;

-- name: startOfPage
-- The newest action of a page, so that pages are reached by number and read by key.
SELECT id FROM actions WHERE space_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1;

-- name: standsAgain
-- The undo was itself taken back: the change it undid stands again, and can be undone again.
UPDATE actions SET undone_at = NULL, undone_by = NULL WHERE undone_by = $1;
