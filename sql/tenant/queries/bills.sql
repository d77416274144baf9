-- Bills (quotes, invoices, statements, receipts) and their lines; a line of bill 0 is upcoming.
-- include sql/tenant/billing.h
-- include sql/tenant/record.h

-- name: bill_one :one struct bill_row
-- in:   uint64_t id
SELECT id, kind, state, seq, customer_id, property_id, visit_id, currency, day, due_day, title, note, opening_cents,
       net_cents, tax_cents, total_cents, taxes, issued_at, sent_at, ended_at, reason, version
  FROM bill WHERE id = :id;

-- name: bill_for_update :one struct bill_row
-- in:   uint64_t id
SELECT id, kind, state, seq, customer_id, property_id, visit_id, currency, day, due_day, title, note, opening_cents,
       net_cents, tax_cents, total_cents, taxes, issued_at, sent_at, ended_at, reason, version
  FROM bill WHERE id = :id FOR UPDATE;

-- Theirs, and of those whom they took in. Newest first; `before` is the last one of the page before, 0 for the first page.
-- name: bills_of_customer :many struct bill_card
-- in:   uint64_t customer_id, enum account receivable
SELECT b.id, b.kind, b.state, b.seq, '' AS number, b.customer_id, c.name AS customer, b.currency, b.title, b.day, b.due_day,
       b.total_cents, CAST(COALESCE((SELECT SUM(e.cents) FROM entry e
                                      WHERE e.bill_id = b.id AND e.account = :receivable), 0) AS SIGNED) AS open_cents,
       b.version
  FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
       COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
  JOIN bill b ON b.customer_id = o.id AND b.kind <> 1 JOIN customer c ON c.id = b.customer_id ORDER BY b.day DESC, b.id DESC LIMIT 200;

-- name: bills_of_kind :many struct bill_card
-- in:   enum bill_kind kind, enum bill_state state, struct day from, struct day to, enum account receivable
-- in:   struct day before_day, uint64_t before_id, struct str q, struct str digits
SELECT b.id, b.kind, b.state, b.seq, '' AS number, b.customer_id, c.name AS customer, b.currency, b.title, b.day, b.due_day,
       b.total_cents, CAST(COALESCE((SELECT SUM(e.cents) FROM entry e
                                      WHERE e.bill_id = b.id AND e.account = :receivable), 0) AS SIGNED) AS open_cents,
       b.version
  FROM bill b JOIN customer c ON c.id = b.customer_id
 WHERE b.kind = :kind AND b.state = :state AND b.day BETWEEN :from AND :to
   AND (b.day < :before_day OR (b.day = :before_day AND b.id < :before_id))
   AND (:q = '' OR LOCATE(:q, c.name) > 0 OR LOCATE(:q, b.title) > 0 OR (:digits <> '' AND LOCATE(:digits, LPAD(b.seq, 6, '0')) > 0))
 ORDER BY b.day DESC, b.id DESC LIMIT 201;

-- name: bill_insert :insert
-- in:   uint64_t id, enum bill_kind kind, enum bill_state state, uint64_t customer_id, uint64_t property_id
-- in:   uint64_t visit_id, struct str currency, struct day day, struct day due_day, struct str title
-- in:   struct str note, int64_t made_at
INSERT INTO bill (id, kind, state, customer_id, property_id, visit_id, currency, day, due_day, title, note, made_at)
VALUES (:id, :kind, :state, :customer_id, :property_id, :visit_id, :currency, :day, :due_day, :title, :note,
        :made_at);

-- Its number, its sums, and the bytes that were signed: from here on they never change.
-- name: bill_issue :exactly-one
-- class: compare
-- in:   uint64_t id, enum bill_state state, uint64_t seq, struct day day, struct day due_day, int64_t opening_cents
-- in:   int64_t net_cents, int64_t tax_cents, int64_t total_cents, struct str taxes, int64_t issued_at
-- in:   struct str body, struct str kid, struct str signature, struct str hash, struct str moved, uint32_t version
UPDATE bill SET state = :state, seq = :seq, day = :day, due_day = :due_day, opening_cents = :opening_cents,
       net_cents = :net_cents, tax_cents = :tax_cents, total_cents = :total_cents, taxes = :taxes,
       issued_at = :issued_at, body = :body, kid = :kid, signature = :signature, hash = :hash, moved = :moved,
       version = version + 1
 WHERE id = :id AND version = :version;

-- name: bill_end :exactly-one
-- class: compare
-- in:   uint64_t id, enum bill_state state, int64_t ended_at, struct str reason, uint32_t version
UPDATE bill SET state = :state, ended_at = :ended_at, reason = :reason, version = version + 1
 WHERE id = :id AND version = :version;

