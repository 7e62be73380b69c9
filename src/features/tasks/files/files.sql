-- name: addFile
INSERT INTO files (space_id, person_id, chat_id, bot_id, telegram_file, kind, duration, bytes, batch, created_at, message_id, unique_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id;

-- name: ofMessage
-- What a message brought to a task, as far as it is still there.
SELECT a.*, f.kind, f.bytes, f.unique_id
  FROM attachments a JOIN files f ON f.id = a.file_id
 WHERE a.task_id = $1 AND a.space_id = $2 AND f.bot_id = $3 AND f.chat_id = $4 AND f.message_id = $5 ORDER BY a.id;

-- name: wasBrought
-- Whether this message brought this content before, be it taken away since.
SELECT 1 AS found FROM files WHERE space_id = $1 AND chat_id = $2 AND message_id = $3 AND unique_id = $4 LIMIT 1;

-- name: countOf
SELECT count(*)::int AS count FROM attachments WHERE task_id = $1 AND space_id = $2;

-- name: spaceUse
-- What a space's files take: each content once, files on their way as announced.
SELECT count(*)::int AS files, coalesce(sum(bytes) FILTER (WHERE first), 0)::float8 AS bytes
  FROM (SELECT f.bytes, f.sha256 IS NULL OR row_number() OVER (PARTITION BY f.sha256 ORDER BY f.id) = 1 AS first
          FROM attachments a JOIN files f ON f.id = a.file_id
         WHERE a.space_id = $1 AND f.state <> 'failed') each;

-- name: byKind
SELECT f.kind, count(*)::int AS files, coalesce(sum(f.bytes), 0)::float8 AS bytes
  FROM attachments a JOIN files f ON f.id = a.file_id
 WHERE a.space_id = $1 AND f.state <> 'failed' GROUP BY f.kind ORDER BY bytes DESC, f.kind;

-- name: filesOf
SELECT a.*, f.kind, f.bytes, f.duration, f.media_type, f.state, f.sha256, f.telegram_file, f.bot_id
  FROM attachments a JOIN files f ON f.id = a.file_id
 WHERE a.task_id = $1 AND a.space_id = $2 AND f.state <> 'failed' ORDER BY a.id LIMIT $3 OFFSET $4;

-- name: newestFiles
SELECT a.*, f.kind, f.bytes, f.duration, f.media_type, f.state, f.sha256, f.telegram_file, f.bot_id,
       t.title AS task_title, t.number AS task_number
  FROM attachments a JOIN files f ON f.id = a.file_id JOIN tasks t ON t.id = a.task_id
 WHERE a.space_id = $1 AND f.state <> 'failed' ORDER BY a.id DESC LIMIT $2 OFFSET $3;

-- name: fileById
SELECT a.*, f.kind, f.bytes, f.duration, f.media_type, f.state, f.sha256, f.telegram_file, f.bot_id
  FROM attachments a JOIN files f ON f.id = a.file_id
 WHERE a.id = $1 AND a.space_id = $2;

-- name: idsOf
SELECT id FROM attachments WHERE task_id = $1 AND space_id = $2 ORDER BY id;

-- name: tasksOfFiles
-- Also of attachments that are gone: their images are kept in the changes.
SELECT task_id FROM attachments WHERE id = ANY ($1::int[])
UNION SELECT coalesce(after ->> 'task_id', before ->> 'task_id')::int AS task_id
  FROM changes WHERE entity = 'attachments' AND entity_id = ANY ($1::int[]);

-- name: takeWaiting
-- One process fetches it; should it die, another takes it up when its time is over, which is made longer while it lives.
UPDATE files SET attempts = attempts + 1, taken_until = clock_timestamp() + interval '20 seconds'
 WHERE id = (SELECT id FROM files WHERE state = 'waiting' AND bot_id = $1 AND (taken_until IS NULL OR taken_until < clock_timestamp())
              ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, space_id, person_id, chat_id, telegram_file, kind, attempts, batch, created_at;

-- name: stillTaken
UPDATE files SET taken_until = clock_timestamp() + interval '20 seconds' WHERE id = $1 AND state = 'waiting';

-- name: retryLater
UPDATE files SET taken_until = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = $1 AND state = 'waiting';

-- name: kept
UPDATE files SET state = 'kept', sha256 = $2, bytes = $3, media_type = $4, taken_until = NULL
 WHERE id = $1 AND state = 'waiting' RETURNING id;

-- name: failed
UPDATE files SET state = 'failed', reason = $2, taken_until = NULL WHERE id = $1 AND state = 'waiting' RETURNING id;

-- name: lockBatch
-- Members of a batch end one after another, so that the last one sees how all of them ended.
SELECT id FROM files WHERE batch = $1 ORDER BY id FOR UPDATE;

-- name: untold
-- What failed of a batch of which nothing is on its way any more.
UPDATE files f SET told_at = $2
  FROM attachments a JOIN tasks t ON t.id = a.task_id
 WHERE f.batch = $1 AND f.state = 'failed' AND f.told_at IS NULL AND a.file_id = f.id
   AND NOT EXISTS (SELECT FROM files w WHERE w.batch = $1 AND w.state = 'waiting')
RETURNING f.id, f.kind, f.reason, a.name, t.id AS task_id, t.title AS task_title;
