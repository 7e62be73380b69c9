-- name: enqueue
-- order_at of answers is the database's clock: replicas whose clocks differ still keep a chat's order.
INSERT INTO outbox (bot_id, chat_id, priority, method, payload, delivery_id, link, not_before, order_at, created_at, caused_at)
SELECT $1, o."chatId", o.priority, o.method, o.payload, o."deliveryId", o.link, o."notBefore", coalesce(o."orderAt", clock_timestamp()), clock_timestamp(), o."causedAt"
  FROM jsonb_to_recordset($2) AS o("chatId" bigint, priority int, method text, payload jsonb, "deliveryId" bigint, link jsonb, "notBefore" timestamptz, "orderAt" timestamptz, "causedAt" timestamptz, position int)
 ORDER BY o.position;

-- name: enqueueOwn
-- One answer, claimed for its owner ($7) when it may leave at once: nothing of the chat waits, its other answers on their way are the
-- owner's, and Telegram asked for no pause. Looked up by the chat alone; asked in a set, the planner would read all that is on its way.
WITH own AS MATERIALIZED (
  SELECT NOT EXISTS (SELECT FROM outbox w WHERE w.bot_id = $1 AND w.chat_id = $2 AND w.priority = 0
                        AND w.state IN ('due', 'sending', 'unknown') AND (w.state <> 'sending' OR w.owner <> $7))
     AND NOT EXISTS (SELECT FROM chats c WHERE c.chat_id = $2 AND c.paused_until > $8) AS claim
)
INSERT INTO outbox (bot_id, chat_id, priority, method, payload, link, order_at, created_at, caused_at, state, owner, attempts)
SELECT $1, $2, 0, $3, $4, $5, clock_timestamp(), clock_timestamp(), $6,
       CASE WHEN own.claim THEN 'sending' ELSE 'due' END, CASE WHEN own.claim THEN $7 END, own.claim::int
  FROM own
RETURNING id, order_at, state;

-- name: ensurePace
INSERT INTO pace (bot_id, tokens, rate, refilled_at) VALUES ($1, coalesce($2, 0), $2, $3)
ON CONFLICT (bot_id) DO UPDATE SET rate = excluded.rate, ceiling = NULL;

-- name: lockPace
-- Serialises the claims of all replicas: the lock is held for the three statements of a claim.
SELECT tokens, rate, ceiling, refilled_at, paused_until, others_paused_until FROM pace WHERE bot_id = $1 FOR UPDATE;

-- name: setPace
UPDATE pace SET tokens = $2, refilled_at = $3, rate = $4, paused_until = $5, ceiling = $6, others_paused_until = $7 WHERE bot_id = $1;

-- name: candidates
-- In the order they should leave. Chats that Telegram asked to wait for, or that have a message on its way, are passed over, and so is what
-- stands behind a message that waits for its retry. What is passed over is gathered once, by small indexes of its own, instead of being
-- looked for at every message: with thousands waiting this is 3 ms instead of seconds, whatever the planner believes of the tables.
WITH retrying AS MATERIALIZED (
  SELECT chat_id, priority, order_at, id FROM outbox
   WHERE bot_id = $1 AND state IN ('due', 'unknown') AND not_before > $2
)
SELECT o.id, o.chat_id, o.priority, o.not_before, o.delivery_id
  FROM outbox o
 WHERE o.bot_id = $1 AND o.state IN ('due', 'unknown') AND (o.not_before IS NULL OR o.not_before <= $2)
   AND o.chat_id NOT IN (SELECT chat_id FROM chats WHERE paused_until > $2)
   AND o.chat_id NOT IN (SELECT chat_id FROM outbox WHERE bot_id = $1 AND state = 'sending')
   AND NOT EXISTS (SELECT FROM retrying r
                    WHERE r.chat_id = o.chat_id AND r.priority = o.priority AND (r.order_at, r.id) < (o.order_at, o.id))
 ORDER BY o.priority, o.order_at, o.id
 LIMIT $3;

-- name: groupsLately
-- What left for these groups since $3 or is on its way, and when the first of it did.
SELECT chat_id, count(*)::int AS count, min(sent_at) AS since
  FROM (SELECT chat_id, sent_at FROM outbox WHERE chat_id = ANY ($2::bigint[]) AND chat_id < 0 AND state = 'sent' AND sent_at > $3 AND bot_id = $1
        UNION ALL
        SELECT chat_id, NULL FROM outbox WHERE bot_id = $1 AND chat_id = ANY ($2::bigint[]) AND state = 'sending') lately
 GROUP BY chat_id;

-- name: claim
UPDATE outbox SET repeat = repeat OR state = 'unknown', state = 'sending', owner = $2, attempts = attempts + 1
 WHERE id = ANY ($1::bigint[]) AND CASE WHEN state IN ('due', 'unknown') THEN true END
RETURNING id, chat_id, priority, method, payload, delivery_id, link, attempts, repeat, order_at, caused_at;

