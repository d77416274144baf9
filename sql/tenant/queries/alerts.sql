-- What somebody in the office should look at.
-- include sql/tenant/day.h
-- include domain/billing/ledger.h

-- name: alert_insert :insert
-- in:   uint64_t id, enum alert_kind kind, uint64_t visit_id, uint64_t customer_id, uint64_t staff_id, int64_t now
-- in:   struct str body
INSERT INTO alert (id, kind, visit_id, customer_id, staff_id, made_at, body)
VALUES (:id, :kind, :visit_id, :customer_id, :staff_id, :now, :body);

-- Those that wait: there are few.
-- name: alerts_open :many struct alert_row
-- in:   uint32_t kind, struct str q, uint64_t before
SELECT a.id, a.kind, a.visit_id, a.customer_id, COALESCE(c.name, '') AS customer, a.staff_id,
       COALESCE(t.name, '') AS staff, a.made_at, a.body, a.closed_at, COALESCE(b.name, '') AS closed_by, a.version
  FROM alert a FORCE INDEX (open) LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN staff t ON t.id = a.staff_id
  LEFT JOIN staff b ON b.id = a.closed_by
 WHERE a.closed_at IS NULL AND a.id < :before AND (:kind = 0 OR a.kind = :kind)
   AND (:q = '' OR LOCATE(:q, c.name) > 0 OR LOCATE(:q, t.name) > 0 OR LOCATE(:q, a.body) > 0)
 ORDER BY a.id DESC LIMIT 101;

-- Those that were seen to, newest first.
-- name: alerts_closed :many struct alert_row
-- in:   uint32_t kind, struct str q, uint64_t before
SELECT a.id, a.kind, a.visit_id, a.customer_id, COALESCE(c.name, '') AS customer, a.staff_id,
       COALESCE(t.name, '') AS staff, a.made_at, a.body, a.closed_at, COALESCE(b.name, '') AS closed_by, a.version
  FROM alert a FORCE INDEX (PRIMARY) LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN staff t ON t.id = a.staff_id
  LEFT JOIN staff b ON b.id = a.closed_by
 WHERE a.closed_at IS NOT NULL AND a.id < :before AND (:kind = 0 OR a.kind = :kind)
   AND (:q = '' OR LOCATE(:q, c.name) > 0 OR LOCATE(:q, t.name) > 0 OR LOCATE(:q, a.body) > 0)
 ORDER BY a.id DESC LIMIT 101;

-- name: alert_one :maybe struct alert_row
-- in:   uint64_t id
SELECT a.id, a.kind, a.visit_id, a.customer_id, COALESCE(c.name, '') AS customer, a.staff_id,
       COALESCE(t.name, '') AS staff, a.made_at, a.body, a.closed_at, COALESCE(b.name, '') AS closed_by, a.version
  FROM alert a  LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN staff t ON t.id = a.staff_id
  LEFT JOIN staff b ON b.id = a.closed_by
 WHERE a.id = :id;

-- What one technician told the office (no access, a missing part, given away, a question, a problem, a return), and what
-- was answered them about anything else. Names hold their moment, so the newest are few: to walk over the 6,000 alerts of a
-- month took 2 ms. An index of staff_id would save that, but comes to a table that stands by no INSTANT (sql/README.md).
-- name: alerts_of_tech :many struct alert_row
-- in:   uint64_t staff_id, uint64_t since_id
SELECT a.id, a.kind, a.visit_id, a.customer_id, COALESCE(c.name, '') AS customer, a.staff_id,
       COALESCE(t.name, '') AS staff, a.made_at, a.body, a.closed_at, COALESCE(b.name, '') AS closed_by, a.version
  FROM alert a FORCE INDEX (PRIMARY) LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN staff t ON t.id = a.staff_id
  LEFT JOIN staff b ON b.id = a.closed_by
 WHERE a.id >= :since_id AND a.staff_id = :staff_id
   AND (a.kind IN (3, 4, 5, 6, 8, 9) OR LOCATE('"answers":[{', a.body) > 0) ORDER BY a.id DESC LIMIT 30;

-- Visits that run late, as far as somebody has been told.
-- name: alerts_late :many struct alert_id_row
-- in:   enum alert_kind kind
SELECT visit_id AS id FROM alert FORCE INDEX (open) WHERE closed_at IS NULL AND kind = :kind LIMIT 2000;

-- name: alert_reader :maybe struct alert_reader_row
-- in:   uint64_t id
SELECT id, name, email, language, phone, state FROM staff WHERE id = :id;

-- name: alert_body :exactly-one
-- class: compare
-- in:   uint64_t id, struct str body, uint32_t version
UPDATE alert SET body = :body, version = version + 1 WHERE id = :id AND version = :version;

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
-- in:   uint64_t id, struct maybe_i64 closed_at, uint64_t closed_by, uint32_t version
UPDATE alert SET closed_at = :closed_at, closed_by = :closed_by, version = version + 1 WHERE id = :id AND version = :version;

-- A stop that is over needs no help any more.
-- name: alerts_close_of_visit :any
-- class: own
-- in:   uint64_t visit_id, enum alert_kind kind, int64_t now
UPDATE alert SET closed_at = :now, version = version + 1
 WHERE visit_id = :visit_id AND kind = :kind AND closed_at IS NULL;

-- name: alert_numbers :one struct alert_number_row
SELECT COUNT(*) AS number FROM alert FORCE INDEX (open) WHERE closed_at IS NULL;

-- Customers of a day who owe what was due before today: the fold of the ledger over their documents.
-- name: day_unpaid :many struct alert_id_row
-- in:   struct day day, struct day today, enum account receivable
SELECT DISTINCT v.customer_id AS id FROM visit v FORCE INDEX (day)
 WHERE v.day = :day
   AND (SELECT SUM(e.cents) FROM entry e FORCE INDEX (customer) STRAIGHT_JOIN bill b ON b.id = e.bill_id
         WHERE e.customer_id = v.customer_id AND e.account = :receivable AND b.due_day < :today) > 0
 ORDER BY v.customer_id LIMIT 2000;
