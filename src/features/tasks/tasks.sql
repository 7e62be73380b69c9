-- name: lock
-- The row as it is now, held until the end of the transaction: what an action decides on must not be older than that.
SELECT * FROM tasks WHERE id = $1 AND space_id = $2 FOR UPDATE;

-- name: follower
-- The instance that was opened when $1 was closed last, NULL where it is gone or closed: `untouched` while it reads as it was made and got nothing
-- of its own.
SELECT t.id, t.status = 'todo' AND to_jsonb(t) @> made.after AND to_jsonb(t.tags) = made.after -> 'tags'
       AND NOT EXISTS (SELECT FROM notes n WHERE n.task_id = t.id)
       AND NOT EXISTS (SELECT FROM attachments a WHERE a.task_id = t.id)
       AND NOT EXISTS (SELECT FROM reminders r WHERE r.task_id = t.id AND r.basis <> 'relative' AND r.rrule IS NULL)
       AND NOT EXISTS (SELECT FROM dependencies d WHERE d.task_id = t.id OR d.blocker_id = t.id)
       AND NOT EXISTS (
         WITH RECURSIVE tree AS (
           SELECT id, 1 AS depth FROM tasks WHERE parent_id = t.id
           UNION
           SELECT s.id, tree.depth + 1 FROM tree JOIN tasks s ON s.parent_id = tree.id WHERE tree.depth < 20
         )
         SELECT FROM tree JOIN changes x ON x.entity = 'tasks' AND x.entity_id = tree.id AND x.action_id <> closing.action_id) AS untouched
  FROM (SELECT id, action_id FROM changes
         WHERE entity = 'tasks' AND entity_id = $1 AND after ->> 'status' IN ('done', 'cancelled')
           AND before ->> 'status' NOT IN ('done', 'cancelled')
         ORDER BY id DESC LIMIT 1) closing
  CROSS JOIN LATERAL (SELECT entity_id, before, after FROM changes
         WHERE action_id = closing.action_id AND entity = 'tasks' AND id > closing.id ORDER BY id LIMIT 1) made
  LEFT JOIN tasks t ON t.id = made.entity_id AND t.space_id = $2 AND t.status NOT IN ('done', 'cancelled')
 WHERE made.before IS NULL;

-- name: details
-- What a card shows beside the task itself.
SELECT (SELECT name FROM projects p WHERE p.id = t.project_id) AS project,
       (SELECT name FROM clients c WHERE c.id = t.client_id) AS client,
       (SELECT coalesce(nullif(p.name, ''), p.username) FROM people p WHERE p.id = t.assignee_id) AS assignee,
       (SELECT count(*) FROM notes n WHERE n.task_id = t.id) AS notes,
       (SELECT count(*) FROM attachments a JOIN files f ON f.id = a.file_id WHERE a.task_id = t.id AND f.state <> 'failed') AS files,
       (SELECT count(*) FROM reminders r WHERE r.task_id = t.id AND r.status IN ('active', 'paused')) AS reminders
  FROM tasks t WHERE t.id = $1 AND t.space_id = $2;

-- name: byNumbers
SELECT * FROM tasks WHERE space_id = $1 AND number = ANY ($2::int[]);

-- name: projectByName
SELECT * FROM projects WHERE space_id = $1 AND lower(name) = lower($2);

-- name: clientByName
SELECT * FROM clients WHERE space_id = $1 AND lower(name) = lower($2);

-- name: projects
-- The names in use, the busiest of the open tasks first.
SELECT p.*, (SELECT count(*) FROM tasks t WHERE t.project_id = p.id AND t.status NOT IN ('done', 'cancelled')) AS open
  FROM projects p WHERE p.space_id = $1 ORDER BY open DESC, p.name LIMIT $2;

-- name: clients
SELECT c.*, (SELECT count(*) FROM tasks t WHERE t.client_id = c.id AND t.status NOT IN ('done', 'cancelled')) AS open
  FROM clients c WHERE c.space_id = $1 ORDER BY open DESC, c.name LIMIT $2;