-- The guard of what it asks for: whoever posts on a bill moves its version.
-- name: bill_touch :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t version
UPDATE bill SET version = version + 1 WHERE id = :id AND version = :version;

-- Numbers have no gaps: the counter of each kind is the guard of its documents' chain.
-- name: bill_head_for_update :maybe struct bill_head
-- in:   struct str name
SELECT value, version FROM counter WHERE name = :name FOR UPDATE;

-- name: bill_head_insert :insert
-- in:   struct str name, struct str hash
INSERT INTO counter (name, value, hash) VALUES (:name, 1, :hash);

-- name: bill_head_move :exactly-one
-- class: compare
-- in:   struct str name, uint64_t value, uint32_t version
UPDATE counter SET value = :value, version = version + 1 WHERE name = :name AND version = :version;

-- name: bill_hash_before :maybe struct bill_hash
-- in:   enum bill_kind kind, uint64_t seq
SELECT COALESCE(hash, '') AS hash FROM bill WHERE kind = :kind AND seq = :seq;

-- What went out by mail; who edits it meanwhile is not told "stale".
-- name: bill_sent :any
-- class: own
-- in:   uint64_t id, int64_t sent_at
UPDATE bill SET sent_at = :sent_at WHERE id = :id;

-- name: bill_remind :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t reminders, uint32_t version
UPDATE bill SET reminders = :reminders, version = version + 1 WHERE id = :id AND version = :version;

-- The next documents that are late, by their id; base_cents: what they asked for as work, without tax and fees.
-- name: bills_late :many struct late_row
-- in:   uint64_t after, struct day today, enum bill_state issued, enum account receivable, enum charge_kind fee
SELECT b.id, b.customer_id, b.kind, b.due_day, b.currency, b.reminders, b.version,
       CAST(COALESCE((SELECT SUM(e.cents) FROM entry e
                       WHERE e.bill_id = b.id AND e.account = :receivable), 0) AS SIGNED) AS open_cents,
       CAST(COALESCE((SELECT SUM(l.net_cents) FROM bill_line l
                       WHERE l.bill_id = b.id AND l.kind <> :fee), 0) AS SIGNED) AS base_cents
  FROM bill b WHERE b.id > :after AND b.state = :issued AND b.kind <> 1 AND b.due_day < :today ORDER BY b.id LIMIT 200;

-- name: bill_moved :one struct bill_moved_row
-- in:   uint64_t id
SELECT moved FROM bill WHERE id = :id;

-- The bytes that were signed, and by which key.
-- name: bill_sealed :one struct bill_sealed_row
-- in:   uint64_t id
SELECT body, kid, COALESCE(signature, '') AS signature FROM bill WHERE id = :id;

-- ---- lines ----

-- name: charges_upcoming :many struct charge_row
-- in:   uint64_t customer_id, struct day until
SELECT id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id, kind, line_key, day, from_day, to_day,
       term_day, part, of_parts, rate_cents, text, quantity_milli, unit_cents, net_cents, tax_code, tax_area,
       tax_cents, seq, choice, version
  FROM bill_line WHERE customer_id = :customer_id AND bill_id = 0 AND day <= :until
 ORDER BY property_id, day, kind, id LIMIT 1001;

-- name: charges_of_bill :many struct charge_row
-- in:   uint64_t bill_id
SELECT id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id, kind, line_key, day, from_day, to_day,
       term_day, part, of_parts, rate_cents, text, quantity_milli, unit_cents, net_cents, tax_code, tax_area,
       tax_cents, seq, choice, version
  FROM bill_line WHERE bill_id = :bill_id ORDER BY seq, id LIMIT 1001;

-- name: charge_one :one struct charge_row
-- in:   uint64_t id
SELECT id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id, kind, line_key, day, from_day, to_day,
       term_day, part, of_parts, rate_cents, text, quantity_milli, unit_cents, net_cents, tax_code, tax_area,
       tax_cents, seq, choice, version
  FROM bill_line WHERE id = :id;

-- name: charge_of_key :maybe struct charge_row
-- in:   struct str line_key
SELECT id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id, kind, line_key, day, from_day, to_day,
       term_day, part, of_parts, rate_cents, text, quantity_milli, unit_cents, net_cents, tax_code, tax_area,
       tax_cents, seq, choice, version
  FROM bill_line WHERE line_key = :line_key;

-- What no bill has taken yet follows the visit's state.
-- name: charges_drop_of_visit :any
-- class: own
-- in:   uint64_t visit_id, enum charge_kind stop, enum charge_kind skip
DELETE FROM bill_line WHERE visit_id = :visit_id AND bill_id = 0 AND kind IN (:stop, :skip);

