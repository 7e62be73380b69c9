-- name: all
SELECT * FROM templates WHERE space_id = $1 ORDER BY lower(name), id LIMIT $2;

-- name: named
SELECT * FROM templates WHERE space_id = $1 AND lower(name) = lower($2);

-- name: count
SELECT count(*)::int AS count FROM templates WHERE space_id = $1;
