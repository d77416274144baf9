-- Payments through a processor, what customers left there, and its messages.
-- include sql/tenant/processor.h
-- include sql/tenant/billing.h
-- include sql/tenant/messages.h

-- name: processed_one :one struct processed_row
-- in:   uint64_t id
SELECT id, customer_id, way, state, cents, currency, day, wants, method_id, provider, provider_id, reason, made_at,
       settled_at, version
  FROM payment WHERE id = :id;

-- name: processed_for_update :one struct processed_row
-- in:   uint64_t id
SELECT id, customer_id, way, state, cents, currency, day, wants, method_id, provider, provider_id, reason, made_at,
       settled_at, version
  FROM payment WHERE id = :id FOR UPDATE;

-- In either of two states, in their name or in that of somebody whom they took in: the newest first.
-- name: processed_of_customer :many struct processed_row
-- in:   uint64_t customer_id, enum payment_state begun, enum payment_state pending
SELECT p.id, p.customer_id, p.way, p.state, p.cents, p.currency, p.day, p.wants, p.method_id, p.provider, p.provider_id,
       p.reason, p.made_at, p.settled_at, p.version
  FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
       COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
  JOIN payment p ON p.customer_id = o.id AND p.state IN (:begun, :pending) ORDER BY p.id DESC LIMIT 50;

-- name: processed_count :one struct cents_row
-- in:   uint64_t customer_id
SELECT COUNT(*) AS cents FROM payment WHERE customer_id = :customer_id;

-- name: processed_open :many struct processed_row
-- in:   enum payment_state begun, enum payment_state pending, struct day from, struct day to
SELECT id, customer_id, way, state, cents, currency, day, wants, method_id, provider, provider_id, reason, made_at,
       settled_at, version
  FROM payment WHERE state IN (:begun, :pending) AND day BETWEEN :from AND :to ORDER BY id LIMIT 500;

-- name: processed_insert :insert
-- in:   uint64_t id, uint64_t customer_id, enum pay_way way, enum payment_state state, int64_t cents
-- in:   struct str currency, struct day day, struct str wants, uint64_t method_id, struct str provider
-- in:   uint64_t staff_id, int64_t made_at
INSERT INTO payment (id, customer_id, way, state, cents, currency, day, wants, method_id, provider, staff_id, made_at)
VALUES (:id, :customer_id, :way, :state, :cents, :currency, :day, :wants, :method_id, :provider, :staff_id, :made_at);

-- name: processed_save :exactly-one
-- class: compare
-- in:   uint64_t id, enum pay_way way, enum payment_state state, struct day day, struct str wants
-- in:   struct maybe_str provider_id, uint64_t method_id, struct str reason, struct maybe_i64 settled_at, uint32_t version
UPDATE payment SET way = :way, state = :state, day = :day, wants = :wants, provider_id = :provider_id,
       method_id = :method_id, reason = :reason, settled_at = :settled_at, version = version + 1
 WHERE id = :id AND version = :version;

-- The sum with what is asked on top for the card is known only now.
-- name: processed_agree :exactly-one
-- class: compare
-- in:   uint64_t id, enum pay_way way, int64_t cents, struct str wants, uint32_t version
UPDATE payment SET way = :way, cents = :cents, wants = :wants, version = version + 1 WHERE id = :id AND version = :version;

-- name: processed_known :one struct known_cents
-- in:   uint64_t payment_id, enum account clearing, enum account fees, enum posting_kind pay
-- in:   enum posting_kind returned, enum posting_kind refund
SELECT CAST(COALESCE(SUM(CASE WHEN account = :clearing AND kind IN (:pay, :returned) THEN cents END), 0) AS SIGNED) AS held_cents,
       CAST(-COALESCE(SUM(CASE WHEN account = :clearing AND kind = :refund THEN cents END), 0) AS SIGNED) AS refunded_cents,
       CAST(COALESCE(SUM(CASE WHEN account = :fees THEN cents END), 0) AS SIGNED) AS fee_cents
  FROM entry WHERE payment_id = :payment_id;

-- Payments that came in those days by our ledger.
-- name: clearing_came :many struct clearing_row
-- in:   enum account clearing, enum posting_kind pay, struct day from, struct day to
SELECT e.payment_id, p.provider_id, e.cents
  FROM entry e FORCE INDEX (account) JOIN payment p ON p.id = e.payment_id
 WHERE e.account = :clearing AND e.kind = :pay AND e.day BETWEEN :from AND :to ORDER BY e.day, e.payment_id LIMIT 20000;

-- What of one payment stands at the processor.
-- name: clearing_of :maybe struct clearing_row
-- in:   struct str provider, struct str provider_id, enum account clearing
SELECT p.id AS payment_id, p.provider_id,
       CAST(COALESCE((SELECT SUM(e.cents) FROM entry e WHERE e.payment_id = p.id AND e.account = :clearing), 0) AS SIGNED) AS cents
  FROM payment p WHERE p.provider = :provider AND p.provider_id = :provider_id;

-- ---- what customers left ----

-- name: method_one :one struct method_row
-- in:   uint64_t id
SELECT id, customer_id, provider, provider_customer, provider_id, kind, brand, last4, exp_month, exp_year, autopay,
       consent, scope, funding, stopped, made_at, archived_at, version
  FROM payment_method WHERE id = :id;

