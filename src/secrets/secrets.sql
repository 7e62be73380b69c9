-- name: put
INSERT INTO secrets (space_id, purpose, subject, key_id, nonce, ciphertext, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (space_id, purpose, subject) DO UPDATE
   SET key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext, updated_at = excluded.updated_at;

-- name: get
SELECT key_id, nonce, ciphertext FROM secrets WHERE space_id = $1 AND purpose = $2 AND subject = $3;

-- name: remove
DELETE FROM secrets WHERE space_id = $1 AND purpose = $2 AND subject = $3 RETURNING id;

-- name: keys
SELECT key_id, count(*)::int AS count FROM secrets GROUP BY key_id ORDER BY key_id;

-- name: toRotate
-- Locked until the batch is committed: a put in between waits, and its row is looked at again.
SELECT id, space_id, purpose, subject, key_id, nonce, ciphertext FROM secrets
 WHERE id > $1 AND key_id <> $2 ORDER BY id LIMIT $3 FOR UPDATE;

-- name: rotate
-- updated_at says when the secret last changed, which this does not.
UPDATE secrets s SET key_id = n.key_id, nonce = n.nonce, ciphertext = n.ciphertext
  FROM unnest($1::int[], $2::text[], $3::bytea[], $4::bytea[]) AS n (id, key_id, nonce, ciphertext) WHERE s.id = n.id;
