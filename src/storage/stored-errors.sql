-- name: store
INSERT INTO stored_errors (fingerprint, kind, summary, first_seen, last_seen, last_ref)
VALUES ($1, $2, $3, $4, $4, $5)
ON CONFLICT (fingerprint) DO UPDATE SET count = stored_errors.count + 1, last_seen = excluded.last_seen, last_ref = excluded.last_ref
RETURNING count;

-- name: trim
DELETE FROM stored_errors WHERE last_seen < $1;
