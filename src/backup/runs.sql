-- name: begin
INSERT INTO backup_runs (kind, state, cause, target, archive, started_at) VALUES ($1, 'running', $2, $3, $4, $5) RETURNING id;

-- name: succeed
UPDATE backup_runs SET state = 'succeeded', ended_at = $2, archive = coalesce($3, archive), bytes = $4, rows = $5, sha256 = $6, encrypted = $7, warnings = $8
 WHERE id = $1;

-- name: fail
-- Of an inspection ($5), 'failed' speaks of the archive ($4): what could not be made was hindered.
UPDATE backup_runs SET state = CASE WHEN kind = ANY($5) AND NOT $4 THEN 'hindered' ELSE 'failed' END, ended_at = $2, reason = $3
 WHERE id = $1;

-- name: ask
-- One request at a time: a second one before the first is taken up is the same.
INSERT INTO backup_runs (kind, state, cause, target, asked_at, chat_id)
SELECT 'backup', 'asked', 'chat', $1, $2, $3
 WHERE NOT EXISTS (SELECT FROM backup_runs WHERE kind = 'backup' AND state IN ('asked', 'running'))
RETURNING id;

-- name: nextAsked
SELECT id FROM backup_runs WHERE state = 'asked' ORDER BY id LIMIT 1;

-- name: takeAsked
UPDATE backup_runs SET state = 'running', started_at = $2, archive = $3, target = $4 WHERE id = $1 AND state = 'asked' RETURNING id;

-- name: endInterrupted
-- Whoever has the lease is the only one at work: what still runs by its row was interrupted.
UPDATE backup_runs SET state = CASE WHEN kind = ANY($3) THEN 'hindered' ELSE 'failed' END,
       ended_at = $1, reason = 'interrupted: the process ended or lost the database'
 WHERE state = 'running' AND id <> $2 AND (kind = 'backup' OR started_at < $1::timestamptz - interval '1 day');

-- name: latest
-- The newest run of each kind and end.
SELECT DISTINCT ON (kind, state) id, kind, state, cause, target, archive, started_at, ended_at, bytes, rows, sha256, encrypted, reason, warnings
  FROM backup_runs WHERE state IN ('succeeded', 'failed', 'hindered') ORDER BY kind, state, started_at DESC NULLS LAST, id DESC;

-- name: recent
SELECT id, kind, state, cause, target, archive, started_at, ended_at, bytes, rows, sha256, encrypted, reason, warnings
  FROM backup_runs ORDER BY coalesce(started_at, asked_at) DESC, id DESC LIMIT $1;

-- name: written
-- What was written under this name.
SELECT sha256, bytes FROM backup_runs WHERE archive = $1 AND kind = 'backup' AND state = 'succeeded' ORDER BY id DESC LIMIT 1;

-- name: installed
SELECT min(finished_at) AS at FROM _prisma_migrations;

-- name: toTell
-- Ends of what was asked for in a chat, each told once by whoever comes first.
UPDATE backup_runs SET told_at = $1
 WHERE id IN (SELECT id FROM backup_runs WHERE chat_id IS NOT NULL AND told_at IS NULL AND state IN ('succeeded', 'failed') ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED)
RETURNING id, kind, state, cause, target, archive, started_at, ended_at, bytes, rows, sha256, encrypted, reason, warnings, chat_id;

-- name: trim
DELETE FROM backup_runs WHERE state IN ('succeeded', 'failed', 'hindered') AND coalesce(ended_at, started_at) < $1
   AND id NOT IN (SELECT max(id) FROM backup_runs GROUP BY kind, state);
