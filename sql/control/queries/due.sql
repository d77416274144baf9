-- Hints that a company has work waiting. Lost hints cost a minute: the sweep finds what they forgot.
-- include sql/control/rows.h

-- name: due_hint :any
-- class: own
-- in:   uint64_t tenant_id, int64_t at
INSERT INTO due (tenant_id, at) VALUES (:tenant_id, :at)
    ON DUPLICATE KEY UPDATE at = LEAST(at, VALUES(at)), version = version + 1;

-- name: dues_until :many struct due_row
-- in:   int64_t until
SELECT tenant_id, at, version FROM due WHERE at <= :until ORDER BY at LIMIT 100;

-- name: due_first :maybe struct due_row
SELECT tenant_id, at, version FROM due ORDER BY at LIMIT 1;

-- Somebody who hinted in the meantime has changed the version: then the row stays as it is.
-- name: due_move :any
-- class: own
-- in:   uint64_t tenant_id, uint32_t version, int64_t at
UPDATE due SET at = :at, version = version + 1 WHERE tenant_id = :tenant_id AND version = :version;

-- name: due_clear :any
-- class: own
-- in:   uint64_t tenant_id, uint32_t version
DELETE FROM due WHERE tenant_id = :tenant_id AND version = :version;

-- name: due_forget :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM due WHERE tenant_id = :tenant_id;
