-- From prisma/schema/extra.sql
CREATE INDEX changes_of_notes ON changes (((coalesce(after, before) ->> 'task_id')::int)) WHERE entity = 'notes';
