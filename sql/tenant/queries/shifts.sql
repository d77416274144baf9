-- Mass shifts: a batch, and a row for each visit with what it was before.
-- include sql/tenant/schedule.h

-- name: shift_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t made_at, uint32_t total
-- in:   struct str body
INSERT INTO batch (id, kind, state, staff_id, made_at, total, done, body, ended_at)
VALUES (:id, :kind, :state, :staff_id, :made_at, :total, :total, :body, :made_at);

-- name: shift_for_update :one struct shift_row
-- in:   uint64_t id, enum batch_kind kind
SELECT id, state, total, undone_at, version FROM batch WHERE id = :id AND kind = :kind FOR UPDATE;

-- name: shift_undone :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, uint32_t failed, int64_t now
UPDATE batch SET state = :state, failed = :failed, undone_at = :now, version = version + 1 WHERE id = :id;

-- name: shift_row_insert :insert
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, uint64_t record_id, struct str cells
INSERT INTO batch_row (batch_id, n, state, record_id, cells) VALUES (:batch_id, :nr, :state, :record_id, :cells);

-- name: shift_rows :many struct shift_visit_row
-- in:   uint64_t batch_id, enum row_state state
-- bound: a shift moves at most 2,000 visits (SHIFT_MAX)
SELECT n, record_id, cells FROM batch_row WHERE batch_id = :batch_id AND state = :state ORDER BY n;

-- name: shift_row_undone :any
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state
UPDATE batch_row SET state = :state, version = version + 1 WHERE batch_id = :batch_id AND n = :nr;
