-- name: lockGrounds
-- Reminders with all that decides when they fire and what they say, locked: who changes one locks it first and its occurrences after.
SELECT r.id, r.space_id, r.number, r.person_id, r.chat_id, r.task_id, r.text, r.basis, r.local_at, r.fixed_at, r.minutes_before,
       r.rrule, r.rrule_basis, r.status, r.paused_until, r.muted, r.late_policy, r.urgent, r.snoozed_at, r.nag_minutes, r.nag_times,
       r.paused_at, r.created_by, r.created_at,
       r.thread_id, r.of_series, s.id IS NOT NULL AS of_heard_series, p.role AS person_role,
       -- In a group its clock, language and quiet time hold for all.
       coalesce(g.timezone, p.timezone) AS timezone, coalesce(g.language, p.language) AS language,
       CASE WHEN g.id IS NULL THEN p.clock ELSE g.clock END AS clock,
       CASE WHEN g.id IS NULL THEN p.day_parts ELSE '{}' END AS day_parts,
       CASE WHEN g.id IS NULL THEN p.quiet_hours ELSE g.quiet_hours END AS quiet_hours,
       CASE WHEN g.id IS NULL THEN p.quiet_since ELSE g.quiet_since END AS quiet_since,
       CASE WHEN g.id IS NULL THEN p.quiet_until ELSE g.quiet_until END AS quiet_until,
       coalesce(g.quiet_lets_urgent, p.quiet_lets_urgent) AS quiet_lets_urgent,
       g.id IS NOT NULL AND r.chat_id < 0 AND EXISTS (SELECT FROM chats h WHERE h.chat_id = r.chat_id AND h.unreachable_since IS NOT NULL) AS group_away,
       CASE WHEN g.id IS NULL THEN NULL WHEN r.task_id IS NULL THEN p.telegram_user_id ELSE a.telegram_user_id END AS mention_id,
       CASE WHEN r.task_id IS NULL THEN p.name ELSE a.name END AS mention_name,
       t.title AS task_title, t.number AS task_number, t.status AS task_status, t.priority AS task_priority, t.due_date, t.due_time,
       c.name AS client_name
  FROM reminders r
  JOIN people p ON p.id = r.person_id
  LEFT JOIN tasks t ON t.id = r.task_id
  LEFT JOIN clients c ON c.id = t.client_id
  LEFT JOIN groups g ON g.id = r.space_id
  LEFT JOIN people a ON a.id = t.assignee_id
  LEFT JOIN reminders s ON s.id = r.of_series AND s.space_id = r.space_id AND s.status IN ('active', 'paused') AND NOT s.muted
 WHERE r.id = ANY ($1::int[])
 ORDER BY r.id
   FOR NO KEY UPDATE OF r;

-- name: existing
SELECT id FROM reminders WHERE id = ANY ($1::int[]);

-- name: dropPlanned
-- What waits and was not handed to the outbox yet; a message on its way stays, and so does, of the series $4, what quiet time holds
-- back or is said again.
UPDATE deliveries SET state = 'cancelled', reason = $2, closed_at = $3, held_until = NULL
 WHERE reminder_id = ANY ($1::int[]) AND state IN ('due', 'held') AND queued_at IS NULL
   AND NOT (reminder_id = ANY ($4::int[]) AND ((state = 'held' AND reason = 'quiet') OR occurrence LIKE 'nag:%'))
RETURNING reminder_id, occurrence;

-- name: newestTaken
-- The newest wall-clock occurrence of each series that had its turn, and when that was.
SELECT DISTINCT ON (reminder_id) reminder_id, occurrence, due_at
  FROM deliveries
 WHERE reminder_id = ANY ($1::int[]) AND occurrence NOT LIKE '%Z' AND (state NOT IN ('cancelled', 'due', 'held') OR queued_at IS NOT NULL)
 ORDER BY reminder_id, occurrence DESC;

-- name: plannedIds
SELECT id, occurrence FROM deliveries WHERE occurrence = ANY ($1::text[]) AND state = 'due' AND queued_at IS NULL;

