-- A sign-up remembers its key: a repeated request gets the same company, the reaper finds what was left half done.
-- include sql/control/rows.h

-- name: signup_by_key :maybe struct signup_row
-- in:   struct str key_hash
SELECT body_hash, tenant_id, done, created_at, version FROM signup WHERE key_hash = :key_hash;

-- name: signup_insert :insert
-- in:   struct str key_hash, struct str body_hash, uint64_t tenant_id, int64_t now
INSERT INTO signup (key_hash, body_hash, tenant_id, done, created_at)
VALUES (:key_hash, :body_hash, :tenant_id, 0, :now);

-- name: signup_done :any
-- class: own
-- in:   uint64_t tenant_id
UPDATE signup SET done = 1, version = version + 1 WHERE tenant_id = :tenant_id;

-- name: signup_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM signup WHERE tenant_id = :tenant_id AND done = 0;

-- name: signups_drop_old :any
-- class: own
-- in:   int64_t before
DELETE FROM signup WHERE done = 1 AND created_at < :before ORDER BY created_at LIMIT 500;
