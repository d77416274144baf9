-- What jobs want: lines of bill 1 (sql/tenant/quotes.h), on no document and asked for by nothing yet.
-- include sql/tenant/quotes.h

-- name: want_insert :insert
-- in:   uint64_t id, uint64_t bill_id, uint64_t customer_id, uint64_t property_id, uint64_t visit_id, uint64_t item_id
-- in:   enum charge_kind kind, struct str line_key, struct day day, int64_t rate_cents, struct str text
-- in:   int64_t quantity_milli, int64_t unit_cents, int64_t net_cents, struct str tax_code, struct str tax_area
-- in:   uint32_t seq, enum got got, int64_t cost_cents, int64_t made_at
INSERT INTO bill_line (id, bill_id, customer_id, property_id, visit_id, item_id, kind, line_key, day, from_day, to_day,
                       rate_cents, text, quantity_milli, unit_cents, net_cents, tax_code, tax_area, seq, got, cost_cents, made_at)
VALUES (:id, :bill_id, :customer_id, :property_id, :visit_id, :item_id, :kind, :line_key, :day, :day, :day,
        :rate_cents, :text, :quantity_milli, :unit_cents, :net_cents, :tax_code, :tax_area, :seq, :got, :cost_cents, :made_at);

-- The job is done: what it wanted is on the next bill, as of the day that it was done.
-- name: wants_to_bill :any
-- class: own
-- in:   uint64_t visit_id, struct day day, uint64_t wanted, enum got needed, enum got installed
UPDATE bill_line SET bill_id = 0, day = :day, from_day = :day, to_day = :day,
       got = IF(got >= :needed, :installed, got), version = version + 1
 WHERE visit_id = :visit_id AND bill_id = :wanted;

-- It is not done after all: what no bill has taken is wanted again.
-- name: wants_back :any
-- class: own
-- in:   uint64_t visit_id, uint64_t wanted
UPDATE bill_line SET bill_id = :wanted, version = version + 1
 WHERE visit_id = :visit_id AND bill_id = 0 AND line_key LIKE 'job:%';

-- Lines that the visit was promised with, wherever they are now.
-- name: wants_number :one struct cents_row
-- in:   uint64_t visit_id
SELECT COUNT(*) AS cents FROM bill_line WHERE visit_id = :visit_id AND line_key LIKE 'job:%';
