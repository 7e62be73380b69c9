-- name: touch
-- Before the bytes are put anywhere. Waits for a sweep that is just removing them, and takes over from it.
INSERT INTO contents (sha256, bytes, place, touched_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (sha256) DO UPDATE SET touched_at = greatest(contents.touched_at, excluded.touched_at)
RETURNING place, (SELECT true FROM files f WHERE f.sha256 = $1 AND f.state = 'kept' LIMIT 1) AS used;

-- name: place
SELECT place, bytes::float8 AS bytes FROM contents WHERE sha256 = $1;

-- name: moved
UPDATE contents SET place = $2 WHERE sha256 = $1;

-- name: misplaced
-- Whole and in use, but not where the configuration says.
SELECT c.sha256 FROM contents c
 WHERE c.place = $1 AND EXISTS (SELECT FROM files f WHERE f.sha256 = c.sha256)
 ORDER BY c.touched_at LIMIT $2;

-- name: lockPlaced
SELECT sha256 FROM contents WHERE sha256 = $1 AND place = $2 FOR UPDATE SKIP LOCKED;

-- name: unused
-- Nothing names them any more, and nobody was about to.
SELECT c.sha256, c.place FROM contents c
 WHERE c.touched_at < $1 AND NOT EXISTS (SELECT FROM files f WHERE f.sha256 = c.sha256)
 ORDER BY c.touched_at LIMIT $2;

-- name: lockUnused
SELECT place FROM contents c
 WHERE c.sha256 = $1 AND c.touched_at < $2 AND NOT EXISTS (SELECT FROM files f WHERE f.sha256 = c.sha256)
   FOR UPDATE SKIP LOCKED;

-- name: drop
DELETE FROM contents WHERE sha256 = $1;

-- name: unusedFiles
-- Files no attachment shows and no undo can bring back: every change that names them is older than $1.
DELETE FROM files f
 WHERE f.id IN (SELECT x.id FROM files x
                 WHERE x.created_at < $1 AND NOT EXISTS (SELECT FROM attachments a WHERE a.file_id = x.id) LIMIT 1000)
   AND NOT EXISTS (SELECT FROM attachments a WHERE a.file_id = f.id)
   AND NOT EXISTS (SELECT FROM changes c JOIN actions x ON x.id = c.action_id
                    WHERE c.entity = 'attachments' AND (coalesce(c.after, c.before) ->> 'file_id')::int = f.id AND x.at >= $1)
RETURNING f.id;
