-- Payments, and the ledger that says what they pay.
-- include sql/tenant/billing.h

-- name: payment_one :one struct payment_row
-- in:   uint64_t id
SELECT id, customer_id, way, state, cents, currency, day, reference, note, reason, method_id, staff_id, made_at,
       settled_at, seq, version
  FROM payment WHERE id = :id;

-- name: payment_for_update :one struct payment_row
-- in:   uint64_t id
SELECT id, customer_id, way, state, cents, currency, day, reference, note, reason, method_id, staff_id, made_at,
       settled_at, seq, version
  FROM payment WHERE id = :id FOR UPDATE;

-- The number of its receipt, once. Its version stays: nobody who is giving money back meanwhile is told "stale".
-- name: payment_number :any
-- class: own
-- in:   uint64_t id, uint64_t seq
UPDATE payment SET seq = :seq WHERE id = :id AND seq IS NULL;

-- Theirs, and of those whom they took in.
-- name: payments_of_customer :many struct payment_card
-- in:   uint64_t customer_id, enum account unapplied
SELECT p.id, p.way, p.state, p.cents,
       CAST(-COALESCE((SELECT SUM(e.cents) FROM entry e
                        WHERE e.payment_id = p.id AND e.account = :unapplied), 0) AS SIGNED) AS free_cents,
       p.day, p.reference, p.note, p.reason, p.version
  FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
       COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
  JOIN payment p ON p.customer_id = o.id ORDER BY p.day DESC, p.id DESC LIMIT 200;

-- name: payment_insert :insert
-- in:   uint64_t id, uint64_t customer_id, enum pay_way way, enum payment_state state, int64_t cents
-- in:   struct str currency, struct day day, struct str reference, struct str note, struct str reason
-- in:   uint64_t staff_id, int64_t made_at, struct maybe_i64 settled_at
INSERT INTO payment (id, customer_id, way, state, cents, currency, day, reference, note, reason, staff_id, made_at,
                     settled_at)
VALUES (:id, :customer_id, :way, :state, :cents, :currency, :day, :reference, :note, :reason, :staff_id, :made_at,
        :settled_at);

-- name: payment_state_set :exactly-one
-- class: compare
-- in:   uint64_t id, enum payment_state state, struct maybe_i64 settled_at, struct str reason, uint32_t version
UPDATE payment SET state = :state, settled_at = :settled_at, reason = :reason, version = version + 1
 WHERE id = :id AND version = :version;

-- The guard of what is free of it.
-- name: payment_touch :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t version
UPDATE payment SET version = version + 1 WHERE id = :id AND version = :version;

-- ---- the ledger ----

-- name: entry_insert :insert
-- in:   uint64_t posting_id, uint32_t side, enum posting_kind kind, int64_t at, struct day day, enum account account
-- in:   uint64_t customer_id, uint64_t bill_id, uint64_t payment_id, int64_t cents, uint32_t actor_kind
-- in:   uint64_t actor_id
INSERT INTO entry (posting_id, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, actor_kind,
                   actor_id)
VALUES (:posting_id, :side, :kind, :at, :day, :account, :customer_id, :bill_id, :payment_id, :cents, :actor_kind,
        :actor_id);

-- name: bill_owner :maybe struct holder_row
-- in:   uint64_t bill_id
SELECT c.id, c.merged_into FROM bill b JOIN customer c ON c.id = b.customer_id WHERE b.id = :bill_id;

-- name: payment_owner :maybe struct holder_row
-- in:   uint64_t payment_id
SELECT c.id, c.merged_into FROM payment p JOIN customer c ON c.id = p.customer_id WHERE p.id = :payment_id;

-- name: customer_owner :maybe struct holder_row
-- in:   uint64_t id
SELECT id, merged_into FROM customer WHERE id = :id;

-- name: entry_bill_open :one struct cents_row
-- in:   uint64_t bill_id, enum account receivable
SELECT CAST(COALESCE(SUM(cents), 0) AS SIGNED) AS cents FROM entry
 WHERE bill_id = :bill_id AND account = :receivable;

-- name: entry_payment_free :one struct cents_row
-- in:   uint64_t payment_id, enum account unapplied
SELECT CAST(-COALESCE(SUM(cents), 0) AS SIGNED) AS cents FROM entry
 WHERE payment_id = :payment_id AND account = :unapplied;