-- name: claimDeliveries
UPDATE deliveries SET state = 'sending', first_attempt_at = coalesce(first_attempt_at, $2),
       lateness_ms = coalesce(lateness_ms, least(2147483647, greatest(0, extract(epoch FROM ($2::timestamptz - due_at)) * 1000))::int)
 WHERE id = ANY ($1::bigint[]) AND state IN ('due', 'held', 'unknown', 'sending')
RETURNING id, kind, person_id, due_at, lateness_ms, repeats;

-- name: finish
-- By ids alone: CASE keeps the planner from the index of all that waits.
-- What became of messages this process was sending. One recovered by another replica meanwhile is theirs to finish.
WITH ended AS (
  SELECT * FROM jsonb_to_recordset($2) AS e(id bigint, state text, reason text, "messageId" bigint, "notBefore" timestamptz, "uncounted" boolean)
), done AS (
  UPDATE outbox o SET state = e.state, reason = e.reason, message_id = e."messageId", not_before = e."notBefore",
         attempts = o.attempts - CASE WHEN e.uncounted THEN 1 ELSE 0 END,
         sent_at = CASE WHEN e.state = 'sent' THEN $3::timestamptz END
    FROM ended e
   WHERE o.id = e.id AND o.id = ANY ($4::bigint[]) AND o.owner = $1 AND CASE WHEN o.state IN ('sending', 'unknown') THEN true END
  RETURNING o.id, o.bot_id, o.chat_id, o.delivery_id, o.state, o.reason, o.message_id, o.link, o.repeat
), told AS (
  UPDATE deliveries d SET
         state = CASE WHEN d.state = 'sending' THEN x.state ELSE d.state END,
         reason = CASE WHEN d.state = 'sending' THEN x.reason ELSE d.reason END,
         message_id = coalesce(x.message_id, d.message_id),
         repeats = d.repeats + CASE WHEN x.state = 'sent' AND x.repeat THEN 1 ELSE 0 END,
         sent_at = CASE WHEN x.state = 'sent' THEN $3::timestamptz ELSE d.sent_at END,
         closed_at = CASE WHEN d.state = 'sending' AND x.state = 'failed' THEN $3::timestamptz ELSE d.closed_at END
    FROM done x WHERE d.id = x.delivery_id
), gathered AS (
  -- What the message told of beside its own occurrence; hardly ever anything.
  UPDATE deliveries d SET
         state = CASE WHEN d.state IN ('due', 'unknown') THEN x.state ELSE d.state END,
         reason = CASE WHEN d.state IN ('due', 'unknown') THEN coalesce(x.reason, d.reason) ELSE d.reason END,
         message_id = coalesce(x.message_id, d.message_id),
         repeats = d.repeats + CASE WHEN x.state = 'sent' AND x.repeat THEN 1 ELSE 0 END,
         first_attempt_at = lead.first_attempt_at,
         lateness_ms = lead.lateness_ms,
         sent_at = CASE WHEN x.state = 'sent' THEN $3::timestamptz ELSE d.sent_at END,
         closed_at = CASE WHEN d.state IN ('due', 'unknown') AND x.state = 'failed' THEN $3::timestamptz ELSE d.closed_at END,
         gathered_by = CASE WHEN x.state IN ('sent', 'failed') THEN NULL ELSE d.gathered_by END
    FROM done x JOIN deliveries lead ON lead.id = x.delivery_id
   WHERE d.gathered_by IS NOT NULL AND d.gathered_by = x.delivery_id
), linked AS (
  -- A message edited twice may have both its endings here: what it shows now counts.
  INSERT INTO message_links (bot_id, chat_id, message_id, role, entity, entity_id, data, created_at)
  SELECT DISTINCT ON (x.bot_id, x.chat_id, x.message_id, x.link->>'role')
         x.bot_id, x.chat_id, x.message_id, x.link->>'role', x.link->>'entity', (x.link->>'entityId')::int,
         coalesce(x.link->'data', '{}') || CASE WHEN x.delivery_id IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('delivery', x.delivery_id) END, $3
    FROM done x WHERE x.state = 'sent' AND x.message_id IS NOT NULL AND x.link IS NOT NULL
   ORDER BY x.bot_id, x.chat_id, x.message_id, x.link->>'role', x.id DESC
  ON CONFLICT (bot_id, chat_id, message_id, role) DO UPDATE SET entity = excluded.entity, entity_id = excluded.entity_id, data = excluded.data, created_at = excluded.created_at
)
SELECT EXISTS (SELECT FROM done d JOIN outbox w ON w.bot_id = d.bot_id AND w.chat_id = d.chat_id WHERE w.state IN ('due', 'unknown')) AS more;

-- name: forgetWaits
-- The clock was set back: waits until instants of the old time would last as long as it was set back.
WITH paused AS (UPDATE pace SET paused_until = NULL, others_paused_until = NULL, refilled_at = least(refilled_at, $2) WHERE bot_id = $1),
     chat AS (UPDATE chats SET paused_until = NULL WHERE paused_until > $2)
