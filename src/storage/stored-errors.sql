-- name: store
INSERT INTO stored_errors (fingerprint, kind, summary, first_seen, last_seen, last_ref)
VALUES ($1, $2, $3, $4, $4, $5)
ON CONFLICT (fingerprint) DO UPDATE SET count = stored_errors.count + 1, last_seen = excluded.last_seen, last_ref = excluded.last_ref
RETURNING count;

-- name: newest
SELECT fingerprint, kind, summary, count, first_seen, last_seen, last_ref FROM stored_errors ORDER BY last_seen DESC LIMIT $1;

-- name: untold
SELECT fingerprint, kind, summary, count, first_seen, last_seen, last_ref FROM stored_errors
 WHERE told_at IS NULL ORDER BY first_seen LIMIT 20 FOR UPDATE SKIP LOCKED;

-- name: told
UPDATE stored_errors SET told_at = $2 WHERE fingerprint = ANY ($1::text[]);

-- name: trim
DELETE FROM stored_errors WHERE last_seen < $1;
