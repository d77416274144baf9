-- What was read of the water, and what the company wants to know of it.
-- include sql/tenant/water.h

-- name: water_pool_one :one struct water_pool_row
-- in:   uint64_t id
SELECT b.id, b.property_id, p.customer_id, b.kind, b.name, b.sanitiser, b.indoor, b.volume_l, b.archived_at
  FROM pool b JOIN property p ON p.id = b.property_id WHERE b.id = :id;

-- What the people of a place do not want poured.
-- name: water_unwanted :one struct unwanted_row
-- in:   uint64_t property_id
SELECT no_chemicals FROM property WHERE id = :property_id;

-- name: water_visit_one :maybe struct water_visit_row
-- in:   uint64_t id
SELECT id, property_id, tech_id, day, from_minute FROM visit WHERE id = :id;

-- Does this person come here in these days?
-- name: water_visit_of :maybe struct water_visit_row
-- in:   uint64_t property_id, uint64_t tech_id, struct day from, struct day to
SELECT id, property_id, tech_id, day, from_minute FROM visit
 WHERE property_id = :property_id AND day BETWEEN :from AND :to AND tech_id = :tech_id LIMIT 1;

-- name: water_visit_next :maybe struct water_visit_row
-- in:   uint64_t property_id, struct day after, uint32_t scheduled
SELECT id, property_id, tech_id, day, from_minute FROM visit
 WHERE property_id = :property_id AND day > :after AND state = :scheduled ORDER BY day LIMIT 1;

-- name: water_setting :maybe struct water_setting_row
-- in:   uint32_t kind, struct str name
SELECT id, body, version FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name;

-- name: water_setting_insert :insert
-- in:   uint64_t id, uint32_t kind, struct str name, struct str body
INSERT INTO setting (id, kind, name, body) VALUES (:id, :kind, :name, :body);

-- name: water_setting_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str body, uint32_t version
UPDATE setting SET body = :body, version = version + 1 WHERE id = :id AND version = :version;

-- name: reading_one :one struct reading_row
-- in:   uint64_t id
SELECT r.id, r.pool_id, r.visit_id, r.staff_id, s.name AS staff_name, r.source, r.at, r.made_at, r.took_s, r.replaced_l,
       r.body, r.doubts, r.doubtful, r.withdrawn_at, r.version
  FROM reading r LEFT JOIN staff s ON s.id = r.staff_id WHERE r.id = :id;

-- name: reading_maybe :maybe struct reading_row
-- in:   uint64_t id
SELECT r.id, r.pool_id, r.visit_id, r.staff_id, s.name AS staff_name, r.source, r.at, r.made_at, r.took_s, r.replaced_l,
       r.body, r.doubts, r.doubtful, r.withdrawn_at, r.version
  FROM reading r LEFT JOIN staff s ON s.id = r.staff_id WHERE r.id = :id;

-- The set that this person began at this stop.
-- name: reading_of_visit :maybe struct reading_row
-- in:   uint64_t visit_id, uint64_t pool_id, uint64_t staff_id
SELECT r.id, r.pool_id, r.visit_id, r.staff_id, s.name AS staff_name, r.source, r.at, r.made_at, r.took_s, r.replaced_l,
       r.body, r.doubts, r.doubtful, r.withdrawn_at, r.version
  FROM reading r LEFT JOIN staff s ON s.id = r.staff_id
 WHERE r.visit_id = :visit_id AND r.pool_id = :pool_id AND r.staff_id = :staff_id AND r.withdrawn_at IS NULL
 ORDER BY r.at DESC LIMIT 1;

-- All sets that this person began at this stop: one for each body of water.
-- name: readings_of_stop :many struct reading_row
-- in:   uint64_t visit_id, uint64_t staff_id
SELECT r.id, r.pool_id, r.visit_id, r.staff_id, s.name AS staff_name, r.source, r.at, r.made_at, r.took_s, r.replaced_l,
       r.body, r.doubts, r.doubtful, r.withdrawn_at, r.version
  FROM reading r LEFT JOIN staff s ON s.id = r.staff_id
 WHERE r.visit_id = :visit_id AND r.staff_id = :staff_id AND r.withdrawn_at IS NULL LIMIT 100;

-- What somebody else changed of it after that instant.
-- name: reading_corrected :maybe struct correction_row
-- in:   uint32_t kind, uint64_t id, uint64_t actor_id, int64_t after
SELECT id FROM record_change
 WHERE on_kind = :kind AND on_id = :id AND at > :after AND field = 'values' AND actor_id <> :actor_id LIMIT 1;

-- Newest first.
-- name: readings_of_pool :many struct reading_row
-- in:   uint64_t pool_id, int64_t before
SELECT r.id, r.pool_id, r.visit_id, r.staff_id, s.name AS staff_name, r.source, r.at, r.made_at, r.took_s, r.replaced_l,
       r.body, r.doubts, r.doubtful, r.withdrawn_at, r.version
  FROM reading r LEFT JOIN staff s ON s.id = r.staff_id
 WHERE r.pool_id = :pool_id AND r.at < :before AND r.withdrawn_at IS NULL ORDER BY r.at DESC LIMIT 60;

-- name: reading_insert :insert
-- in:   uint64_t id, uint64_t pool_id, uint64_t visit_id, uint64_t staff_id, enum reading_source source, int64_t at
-- in:   int64_t made_at, uint32_t took_s, uint32_t replaced_l, struct str body, uint64_t doubts, bool doubtful
INSERT INTO reading (id, pool_id, visit_id, staff_id, source, at, made_at, took_s, replaced_l, body, doubts, doubtful)
VALUES (:id, :pool_id, :visit_id, :staff_id, :source, :at, :made_at, :took_s, :replaced_l, :body, :doubts, :doubtful);

-- name: reading_change :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t at, uint32_t replaced_l, struct str body, uint64_t doubts, bool doubtful
-- in:   struct maybe_i64 withdrawn_at, uint32_t version
UPDATE reading SET at = :at, replaced_l = :replaced_l, body = :body, doubts = :doubts, doubtful = :doubtful,
       withdrawn_at = :withdrawn_at, version = version + 1
 WHERE id = :id AND version = :version;

-- name: readings_doubtful :many struct doubt_row
-- in:   uint64_t before
SELECT r.id, r.pool_id, p.customer_id, c.name AS customer, p.street, b.name AS pool, b.kind AS pool_kind,
       s.name AS staff_name, r.at, r.body, r.doubts, r.version
  FROM reading r FORCE INDEX (doubtful) JOIN pool b ON b.id = r.pool_id JOIN property p ON p.id = b.property_id
  JOIN customer c ON c.id = p.customer_id LEFT JOIN staff s ON s.id = r.staff_id
  LEFT JOIN reading l ON l.id = :before
 WHERE r.doubtful = 1 AND r.withdrawn_at IS NULL AND (l.id IS NULL OR r.at < l.at OR (r.at = l.at AND r.id < l.id))
 ORDER BY r.at DESC, r.id DESC LIMIT 101;
