-- name: take
INSERT INTO leases (name, owner, expires_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
 WHERE leases.owner = excluded.owner OR leases.expires_at <= clock_timestamp()
RETURNING owner;

-- name: release
DELETE FROM leases WHERE name = $1 AND owner = $2;

-- name: list
SELECT name, owner FROM leases WHERE expires_at > clock_timestamp();

-- name: trim
DELETE FROM leases WHERE name LIKE 'process:%' AND expires_at < clock_timestamp() - interval '1 day';
