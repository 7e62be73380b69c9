-- name: store
INSERT INTO updates (bot_id, update_id, lane, type, person_id, payload, media_group, received_at)
SELECT $1, u."updateId", u.lane, u.type, u."personId", u.payload, u."mediaGroup", clock_timestamp()
  FROM jsonb_to_recordset($2) AS u("updateId" bigint, lane bigint, type text, "personId" int, payload jsonb, "mediaGroup" text)
ON CONFLICT DO NOTHING
RETURNING update_id, lane;

-- name: lanes
-- Distinct lanes with something waiting, by skipping from lane to lane in the index: flat in the number of waiting updates.
WITH RECURSIVE lanes AS (
  (SELECT lane FROM updates WHERE state = 'waiting' ORDER BY lane LIMIT 1)
  UNION ALL
  SELECT (SELECT u.lane FROM updates u WHERE u.state = 'waiting' AND u.lane > l.lane ORDER BY u.lane LIMIT 1)
    FROM lanes l WHERE l.lane IS NOT NULL
)
SELECT lane FROM lanes WHERE lane IS NOT NULL LIMIT 5000;

-- name: lockLane
SELECT pg_try_advisory_xact_lock($1) AS locked;

-- name: head
-- The oldest waiting update of the lane but for $4, which this transaction handled, with what decides whether it may be handled now, and with what handling always needs: who
-- writes, whether the chat was lost, what its flow waits for, the number its action will have. One statement for six. Ages are by the
-- database's clock. Missing are those of the $5 ids before it that did not come (yet): one of them may be of this lane, whosever came
-- between; they are looked for one by one only where some are.
SELECT u.update_id, u.type, u.person_id, u.payload, u.attempts, u.media_group, u.received_at,
       extract(epoch FROM clock_timestamp() - u.received_at)::float8 * 1000 AS age_ms,
       greatest(0, extract(epoch FROM u.not_before - clock_timestamp()))::float8 * 1000 AS wait_ms,
       CASE WHEN (SELECT count(*) FROM updates b WHERE b.bot_id = $1 AND b.update_id >= u.update_id - $5::int AND b.update_id < u.update_id) < $5
            THEN ARRAY(SELECT (u.update_id - back)::text FROM generate_series(1, $5) back
                        WHERE NOT EXISTS (SELECT FROM updates b WHERE b.bot_id = $1 AND b.update_id = u.update_id - back)) END AS missing,
       EXISTS (SELECT 1 FROM updates n WHERE n.bot_id = $1 AND n.lane = $2 AND n.state = 'waiting' AND n.update_id > u.update_id) AS more,
       nextval('actions_id_seq')::int AS action_id, c.unreachable_since, c.long_update, f.kind AS flow_kind, f.data AS flow_data,
       p.id, p.telegram_user_id, p.name, p.username, p.role, p.language, p.locale, p.timezone, p.date_order, p.clock,
       p.week_start, p.day_parts, p.quiet_hours, p.quiet_since, p.quiet_until, p.quiet_lets_urgent, p.native_tables, p.paused_since, p.paused_until, p.onboarded_at, s.id AS space_id
  FROM (SELECT * FROM updates WHERE bot_id = $1 AND lane = $2 AND state = 'waiting' AND update_id <> ALL ($4::bigint[])
         ORDER BY update_id LIMIT 1) u
  JOIN people p ON p.id = u.person_id
  JOIN spaces s ON s.owner_id = p.id
  LEFT JOIN chats c ON c.chat_id = u.lane
  LEFT JOIN flows f ON f.chat_id = u.lane AND f.person_id = u.person_id AND f.expires_at > $3;

-- name: album
SELECT update_id, payload, extract(epoch FROM clock_timestamp() - received_at)::float8 * 1000 AS age_ms
  FROM updates WHERE bot_id = $1 AND lane = $2 AND media_group = $3 AND state = 'waiting' ORDER BY update_id;

-- name: albumBefore
-- Members that were handled before the others came: near by their ids, so that no album costs more than a look at its neighbours.
SELECT payload FROM updates
 WHERE bot_id = $1 AND update_id BETWEEN $4::bigint - 300 AND $4::bigint + 300
   AND lane = $2 AND media_group = $3 AND state = 'handled' AND payload IS NOT NULL
 ORDER BY update_id LIMIT 20;

-- name: piecesBefore
-- What was parked has no words here: nothing goes on behind it.
SELECT update_id, CASE WHEN state <> 'parked' THEN payload END AS payload, received_at FROM updates
 WHERE bot_id = $1 AND update_id >= $4 AND update_id < $3 AND lane = $2 AND person_id = $5 AND type = 'message'
 ORDER BY update_id DESC LIMIT 40;

-- name: mayGoOn
UPDATE chats SET long_update = $2 WHERE chat_id = $1;

-- name: handledIfWaiting
UPDATE updates SET state = 'handled', handled_at = clock_timestamp(), attempts = attempts + 1
 WHERE bot_id = $1 AND update_id = ANY ($2::bigint[]) AND state = 'waiting'
RETURNING update_id;

-- name: handled
-- Divides by zero where another transaction handled one of them: it is checked here, so that nobody need wait for the answer.
WITH done AS (
  UPDATE updates SET state = 'handled', handled_at = clock_timestamp(), attempts = attempts + 1
   WHERE bot_id = $1 AND update_id = ANY ($2::bigint[]) AND state = 'waiting'
  RETURNING update_id
)
SELECT 1 / (count(*) = cardinality($2::bigint[]))::int AS checked FROM done;

-- name: attempt
UPDATE updates SET attempts = attempts + 1, not_before = clock_timestamp() + $3 * interval '1 millisecond'
 WHERE bot_id = $1 AND update_id = $2 AND state = 'waiting' RETURNING attempts;

-- name: park
UPDATE updates SET state = 'parked', handled_at = clock_timestamp(), error_ref = $3
 WHERE bot_id = $1 AND update_id = ANY ($2::bigint[]) AND state = 'waiting'
RETURNING update_id;

-- name: depth
-- Each by its own index of hardly any rows: asked every few seconds.
SELECT w.count AS waiting, p.count AS parked, coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0)::float8 AS oldest_seconds
  FROM (SELECT count(*)::int AS count, min(received_at) AS oldest FROM updates WHERE state = 'waiting') w,
       (SELECT count(*)::int AS count FROM updates WHERE state = 'parked') p;

-- name: wipe
UPDATE updates SET payload = NULL WHERE state = 'handled' AND handled_at < clock_timestamp() - interval '1 day' AND payload IS NOT NULL;

-- name: trim
DELETE FROM updates WHERE state <> 'waiting' AND received_at < clock_timestamp() - interval '30 days';
