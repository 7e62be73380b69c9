-- name: plan
-- An occurrence is planned once for ever: its name is unique.
INSERT INTO deliveries (kind, space_id, person_id, chat_id, reminder_id, occurrence, due_at, state, held_until, reason, created_at)
SELECT p.kind, p."spaceId", p."personId", p."chatId", p."reminderId", p.occurrence, p."dueAt", 'due', NULL, NULL, $2
  FROM jsonb_to_recordset($1) AS p(kind text, "spaceId" int, "personId" int, "chatId" bigint, "reminderId" int, occurrence text, "dueAt" timestamptz)
ON CONFLICT (occurrence) DO UPDATE SET state = 'due', due_at = excluded.due_at, space_id = excluded.space_id, person_id = excluded.person_id, chat_id = excluded.chat_id, reason = NULL, closed_at = NULL, queued_at = NULL
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
-- CASE keeps the planner from the index of all that is due: the name alone finds it.
-- What quiet time held back waits for the one message that gathers it, as long as that one is to come.
UPDATE deliveries d SET state = 'due', held_until = NULL
 WHERE d.state = 'held' AND d.held_until <= $1
   AND NOT (d.reason = 'quiet' AND EXISTS (
     SELECT FROM deliveries g
      WHERE g.occurrence = 'quiet:' || CASE WHEN d.chat_id < 0 THEN 0 ELSE d.person_id END || ':' || d.chat_id || ':' || (extract(epoch FROM d.held_until) * 1000)::bigint
        AND CASE WHEN g.state = 'due' THEN g.queued_at IS NULL END));

-- name: releaseSpace
-- A group takes messages again: what rested meanwhile is due.
UPDATE deliveries SET state = 'due', held_until = NULL, reason = NULL WHERE space_id = $1 AND state = 'held' AND reason = 'group-away';

-- name: nextDue
SELECT min(due_at) AS due_at FROM deliveries WHERE state = 'due' AND queued_at IS NULL;

-- name: markQueued
UPDATE deliveries SET queued_at = $2 WHERE id = ANY ($1::bigint[]);

-- name: skip
UPDATE deliveries d SET state = 'skipped', reason = s.reason, closed_at = $2
  FROM jsonb_to_recordset($1) AS s(id bigint, reason text) WHERE d.id = s.id;

-- name: hold
UPDATE deliveries d SET state = 'held', held_until = h.until, reason = h.reason
  FROM jsonb_to_recordset($1) AS h(id bigint, until timestamptz, reason text) WHERE d.id = h.id AND d.state IN ('due', 'held');

-- name: takeQuiet
-- What quiet time held back in these chats and what is over now. Rows that somebody is changing are left for the next time.
SELECT d.id, d.kind, d.space_id, d.person_id, d.chat_id, d.reminder_id, d.occurrence, d.due_at
  FROM deliveries d
 WHERE d.state = 'held' AND d.held_until <= $2 AND d.reason = 'quiet' AND d.chat_id = ANY ($1::bigint[])
 ORDER BY d.due_at, d.id
   FOR UPDATE SKIP LOCKED;

-- name: quietOf
SELECT d.id, d.space_id, d.person_id, d.chat_id, d.held_until FROM deliveries d
 WHERE d.state = 'held' AND d.reason = 'quiet' AND d.person_id = $1
   AND NOT EXISTS (SELECT FROM groups g WHERE g.id = d.space_id) FOR UPDATE;

-- name: quietOfSpace
SELECT d.id, d.space_id, d.person_id, d.chat_id, d.held_until FROM deliveries d
 WHERE d.state = 'held' AND d.reason = 'quiet' AND d.space_id = $1 FOR UPDATE;

-- name: gather
UPDATE deliveries d SET state = 'due', queued_at = $2, held_until = NULL, gathered_by = g.lead
  FROM jsonb_to_recordset($1) AS g(id bigint, lead bigint) WHERE d.id = g.id;

-- name: cancelNamed
UPDATE deliveries SET state = 'cancelled', reason = $2, closed_at = $3
 WHERE occurrence = ANY ($1::text[]) AND state = 'due' AND queued_at IS NULL;

-- name: cancelGatherings
-- Everything that tells a person alone of several reminders at once; what a group is told is not theirs.
UPDATE deliveries SET state = 'cancelled', reason = $2, closed_at = $3
 WHERE person_id = $1 AND chat_id > 0 AND kind = 'reminder' AND reminder_id IS NULL AND state IN ('due', 'held', 'unknown')
RETURNING id;

-- name: cancelPlanned
-- Not yet sent occurrences of reminders that were removed, paused or changed.
UPDATE deliveries SET state = 'cancelled', reason = $2, closed_at = $3
 WHERE reminder_id = ANY ($1::int[]) AND state IN ('due', 'held', 'unknown')
RETURNING id;

-- name: close
-- A person answered: acknowledged or snoozed. A second press finds it closed and changes nothing. That it came after quiet time stays known.
UPDATE deliveries SET state = $2, reason = coalesce($3, CASE WHEN reason = 'quiet' THEN reason END), closed_at = $4
 WHERE id = $1 AND state IN ('due', 'held', 'sending', 'sent', 'unknown', 'failed')
RETURNING id;

-- name: closeNags
UPDATE deliveries SET state = CASE WHEN state IN ('due', 'held') AND queued_at IS NULL THEN 'cancelled' ELSE $4 END,
       reason = 'answered', closed_at = $5, held_until = NULL
 WHERE reminder_id = $1 AND id <> $3 AND state IN ('due', 'held', 'sending', 'sent', 'unknown', 'failed')
   AND (id = $2::bigint OR occurrence LIKE 'nag:' || $2::text || ':%')
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
