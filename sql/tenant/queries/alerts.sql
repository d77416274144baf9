-- What somebody in the office should look at.
-- include sql/tenant/day.h

-- name: alert_insert :insert
-- in:   uint64_t id, enum alert_kind kind, uint64_t visit_id, uint64_t customer_id, uint64_t staff_id, int64_t now
-- in:   struct str body
INSERT INTO alert (id, kind, visit_id, customer_id, staff_id, made_at, body)
VALUES (:id, :kind, :visit_id, :customer_id, :staff_id, :now, :body);

-- name: alerts_open :many struct alert_row
SELECT a.id, a.kind, a.visit_id, a.customer_id, COALESCE(c.name, '') AS customer, a.staff_id,
       COALESCE(t.name, '') AS staff, a.made_at, a.body, a.closed_at, a.version
  FROM alert a FORCE INDEX (open) LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN staff t ON t.id = a.staff_id
 WHERE a.closed_at IS NULL ORDER BY a.made_at DESC LIMIT 101;

-- name: alert_of_visit :maybe struct alert_id_row
-- in:   uint64_t visit_id, enum alert_kind kind
SELECT id FROM alert WHERE visit_id = :visit_id AND kind = :kind AND closed_at IS NULL LIMIT 1;

-- name: alert_of_staff :maybe struct alert_id_row
-- in:   uint64_t staff_id, enum alert_kind kind
SELECT id FROM alert FORCE INDEX (open) WHERE closed_at IS NULL AND staff_id = :staff_id AND kind = :kind LIMIT 1;

-- name: alerts_close_of_staff :any
-- class: own
-- in:   uint64_t staff_id, enum alert_kind kind, int64_t now
UPDATE alert FORCE INDEX (open) SET closed_at = :now, version = version + 1
 WHERE closed_at IS NULL AND staff_id = :staff_id AND kind = :kind;

-- name: alert_close :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t now, uint64_t closed_by, uint32_t version
UPDATE alert SET closed_at = :now, closed_by = :closed_by, version = version + 1 WHERE id = :id AND version = :version;

-- A stop that is over needs no help any more.
-- name: alerts_close_of_visit :any
-- class: own
-- in:   uint64_t visit_id, enum alert_kind kind, int64_t now
UPDATE alert SET closed_at = :now, version = version + 1
 WHERE visit_id = :visit_id AND kind = :kind AND closed_at IS NULL;

-- name: alert_numbers :one struct alert_number_row
SELECT COUNT(*) AS number FROM alert FORCE INDEX (open) WHERE closed_at IS NULL;
