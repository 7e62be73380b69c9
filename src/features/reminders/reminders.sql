-- name: list
-- What is to come and what was fired last and not answered, unanswered ones first, then by the next occurrence.
WITH mine AS (
  SELECT r.*, t.title AS task_title, t.number AS task_number,
         (SELECT min(coalesce(d.held_until, d.due_at)) FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('due', 'held') AND d.queued_at IS NULL
             AND d.occurrence NOT LIKE 'nag:%') AS next_due,
         (SELECT max(d.due_at) FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('due', 'sending', 'sent', 'unknown', 'failed')
             AND (d.queued_at IS NOT NULL OR d.state <> 'due') AND r.status = 'ended') AS unanswered_at
    FROM reminders r LEFT JOIN tasks t ON t.id = r.task_id
   WHERE r.space_id = $1 AND r.status IN ('active', 'paused', 'ended')
)
SELECT mine.*, count(*) OVER ()::int AS total FROM mine
 WHERE status <> 'ended' OR unanswered_at IS NOT NULL
 ORDER BY unanswered_at DESC NULLS LAST, next_due NULLS LAST, number
 LIMIT $2 OFFSET $3;

-- name: one
SELECT r.*, t.title AS task_title, t.number AS task_number, p.timezone,
       (SELECT min(coalesce(d.held_until, d.due_at)) FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('due', 'held') AND d.queued_at IS NULL
             AND d.occurrence NOT LIKE 'nag:%') AS next_due,
       (SELECT max(d.due_at) FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('sending', 'sent', 'unknown', 'failed')) AS unanswered_at
  FROM reminders r JOIN people p ON p.id = r.person_id LEFT JOIN tasks t ON t.id = r.task_id
 WHERE r.id = $1 AND r.space_id = $2;

-- name: byWords
SELECT r.* FROM reminders r LEFT JOIN tasks t ON t.id = r.task_id
 WHERE r.space_id = $1 AND r.status IN ('active', 'paused', 'ended')
   AND position(lower($2) IN lower(r.text || ' ' || coalesce(t.title, ''))) > 0
 ORDER BY r.status = 'ended', r.number DESC LIMIT $3;

-- name: overByWords
-- The newest reminder with these words that was answered: its record can still be asked for.
SELECT r.* FROM reminders r LEFT JOIN tasks t ON t.id = r.task_id
 WHERE r.space_id = $1 AND r.status = 'done' AND position(lower($2) IN lower(r.text || ' ' || coalesce(t.title, ''))) > 0
 ORDER BY r.number DESC LIMIT 1;

-- name: taskByNumber
SELECT id FROM tasks WHERE space_id = $1 AND number = $2;

-- name: ofTask
SELECT * FROM reminders WHERE task_id = $1 ORDER BY id;

-- name: openDelivery
-- The newest occurrence of a reminder that was sent and not answered.
SELECT id FROM deliveries WHERE reminder_id = $1 AND state IN ('sending', 'sent', 'unknown', 'failed') ORDER BY due_at DESC, id DESC LIMIT 1;

-- name: together
-- Occurrences told in one message, as they stand now.
SELECT d.id AS delivery, d.state, d.reason, d.due_at, r.number, r.text, t.title AS task_title,
       CASE WHEN g.id IS NULL THEN NULL WHEN r.task_id IS NULL THEN p.telegram_user_id ELSE a.telegram_user_id END AS mention_id,
       CASE WHEN r.task_id IS NULL THEN p.name ELSE a.name END AS mention_name
  FROM deliveries d JOIN reminders r ON r.id = d.reminder_id JOIN people p ON p.id = r.person_id
  LEFT JOIN tasks t ON t.id = r.task_id LEFT JOIN groups g ON g.id = r.space_id LEFT JOIN people a ON a.id = t.assignee_id
 WHERE d.id = ANY ($1::bigint[]) AND r.space_id = $2
 ORDER BY d.due_at, d.id;

-- name: unansweredOf
SELECT DISTINCT reminder_id FROM deliveries WHERE reminder_id = ANY ($1::int[]) AND (state IN ('sending', 'sent', 'unknown') OR (state = 'due' AND queued_at IS NOT NULL));

-- name: snoozedAs
-- Reminders of the space that were made by snoozing occurrences of a series, and are to come. One that fires once was put off itself.
SELECT DISTINCT r.id FROM deliveries d JOIN reminders r ON r.id = substring(d.reason FROM '^snoozed (\d+) ')::int
 WHERE d.reminder_id = $1 AND d.state = 'snoozed' AND r.id <> $1 AND r.space_id = $2 AND r.status IN ('active', 'paused');

-- name: onWallClock
SELECT count(*)::int AS count FROM reminders WHERE space_id = $1 AND basis = 'wall' AND status IN ('active', 'paused');

-- name: allLive
SELECT * FROM reminders WHERE space_id = $1 AND status = ANY ($2::text[]) ORDER BY id;

-- name: statistics
-- Of the occurrences of the space (or of one reminder) due in a period: how they went.
SELECT count(*) FILTER (WHERE d.sent_at IS NOT NULL)::int AS sent,
       count(*) FILTER (WHERE d.sent_at IS NOT NULL AND d.lateness_ms < 60000)::int AS on_time,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY d.lateness_ms) FILTER (WHERE d.sent_at IS NOT NULL))::float8 AS median_lateness_ms,
       count(*) FILTER (WHERE d.state = 'snoozed')::int AS snoozed,
       count(*) FILTER (WHERE d.state = 'acknowledged')::int AS acknowledged,
       count(*) FILTER (WHERE d.state = 'skipped')::int AS skipped,
       count(*) FILTER (WHERE d.state = 'failed')::int AS failed,
       coalesce(sum(d.repeats), 0)::int AS repeats
  FROM deliveries d
 WHERE d.kind = 'reminder' AND d.reminder_id IS NOT NULL AND d.occurrence NOT LIKE 'nag:%' AND d.space_id = $1 AND d.due_at > $2 AND d.due_at <= $3 AND ($4::int IS NULL OR d.reminder_id = $4);

-- name: snoozes
-- To when the occurrences of live series were put off.
SELECT r.id, r.number, r.text, t.title AS task_title, r.rrule, r.local_at,
       substring(d.reason FROM '^snoozed \d+ (\S+)$')::timestamptz AS until
  FROM deliveries d JOIN reminders r ON r.id = d.reminder_id LEFT JOIN tasks t ON t.id = r.task_id
 WHERE r.space_id = $1 AND r.status IN ('active', 'paused') AND r.rrule IS NOT NULL AND r.rrule_basis IS DISTINCT FROM 'completion'
   AND d.state = 'snoozed' AND d.due_at > $2 AND d.reason ~ '^snoozed \d+ \S+$';

-- name: nextNumber
UPDATE spaces SET next_number = next_number + 1 WHERE id = $1 RETURNING next_number - 1 AS number;
