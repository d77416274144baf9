-- Lists as tables, a part at a time, the newest first: what a person takes away (fcgi/acts/exports.c).
-- include sql/tenant/sheet.h

-- name: sheet_customers :many struct sheet_customer_row
-- in:   struct str ids, enum record_kind customer
-- bound: as many as are listed
SELECT c.id, c.name, c.kind, c.standing, c.email, c.external_id, c.created_at, COALESCE(k.name, '') AS contact,
       COALESCE(k.phone, '') AS phone, COALESCE(p.street, '') AS street, COALESCE(p.city, '') AS city,
       COALESCE(p.region, '') AS region, COALESCE(p.postcode, '') AS postcode, p.lat_e6, p.lng_e6,
       COALESCE(p.dogs, '') AS dogs, b.kind AS pool_kind, b.volume_l, COALESCE(b.surface, 0) AS surface,
       COALESCE(b.sanitiser, 0) AS sanitiser,
       COALESCE(CAST((SELECT GROUP_CONCAT(g.tag ORDER BY g.tag SEPARATOR ', ') FROM tag g
                  WHERE g.on_kind = :customer AND g.on_id = c.id) AS CHAR(4200)), '') AS tags
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN customer c ON c.id = q.id
  LEFT JOIN contact k ON k.id = (SELECT k2.id FROM contact k2 WHERE k2.customer_id = c.id AND k2.archived_at IS NULL
                                  ORDER BY k2.position, k2.id LIMIT 1)
  LEFT JOIN property p ON p.id = (SELECT MIN(p2.id) FROM property p2 WHERE p2.customer_id = c.id AND p2.archived_at IS NULL)
  LEFT JOIN pool b ON b.id = (SELECT MIN(b2.id) FROM pool b2 WHERE b2.property_id = p.id AND b2.archived_at IS NULL)
 ORDER BY c.id DESC;

-- name: sheet_pools :many struct sheet_pool_row
-- in:   uint64_t before
SELECT b.id, c.name AS customer, p.street, p.city, p.region, p.postcode, p.lat_e6, p.lng_e6, p.place_source, b.kind,
       b.name, b.volume_l, b.volume_source, b.surface, b.sanitiser, b.fill_water
  FROM pool b JOIN property p ON p.id = b.property_id JOIN customer c ON c.id = p.customer_id
 WHERE (:before = 0 OR b.id < :before) AND b.archived_at IS NULL AND p.archived_at IS NULL
 ORDER BY b.id DESC LIMIT 1000;

-- name: sheet_properties :many struct sheet_property_row
-- in:   uint64_t before
SELECT p.id, c.name AS customer, p.name, p.street, p.city, p.region, p.postcode, p.lat_e6, p.lng_e6, p.place_source,
       p.place_score, p.key_no, p.dogs, p.hazards, p.parking
  FROM property p JOIN customer c ON c.id = p.customer_id
 WHERE (:before = 0 OR p.id < :before) AND p.archived_at IS NULL ORDER BY p.id DESC LIMIT 1000;

-- name: sheet_contacts :many struct sheet_contact_row
-- in:   uint64_t before
SELECT k.id, c.name AS customer, k.name, k.relation, k.phone, k.email, k.language, k.by_sms, k.by_email, k.by_voice
  FROM contact k JOIN customer c ON c.id = k.customer_id
 WHERE (:before = 0 OR k.id < :before) AND k.archived_at IS NULL AND c.merged_into IS NULL ORDER BY k.id DESC LIMIT 1000;

-- name: sheet_equipment :many struct sheet_equipment_row
-- in:   uint64_t before
SELECT e.id, c.name AS customer, p.street, p.city, b.name AS pool, b.kind AS pool_kind, e.kind, e.make, e.model, e.serial,
       e.installed_day, e.warranty_day, e.service_every_days, e.serviced_day, e.note
  FROM equipment e JOIN pool b ON b.id = e.pool_id JOIN property p ON p.id = b.property_id JOIN customer c ON c.id = p.customer_id
 WHERE (:before = 0 OR e.id < :before) AND e.archived_at IS NULL AND b.archived_at IS NULL ORDER BY e.id DESC LIMIT 1000;

-- As they are today: the terms that hold, or will first.
-- name: sheet_agreements :many struct sheet_agreement_row
-- in:   uint64_t before, struct day today, uint32_t works
SELECT g.id, c.name AS customer, p.street, p.city, s.name AS service, COALESCE(IF(t.rule = '', CONCAT('EVERY ', t.every_days, ' DAYS'), t.rule), '') AS rule,
       COALESCE(w.name, '') AS tech, g.starts_day, g.ends_day, t.minutes, t.rate_kind, t.rate_cents, t.with_chemicals <> 0 AS with_chemicals
  FROM agreement g JOIN customer c ON c.id = g.customer_id JOIN property p ON p.id = g.property_id
  JOIN term t ON t.agreement_id = g.id AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id
       AND l.kind = :works AND l.from_day <= GREATEST(:today, g.starts_day))
  JOIN service s ON s.id = t.service_id LEFT JOIN staff w ON w.id = t.tech_id
 WHERE (:before = 0 OR g.id < :before) AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today)
 ORDER BY g.id DESC LIMIT 1000;

-- name: sheet_payments :many struct sheet_payment_row
-- in:   uint64_t before, enum account unapplied
SELECT p.id, p.day, c.name AS customer, p.way, p.state, p.cents,
       CAST(-COALESCE((SELECT SUM(e.cents) FROM entry e WHERE e.payment_id = p.id AND e.account = :unapplied), 0) AS SIGNED) AS free_cents,
       p.reference, p.note
  FROM payment p JOIN customer c ON c.id = p.customer_id
 WHERE (:before = 0 OR p.id < :before) ORDER BY p.id DESC LIMIT 1000;

-- name: sheet_items :many struct sheet_item_row
-- bound: a company has at most ITEMS_MAX items
SELECT id, name, kind, sku, chemical, strength_x100, unit, cost_cents, price_cents, taxable <> 0 AS taxable,
       archived_at IS NOT NULL AS aside
  FROM item ORDER BY kind, position, name;

-- name: sheet_staff :many struct sheet_staff_row
-- bound: a company has at most some hundred people
SELECT id, name, email, phone, language, role, state FROM staff ORDER BY name, id;

-- name: sheet_services :many struct sheet_service_row
-- bound: a company has at most 200 services
SELECT id, name, kind, minutes, pay_code, price_cents FROM service WHERE archived_at IS NULL ORDER BY kind, name, id;

-- Whole days: a part ends with the last visit of the limit.
-- name: sheet_visits :many struct sheet_visit_row
-- in:   struct day from, struct day to
SELECT v.id, v.day, v.from_minute, v.to_minute, v.minutes, v.state, c.name AS customer, p.street, p.city,
       s.name AS service, COALESCE(t.name, '') AS tech, v.skip_reason, v.note
  FROM visit v FORCE INDEX (day) STRAIGHT_JOIN customer c ON c.id = v.customer_id
  STRAIGHT_JOIN property p ON p.id = v.property_id STRAIGHT_JOIN service s ON s.id = v.service_id
  LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.day BETWEEN :from AND :to ORDER BY v.day, v.tech_id, v.seq, v.id LIMIT 10001;
