-- name: installation
-- The name of this installation in keys; made once, whoever comes first.
WITH made AS (
  INSERT INTO bot_facts (bot_id, name, value) VALUES (0, 'installation', to_jsonb($1::text))
  ON CONFLICT (bot_id, name) DO NOTHING RETURNING value #>> '{}' AS name
)
SELECT name FROM made UNION ALL SELECT value #>> '{}' FROM bot_facts WHERE bot_id = 0 AND name = 'installation' LIMIT 1;

-- name: origins
SELECT entity, entity_id, min(key) AS key FROM origins WHERE space_id = $1 GROUP BY entity, entity_id;

-- name: pageOfHistory
SELECT id, kind, via, summary, at, undone_at FROM actions WHERE space_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: pageOfDeliveries
SELECT id, kind, reminder_id, due_at, state, reason, sent_at, lateness_ms FROM deliveries WHERE space_id = $1 AND id > $2 ORDER BY id LIMIT $3;

-- name: addOrigins
INSERT INTO origins (space_id, key, entity, entity_id)
SELECT $1, o.key, $2, o.id FROM jsonb_to_recordset($3) AS o(key text, id int)
ON CONFLICT (space_id, key) DO UPDATE SET entity = excluded.entity, entity_id = excluded.entity_id;

-- name: lockNumbers
SELECT next_number FROM spaces WHERE id = $1 FOR UPDATE;

-- name: setNumbers
UPDATE spaces SET next_number = greatest(next_number, $2) WHERE id = $1;

-- name: overdue
-- Occurrences planned of reminders just taken in whose time had passed where they come from.
SELECT id, reminder_id FROM deliveries
 WHERE reminder_id = ANY ($1::int[]) AND state = 'due' AND queued_at IS NULL AND due_at <= $2 FOR UPDATE;

-- name: settled
-- Whether $1 waits for $2 already, or $2 for $1 by any number of steps.
WITH RECURSIVE chain AS (
  SELECT $2::int AS id
  UNION
  SELECT d.blocker_id FROM chain JOIN dependencies d ON d.task_id = chain.id
)
SELECT EXISTS (SELECT FROM chain WHERE id = $1::int) OR EXISTS (SELECT FROM dependencies WHERE task_id = $1 AND blocker_id = $2) AS settled;

-- name: addFile
INSERT INTO files (space_id, person_id, chat_id, bot_id, telegram_file, kind, duration, bytes, media_type, sha256, state, batch, created_at)
VALUES ($1, $2, $3, 0, '', $4, $5, $6, $7, $8, 'kept', 'import', $9) RETURNING id;

-- name: groupsAlone
-- Groups of $1 in which nobody else is who may use Steward: their lists are theirs alone.
SELECT s.id, s.chat_id FROM memberships m JOIN spaces s ON s.id = m.space_id
 WHERE m.person_id = $1 AND s.kind = 'group'
   AND NOT EXISTS (SELECT FROM memberships o WHERE o.space_id = s.id AND o.person_id <> $1);

-- name: hasten
-- Before their files are forgotten: bytes nobody else uses, wherever they lie, go with the next sweep.
UPDATE contents c SET touched_at = '1970-01-01T00:00:00Z'
 WHERE c.sha256 IN (SELECT sha256 FROM files WHERE space_id = $1)
   AND NOT EXISTS (SELECT FROM files f WHERE f.sha256 = c.sha256 AND f.space_id <> $1)
   AND NOT EXISTS (SELECT FROM attachments a JOIN files f ON f.id = a.file_id WHERE f.sha256 = c.sha256 AND a.space_id <> $1);

-- name: addImport
INSERT INTO data_imports (person_id, space_id, chat_id, telegram_file, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: takeImport
-- One process fetches it; should it die, another takes it up when its time is over.
UPDATE data_imports SET attempts = attempts + 1, taken_until = clock_timestamp() + interval '3 minutes'
 WHERE id = (SELECT id FROM data_imports WHERE state = 'waiting' AND (taken_until IS NULL OR taken_until < clock_timestamp())
              ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, person_id, chat_id, telegram_file, attempts;

-- name: offerImport
UPDATE data_imports SET state = 'offered', file = $2, telegram_file = '' WHERE id = $1 AND state = 'waiting' RETURNING id;

-- name: endImport
UPDATE data_imports SET state = $2, telegram_file = '' WHERE id = $1 AND state IN ('waiting', 'offered') RETURNING file;

-- name: offeredImport
SELECT file, state FROM data_imports WHERE id = $1 AND person_id = $2 FOR UPDATE;

-- name: trimImports
DELETE FROM data_imports WHERE created_at < $1;

-- name: retryImport
UPDATE data_imports SET taken_until = clock_timestamp() + $2 * interval '1 second' WHERE id = $1 AND state = 'waiting';