-- The untaken months of a period are reckoned anew.
-- name: charges_drop_of_month :any
-- class: own
-- in:   uint64_t agreement_id, struct day from_day, enum charge_kind month
DELETE FROM bill_line WHERE agreement_id = :agreement_id AND from_day = :from_day AND kind = :month AND bill_id = 0;

-- name: month_billed :one struct month_billed
-- in:   uint64_t agreement_id, struct day from_day, enum charge_kind month
SELECT COUNT(*) AS `lines`, CAST(COALESCE(SUM(net_cents), 0) AS SIGNED) AS cents FROM bill_line
 WHERE agreement_id = :agreement_id AND from_day = :from_day AND kind = :month AND bill_id <> 0;

-- What one visit asks for and no bill has taken.
-- name: charges_of_visit :many struct charge_row
-- in:   uint64_t visit_id
SELECT id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id, kind, line_key, day, from_day, to_day,
       term_day, part, of_parts, rate_cents, text, quantity_milli, unit_cents, net_cents, tax_code, tax_area,
       tax_cents, seq, choice, version
  FROM bill_line WHERE visit_id = :visit_id AND bill_id = 0 ORDER BY kind, id LIMIT 1001;

-- name: charge_insert :insert
-- in:   uint64_t id, uint64_t bill_id, uint64_t customer_id, uint64_t property_id, uint64_t agreement_id
-- in:   uint64_t visit_id, uint64_t item_id, enum charge_kind kind, struct str line_key, struct day day
-- in:   struct day from_day, struct day to_day, struct maybe_day term_day, uint32_t part, uint32_t of_parts
-- in:   int64_t rate_cents, struct str text, int64_t quantity_milli, int64_t unit_cents, int64_t net_cents
-- in:   struct str tax_code, struct str tax_area, uint32_t seq, uint32_t choice, int64_t made_at
INSERT INTO bill_line (id, bill_id, customer_id, property_id, agreement_id, visit_id, item_id, kind, line_key, day,
                       from_day, to_day, term_day, part, of_parts, rate_cents, text, quantity_milli, unit_cents,
                       net_cents, tax_code, tax_area, seq, choice, made_at)
VALUES (:id, :bill_id, :customer_id, :property_id, :agreement_id, :visit_id, :item_id, :kind, :line_key, :day,
        :from_day, :to_day, :term_day, :part, :of_parts, :rate_cents, :text, :quantity_milli, :unit_cents, :net_cents,
        :tax_code, :tax_area, :seq, :choice, :made_at);

-- name: charge_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str text, int64_t quantity_milli, int64_t unit_cents, int64_t net_cents
-- in:   struct str tax_code, uint32_t version
UPDATE bill_line SET text = :text, quantity_milli = :quantity_milli, unit_cents = :unit_cents,
       net_cents = :net_cents, tax_code = :tax_code, version = version + 1
 WHERE id = :id AND version = :version AND bill_id = 0;

-- A bill takes an upcoming line: only one can.
-- name: charge_take :exactly-one
-- class: compare
-- in:   uint64_t id, uint64_t bill_id, uint32_t seq, int64_t tax_cents, uint32_t version
UPDATE bill_line SET bill_id = :bill_id, seq = :seq, tax_cents = :tax_cents, version = version + 1
 WHERE id = :id AND version = :version AND bill_id = 0;

-- A bill was taken back: what it asked for is upcoming again. Its sealed bytes still say it all.
-- name: charges_give_back :any
-- class: own
-- in:   uint64_t bill_id
UPDATE bill_line SET bill_id = 0, tax_cents = 0, version = version + 1 WHERE bill_id = :bill_id;

-- The discounts that a bill reckoned by itself go with it: the next one reckons its own.
-- name: charges_drop_discounts :any
-- class: own
-- in:   uint64_t bill_id, enum charge_kind discount
DELETE FROM bill_line WHERE bill_id = :bill_id AND kind = :discount AND line_key LIKE 'discount:%';

-- name: charge_drop :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t version
DELETE FROM bill_line WHERE id = :id AND version = :version AND bill_id = 0;

-- ---- what charges follow from ----

-- name: billing_one :maybe struct setting_row
-- in:   enum setting_kind kind, uint64_t owner_id
SELECT id, name, position, body, archived_at, version FROM setting
 WHERE kind = :kind AND owner_id = :owner_id AND name = '';

