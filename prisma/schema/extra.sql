-- What Prisma's schema language cannot say; `npm run migration` appends new statements of this file to the migration it writes.
CREATE INDEX updates_waiting ON updates (lane, update_id) WHERE state = 'waiting';
CREATE INDEX updates_parked ON updates (handled_at) WHERE state = 'parked';
CREATE INDEX updates_handled ON updates (handled_at) WHERE state = 'handled';
CREATE INDEX outbox_waiting ON outbox (bot_id, chat_id, priority, order_at, id) WHERE state IN ('due', 'sending', 'unknown');
CREATE INDEX outbox_next ON outbox (bot_id, priority, order_at, id) WHERE state IN ('due', 'unknown');
CREATE INDEX outbox_sending ON outbox (bot_id, chat_id, owner) WHERE state = 'sending';
CREATE INDEX outbox_retrying ON outbox (bot_id, not_before) WHERE state IN ('due', 'unknown') AND not_before IS NOT NULL;
CREATE INDEX chats_paused ON chats (paused_until) WHERE paused_until IS NOT NULL;
CREATE INDEX outbox_ended ON outbox (created_at) WHERE state IN ('sent', 'failed', 'cancelled');
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'due' AND queued_at IS NULL;
CREATE INDEX deliveries_held ON deliveries (held_until) WHERE state = 'held';
CREATE INDEX tasks_open_due ON tasks (space_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled');
CREATE UNIQUE INDEX projects_name ON projects (space_id, lower(name));
CREATE UNIQUE INDEX clients_name ON clients (space_id, lower(name));
CREATE INDEX reminders_active ON reminders (space_id, number) WHERE status IN ('active', 'paused');
ALTER TABLE tasks ADD CONSTRAINT tasks_status_known CHECK (status IN ('todo', 'in_progress', 'review', 'blocked', 'done', 'cancelled'));
ALTER TABLE tasks ADD CONSTRAINT tasks_priority_known CHECK (priority BETWEEN 1 AND 5);
ALTER TABLE tasks ADD CONSTRAINT tasks_time_needs_date CHECK (due_time IS NULL OR due_date IS NOT NULL);
ALTER TABLE reminders ADD CONSTRAINT reminders_basis_known CHECK ((basis = 'wall' AND local_at IS NOT NULL) OR (basis = 'instant' AND fixed_at IS NOT NULL) OR (basis = 'relative' AND minutes_before IS NOT NULL AND task_id IS NOT NULL));
-- tasks search: a list of its own for each word and each value of a filter within 8,192 numbers of a space, so that reading stops when
-- enough was found. Kept by the database, whoever writes. Without a list of what is pending, which every search would read whole.
CREATE FUNCTION task_words_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT array_to_tsvector(array_agg(t.space_id || '.' || (t.number >> 13) || '.' || k.key)) INTO NEW.keyed
    FROM tasks t CROSS JOIN LATERAL (
      (SELECT 'w' || word AS key FROM unnest(tsvector_to_array(NEW.words)) word ORDER BY word = ANY (tsvector_to_array(NEW.title)) DESC LIMIT 30000)
      UNION ALL SELECT 't' || left(tag, 200) FROM unnest(t.tags) tag
      UNION ALL VALUES ('s' || t.status), ('p' || t.priority), ('o' || t.project_id), ('c' || t.client_id), ('a' || t.assignee_id),
                       ('d' || coalesce(to_char(t.due_date, 'YYYY-MM-DD'), 'none')), ('m' || to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
    ) k WHERE t.id = NEW.task_id AND k.key IS NOT NULL;
  RETURN NEW;
END $$;
CREATE FUNCTION tasks_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE task_words SET keyed = NULL WHERE task_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER task_words_made BEFORE INSERT ON task_words FOR EACH ROW WHEN (NEW.keyed IS NULL) EXECUTE FUNCTION task_words_keys();
CREATE TRIGGER task_words_changed BEFORE UPDATE ON task_words FOR EACH ROW WHEN (NEW.keyed IS NULL OR NEW.words IS DISTINCT FROM OLD.words) EXECUTE FUNCTION task_words_keys();
CREATE TRIGGER tasks_changed AFTER UPDATE ON tasks FOR EACH ROW WHEN ((NEW.space_id, NEW.number, NEW.status, NEW.priority, NEW.tags, NEW.project_id, NEW.client_id, NEW.assignee_id, NEW.due_date, NEW.created_at) IS DISTINCT FROM (OLD.space_id, OLD.number, OLD.status, OLD.priority, OLD.tags, OLD.project_id, OLD.client_id, OLD.assignee_id, OLD.due_date, OLD.created_at)) EXECUTE FUNCTION tasks_keys();
CREATE INDEX task_words_keyed ON task_words USING gin (keyed) WITH (fastupdate = off);
CREATE INDEX task_words_unkeyed ON task_words (task_id) WHERE keyed IS NULL;
-- lists by one value, in the order of lists
CREATE INDEX tasks_open_status ON tasks (space_id, status, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_open_priority ON tasks (space_id, priority, due_date, due_time, number) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_open_tags ON tasks USING gin (tags, (ARRAY[space_id])) WITH (fastupdate = off) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_closed_status ON tasks (space_id, status, completed_at DESC) WHERE status IN ('done', 'cancelled');
CREATE INDEX tasks_open_project ON tasks (project_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled') AND project_id IS NOT NULL;
CREATE INDEX tasks_open_client ON tasks (client_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled') AND client_id IS NOT NULL;
-- backups
CREATE INDEX backup_runs_latest ON backup_runs (kind, state, started_at DESC);
CREATE INDEX backup_runs_open ON backup_runs (id) WHERE state IN ('asked', 'running');
-- a task's record finds the changes of its notes, of removed ones too
CREATE INDEX changes_of_notes ON changes (((coalesce(after, before) ->> 'task_id')::int)) WHERE entity = 'notes';
-- subtasks
CREATE INDEX tasks_parent ON tasks (parent_id, id) WHERE parent_id IS NOT NULL;
-- names in a space
CREATE UNIQUE INDEX saved_filters_name ON saved_filters (space_id, lower(name));
CREATE UNIQUE INDEX templates_name ON templates (space_id, lower(name));
-- what is told together after quiet time, while it is on its way: hardly any rows
CREATE INDEX deliveries_gathered ON deliveries (gathered_by) WHERE gathered_by IS NOT NULL;
-- groups
CREATE INDEX tasks_open_assignee ON tasks (assignee_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled') AND assignee_id IS NOT NULL;
-- files on their way from Telegram: hardly any rows
CREATE INDEX files_waiting ON files (id) WHERE state = 'waiting';
-- a task's record finds the changes of its attachments, of removed ones too; and whether an undo may still bring a file back
CREATE INDEX changes_of_attachments ON changes (((coalesce(after, before) ->> 'task_id')::int)) WHERE entity = 'attachments';
CREATE INDEX changes_of_files ON changes (((coalesce(after, before) ->> 'file_id')::int)) WHERE entity = 'attachments';
-- what left for groups lately: Telegram takes twenty messages a minute in each
CREATE INDEX outbox_groups ON outbox (chat_id, sent_at) WHERE chat_id < 0 AND state = 'sent';
-- what is open or went wrong of a person, and how many there are of each: the ledger's ended rows are a hundred times as many
CREATE INDEX deliveries_open ON deliveries (person_id, state) WHERE state IN ('due', 'held', 'sending', 'unknown', 'failed');
-- what an undo undid, asked when the undo is taken back
CREATE INDEX actions_undone ON actions (undone_by) WHERE undone_by IS NOT NULL;
