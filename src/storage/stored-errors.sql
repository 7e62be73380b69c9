-- name: store
-- The references of the last twenty are kept: a person may show the operator any of them.
INSERT INTO stored_errors (fingerprint, kind, summary, first_seen, last_seen, last_ref, refs, source)
VALUES ($1, $2, $3, $4, $4, $5, ARRAY[$5], $6)
ON CONFLICT (fingerprint) DO UPDATE
   SET count = stored_errors.count + 1, last_seen = excluded.last_seen, last_ref = excluded.last_ref,
       refs = (excluded.refs || stored_errors.refs)[1:20], source = coalesce(excluded.source, stored_errors.source)
RETURNING count;

-- name: trim
DELETE FROM stored_errors WHERE last_seen < $1;