-- name: method_of_provider :maybe struct method_row
-- in:   struct str provider, struct str provider_id
SELECT id, customer_id, provider, provider_customer, provider_id, kind, brand, last4, exp_month, exp_year, autopay,
       consent, scope, funding, stopped, made_at, archived_at, version
  FROM payment_method WHERE provider = :provider AND provider_id = :provider_id;

-- name: methods_of_customer :many struct method_row
-- in:   uint64_t customer_id
SELECT id, customer_id, provider, provider_customer, provider_id, kind, brand, last4, exp_month, exp_year, autopay,
       consent, scope, funding, stopped, made_at, archived_at, version
  FROM payment_method WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY id DESC LIMIT 20;

-- name: method_insert :insert
-- in:   uint64_t id, uint64_t customer_id, struct str provider, struct str provider_customer, struct str provider_id
-- in:   enum pay_method_kind kind, struct str brand, struct str last4, uint32_t exp_month, uint32_t exp_year
-- in:   struct str funding, int64_t made_at
INSERT INTO payment_method (id, customer_id, provider, provider_customer, provider_id, kind, brand, last4, exp_month,
                            exp_year, funding, made_at)
VALUES (:id, :customer_id, :provider, :provider_customer, :provider_id, :kind, :brand, :last4, :exp_month, :exp_year,
        :funding, :made_at);

-- name: method_save :exactly-one
-- class: compare
-- in:   uint64_t id, bool autopay, struct str consent, struct str stopped, struct maybe_i64 archived_at, uint32_t version
UPDATE payment_method SET autopay = :autopay, consent = :consent, stopped = :stopped, archived_at = :archived_at,
       version = version + 1
 WHERE id = :id AND version = :version;

-- In which states a customer's places lie.
-- name: surcharge_regions :many struct surcharge_region
-- in:   uint64_t customer_id
SELECT DISTINCT region FROM property WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY region LIMIT 60;

-- name: method_allow :exactly-one
-- class: compare
-- in:   uint64_t id, bool autopay, struct str consent, struct str scope, uint32_t version
UPDATE payment_method SET autopay = :autopay, consent = :consent, scope = :scope, version = version + 1
 WHERE id = :id AND version = :version;

-- Is anything of theirs drawn by itself?
-- name: autopay_on :one struct said_row
-- in:   uint64_t customer_id
SELECT COUNT(*) AS number FROM payment_method
 WHERE customer_id = :customer_id AND autopay = TRUE AND archived_at IS NULL AND stopped = '';

-- Who lets us draw and has a bill that falls due in those days, or took in somebody who has; `after` is the cursor.
-- name: autopay_due :many struct draw_row
-- in:   uint64_t after, struct day from, struct day until, enum bill_state issued
SELECT DISTINCT m.customer_id
  FROM payment_method m
 WHERE m.autopay = TRUE AND m.customer_id > :after AND m.archived_at IS NULL AND m.stopped = ''
   AND (EXISTS (SELECT 1 FROM bill b WHERE b.customer_id = m.customer_id AND b.state = :issued AND b.due_day BETWEEN :from AND :until)
     OR EXISTS (SELECT 1 FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
                  JOIN bill b ON b.customer_id = q.v AND b.state = :issued AND b.due_day BETWEEN :from AND :until
                 WHERE h.id = m.customer_id))
 ORDER BY m.customer_id LIMIT 100;

-- What is on this customer's open documents that fall due in those days, the oldest first, by place and kind of charge.
-- name: autopay_lines :many struct draw_line
-- in:   uint64_t customer_id, enum account receivable, struct day from, struct day until
SELECT l.bill_id, l.property_id, l.kind, CAST(COALESCE(SUM(l.net_cents + l.tax_cents), 0) AS SIGNED) AS cents
  FROM (SELECT b.id, b.due_day FROM entry e JOIN bill b ON b.id = e.bill_id
         WHERE e.customer_id = :customer_id AND e.account = :receivable AND b.due_day BETWEEN :from AND :until
         GROUP BY b.id, b.due_day HAVING SUM(e.cents) > 0) o
  JOIN bill_line l ON l.bill_id = o.id
 GROUP BY o.due_day, l.bill_id, l.property_id, l.kind ORDER BY o.due_day, l.bill_id LIMIT 5001;

-- ---- its messages ----

-- name: provider_event_insert :insert
-- in:   uint64_t id, struct str provider, struct str event_id, struct str kind, struct str object_id, int64_t got_at
INSERT INTO provider_event (id, provider, event_id, kind, object_id, got_at)
VALUES (:id, :provider, :event_id, :kind, :object_id, :got_at);

-- name: provider_event_one :one struct event_row
-- in:   uint64_t id
SELECT id, provider, event_id, kind, object_id, got_at, done_at, version FROM provider_event WHERE id = :id;

-- name: provider_event_done :any
-- class: own
-- in:   uint64_t id, int64_t now
UPDATE provider_event SET done_at = :now, version = version + 1 WHERE id = :id;

-- A processor repeats itself for days, not for months.
-- name: provider_events_clear :any
-- class: own
-- in:   int64_t before
DELETE FROM provider_event WHERE got_at < :before LIMIT 5000;

-- name: owner_mail :maybe struct owner_mail
-- in:   uint32_t role
SELECT name, email, language FROM staff WHERE role = :role ORDER BY id LIMIT 1;