-- name: settle
-- Nothing is planned any more for $1; the pause of $2 is over.
UPDATE reminders SET status = CASE WHEN id = ANY ($1::int[]) THEN 'ended' ELSE 'active' END, paused_until = NULL
 WHERE (id = ANY ($1::int[]) AND status IN ('active', 'paused')) OR (id = ANY ($2::int[]) AND status = 'paused');

-- name: endUnplanned
-- Reminders that should have an occurrence to come but have none left. What they have is gathered once, by their ids (CASE keeps the
-- planner from the index of all that is due); looked for at each reminder, a thousand of them took seconds.
WITH planned AS MATERIALIZED (
  SELECT reminder_id FROM deliveries WHERE reminder_id = ANY ($1::int[]) AND CASE WHEN state IN ('due', 'held') THEN queued_at IS NULL END
     AND occurrence NOT LIKE 'nag:%'
)
UPDATE reminders r SET status = 'ended', paused_until = NULL
 WHERE r.id = ANY ($1::int[]) AND r.status IN ('active', 'paused') AND r.id NOT IN (SELECT reminder_id FROM planned);

-- name: unplanned
-- Reminders that should have an occurrence to come and have none: active (or paused until a day), of a person who is there, and not
-- waiting for a due date.
SELECT r.id FROM reminders r JOIN people p ON p.id = r.person_id LEFT JOIN tasks t ON t.id = r.task_id
 WHERE r.id > $1 AND p.role IN ('operator', 'member') AND (r.status = 'active' OR (r.status = 'paused' AND r.paused_until IS NOT NULL))
   AND NOT (r.basis = 'relative' AND r.fixed_at IS NULL AND t.due_date IS NULL)
   AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.reminder_id = r.id AND d.state IN ('due', 'held'))
 ORDER BY r.id LIMIT $2;

-- name: ofPerson
-- A person's reminders that may have an occurrence to come; without $4 only those whose instants hang on the wall clock.
SELECT id FROM reminders
 WHERE person_id = $1 AND id > $2 AND ($4 OR basis <> 'instant') AND (status = 'active' OR (status = 'paused' AND paused_until IS NOT NULL))
 ORDER BY id LIMIT $3;

-- name: ofSpace
-- As `ofPerson`, of a group.
SELECT id FROM reminders
 WHERE space_id = $1 AND id > $2 AND ($4 OR basis <> 'instant') AND (status = 'active' OR (status = 'paused' AND paused_until IS NOT NULL))
 ORDER BY id LIMIT $3;

-- name: reopen
-- The answer to an occurrence was taken back.
UPDATE deliveries d SET state = 'sent', reason = NULL, closed_at = NULL
  FROM (SELECT DISTINCT ON (l.reminder_id) l.id, l.state FROM deliveries l
         WHERE l.reminder_id = ANY ($1::int[]) AND l.state <> 'cancelled' AND l.sent_at IS NOT NULL
         ORDER BY l.reminder_id, l.due_at DESC, l.id DESC) newest
 WHERE d.id = newest.id AND newest.state IN ('acknowledged', 'snoozed');

-- name: reopenAfter
-- The same for series, whose rows say up to which occurrence they were answered.
UPDATE deliveries d SET state = 'sent', reason = NULL, closed_at = NULL
  FROM reminders r
 WHERE r.id = ANY ($1::int[]) AND d.reminder_id = r.id AND d.state IN ('acknowledged', 'snoozed') AND d.sent_at IS NOT NULL
   AND d.due_at > coalesce(r.fixed_at, '-infinity');

-- name: closeAnswered
-- An answer came back (the undo was undone).
UPDATE deliveries d SET state = 'acknowledged', closed_at = $2
  FROM reminders r
 WHERE r.id = ANY ($1::int[]) AND d.reminder_id = r.id AND d.state IN ('sent', 'unknown')
   AND (r.status = 'done' OR (r.rrule_basis = 'schedule' AND d.due_at = r.fixed_at));

-- name: queuedOf
-- A person's reminders with an occurrence handed to the outbox that did not leave yet.
SELECT DISTINCT reminder_id FROM deliveries
 WHERE person_id = $1 AND reminder_id IS NOT NULL AND state IN ('due', 'unknown') AND queued_at IS NOT NULL;