-- What this payment pays, bill by bill.
-- name: entries_applied_of_payment :many struct applied_row
-- in:   uint64_t payment_id, enum account receivable
SELECT e.bill_id, e.payment_id, b.kind, b.seq, p.way, b.day, CAST(-COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e JOIN bill b ON b.id = e.bill_id JOIN payment p ON p.id = e.payment_id
 WHERE e.payment_id = :payment_id AND e.account = :receivable
 GROUP BY e.bill_id, e.payment_id, b.kind, b.seq, p.way, b.day HAVING SUM(e.cents) <> 0 ORDER BY b.day, e.bill_id LIMIT 500;

-- What pays this bill.
-- name: entries_applied_to_bill :many struct applied_row
-- in:   uint64_t bill_id, enum account receivable
SELECT e.bill_id, e.payment_id, b.kind, b.seq, p.way, p.day, CAST(-COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e JOIN bill b ON b.id = e.bill_id JOIN payment p ON p.id = e.payment_id
 WHERE e.bill_id = :bill_id AND e.account = :receivable
 GROUP BY e.bill_id, e.payment_id, b.kind, b.seq, p.way, p.day HAVING SUM(e.cents) <> 0 ORDER BY p.day, e.payment_id LIMIT 500;

-- name: customer_account :one struct cents_row
-- in:   uint64_t customer_id, enum account account, struct day until
SELECT CAST(COALESCE(SUM(cents), 0) AS SIGNED) AS cents FROM entry
 WHERE customer_id = :customer_id AND account = :account AND day <= :until;

-- name: bills_open_of_customer :many struct open_row
-- in:   uint64_t customer_id, enum account receivable
SELECT b.id, b.day, b.due_day, CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e JOIN bill b ON b.id = e.bill_id
 WHERE e.customer_id = :customer_id AND e.account = :receivable
 GROUP BY b.id, b.day, b.due_day HAVING SUM(e.cents) > 0 ORDER BY b.due_day, b.id LIMIT 500;

-- What every document asked for at the end of that day, and of whom.
-- name: bills_owed :many struct owed_row
-- in:   enum account receivable, struct day until
SELECT b.id, e.customer_id, c.name AS customer, b.day, b.due_day, CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e FORCE INDEX (account) JOIN bill b ON b.id = e.bill_id JOIN customer c ON c.id = e.customer_id
 WHERE e.account = :receivable AND e.day <= :until
 GROUP BY b.id, e.customer_id, c.name, b.day, b.due_day HAVING SUM(e.cents) <> 0
 ORDER BY e.customer_id, b.due_day, b.id LIMIT 20001;

-- What moved a customer's balance: one row a posting; applying a payment moves nothing and is no row.
-- name: statement_lines :many struct statement_row
-- in:   uint64_t customer_id, struct day from, struct day to, enum account receivable, enum account unapplied
-- bound: what happens to one customer between two days; more than a page is cut, and said
SELECT e.posting_id AS id, e.kind, e.day, COALESCE(MAX(e.bill_id), 0) AS bill_id,
       COALESCE(MAX(e.payment_id), 0) AS payment_id,
       COALESCE(MAX(b.kind), 0) AS bill_kind, COALESCE(MAX(b.seq), 0) AS seq, COALESCE(MAX(b.title), '') AS title,
       COALESCE(MAX(p.way), 0) AS way, COALESCE(MAX(p.reference), '') AS reference, COALESCE(MAX(p.reason), '') AS reason,
       CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e LEFT JOIN bill b ON b.id = e.bill_id LEFT JOIN payment p ON p.id = e.payment_id
 WHERE e.customer_id = :customer_id AND e.account IN (:receivable, :unapplied) AND e.day BETWEEN :from AND :to
 GROUP BY e.posting_id, e.kind, e.day HAVING SUM(e.cents) <> 0 ORDER BY e.day, e.posting_id LIMIT 1001;

-- name: statement_before :maybe struct statement_before
-- in:   uint64_t customer_id, enum bill_kind statement, enum bill_state issued
SELECT id, day, opening_cents, total_cents, moved FROM bill
 WHERE customer_id = :customer_id AND kind = :statement AND state = :issued ORDER BY seq DESC LIMIT 1;

-- What moved a balance behind a statement: written after it, or of a later day; what the statement asked for itself is none of it.
-- name: statement_moves :many struct statement_row
-- in:   uint64_t customer_id, uint64_t after, struct day since, struct day until, enum posting_kind issue
-- in:   enum account receivable, enum account unapplied
SELECT e.posting_id AS id, e.kind, e.day, COALESCE(MAX(e.bill_id), 0) AS bill_id,
       COALESCE(MAX(e.payment_id), 0) AS payment_id,
       COALESCE(MAX(b.kind), 0) AS bill_kind, COALESCE(MAX(b.seq), 0) AS seq, COALESCE(MAX(b.title), '') AS title,
       COALESCE(MAX(p.way), 0) AS way, COALESCE(MAX(p.reference), '') AS reference, COALESCE(MAX(p.reason), '') AS reason,
       CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e LEFT JOIN bill b ON b.id = e.bill_id LEFT JOIN payment p ON p.id = e.payment_id
 WHERE e.customer_id = :customer_id AND e.account IN (:receivable, :unapplied) AND e.day <= :until
   AND (e.posting_id > :after OR e.day > :since) AND NOT (e.kind = :issue AND e.bill_id = :after)
 GROUP BY e.posting_id, e.kind, e.day HAVING SUM(e.cents) <> 0 ORDER BY e.day, e.posting_id LIMIT 101;

-- ---- money that slips away: each list is empty in a house in order ----

-- name: leak_completed_not_billed :many struct leak_row
-- in:   struct day from, struct day to, enum visit_state done, uint32_t by_stop
SELECT v.id, v.customer_id, c.name AS customer, s.name AS what, v.day, s.price_cents AS cents
  FROM visit v FORCE INDEX (day) JOIN customer c ON c.id = v.customer_id JOIN service s ON s.id = v.service_id
  LEFT JOIN bill_line l ON l.visit_id = v.id
 WHERE v.day BETWEEN :from AND :to AND v.state = :done AND v.free = 0 AND l.id IS NULL
   AND (v.agreement_id IS NULL
        OR (SELECT t.rate_kind FROM term t WHERE t.agreement_id = v.agreement_id AND t.kind = 1 AND t.from_day <= v.day
             ORDER BY t.from_day DESC LIMIT 1) = :by_stop)
 ORDER BY v.day, v.id LIMIT 501;

-- Poured at a stop whose rate does not include it, and on no bill.
-- name: leak_dosed_not_billed :many struct leak_row
-- in:   struct day from, struct day to
SELECT d.id, v.customer_id, c.name AS customer, i.name AS what, v.day, d.price_cents AS cents
  FROM visit v FORCE INDEX (day) JOIN dose d ON d.visit_id = v.id JOIN item i ON i.id = d.item_id
  JOIN customer c ON c.id = v.customer_id LEFT JOIN bill_line l ON l.line_key = CONCAT('dose:', d.id)
 WHERE v.day BETWEEN :from AND :to AND d.undone_at IS NULL AND d.price_cents > 0 AND v.free = 0 AND l.id IS NULL
   AND COALESCE((SELECT t.with_chemicals FROM term t WHERE t.agreement_id = v.agreement_id AND t.kind = 1
                    AND t.from_day <= v.day ORDER BY t.from_day DESC LIMIT 1), 0) = 0
 ORDER BY v.day, d.id LIMIT 501;

-- name: leak_billed_not_completed :many struct leak_row
-- in:   struct day from, struct day to, enum charge_kind stop, enum visit_state scheduled
-- in:   enum visit_state skipped, enum visit_state cancelled
SELECT v.id, v.customer_id, c.name AS customer, l.text AS what, v.day, l.net_cents AS cents
  FROM visit v FORCE INDEX (day) JOIN bill_line l ON l.visit_id = v.id JOIN customer c ON c.id = v.customer_id
  LEFT JOIN bill_line u ON u.line_key = CONCAT('undone:', v.id)
 WHERE v.day BETWEEN :from AND :to AND l.kind = :stop AND v.state IN (:scheduled, :skipped, :cancelled) AND u.id IS NULL
 ORDER BY v.day, v.id LIMIT 501;

-- name: leak_paid_not_applied :many struct leak_row
-- in:   enum account unapplied, struct day until
SELECT p.id, e.customer_id, c.name AS customer, p.reference AS what, p.day, CAST(-COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e FORCE INDEX (account) JOIN payment p ON p.id = e.payment_id JOIN customer c ON c.id = e.customer_id
 WHERE e.account = :unapplied AND e.day <= :until
 GROUP BY p.id, e.customer_id, c.name, p.reference, p.day HAVING SUM(e.cents) < 0 ORDER BY p.day, p.id LIMIT 501;
