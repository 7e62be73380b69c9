-- AlterTable
ALTER TABLE "task_words" ADD COLUMN     "keyed" tsvector;

-- From prisma/schema/extra.sql
DROP INDEX IF EXISTS task_words_title;
DROP INDEX IF EXISTS task_words_words;
DROP INDEX IF EXISTS tasks_tags;
DROP INDEX IF EXISTS tasks_closed;
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
-- Every task that is there gets its keys from the trigger, before the index: some 30 seconds for a million.
UPDATE task_words SET keyed = NULL;
CREATE INDEX task_words_keyed ON task_words USING gin (keyed) WITH (fastupdate = off);
CREATE INDEX task_words_unkeyed ON task_words (task_id) WHERE keyed IS NULL;
CREATE INDEX tasks_open_status ON tasks (space_id, status, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_open_priority ON tasks (space_id, priority, due_date, due_time, number) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_open_tags ON tasks USING gin (tags, (ARRAY[space_id])) WITH (fastupdate = off) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_closed_status ON tasks (space_id, status, completed_at DESC) WHERE status IN ('done', 'cancelled');