-- name: standAgain
-- Those that fire once at a time and ended by falling due: their occurrence was taken back.
UPDATE reminders SET status = 'active' WHERE id = ANY ($1::int[]) AND status = 'ended' AND (rrule IS NULL OR rrule_basis = 'completion');

-- name: pausedTogether
-- Reminders of these spaces that were paused at these instants, and not resumed by their person since.
SELECT r.id, r.space_id, r.paused_at FROM reminders r
  JOIN unnest($1::int[], $2::timestamptz[]) AS p(space_id, paused_at) USING (space_id, paused_at);

-- name: pausers
-- Spaces in which everything was paused, with whose clock, language and quiet time hold there.
SELECT s.id, coalesce(p.id, 0) AS person_id, coalesce(g.paused_since, p.paused_since) AS paused_since, coalesce(g.paused_until, p.paused_until) AS paused_until,
       coalesce(p.day_parts, '{}') AS day_parts,
       coalesce(g.timezone, p.timezone) AS timezone, coalesce(g.language, p.language) AS language, coalesce(g.clock, p.clock) AS clock,
       coalesce(g.quiet_hours, p.quiet_hours) AS quiet_hours, coalesce(g.quiet_since, p.quiet_since) AS quiet_since,
       coalesce(g.quiet_until, p.quiet_until) AS quiet_until
  FROM spaces s LEFT JOIN groups g ON g.id = s.id LEFT JOIN people p ON p.id = s.owner_id
 WHERE s.id = ANY ($1::int[]);

-- name: endPause
-- The pause of everything in a space that began then is over.
WITH own AS (UPDATE people p SET paused_since = NULL, paused_until = NULL FROM spaces s WHERE s.id = $1 AND p.id = s.owner_id AND p.paused_since = $2)
UPDATE groups SET paused_since = NULL, paused_until = NULL WHERE id = $1 AND paused_since = $2;

-- name: openOf
SELECT id, due_at FROM deliveries
 WHERE id = ANY ($1::bigint[]) AND CASE WHEN state = 'due' THEN queued_at IS NOT NULL ELSE state IN ('sending', 'sent', 'unknown', 'failed') END;

-- name: unansweredNags
-- Of reminders that are said again until answered: the newest occurrence nobody answered and how often it was said again; none where the
-- next time is planned.
SELECT newest.reminder_id, newest.base, coalesce(said.number, 0) AS said
  FROM (SELECT DISTINCT ON (d.reminder_id) d.reminder_id, coalesce(substring(d.occurrence FROM '^nag:(\d+):')::bigint, d.id) AS base
          FROM deliveries d
         WHERE d.reminder_id = ANY ($1::int[]) AND d.state IN ('sending', 'sent', 'unknown')
         ORDER BY d.reminder_id, d.due_at DESC, d.id DESC) newest
  LEFT JOIN LATERAL (
    SELECT max(substring(n.occurrence FROM '^nag:\d+:(\d+):')::int) FILTER (WHERE n.sent_at IS NOT NULL) AS number,
           bool_or(n.state IN ('due', 'held')) AS planned
      FROM deliveries n WHERE n.reminder_id = newest.reminder_id AND n.occurrence LIKE 'nag:' || newest.base || ':%') said ON true
 WHERE said.planned IS NOT TRUE;

-- name: reopenBases
-- What was said again last stands for the occurrence it repeats: that one is open with it.
UPDATE deliveries SET state = 'sent', reason = NULL, closed_at = NULL
 WHERE id = ANY ($1::bigint[]) AND state IN ('acknowledged', 'snoozed') AND sent_at IS NOT NULL;

-- name: dropNags
-- What would say an unanswered occurrence of this reminder again.
UPDATE deliveries SET state = 'cancelled', reason = $2, closed_at = $3, held_until = NULL
 WHERE reminder_id = $1 AND occurrence LIKE 'nag:%' AND state IN ('due', 'held') AND queued_at IS NULL;
