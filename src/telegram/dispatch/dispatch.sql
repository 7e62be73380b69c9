-- name: reachable
-- $2: the person said that they want nothing more ('blocked'). Returns since when the chat took nothing, where that changes now.
UPDATE chats c SET unreachable_since = CASE WHEN $2 THEN coalesce(c.unreachable_since, $3::timestamptz) END,
       unreachable_reason = CASE WHEN $2 THEN 'blocked' END
  FROM (SELECT chat_id, unreachable_since AS since FROM chats WHERE chat_id = $1) old
 WHERE c.chat_id = old.chat_id AND (c.unreachable_since IS NOT NULL) <> $2
RETURNING old.since;

-- name: startFlow
INSERT INTO flows (chat_id, person_id, kind, data, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (chat_id, person_id) DO UPDATE SET kind = excluded.kind, data = excluded.data, expires_at = excluded.expires_at;

-- name: endFlow
DELETE FROM flows WHERE chat_id = $1 AND person_id = $2;

-- name: answersTo
-- Messages that answer the updates received at $3, the earliest at $4, by their order: those on their way, and those that left.
SELECT id, state, message_id, link IS NOT NULL AS shows FROM outbox
 WHERE bot_id = $1 AND chat_id = $2 AND state IN ('due', 'sending', 'unknown') AND method = 'sendMessage' AND caused_at = ANY ($3::timestamptz[])
UNION ALL
SELECT id, state, message_id, link IS NOT NULL FROM outbox
 WHERE state IN ('sent', 'failed', 'cancelled') AND state = 'sent' AND created_at >= $4::timestamptz AND bot_id = $1 AND chat_id = $2
   AND method = 'sendMessage' AND caused_at = ANY ($3::timestamptz[])
 ORDER BY id;

-- name: dropAnswers
UPDATE outbox SET state = 'cancelled', reason = 'told anew' WHERE id = ANY ($1::bigint[]) AND CASE WHEN state IN ('due', 'unknown') THEN true END;

-- name: firstAction
-- Kept from being undone until what is added to it is there.
SELECT id, undone_at IS NOT NULL AS undone FROM actions WHERE key = $1 FOR UPDATE;

-- name: piecesOf
-- The pieces behind the first one of the text that message $3 belongs to; none for any other message.
SELECT p.message_id, p.entity, p.entity_id, p.data
  FROM (SELECT coalesce((SELECT (data ->> 'of')::bigint FROM message_links
                          WHERE bot_id = $1 AND chat_id = $2 AND message_id = $3 AND role = 'source'), $3) AS id) root
  JOIN message_links p ON p.bot_id = $1 AND p.chat_id = $2 AND p.role = 'source'
                      AND p.message_id > root.id AND p.message_id <= root.id + 300 AND (p.data ->> 'of')::bigint = root.id
 ORDER BY p.message_id;
