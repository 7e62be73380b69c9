-- name: addInvitation
INSERT INTO invitations (code_hash, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4);

-- name: takeInvitation
-- The row lock decides a race: the second one finds used_at set.
UPDATE invitations SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING code_hash;

-- name: tieInvitation
UPDATE invitations SET used_by = $2 WHERE code_hash = $1;

-- name: withdrawInvitations
UPDATE invitations SET expires_at = $1 WHERE used_at IS NULL AND expires_at > $1 RETURNING code_hash;

-- name: openInvitationTimes
SELECT expires_at FROM invitations WHERE used_at IS NULL AND expires_at > $1 ORDER BY expires_at;

-- name: reinstate
-- Only an invitation brings a removed person back; the configuration alone does not.
UPDATE people SET role = 'member' WHERE telegram_user_id = $1 AND role IN ('removed', 'unlisted') RETURNING id;

-- name: listPeople
SELECT p.id, p.telegram_user_id, p.name, p.username, p.role, i.used_at AS invited_at
  FROM people p
  LEFT JOIN LATERAL (SELECT max(used_at) AS used_at FROM invitations WHERE used_by = p.id) i ON true
 WHERE p.role IN ('operator', 'member') AND p.telegram_user_id IS NOT NULL
 ORDER BY p.role <> 'operator', p.id;

-- name: removePerson
-- Never the operator; nobody twice.
UPDATE people SET role = 'removed' WHERE id = $1 AND role = 'member' RETURNING id, name;

-- name: cancelMessages
-- In the person's private chat, whose id is their own.
UPDATE outbox o SET state = 'cancelled', reason = $2
  FROM people p WHERE p.id = $1 AND o.chat_id = p.telegram_user_id AND o.state IN ('due', 'unknown');

-- name: leaveGroups
DELETE FROM memberships m USING groups g WHERE g.id = m.space_id AND m.person_id = $1;
