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
