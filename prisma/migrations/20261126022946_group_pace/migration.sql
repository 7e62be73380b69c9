-- From prisma/schema/extra.sql
CREATE INDEX outbox_groups ON outbox (chat_id, sent_at) WHERE chat_id < 0 AND state = 'sent';
