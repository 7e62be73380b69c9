-- From prisma/schema/extra.sql
CREATE INDEX outbox_retrying ON outbox (bot_id, not_before) WHERE state IN ('due', 'unknown') AND not_before IS NOT NULL;
CREATE INDEX chats_paused ON chats (paused_until) WHERE paused_until IS NOT NULL;
