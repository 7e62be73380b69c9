-- name: ownDeliveries
-- What waits for a person or went wrong in the last week; a message that tells several reminders is none of them. $2: now, $3: a week ago, $4: what was due before is late.
SELECT count(*) FILTER (WHERE state IN ('due', 'held', 'sending'))::int AS waiting,
       count(*) FILTER (WHERE state = 'held')::int AS held,
       count(*) FILTER (WHERE state IN ('due', 'sending') AND due_at < $4)::int AS late,
       count(*) FILTER (WHERE state = 'unknown')::int AS unknown,
       count(*) FILTER (WHERE state = 'failed')::int AS failed,
       min(due_at) FILTER (WHERE state = 'due' AND due_at >= $2) AS next_at
  FROM deliveries
 WHERE person_id = $1 AND NOT (reminder_id IS NULL AND occurrence ~ '^(quiet|pause):')
   AND (state IN ('due', 'held', 'sending', 'unknown') OR (state = 'failed' AND closed_at > $3));

-- name: lastFailure
SELECT reason, due_at FROM deliveries
 WHERE person_id = $1 AND state = 'failed' AND closed_at > $2 ORDER BY closed_at DESC LIMIT 1;

-- name: missed
-- What a chat did not take since $3: of the person, or of all where it is a group's ($4). A message that tells several reminders is none of them.
SELECT coalesce(nullif(r.text, ''), t.title, '') AS text, d.due_at, count(*) OVER ()::int AS count
  FROM deliveries d
  LEFT JOIN reminders r ON r.id = d.reminder_id
  LEFT JOIN tasks t ON t.id = r.task_id
 WHERE (d.person_id = $1 OR $4) AND d.chat_id = $2 AND d.state = 'failed' AND d.closed_at >= $3
   AND NOT (d.reminder_id IS NULL AND d.occurrence ~ '^(quiet|pause):')
 ORDER BY d.due_at DESC LIMIT 5;

-- name: unreachableChats
-- $1 null: everyone's, for the operator, to whom other people's groups stay nameless; else a person's own and those of their groups.
SELECT c.chat_id, c.unreachable_since AS since, c.unreachable_reason AS reason, coalesce(p.name, CASE WHEN $1::int IS NOT NULL THEN s.title END) AS name
  FROM chats c LEFT JOIN people p ON p.id = c.person_id LEFT JOIN spaces s ON s.chat_id = c.chat_id
 WHERE c.unreachable_since IS NOT NULL
   AND ($1::int IS NULL OR c.person_id = $1 OR EXISTS (SELECT FROM memberships m WHERE m.space_id = s.id AND m.person_id = $1))
 ORDER BY c.unreachable_since DESC LIMIT 5;

-- name: errorCounts
SELECT count(*)::int AS kinds, max(last_seen) AS last_seen,
       count(*) FILTER (WHERE seen_at IS NULL OR seen_at < last_seen)::int AS unseen
  FROM stored_errors;

-- name: errorPage
SELECT fingerprint, kind, summary, count, first_seen, last_seen, last_ref, refs, source, seen_at
  FROM stored_errors ORDER BY (seen_at IS NOT NULL AND seen_at >= last_seen), last_seen DESC, fingerprint LIMIT $1 OFFSET $2;

-- name: takeUntold
-- Locked and skipped by other replicas, so that each error is told by one of them, once.
UPDATE stored_errors SET told_at = $1
 WHERE fingerprint IN (SELECT fingerprint FROM stored_errors WHERE told_at IS NULL ORDER BY first_seen LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING fingerprint, kind, summary, count, first_seen, last_seen, last_ref, refs, source, seen_at;

-- name: errorByRef
-- $1: a reference somebody was shown, or the fingerprint.
SELECT fingerprint, kind, summary, count, first_seen, last_seen, last_ref, refs, source, seen_at
  FROM stored_errors WHERE fingerprint = lower($1) OR last_ref = upper($1) OR upper($1) = ANY (refs)
 ORDER BY last_seen DESC LIMIT 1;

-- name: markSeen
-- $2 null: all of them.
UPDATE stored_errors SET seen_at = greatest($1::timestamptz, last_seen) WHERE $2::text IS NULL OR fingerprint = $2;

-- name: toldVersion
-- The version the operator was told of last, locked. None yet: this is the first start, and nothing is told.
SELECT value #>> '{}' AS version FROM bot_facts WHERE bot_id = 0 AND name = 'told-version' FOR UPDATE;

-- name: firstVersion
INSERT INTO bot_facts (bot_id, name, value) VALUES (0, 'told-version', to_jsonb($1::text)) ON CONFLICT (bot_id, name) DO NOTHING;

-- name: setToldVersion
UPDATE bot_facts SET value = to_jsonb($1::text), updated_at = clock_timestamp() WHERE bot_id = 0 AND name = 'told-version';

-- name: markTold
-- $1: what is told now, $2: now. No row where it was told after $3, by whichever replica.
INSERT INTO bot_facts (bot_id, name, value, updated_at) VALUES (0, $1, 'true', $2)
ON CONFLICT (bot_id, name) DO UPDATE SET updated_at = excluded.updated_at WHERE bot_facts.updated_at <= $3
RETURNING name;
