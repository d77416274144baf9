-- Many prices at once: plans, and the one column that they change.
-- include sql/tenant/prices.h

-- name: price_plan_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t made_at, uint32_t total
-- in:   struct str body
INSERT INTO batch (id, kind, state, staff_id, made_at, total, body)
VALUES (:id, :kind, :state, :staff_id, :made_at, :total, :body);

-- name: price_plan_for_update :one struct price_plan_row
-- in:   uint64_t id, enum batch_kind kind
SELECT b.id, b.state, b.made_at, s.name AS staff_name, b.ended_at, b.undone_at, b.body, b.version
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id WHERE b.id = :id AND b.kind = :kind FOR UPDATE;

-- name: price_plans_recent :many struct price_plan_row
-- walks: in the order of the key `made_at`, until a page is full
-- in:   enum batch_kind kind
SELECT b.id, b.state, b.made_at, s.name AS staff_name, b.ended_at, b.undone_at, b.body, b.version
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id WHERE b.kind = :kind
 ORDER BY b.made_at DESC, b.id DESC LIMIT 12;

-- name: price_plan_move :exactly-one
-- class: compare
-- in:   uint64_t id, enum batch_state state, uint32_t done, uint32_t failed, struct maybe_i64 ended_at
-- in:   struct maybe_i64 undone_at, uint32_t version
UPDATE batch SET state = :state, done = :done, failed = :failed, ended_at = :ended_at, undone_at = :undone_at,
       version = version + 1
 WHERE id = :id AND version = :version;

-- name: item_price_set :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t price_cents, uint32_t version
UPDATE item SET price_cents = :price_cents, version = version + 1 WHERE id = :id AND version = :version;
