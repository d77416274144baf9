-- Offers: documents of kind quote; their lines are lines of bills (bills.sql).
-- include sql/tenant/quotes.h

-- name: quote_one :one struct quote_row
-- in:   uint64_t id, enum bill_kind quote
SELECT id, state, seq, customer_id, property_id, visit_id, currency, day, due_day, title, note, reason, net_cents,
       tax_cents, total_cents, issued_at, sent_at, ended_at, quote, version
  FROM bill WHERE id = :id AND kind = :quote;

-- name: quote_for_update :one struct quote_row
-- in:   uint64_t id, enum bill_kind quote
SELECT id, state, seq, customer_id, property_id, visit_id, currency, day, due_day, title, note, reason, net_cents,
       tax_cents, total_cents, issued_at, sent_at, ended_at, quote, version
  FROM bill WHERE id = :id AND kind = :quote FOR UPDATE;

-- The offer that became this job.
-- name: quote_of_visit :maybe struct quote_id_row
-- in:   uint64_t visit_id, enum bill_kind quote
SELECT id FROM bill WHERE visit_id = :visit_id AND kind = :quote LIMIT 1;

-- What a deposit takes off its job, while nothing has billed it.
-- name: deposit_line_drop :any
-- class: own
-- in:   struct str line_key
DELETE FROM bill_line WHERE line_key = :line_key AND bill_id IN (0, 1);

-- A draft says something else now.
-- name: quote_change :exactly-one
-- class: compare
-- in:   uint64_t id, uint64_t property_id, struct day due_day, struct str title, struct str note, struct str quote
-- in:   uint32_t version
UPDATE bill SET property_id = :property_id, due_day = :due_day, title = :title, note = :note, quote = :quote,
       version = version + 1
 WHERE id = :id AND version = :version;

-- name: quote_body_set :exactly-one
-- class: compare
-- in:   uint64_t id, struct str quote, uint32_t version
UPDATE bill SET quote = :quote, version = version + 1 WHERE id = :id AND version = :version;

-- It was answered: what was picked, what it comes to, and the job that it became.
-- name: quote_answer :exactly-one
-- class: compare
-- in:   uint64_t id, enum bill_state state, uint64_t visit_id, int64_t net_cents, int64_t tax_cents
-- in:   int64_t total_cents, int64_t ended_at, struct str reason, struct str quote, uint32_t version
UPDATE bill SET state = :state, visit_id = :visit_id, net_cents = :net_cents, tax_cents = :tax_cents,
       total_cents = :total_cents, ended_at = :ended_at, reason = :reason, quote = :quote, version = version + 1
 WHERE id = :id AND version = :version;

-- Newest first; behind the last of the look before.
-- name: quotes_in :many struct quote_card_row
-- in:   enum bill_kind quote, enum bill_state state, struct str q, struct str digits
-- in:   struct day before_day, uint64_t before_id, uint32_t most
SELECT b.id, b.state, b.seq, b.customer_id, b.visit_id, c.name AS customer, b.currency, b.title, b.day, b.due_day,
       b.total_cents, b.quote, b.version
  FROM bill b JOIN customer c ON c.id = b.customer_id
 WHERE b.kind = :quote AND b.state = :state AND (b.day < :before_day OR (b.day = :before_day AND b.id < :before_id))
   AND (:q = '' OR LOCATE(:q, c.name) > 0 OR LOCATE(:q, b.title) > 0 OR (:digits <> '' AND LOCATE(:digits, LPAD(b.seq, 6, '0')) > 0))
 ORDER BY b.day DESC, b.id DESC LIMIT :most;

-- name: quotes_of_customer :many struct quote_card_row
-- in:   uint64_t customer_id, enum bill_kind quote
SELECT b.id, b.state, b.seq, b.customer_id, b.visit_id, c.name AS customer, b.currency, b.title, b.day, b.due_day,
       b.total_cents, b.quote, b.version
  FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
       COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
  JOIN bill b ON b.customer_id = o.id AND b.kind = :quote JOIN customer c ON c.id = b.customer_id ORDER BY b.day DESC, b.id DESC LIMIT 100;

-- The lines of a draft are written anew as often as somebody changes it.
-- name: quote_lines_drop :any
-- class: own
-- in:   uint64_t bill_id
DELETE FROM bill_line WHERE bill_id = :bill_id;

-- name: quote_line_seal :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t seq, int64_t tax_cents, uint32_t version
UPDATE bill_line SET seq = :seq, tax_cents = :tax_cents, version = version + 1 WHERE id = :id AND version = :version;
