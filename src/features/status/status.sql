-- name: ownDeliveries
-- What waits for a person or went wrong in the last week. $2: now, $3: a week ago, $4: what was due before is late.
SELECT count(*) FILTER (WHERE state IN ('due', 'held', 'sending'))::int AS waiting,
       count(*) FILTER (WHERE state = 'held')::int AS held,
       count(*) FILTER (WHERE state IN ('due', 'sending') AND due_at < $4)::int AS late,
       count(*) FILTER (WHERE state = 'unknown')::int AS unknown,
       count(*) FILTER (WHERE state = 'failed')::int AS failed,
       min(due_at) FILTER (WHERE state = 'due' AND due_at >= $2) AS next_at
  FROM deliveries
 WHERE person_id = $1
   AND (state IN ('due', 'held', 'sending', 'unknown') OR (state = 'failed' AND closed_at > $3));

-- name: lastFailure
SELECT reason, due_at FROM deliveries
 WHERE person_id = $1 AND state = 'failed' AND closed_at > $2 ORDER BY closed_at DESC LIMIT 1;

-- name: unreachableChats
-- $1 null: everyone's, for the operator.
SELECT c.chat_id, c.unreachable_since AS since, c.unreachable_reason AS reason, p.name
  FROM chats c LEFT JOIN people p ON p.id = c.person_id
 WHERE c.unreachable_since IS NOT NULL AND ($1::int IS NULL OR c.person_id = $1)
 ORDER BY c.unreachable_since DESC LIMIT 5;

-- name: errorCounts
SELECT count(*)::int AS kinds, max(last_seen) AS last_seen FROM stored_errors;

-- name: errorPage
SELECT fingerprint, kind, summary, count, first_seen, last_seen, last_ref
  FROM stored_errors ORDER BY last_seen DESC, fingerprint LIMIT $1 OFFSET $2;

-- name: takeUntold
-- Locked and skipped by other replicas, so that each error is told by one of them, once.
UPDATE stored_errors SET told_at = $1
 WHERE fingerprint IN (SELECT fingerprint FROM stored_errors WHERE told_at IS NULL ORDER BY first_seen LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING fingerprint, kind, summary, count, first_seen, last_seen, last_ref;
