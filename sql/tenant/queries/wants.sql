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

-- ---- the lines of one job, and the list of what is still to be got ----

-- name: wants_of_visit :many struct job_line_row
-- in:   uint64_t visit_id
-- bound: what one job was promised with, or used: as many as a bill has lines
SELECT id, bill_id, item_id, kind, text, quantity_milli, unit_cents, net_cents, cost_cents, got, version
  FROM bill_line WHERE visit_id = :visit_id AND kind NOT IN (2, 3) ORDER BY seq, id LIMIT 500;

-- What a technician is to bring and to do there.
-- name: wants_brief :many struct want_brief_row
-- in:   uint64_t visit_id
SELECT id, text, quantity_milli, got FROM bill_line
 WHERE visit_id = :visit_id AND line_key LIKE 'job:%' AND kind IN (5, 6, 7) ORDER BY seq, id LIMIT 60;

-- name: want_for_update :maybe struct want_owner_row
-- in:   uint64_t id, uint64_t wanted
SELECT id, visit_id, item_id, quantity_milli, got, version FROM bill_line WHERE id = :id AND bill_id = :wanted FOR UPDATE;

-- name: want_got :exactly-one
-- class: locked
-- in:   uint64_t id, enum got got
UPDATE bill_line SET got = :got, version = version + 1 WHERE id = :id;

-- name: want_drop :exactly-one
-- class: own
-- in:   uint64_t id, uint64_t wanted, uint32_t version
DELETE FROM bill_line WHERE id = :id AND bill_id = :wanted AND version = :version;

-- What all jobs still want, the nearest day first; of one customer, or of all.
-- name: wants_open :many struct shopping_row
-- in:   uint64_t wanted, enum got needed, enum got installed, enum visit_state cancelled, enum visit_state skipped
-- in:   struct maybe_u64 customer_id, uint32_t most
SELECT l.id, l.visit_id, l.customer_id, c.name AS customer, p.street, v.day, v.tech_id, s.name AS tech, l.item_id, l.text,
       l.quantity_milli, l.cost_cents, l.got, l.version
  FROM bill_line l FORCE INDEX (bill) JOIN visit v ON v.id = l.visit_id JOIN customer c ON c.id = l.customer_id
  JOIN property p ON p.id = l.property_id LEFT JOIN staff s ON s.id = v.tech_id
 WHERE l.bill_id = :wanted AND l.got >= :needed AND l.got < :installed AND v.state NOT IN (:cancelled, :skipped)
   AND (:customer_id IS NULL OR l.customer_id = :customer_id)
 ORDER BY v.day, l.visit_id, l.seq, l.id LIMIT :most;

-- Jobs of some days: work without an agreement, with what its lines come to.
-- name: jobs_between :many struct job_row
-- in:   struct day from, struct day to, enum got needed, enum got on_van, struct str q
-- in:   struct day after_day, uint64_t after_id, uint32_t most
SELECT v.id, v.customer_id, c.name AS customer, p.street, sv.name AS service, v.day, v.tech_id, s.name AS tech, v.state,
       v.source, v.free,
       CAST(COALESCE((SELECT SUM(l.net_cents) FROM bill_line l WHERE l.visit_id = v.id AND l.kind <> 10), 0) AS SIGNED) AS cents,
       CAST(COALESCE((SELECT SUM(l.cost_cents) FROM bill_line l WHERE l.visit_id = v.id), 0) AS SIGNED) AS cost_cents,
       COALESCE((SELECT COUNT(*) FROM bill_line l WHERE l.visit_id = v.id AND l.got >= :needed AND l.got < :on_van), 0) AS missing
  FROM visit v FORCE INDEX (day) JOIN customer c ON c.id = v.customer_id JOIN property p ON p.id = v.property_id
  JOIN service sv ON sv.id = v.service_id LEFT JOIN staff s ON s.id = v.tech_id
 WHERE v.day BETWEEN :from AND :to AND v.agreement_id IS NULL
   AND (v.day > :after_day OR (v.day = :after_day AND v.id > :after_id))
   AND (:q = '' OR LOCATE(:q, c.name) > 0 OR LOCATE(:q, p.street) > 0 OR LOCATE(:q, sv.name) > 0)
 ORDER BY v.day, v.id LIMIT :most;

