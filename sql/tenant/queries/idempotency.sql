-- include sql/tenant/idempotency.h

-- Whoever comes second does not wait for the first to commit: it is told at once (1205, E_RETRY).
-- name: idempotency_claim :insert
-- in:   struct str key_hash, struct str body_hash, int64_t created_at
SET STATEMENT innodb_lock_wait_timeout = 0 FOR
INSERT INTO idempotency (key_hash, body_hash, status, answer, created_at)
VALUES (:key_hash, :body_hash, 0, '', :created_at);

-- name: idempotency_of_key :maybe struct idempotency_row
-- in:   struct str key_hash
SELECT body_hash, status, answer FROM idempotency WHERE key_hash = :key_hash;

-- name: idempotency_keep :exactly-one
-- class: own
-- in:   struct str key_hash, uint32_t status, struct str answer
UPDATE idempotency SET status = :status, answer = :answer, version = version + 1 WHERE key_hash = :key_hash;

-- A refusal that is committed (a wrong password is counted) is no answer to keep.
-- name: idempotency_forget :any
-- class: own
-- in:   struct str key_hash
DELETE FROM idempotency WHERE key_hash = :key_hash;
