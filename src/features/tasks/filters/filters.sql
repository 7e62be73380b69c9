-- name: all
SELECT * FROM saved_filters WHERE space_id = $1 ORDER BY lower(name), id LIMIT $2;

-- name: named
SELECT * FROM saved_filters WHERE space_id = $1 AND lower(name) = lower($2);

-- name: keeping
SELECT * FROM saved_filters WHERE space_id = $1 AND query = $2 ORDER BY id LIMIT 1;

-- name: count
SELECT count(*)::int AS count FROM saved_filters WHERE space_id = $1;