-- Who put their name under a job, the last of them.
-- name: job_signed :maybe struct job_signed_row
-- in:   uint64_t visit_id, enum verb verb, enum sync_answer applied
SELECT device_at + skew_s AS at, body FROM visit_log FORCE INDEX (visit)
 WHERE visit_id = :visit_id AND verb = :verb AND answer = :applied ORDER BY server_at DESC, id DESC LIMIT 1;

-- name: visit_free_set :exactly-one
-- class: compare
-- in:   uint64_t id, enum visit_free free, uint32_t version
UPDATE visit SET free = :free, version = version + 1 WHERE id = :id AND version = :version;

-- name: visit_free_one :one struct visit_free_row
-- in:   uint64_t id
SELECT free, state, source, version FROM visit WHERE id = :id;

-- What jobs cost us that nobody pays: parts, what was poured, and the time of the stop.
-- name: free_jobs :many struct free_job_row
-- in:   struct day from, struct day to, enum visit_state cancelled, uint32_t most
SELECT v.id, v.customer_id, c.name AS customer, sv.name AS service, v.day, v.free, v.note,
       CAST(COALESCE((v.ended_at - v.started_at) DIV 60, v.minutes) AS SIGNED) AS minutes,
       CAST(COALESCE((SELECT SUM(l.cost_cents) FROM bill_line l WHERE l.visit_id = v.id), 0) AS SIGNED) AS part_cents,
       CAST(COALESCE((SELECT SUM(d.cost_cents) FROM dose d WHERE d.visit_id = v.id AND d.undone_at IS NULL), 0) AS SIGNED) AS dose_cents
  FROM visit v FORCE INDEX (day) JOIN customer c ON c.id = v.customer_id JOIN service sv ON sv.id = v.service_id
 WHERE v.day BETWEEN :from AND :to AND v.free <> 0 AND v.state <> :cancelled ORDER BY v.day DESC, v.id DESC LIMIT :most;

-- name: free_sum :one struct free_sum_row
-- in:   struct day from, struct day to, enum visit_state cancelled
SELECT CAST(COALESCE(SUM(COALESCE((v.ended_at - v.started_at) DIV 60, v.minutes)), 0) AS SIGNED) AS minutes,
       CAST(COALESCE(SUM(COALESCE((SELECT SUM(l.cost_cents) FROM bill_line l WHERE l.visit_id = v.id), 0) +
                         COALESCE((SELECT SUM(d.cost_cents) FROM dose d WHERE d.visit_id = v.id AND d.undone_at IS NULL), 0)), 0) AS SIGNED) AS cost_cents
  FROM visit v FORCE INDEX (day) WHERE v.day BETWEEN :from AND :to AND v.free <> 0 AND v.state <> :cancelled;

-- ---- used at a stop, and on no bill ----

-- name: used_not_billed :many struct used_row
-- in:   struct day from, struct day to, enum verb used, enum sync_answer applied
SELECT l.id, v.customer_id, c.name AS customer, v.day, l.body
  FROM visit v FORCE INDEX (day) JOIN visit_log l ON l.visit_id = v.id AND l.verb = :used AND l.answer = :applied
  JOIN customer c ON c.id = v.customer_id LEFT JOIN bill_line b ON b.line_key = CONCAT('used:', l.id)
 WHERE v.day BETWEEN :from AND :to AND v.free = 0 AND b.id IS NULL AND JSON_VALUE(l.body, '$.item') IS NULL
 ORDER BY v.day, l.id LIMIT 501;

-- name: used_one :maybe struct used_visit_row
-- in:   uint64_t id, enum verb used
SELECT visit_id, body FROM visit_log WHERE id = :id AND verb = :used;

-- Nobody pays this job: what was used stays with its cost, what was poured is on no bill to come.
-- name: used_free :any
-- class: own
-- in:   uint64_t visit_id, uint64_t wanted
UPDATE bill_line SET bill_id = :wanted, version = version + 1
 WHERE visit_id = :visit_id AND bill_id = 0 AND line_key LIKE 'used:%';

-- name: doses_free :any
-- class: own
-- in:   uint64_t visit_id
DELETE FROM bill_line WHERE visit_id = :visit_id AND bill_id = 0 AND line_key LIKE 'dose:%';
