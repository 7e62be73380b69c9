-- From prisma/schema/extra.sql
CREATE INDEX deliveries_open ON deliveries (person_id, state) WHERE state IN ('due', 'held', 'sending', 'unknown', 'failed');
CREATE INDEX actions_undone ON actions (undone_by) WHERE undone_by IS NOT NULL;
