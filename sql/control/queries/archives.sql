-- Archives that owners asked for: one of each company, the newest. States come in as parameters (tenancy/archive.h).
-- include sql/control/rows.h

-- name: archive_of :maybe struct archive_row
-- in:   uint64_t tenant_id
SELECT tenant_id, state, asked_at, done, of_all, bytes, ready_at, version FROM archive_order WHERE tenant_id = :tenant_id;

-- name: archive_ask :any
-- class: own
-- in:   uint64_t tenant_id, uint32_t asked, int64_t asked_at
INSERT INTO archive_order (tenant_id, state, asked_at) VALUES (:tenant_id, :asked, :asked_at)
    ON DUPLICATE KEY UPDATE state = :asked, asked_at = :asked_at, done = 0, of_all = 0, bytes = 0, ready_at = 0, version = version + 1;

-- The next to make: what was asked for, and what somebody died over.
-- name: archive_next :maybe struct archive_row
-- in:   uint32_t asked, uint32_t working
SELECT tenant_id, state, asked_at, done, of_all, bytes, ready_at, version FROM archive_order
 WHERE state IN (:asked, :working) ORDER BY asked_at LIMIT 1;

-- name: archive_old :many struct archive_row
-- in:   uint32_t ready, int64_t before
SELECT tenant_id, state, asked_at, done, of_all, bytes, ready_at, version FROM archive_order
 WHERE state = :ready AND asked_at < :before ORDER BY asked_at LIMIT 20;

-- name: archive_move :any
-- class: own
-- in:   uint64_t tenant_id, uint32_t state, int64_t done, int64_t of_all, int64_t bytes, int64_t ready_at, int64_t asked_at
UPDATE archive_order SET state = :state, done = :done, of_all = :of_all, bytes = :bytes, ready_at = :ready_at,
       version = version + 1
 WHERE tenant_id = :tenant_id AND asked_at = :asked_at;

-- name: archive_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM archive_order WHERE tenant_id = :tenant_id;
