-- What was poured.
-- include sql/tenant/water.h

-- name: dose_maybe :maybe struct dose_row
-- in:   uint64_t id
SELECT d.id, d.pool_id, d.visit_id, d.reading_id, d.staff_id, s.name AS staff_name, d.item_id, i.name AS item, i.unit,
       i.holds_x100, i.most_x100, d.chemical, d.strength_x100, d.planned_x100, d.given_x100, d.reason, d.place_id, d.cost_cents,
       d.price_cents, d.quantity_milli, d.unit_cents, d.at, d.made_at, d.undone_at, d.version
  FROM dose d JOIN item i ON i.id = d.item_id LEFT JOIN staff s ON s.id = d.staff_id WHERE d.id = :id;

-- Newest first.
-- name: doses_of_pool :many struct dose_row
-- in:   uint64_t pool_id, int64_t before
SELECT d.id, d.pool_id, d.visit_id, d.reading_id, d.staff_id, s.name AS staff_name, d.item_id, i.name AS item, i.unit,
       i.holds_x100, i.most_x100, d.chemical, d.strength_x100, d.planned_x100, d.given_x100, d.reason, d.place_id, d.cost_cents,
       d.price_cents, d.quantity_milli, d.unit_cents, d.at, d.made_at, d.undone_at, d.version
  FROM dose d JOIN item i ON i.id = d.item_id LEFT JOIN staff s ON s.id = d.staff_id
 WHERE d.pool_id = :pool_id AND d.at < :before ORDER BY d.at DESC LIMIT 180;

-- name: doses_of_visit :many struct dose_row
-- in:   uint64_t visit_id
SELECT d.id, d.pool_id, d.visit_id, d.reading_id, d.staff_id, s.name AS staff_name, d.item_id, i.name AS item, i.unit,
       i.holds_x100, i.most_x100, d.chemical, d.strength_x100, d.planned_x100, d.given_x100, d.reason, d.place_id, d.cost_cents,
       d.price_cents, d.quantity_milli, d.unit_cents, d.at, d.made_at, d.undone_at, d.version
  FROM dose d JOIN item i ON i.id = d.item_id LEFT JOIN staff s ON s.id = d.staff_id
 WHERE d.visit_id = :visit_id ORDER BY d.at LIMIT 100;

-- name: dose_insert :insert
-- in:   uint64_t id, uint64_t pool_id, uint64_t visit_id, uint64_t reading_id, uint64_t staff_id, uint64_t item_id
-- in:   enum chemical chemical, uint32_t strength_x100, struct maybe_i64 planned_x100, int64_t given_x100
-- in:   struct str reason, uint64_t place_id, int64_t cost_cents, int64_t price_cents, int64_t quantity_milli, int64_t unit_cents
-- in:   int64_t at, int64_t made_at
INSERT INTO dose (id, pool_id, visit_id, reading_id, staff_id, item_id, chemical, strength_x100, planned_x100,
                  given_x100, reason, place_id, cost_cents, price_cents, quantity_milli, unit_cents, at, made_at)
VALUES (:id, :pool_id, :visit_id, :reading_id, :staff_id, :item_id, :chemical, :strength_x100, :planned_x100,
        :given_x100, :reason, :place_id, :cost_cents, :price_cents, :quantity_milli, :unit_cents, :at, :made_at);

-- name: dose_undo :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 undone_at, uint32_t version
UPDATE dose SET undone_at = :undone_at, version = version + 1 WHERE id = :id AND version = :version;
