-- What rows that speak of the present mean once they come from the past. docs/backup-and-recovery.md tells the reasons to operators.

-- name: forgetProcesses
-- Leases are of processes of then: nobody holds anything now.
DELETE FROM leases;

-- name: forgetPace
DELETE FROM pace;

-- name: forgetFacts
-- Whether Telegram's webhook, its secret and the menu are what these say is not known any more: all is set again at the next start.
DELETE FROM bot_facts;

-- name: forgetLimits
DELETE FROM rate_limits;

-- name: forgetPauses
UPDATE chats SET paused_until = NULL WHERE paused_until IS NOT NULL;

-- name: cancelAnswers
-- Answers, edits and notices that were on their way then were sent then, or are about a conversation long past.
UPDATE outbox SET state = 'cancelled', reason = 'restored from a backup', owner = NULL
 WHERE state IN ('due', 'sending', 'unknown') AND delivery_id IS NULL;

-- name: doubtReminders
-- Reminders that were about to leave have most likely left: sent once more and marked "(repeat)", never as if new.
UPDATE outbox SET state = 'unknown', reason = 'restored from a backup', owner = NULL, not_before = NULL
 WHERE state IN ('due', 'sending') AND delivery_id IS NOT NULL;

-- name: doubtDeliveries
UPDATE deliveries SET state = 'unknown', reason = 'restored from a backup'
 WHERE state IN ('due', 'sending') AND id IN (SELECT delivery_id FROM outbox WHERE state = 'unknown' AND delivery_id IS NOT NULL);

-- name: replanStranded
-- Handed to an outbox that has nothing of it: planned anew.
UPDATE deliveries d SET state = 'due', queued_at = NULL, reason = NULL
 WHERE d.state IN ('due', 'sending', 'unknown') AND d.queued_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM outbox o WHERE o.delivery_id = d.id AND o.state IN ('due', 'sending', 'unknown'));

-- name: retryUpdates
-- Messages that had come and were not handled yet are handled now: their effects are not in the data.
UPDATE updates SET not_before = NULL, attempts = 0 WHERE state = 'waiting';

-- name: endRuns
-- The run that made this archive ($1) succeeded, or there would be none; others were interrupted. $2: kinds of inspections.
UPDATE backup_runs SET chat_id = NULL,
       state = CASE WHEN archive = $1 THEN 'succeeded' WHEN kind = ANY($2) THEN 'hindered' ELSE 'failed' END,
       ended_at = coalesce(ended_at, started_at, asked_at), reason = CASE WHEN archive = $1 THEN NULL ELSE 'interrupted' END
 WHERE state IN ('asked', 'running');
