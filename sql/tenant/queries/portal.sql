-- What a customer sees: each query asks for the customer as well as for the record.
-- include sql/tenant/portal.h
-- include sql/tenant/water.h
-- include sql/tenant/file.h

-- The nearest first: what is still to come, today's too.
-- name: portal_visits_next :many struct portal_visit
-- in:   uint64_t customer_id, struct day from, enum visit_state scheduled, enum visit_state started, enum visit_state on_way
-- in:   enum visit_source booking, enum visit_state open
SELECT v.id, v.customer_id, v.day, v.state, s.name AS service, p.street, SUBSTRING_INDEX(t.name, ' ', 1) AS tech,
       v.from_minute, v.to_minute, v.on_way_at, v.started_at, v.ended_at, v.skip_reason AS reason,
       (v.source = :booking AND v.tech_id IS NULL AND v.state = :open) AS asked
  FROM visit v JOIN service s ON s.id = v.service_id JOIN property p ON p.id = v.property_id
  LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.customer_id = :customer_id AND v.day >= :from AND v.state IN (:scheduled, :started, :on_way)
 ORDER BY v.day, v.seq, v.id LIMIT 6;

-- The newest first; `before` is the day after the last of the page before.
-- name: portal_visits_past :many struct portal_visit
-- in:   uint64_t customer_id, struct day before, enum visit_state done, enum visit_state skipped, enum visit_state no_access
-- in:   enum visit_source booking, enum visit_state open
SELECT v.id, v.customer_id, v.day, v.state, s.name AS service, p.street, SUBSTRING_INDEX(t.name, ' ', 1) AS tech,
       v.from_minute, v.to_minute, v.on_way_at, v.started_at, v.ended_at, v.skip_reason AS reason,
       (v.source = :booking AND v.tech_id IS NULL AND v.state = :open) AS asked
  FROM visit v JOIN service s ON s.id = v.service_id JOIN property p ON p.id = v.property_id
  LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.customer_id = :customer_id AND v.day <= :before AND v.state IN (:done, :skipped, :no_access)
 ORDER BY v.day DESC, v.id DESC LIMIT 41;

-- name: portal_visit_one :one struct portal_visit
-- in:   uint64_t id, enum visit_source booking, enum visit_state open
SELECT v.id, v.customer_id, v.day, v.state, s.name AS service, p.street, SUBSTRING_INDEX(t.name, ' ', 1) AS tech,
       v.from_minute, v.to_minute, v.on_way_at, v.started_at, v.ended_at, v.skip_reason AS reason,
       (v.source = :booking AND v.tech_id IS NULL AND v.state = :open) AS asked
  FROM visit v JOIN service s ON s.id = v.service_id JOIN property p ON p.id = v.property_id
  LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.id = :id;

-- name: portal_readings :many struct reading_row
-- in:   uint64_t visit_id
SELECT r.id, r.pool_id, r.visit_id, r.staff_id, s.name AS staff_name, r.source, r.at, r.made_at, r.took_s, r.replaced_l,
       r.body, r.doubts, r.doubtful, r.withdrawn_at, r.version
  FROM reading r LEFT JOIN staff s ON s.id = r.staff_id
 WHERE r.visit_id = :visit_id AND r.withdrawn_at IS NULL ORDER BY r.at LIMIT 40;

-- What was paid in the name of somebody whom they took in is theirs, too.
-- name: portal_applied :many struct portal_applied
-- in:   uint64_t customer_id, enum account receivable
SELECT e.payment_id, e.bill_id, b.seq, b.kind, CAST(-COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
       COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
  JOIN entry e ON e.customer_id = o.id AND e.account = :receivable AND e.payment_id <> 0 JOIN bill b ON b.id = e.bill_id
 GROUP BY e.payment_id, e.bill_id, b.seq, b.kind HAVING SUM(e.cents) <> 0
 ORDER BY e.payment_id DESC, e.bill_id LIMIT 600;

-- name: portal_street :maybe struct portal_street
-- in:   uint64_t customer_id
SELECT street FROM property WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY id LIMIT 1;

-- name: portal_places :many struct portal_place
-- in:   uint64_t customer_id
SELECT id, street, city FROM property WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY id LIMIT 40;

-- What may be asked for: by the names that the company has given.
-- name: portal_services :many struct portal_service
-- bound: SERVICES_MAX of a company
SELECT id, name FROM service WHERE archived_at IS NULL ORDER BY kind, name, id LIMIT 200;

-- name: portal_asked :one struct portal_number
-- in:   uint64_t customer_id, struct day from, enum visit_source booking, enum visit_state open
SELECT COUNT(*) AS number FROM visit
 WHERE customer_id = :customer_id AND day >= :from AND source = :booking AND state = :open AND tech_id IS NULL;

-- name: portal_language_set :any
-- class: own
-- in:   uint64_t customer_id, struct str language
UPDATE customer SET language = :language, version = version + 1 WHERE id = :customer_id;

-- name: portal_rated :one struct portal_number
-- in:   struct str event_id
SELECT COUNT(*) AS number FROM provider_event WHERE provider = 'ours' AND event_id = :event_id;

-- Papers of all kinds, the newest first, behind the last of the page before. Kinds are those of fcgi/acts/portal.h: bills
-- have the numbers of enum bill_kind, 4 is a receipt, 5 a report. Bills and payments keep the name of somebody who was taken in.
-- name: portal_documents :many struct portal_document_row
-- in:   uint64_t customer_id, uint32_t kind, struct day before_day, uint64_t before_id, struct str q, struct str digits
-- in:   enum bill_state draft, enum payment_state settled, enum pay_way credit, enum visit_state done
SELECT d.kind, d.id, d.day, d.due_day, d.seq, d.title, d.cents, d.state, f.id IS NOT NULL AS pdf
  FROM (SELECT b.kind AS kind, b.id, b.day, b.due_day, b.seq, b.title, b.total_cents AS cents, b.state AS state
          FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
               COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
          JOIN bill b ON b.customer_id = o.id AND b.state <> :draft
        UNION ALL
        SELECT 4, p.id, p.day, p.day, NULL, p.reference, p.cents, 0
          FROM (SELECT :customer_id AS id UNION ALL SELECT q.v FROM customer h JOIN JSON_TABLE(IF(JSON_VALID(h.took), h.took, '[]'), '$[*]'
               COLUMNS (v BIGINT UNSIGNED PATH '$')) q WHERE h.id = :customer_id) o
          JOIN payment p ON p.customer_id = o.id AND p.state = :settled AND p.way <> :credit
        UNION ALL
        SELECT 5, v.id, v.day, v.day, NULL, s.name, 0, 0
          FROM visit v JOIN service s ON s.id = v.service_id WHERE v.customer_id = :customer_id AND v.state = :done) d
  LEFT JOIN file f ON f.id = d.id AND f.type = 'application/pdf' AND f.archived_at IS NULL
 WHERE (:kind = 0 OR d.kind = :kind) AND (d.day < :before_day OR (d.day = :before_day AND d.id < :before_id))
   AND (:q = '' OR LOCATE(:q, d.title) > 0 OR (:digits <> '' AND LOCATE(:digits, LPAD(d.seq, 6, '0')) > 0))
 ORDER BY d.day DESC, d.id DESC LIMIT 31;