-- name: tags
-- Tags of the newest tasks that have any, the most used first: bounded, whatever the number of tasks.
SELECT tag, count(*) AS uses
  FROM (SELECT tags FROM tasks
         WHERE space_id = $1 AND number > (SELECT max(number) FROM tasks WHERE space_id = $1) - 5000 AND tags <> '{}'
         ORDER BY number DESC LIMIT 1000) recent, unnest(tags) tag
 GROUP BY tag ORDER BY uses DESC, tag LIMIT $2;

-- name: notesOf
SELECT * FROM notes WHERE task_id = $1 AND space_id = $2 ORDER BY id DESC LIMIT $3 OFFSET $4;

-- name: noteIds
SELECT id FROM notes WHERE task_id = $1 AND space_id = $2 ORDER BY id;

-- name: fileIds
SELECT id FROM attachments WHERE task_id = $1 AND space_id = $2 ORDER BY id;

-- name: wordSources
-- Everything a search may find of some tasks. Bodies are bounded: one task's notes never fill the memory.
SELECT t.id, t.space_id, t.title, left(t.notes, 200000) AS notes, t.tags,
       ARRAY(SELECT left(n.body, 20000) FROM notes n WHERE n.task_id = t.id ORDER BY n.id DESC LIMIT 200) AS bodies,
       ARRAY(SELECT a.name || ' ' || a.description FROM attachments a WHERE a.task_id = t.id ORDER BY a.id DESC LIMIT 200) AS files
  FROM tasks t WHERE t.id = ANY ($1::int[]);

-- name: setWords
INSERT INTO task_words (task_id, space_id, title, words)
VALUES ($1, $2, array_to_tsvector($3::text[]), array_to_tsvector($4::text[]))
ON CONFLICT (task_id) DO UPDATE SET space_id = excluded.space_id, title = excluded.title, words = excluded.words;

-- name: addWords
-- Of a task just made. With its keys ($5) no trigger runs: half of what the row costs.
INSERT INTO task_words (task_id, space_id, title, words, keyed)
VALUES ($1, $2, array_to_tsvector($3::text[]), array_to_tsvector($4::text[]), array_to_tsvector($5::text[]));

-- name: dropWords
DELETE FROM task_words WHERE task_id = ANY ($1::int[]);

-- name: unindexed
-- Tasks without their words (written by another tool, restored), or whose words have no keys: taken up by the next run of the reindexer.
SELECT t.id FROM tasks t LEFT JOIN task_words w ON w.task_id = t.id WHERE w.task_id IS NULL
 UNION ALL
SELECT w.task_id FROM task_words w JOIN tasks t ON t.id = w.task_id WHERE w.keyed IS NULL
 ORDER BY 1 LIMIT $1;

-- name: byIds
SELECT * FROM tasks WHERE space_id = $1 AND id = ANY ($2::int[]);

-- name: partsOf
SELECT * FROM tasks WHERE parent_id = $1 AND space_id = $2 ORDER BY id;

-- name: tasksOfNotes
-- Also of notes that are gone: their images are kept in the changes.
SELECT task_id FROM notes WHERE id = ANY ($1::int[])
UNION SELECT coalesce(after ->> 'task_id', before ->> 'task_id')::int AS task_id
  FROM changes WHERE entity = 'notes' AND entity_id = ANY ($1::int[]);

-- name: projectById
SELECT * FROM projects WHERE space_id = $1 AND id = $2;

-- name: clientById
SELECT * FROM clients WHERE space_id = $1 AND id = $2;

-- name: reviveProjects
-- From their newest image, where a task stands under them.
INSERT INTO projects (id, space_id, name, created_at)
SELECT r.id, r.space_id, r.name, r.created_at
  FROM (SELECT DISTINCT ON (entity_id) after FROM changes
         WHERE entity = 'projects' AND entity_id = ANY ($1::int[]) AND after IS NOT NULL ORDER BY entity_id, id DESC) c,
       jsonb_populate_record(NULL::projects, c.after) r
 WHERE EXISTS (SELECT FROM tasks t WHERE t.space_id = r.space_id AND t.project_id = r.id)
