-- name: plan
-- An occurrence is planned once for ever: its name is unique.
INSERT INTO deliveries (kind, space_id, person_id, chat_id, reminder_id, occurrence, due_at, state, held_until, reason, created_at)
SELECT p.kind, p."spaceId", p."personId", p."chatId", p."reminderId", p.occurrence, p."dueAt", 'due', NULL, NULL, $2
  FROM jsonb_to_recordset($1) AS p(kind text, "spaceId" int, "personId" int, "chatId" bigint, "reminderId" int, occurrence text, "dueAt" timestamptz)
ON CONFLICT (occurrence) DO UPDATE SET state = 'due', due_at = excluded.due_at, reason = NULL, closed_at = NULL, queued_at = NULL
  WHERE deliveries.state = 'cancelled';

-- name: takeDue
-- Locked until the transaction ends; replicas share the work by skipping one another's rows.
SELECT d.id, d.kind, d.space_id, d.person_id, d.chat_id, d.reminder_id, d.occurrence, d.due_at
  FROM deliveries d
 WHERE d.state = 'due' AND d.queued_at IS NULL AND d.due_at <= $1
 ORDER BY d.due_at, d.id
 LIMIT $2
   FOR UPDATE SKIP LOCKED;

-- name: releaseHeld
UPDATE deliveries SET state = 'due', held_until = NULL, due_at = due_at WHERE state = 'held' AND held_until <= $1;

-- name: nextDue
SELECT min(due_at) AS due_at FROM deliveries WHERE state = 'due' AND queued_at IS NULL;

-- name: markQueued
UPDATE deliveries SET queued_at = $2 WHERE id = ANY ($1::bigint[]);

-- name: skip
UPDATE deliveries d SET state = 'skipped', reason = s.reason, closed_at = $2
  FROM jsonb_to_recordset($1) AS s(id bigint, reason text) WHERE d.id = s.id;

-- name: hold
UPDATE deliveries SET state = 'held', held_until = $2, reason = $3 WHERE id = ANY ($1::bigint[]) AND state = 'due';

-- name: cancelPlanned
-- Not yet sent occurrences of reminders that were removed, paused or changed.
UPDATE deliveries SET state = 'cancelled', reason = $2, closed_at = $3
 WHERE reminder_id = ANY ($1::int[]) AND state IN ('due', 'held', 'unknown')
RETURNING id;

-- name: close
-- A person answered: acknowledged or snoozed. A second press finds it closed and changes nothing.
UPDATE deliveries SET state = $2, reason = $3, closed_at = $4
 WHERE id = $1 AND state IN ('due', 'held', 'sending', 'sent', 'unknown', 'failed')
RETURNING id;

-- name: closeForReminder
UPDATE deliveries SET state = $2, closed_at = $3
 WHERE reminder_id = $1 AND state IN ('sending', 'sent', 'unknown')
RETURNING id;

-- name: byId
SELECT id, kind, space_id, person_id, chat_id, reminder_id, occurrence, due_at, state, reason, held_until, queued_at, first_attempt_at, sent_at, lateness_ms, message_id, repeats, closed_at
  FROM deliveries WHERE id = $1;

-- name: ofReminder
SELECT id, kind, space_id, person_id, chat_id, reminder_id, occurrence, due_at, state, reason, held_until, queued_at, first_attempt_at, sent_at, lateness_ms, message_id, repeats, closed_at
  FROM deliveries WHERE reminder_id = $1 ORDER BY due_at DESC, id DESC LIMIT $2;

-- name: states
SELECT state, count(*)::int AS count FROM deliveries WHERE state IN ('due', 'held', 'sending', 'unknown', 'failed') GROUP BY state;

-- name: expire
-- Sent a month ago and never answered: closed, so that open deliveries do not grow for ever.
UPDATE deliveries SET state = 'expired', closed_at = $2 WHERE state = 'sent' AND sent_at < $1;

-- name: trim
DELETE FROM deliveries WHERE closed_at < $1;