-- name: billing_put :insert
-- in:   uint64_t id, enum setting_kind kind, uint64_t owner_id, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, body) VALUES (:id, :kind, :owner_id, :name, :body);

-- name: billing_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str body, uint32_t version
UPDATE setting SET body = :body, version = version + 1 WHERE id = :id AND version = :version;

-- name: settings_of :many struct setting_row
-- in:   enum setting_kind kind, uint64_t owner_id
-- bound: rules of tax and certificates: TAX_RULES_MAX
SELECT id, name, position, body, archived_at, version FROM setting
 WHERE kind = :kind AND owner_id = :owner_id AND archived_at IS NULL ORDER BY position, name LIMIT 201;

-- name: agreement_place :one struct agreement_place
-- in:   uint64_t id, uint64_t service_id
SELECT s.name AS service, s.tax_code, p.tax_area
  FROM agreement g JOIN property p ON p.id = g.property_id JOIN service s ON s.id = :service_id WHERE g.id = :id;

-- name: billed_visit :one struct billed_visit
-- in:   uint64_t id
SELECT v.id, COALESCE(v.agreement_id, 0) AS agreement_id, v.customer_id, v.property_id, v.service_id, v.day, v.state,
       s.name AS service, s.tax_code, p.tax_area, s.price_cents, v.occurs_day, v.source, v.free <> 0 AS free
  FROM visit v JOIN service s ON s.id = v.service_id JOIN property p ON p.id = v.property_id
 WHERE v.id = :id;

-- What the charge of a dose follows from; the agreement of its visit, else the one that serves its property then.
-- name: billed_dose :maybe struct billed_dose
-- in:   uint64_t id, struct day day
SELECT d.id, d.visit_id, p.id AS property_id, p.customer_id, p.tax_area, i.name AS item, i.taxable, d.item_id,
       d.price_cents, d.quantity_milli, d.unit_cents, COALESCE(v.free, 0) <> 0 AS free,
       COALESCE(v.agreement_id, (SELECT g.id FROM agreement g
                                  WHERE g.property_id = p.id AND g.starts_day <= :day
                                    AND (g.ends_day IS NULL OR g.ends_day >= :day) ORDER BY g.id LIMIT 1), 0) AS agreement_id
  FROM dose d JOIN pool b ON b.id = d.pool_id JOIN property p ON p.id = b.property_id JOIN item i ON i.id = d.item_id
  LEFT JOIN visit v ON v.id = d.visit_id WHERE d.id = :id;

-- What no bill has taken yet goes when the dose is taken back.
-- name: charge_drop_key :any
-- class: own
-- in:   struct str line_key
DELETE FROM bill_line WHERE line_key = :line_key AND bill_id = 0;

-- name: visit_days_of_agreement :many struct open_row
-- in:   uint64_t agreement_id, struct day from, struct day to
-- bound: a period has at most 31 days, an agreement one visit a day
SELECT id, COALESCE(occurs_day, day) AS day, day AS due_day, CAST(0 AS SIGNED) AS cents FROM visit
 WHERE agreement_id = :agreement_id AND occurs_day BETWEEN :from AND :to ORDER BY occurs_day;

-- The first agreements that may want a month of this period; `after` is the cursor.
-- name: agreements_to_bill :many struct schedule_id_row
-- in:   uint64_t after, struct day from, struct day to
SELECT id FROM agreement
 WHERE id > :after AND starts_day <= :to AND (ends_day IS NULL OR ends_day >= :from) ORDER BY id LIMIT 100;

-- Cities as the company's addresses write them, and the tax area that each of them has now.
-- name: tax_cities :many struct tax_city_row
-- walks: a page of settings, read by people who tax; a company has a few thousand addresses
SELECT city, region, tax_area, COUNT(*) AS places FROM property WHERE archived_at IS NULL
 GROUP BY city, region, tax_area ORDER BY city, region, tax_area LIMIT 500;

-- name: tax_city_set :any
-- class: own
-- in:   struct str city, struct str region, struct str tax_area
UPDATE property SET tax_area = :tax_area, version = version + 1
 WHERE city = :city AND region = :region AND tax_area <> :tax_area;

-- name: tax_services :many struct tax_service_row
SELECT id, name, tax_code FROM service WHERE archived_at IS NULL ORDER BY name, id LIMIT 200;

-- name: tax_service_set :exactly-one
-- class: own
-- in:   uint64_t id, struct str tax_code
UPDATE service SET tax_code = :tax_code, version = version + 1 WHERE id = :id;

-- name: tax_place :maybe struct tax_place
-- in:   uint64_t id, uint64_t customer_id
SELECT tax_area FROM property WHERE id = :id AND customer_id = :customer_id;