ON CONFLICT DO NOTHING;

-- name: reviveClients
-- From their newest image, where a task stands under them.
INSERT INTO clients (id, space_id, name, created_at)
SELECT r.id, r.space_id, r.name, r.created_at
  FROM (SELECT DISTINCT ON (entity_id) after FROM changes
         WHERE entity = 'clients' AND entity_id = ANY ($1::int[]) AND after IS NOT NULL ORDER BY entity_id, id DESC) c,
       jsonb_populate_record(NULL::clients, c.after) r
 WHERE EXISTS (SELECT FROM tasks t WHERE t.space_id = r.space_id AND t.client_id = r.id)
ON CONFLICT DO NOTHING;

-- name: namesGone
-- Projects and clients that tasks name and that are not there.
SELECT CASE WHEN p.id IS NULL THEN t.project_id END AS project_id, CASE WHEN c.id IS NULL THEN t.client_id END AS client_id
  FROM tasks t LEFT JOIN projects p ON p.id = t.project_id LEFT JOIN clients c ON c.id = t.client_id
 WHERE t.id = ANY ($1::int[]) AND ((t.project_id IS NOT NULL AND p.id IS NULL) OR (t.client_id IS NOT NULL AND c.id IS NULL));

-- name: record
-- What was done to $1, to its notes and to its files, also to those that are gone, an action once, newest first. Actions are looked up
-- one by one: joined, the planner may read those of the whole space.
WITH touched AS (
  SELECT action_id, id, before, after FROM changes WHERE entity = 'tasks' AND entity_id = $1
  UNION ALL
  SELECT action_id, id, NULL, NULL FROM changes WHERE entity = 'notes' AND (coalesce(after, before) ->> 'task_id')::int = $1
  UNION ALL
  SELECT action_id, id, NULL, NULL FROM changes WHERE entity = 'attachments' AND (coalesce(after, before) ->> 'task_id')::int = $1
), once AS (
  SELECT DISTINCT ON (action_id) action_id, before, after FROM touched ORDER BY action_id, before IS NULL, id
)
SELECT a.id, a.kind, a.summary, a.at, a.undone_at, a.via, a.person_id, p.name AS person_name, o.before, o.after, count(*) OVER ()::int AS total
  FROM once o CROSS JOIN LATERAL (SELECT * FROM actions WHERE id = o.action_id AND space_id = $2 OFFSET 0) a
  LEFT JOIN people p ON p.id = a.person_id
 ORDER BY a.id DESC LIMIT $3 OFFSET $4;

-- name: projectNames
SELECT id, name FROM projects WHERE space_id = $1 AND id = ANY ($2::int[]);

-- name: clientNames
SELECT id, name FROM clients WHERE space_id = $1 AND id = ANY ($2::int[]);

-- name: recurringNext
-- Among those due first: whoever has thousands of others waits for no more.
SELECT * FROM (SELECT * FROM tasks WHERE space_id = $1 AND status NOT IN ('done', 'cancelled')
  ORDER BY due_date, due_time, priority DESC, number LIMIT 1000) first
 WHERE recurrence IS NOT NULL ORDER BY due_date, due_time, priority DESC, number LIMIT $2;

-- name: lockRecurring
SELECT * FROM tasks WHERE space_id = $1 AND recurrence IS NOT NULL AND status NOT IN ('done', 'cancelled') ORDER BY id FOR UPDATE;

-- name: fellDue
-- The count ends at a thousand: nobody reads on.
WITH due AS (
  SELECT number, title, due_date, due_time FROM tasks
   WHERE space_id = $1 AND status NOT IN ('done', 'cancelled') AND due_date >= $2 AND due_date < $3 AND id <> ALL ($4::int[])
   ORDER BY due_date, due_time, priority DESC, number LIMIT 1000
)
SELECT number, title, due_date, count(*) OVER ()::int AS total FROM due ORDER BY due_date, due_time LIMIT $5;
