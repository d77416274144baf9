-- The outbox. A claim is a state, an end of the lease and a token that counts claims: whoever writes with
-- an older token matches no row (E_STALE). FORCE INDEX: with SKIP LOCKED a full scan would lock, and so
-- hide from the other workers, every row that it passes.
-- include sql/tenant/job.h

-- name: job_insert :insert
-- in:   uint64_t id, struct str kind, struct maybe_str job_key, enum job_state state, int64_t due_at
-- in:   struct str payload, int64_t made_at
INSERT INTO job (id, kind, job_key, state, due_at, payload, made_at)
VALUES (:id, :kind, :job_key, :state, :due_at, :payload, :made_at);

-- A second job of a key changes nothing, and nobody minds.
-- name: job_insert_once :any
-- class: own
-- in:   uint64_t id, struct str kind, struct str job_key, enum job_state state, int64_t due_at
-- in:   struct str payload, int64_t made_at
INSERT INTO job (id, kind, job_key, state, due_at, payload, made_at)
VALUES (:id, :kind, :job_key, :state, :due_at, :payload, :made_at)
    ON DUPLICATE KEY UPDATE job_key = :job_key;

-- name: job_of_key :maybe struct job_id_row
-- in:   struct str job_key
SELECT id FROM job WHERE job_key = :job_key;

-- name: job_holder_for_update :maybe struct job_holder_row
-- in:   struct str job_key
SELECT id, state FROM job WHERE job_key = :job_key FOR UPDATE;

-- Of one's own job, or of one that was parked with a key that others need.
-- name: job_rename :exactly-one
-- class: locked
-- in:   uint64_t id, struct str job_key
UPDATE job SET job_key = :job_key, version = version + 1 WHERE id = :id;

-- name: jobs_named :many struct job_key_row
-- in:   struct str from, struct str until, struct maybe_i64 since
SELECT job_key FROM job
 WHERE job_key >= :from AND job_key < :until AND ended_at >= :since ORDER BY job_key LIMIT 200;

-- It was ordered for later, in case that it is wanted: it is wanted now.
-- name: job_hurry :any
-- class: own
-- in:   struct str job_key, enum job_state waiting, int64_t due_at
UPDATE job SET due_at = :due_at, version = version + 1 WHERE job_key = :job_key AND state = :waiting;

-- All of a kind that were ordered for later and not tried yet.
-- name: jobs_hurry :any
-- class: own
-- in:   struct str kind, enum job_state waiting, int64_t due_at
UPDATE job FORCE INDEX (due) SET due_at = :due_at, version = version + 1
 WHERE state = :waiting AND due_at > :due_at AND kind = :kind AND tries = 0;

-- name: job_next_for_update :maybe struct job_row
-- in:   enum job_state state, int64_t now
SELECT id, kind, payload, token, tries
  FROM job FORCE INDEX (due) WHERE state = :state AND due_at <= :now
 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: job_claim :exactly-one
-- class: locked
-- in:   uint64_t id, enum job_state claimed, int64_t until
UPDATE job SET state = :claimed, token = token + 1, tries = tries + 1, due_at = :until,
       lease_until = :until, version = version + 1
 WHERE id = :id;

-- The first statement of every transaction of a job's owner: proves the claim, extends it, keeps others out.
-- name: job_hold :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t token, enum job_state claimed, int64_t until
UPDATE job SET due_at = :until, lease_until = :until, version = version + 1
 WHERE id = :id AND token = :token AND state = :claimed;

-- The payload goes with the deed: it may hold a link that still works.
-- name: job_done :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t token, enum job_state claimed, enum job_state done, struct str reason
-- in:   int64_t ended_at
UPDATE job SET state = :done, reason = :reason, payload = '', ended_at = :ended_at, version = version + 1
 WHERE id = :id AND token = :token AND state = :claimed;

-- name: job_later :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t token, enum job_state claimed, enum job_state waiting, int64_t due_at
-- in:   struct str reason
UPDATE job SET state = :waiting, due_at = :due_at, lease_until = 0, reason = :reason, version = version + 1
 WHERE id = :id AND token = :token AND state = :claimed;

-- It was not tried: its company is closed.
-- name: job_aside :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t token, enum job_state claimed, enum job_state waiting, int64_t due_at
-- in:   struct str reason
UPDATE job SET state = :waiting, due_at = :due_at, lease_until = 0, tries = tries - 1, reason = :reason,
       version = version + 1
 WHERE id = :id AND token = :token AND state = :claimed;

-- name: job_park :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t token, enum job_state claimed, enum job_state parked, struct str reason
-- in:   int64_t ended_at
UPDATE job SET state = :parked, reason = :reason, ended_at = :ended_at, version = version + 1
 WHERE id = :id AND token = :token AND state = :claimed;

-- name: job_first :maybe struct job_due_row
-- in:   enum job_state state
SELECT id, due_at FROM job FORCE INDEX (due) WHERE state = :state ORDER BY due_at LIMIT 1;

-- ---- for the operator ----

-- name: jobs_of_state :many struct job_line
-- in:   enum job_state state
SELECT id, kind, reason, state, tries, due_at, made_at
  FROM job WHERE state = :state ORDER BY due_at, id LIMIT 200;

-- name: jobs_count :one struct job_count_row
-- in:   enum job_state state
SELECT COUNT(*) AS n FROM job WHERE state = :state;

-- A parked job gets all its tries again.
-- name: job_unpark :exactly-one
-- class: own
-- in:   uint64_t id, enum job_state parked, enum job_state waiting, int64_t due_at
UPDATE job SET state = :waiting, due_at = :due_at, tries = 0, ended_at = NULL, version = version + 1
 WHERE id = :id AND state = :parked;
