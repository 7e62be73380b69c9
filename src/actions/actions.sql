-- name: takeKey
-- First statement of every action: a key that is there already means the action was applied.
INSERT INTO actions (key, space_id, person_id, via, kind, summary, at)
VALUES ($1, $2, $3, $4, $5, '{}', $6)
ON CONFLICT (key) DO NOTHING
RETURNING id;

-- name: byKey
SELECT id, result FROM actions WHERE key = $1;

-- name: finish
UPDATE actions SET summary = $2, result = $3 WHERE id = $1;

-- name: reserve
-- For an action whose key nobody else can hold: its row is written once, with its changes. Nobody asks for its result again.
SELECT nextval('actions_id_seq')::int AS id;

-- name: write
INSERT INTO actions (id, key, space_id, person_id, via, kind, at, summary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: writeWithChange
-- The same of one that changed one row, as most do: one statement for two.
WITH action AS (
  INSERT INTO actions (id, key, space_id, person_id, via, kind, at, summary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
)
INSERT INTO changes (action_id, entity, entity_id, before, after) VALUES ($1, $9, $10, $11, $12);

-- name: addChanges
INSERT INTO changes (action_id, entity, entity_id, before, after)
SELECT $1, c.entity, c."entityId", c.before, c.after
  FROM jsonb_to_recordset($2) AS c(entity text, "entityId" int, before jsonb, after jsonb);

-- name: newestUndoable
-- The newest change of the space that was not taken back and is itself no undo. BETWEEN and the space in the order keep the planner to the space's own
-- index: where one space has most of the table, it would go through everybody's newer actions by their ids (7 ms for 36,000).
SELECT id FROM actions
 WHERE space_id BETWEEN $1 AND $1 AND undone_at IS NULL AND kind <> 'undo' AND at > $2
   AND EXISTS (SELECT 1 FROM changes c WHERE c.action_id = actions.id)
 ORDER BY space_id DESC, id DESC LIMIT $3;

-- name: actionForUndo
SELECT a.id, a.kind, a.summary, a.at, a.undone_at, a.person_id, p.name AS person_name
  FROM actions a LEFT JOIN people p ON p.id = a.person_id WHERE a.id = $1 AND a.space_id = $2 FOR UPDATE OF a;

-- name: changesOf
SELECT id, entity, entity_id, before, after FROM changes WHERE action_id = $1 ORDER BY id DESC;

-- name: newerChanges
-- Actions after $1, not taken back, that touched a row it touched.
SELECT DISTINCT a.id, a.summary
  FROM changes mine
  JOIN changes theirs ON theirs.entity = mine.entity AND theirs.entity_id = mine.entity_id AND theirs.id > mine.id
  JOIN actions a ON a.id = theirs.action_id AND a.id <> mine.action_id
 WHERE mine.action_id = $1 AND a.undone_at IS NULL AND a.kind <> 'undo'
 ORDER BY a.id DESC LIMIT 5;

-- name: markUndone
UPDATE actions SET undone_at = $2, undone_by = $3 WHERE id = $1;

-- name: trim
-- The oldest first, so that a look costs little when nothing is old enough. Returns how many went.
WITH oldest AS (SELECT id, at FROM actions ORDER BY id LIMIT $2),
     gone AS (DELETE FROM actions a USING oldest o WHERE a.id = o.id AND o.at < $1 RETURNING a.id),
     images AS (DELETE FROM changes c USING gone g WHERE c.action_id = g.id)
SELECT count(*)::int AS gone FROM gone;

-- name: history
-- By the space's own index, as newestUndoable.
SELECT a.id, a.kind, a.summary, a.at, a.undone_at, a.via, a.person_id, p.name AS person_name
  FROM actions a LEFT JOIN people p ON p.id = a.person_id
 WHERE a.space_id BETWEEN $1 AND $1 AND a.id < $2
 ORDER BY a.space_id DESC, a.id DESC LIMIT $3;

-- name: historyOf
SELECT a.id, a.kind, a.summary, a.at, a.undone_at, a.via, a.person_id, p.name AS person_name, c.before, c.after
  FROM changes c JOIN actions a ON a.id = c.action_id LEFT JOIN people p ON p.id = a.person_id
 WHERE c.entity = $1 AND c.entity_id = $2 AND a.space_id = $3
 ORDER BY c.id DESC LIMIT $4;