UPDATE outbox SET not_before = NULL WHERE bot_id = $1 AND state IN ('due', 'unknown') AND not_before > $2;

-- name: pauseChats
UPDATE chats SET paused_until = greatest(chats.paused_until, p.until)
  FROM jsonb_to_recordset($1) AS p("chatId" bigint, until timestamptz) WHERE chats.chat_id = p."chatId";

-- name: chatUnreachable
UPDATE chats SET unreachable_since = coalesce(unreachable_since, $2), unreachable_reason = $3 WHERE chat_id = $1;

-- name: chatReachable
UPDATE chats SET unreachable_since = NULL, unreachable_reason = NULL WHERE chat_id = $1 AND unreachable_since IS NOT NULL;

-- name: migrateChat
-- Told by Telegram in both chats, and once more by whoever sends to the old one: nothing is left to do the second time.
WITH moved AS (UPDATE chats SET migrated_to = $2 WHERE chat_id = $1 AND migrated_to IS NULL RETURNING person_id, space_id),
     made AS (INSERT INTO chats (chat_id, person_id, space_id) SELECT $2, person_id, space_id FROM moved ON CONFLICT DO NOTHING),
     space AS (UPDATE spaces SET chat_id = $2 WHERE chat_id = $1 AND NOT EXISTS (SELECT FROM spaces WHERE chat_id = $2)),
     reminders AS (UPDATE reminders SET chat_id = $2 WHERE chat_id = $1),
     ledger AS (UPDATE deliveries SET chat_id = $2 WHERE chat_id = $1 AND state IN ('due', 'held', 'sending', 'unknown'))
UPDATE outbox SET chat_id = $2 WHERE chat_id = $1 AND state IN ('due', 'unknown', 'sending');

-- name: giveBack
-- Claimed by a transaction whose commit was not heard of. Nothing was sent; what had to be marked as a repeat keeps its mark.
UPDATE outbox SET state = 'due', attempts = greatest(0, attempts - 1)
 WHERE bot_id = $1 AND owner = $2 AND state = 'sending' AND id <> ALL ($3::bigint[]);

-- name: recover
-- Messages of processes that died while sending: Telegram may or may not have them.
UPDATE outbox o SET state = 'unknown', reason = 'the process died while sending'
 WHERE o.state = 'sending' AND o.bot_id = $1 AND o.owner <> $2
   AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.name = 'process:' || o.owner AND l.expires_at > clock_timestamp())
RETURNING o.id, o.delivery_id, o.priority, o.method;

-- name: recoverDeliveries
UPDATE deliveries SET state = 'unknown', reason = 'the process died while sending' WHERE id = ANY ($1::bigint[]) AND state = 'sending';

-- name: dropUnknown
-- Digests are not repeated: a lost answer ends them.
UPDATE outbox SET state = 'failed' WHERE id = ANY ($1::bigint[]) AND state = 'unknown';

-- name: cancelForDeliveries
UPDATE outbox SET state = 'cancelled', reason = $2 WHERE delivery_id = ANY ($1::bigint[]) AND state IN ('due', 'unknown');

-- name: pending
SELECT count(*)::int AS count FROM outbox WHERE bot_id = $1 AND state IN ('due', 'sending', 'unknown');

-- name: depth
SELECT priority, count(*)::int AS count, min(order_at) AS oldest FROM outbox WHERE state IN ('due', 'sending', 'unknown') GROUP BY priority;

-- name: linkAt
-- A living message shows one thing after another: the last one counts.
SELECT role, entity, entity_id, data FROM message_links WHERE bot_id = $1 AND chat_id = $2 AND message_id = $3 AND role = ANY ($4::text[])
 ORDER BY created_at DESC LIMIT 1;

-- name: firstShowing
-- The message that answered when an item was made.
SELECT message_id FROM message_links
 WHERE bot_id = $1 AND chat_id = $2 AND entity = $3 AND entity_id = $4 AND role = 'card' ORDER BY message_id LIMIT 1;

-- name: lastShown
-- The item the conversation was about last.
SELECT role, entity, entity_id, data FROM message_links
 WHERE bot_id = $1 AND chat_id = $2 AND entity IN ('task', 'reminder') AND created_at > $3
 ORDER BY message_id DESC LIMIT 1;

-- name: addLink
INSERT INTO message_links (bot_id, chat_id, message_id, role, entity, entity_id, data, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (bot_id, chat_id, message_id, role) DO UPDATE SET entity = excluded.entity, entity_id = excluded.entity_id, data = excluded.data, created_at = excluded.created_at;

-- name: trimPayloads
UPDATE outbox SET payload = NULL WHERE payload IS NOT NULL AND created_at < $1 AND state IN ('sent', 'failed', 'cancelled');

-- name: trim
DELETE FROM outbox WHERE created_at < $1 AND state IN ('sent', 'failed', 'cancelled');

-- name: trimLinks
DELETE FROM message_links WHERE created_at < $1;
