-- Chemicals and parts, and how much of them is where.
-- include sql/tenant/water.h

-- name: item_one :one struct item_row
-- in:   uint64_t id
SELECT id, kind, name, sku, chemical, strength_x100, unit, holds_x100, most_x100, wait_minutes, cost_cents, price_cents,
       taxable <> 0 AS taxable, position, label_url, archived_at, version
  FROM item WHERE id = :id;

-- name: items_all :many struct item_row
-- bound: a company has at most ITEMS_MAX items
SELECT id, kind, name, sku, chemical, strength_x100, unit, holds_x100, most_x100, wait_minutes, cost_cents, price_cents,
       taxable <> 0 AS taxable, position, label_url, archived_at, version
  FROM item ORDER BY archived_at IS NOT NULL, kind, position, name;

-- name: item_insert :insert
-- in:   uint64_t id, enum item_kind kind, struct str name, struct str sku, enum chemical chemical
-- in:   uint32_t strength_x100, enum item_unit unit, int64_t holds_x100, uint32_t most_x100, uint32_t wait_minutes
-- in:   int64_t cost_cents, int64_t price_cents, bool taxable, uint32_t position, struct str label_url
INSERT INTO item (id, kind, name, sku, chemical, strength_x100, unit, holds_x100, most_x100, wait_minutes, cost_cents,
                  price_cents, taxable, position, label_url)
VALUES (:id, :kind, :name, :sku, :chemical, :strength_x100, :unit, :holds_x100, :most_x100, :wait_minutes, :cost_cents,
        :price_cents, :taxable, :position, :label_url);

-- name: item_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, struct str sku, enum chemical chemical, uint32_t strength_x100
-- in:   enum item_unit unit, int64_t holds_x100, uint32_t most_x100, uint32_t wait_minutes, int64_t cost_cents
-- in:   int64_t price_cents, bool taxable, uint32_t position, struct str label_url, struct maybe_i64 archived_at
-- in:   uint32_t version
UPDATE item SET name = :name, sku = :sku, chemical = :chemical, strength_x100 = :strength_x100, unit = :unit,
       holds_x100 = :holds_x100, most_x100 = :most_x100, wait_minutes = :wait_minutes, cost_cents = :cost_cents,
       price_cents = :price_cents, taxable = :taxable, position = :position, label_url = :label_url,
       archived_at = :archived_at, version = version + 1
 WHERE id = :id AND version = :version;

-- The empty row is made first, so that what follows only adds.
-- name: stock_open :any
-- class: own
-- in:   uint64_t place_id, uint64_t item_id
INSERT INTO stock (place_id, item_id) VALUES (:place_id, :item_id) ON DUPLICATE KEY UPDATE place_id = place_id;

-- name: stock_add :exactly-one
-- class: add
-- in:   uint64_t place_id, uint64_t item_id, int64_t delta
UPDATE stock SET amount_x100 = amount_x100 + :delta WHERE place_id = :place_id AND item_id = :item_id;

-- name: stock_for_update :maybe struct stock_row
-- in:   uint64_t place_id, uint64_t item_id
SELECT place_id, item_id, amount_x100, low_x100, counted_at, version
  FROM stock WHERE place_id = :place_id AND item_id = :item_id FOR UPDATE;

-- name: stock_count :exactly-one
-- class: locked
-- in:   uint64_t place_id, uint64_t item_id, int64_t amount_x100, int64_t low_x100, struct maybe_i64 counted_at
UPDATE stock SET amount_x100 = :amount_x100, low_x100 = :low_x100, counted_at = :counted_at, version = version + 1
 WHERE place_id = :place_id AND item_id = :item_id;

-- name: stock_lines :many struct stock_line_row
-- in:   struct maybe_u64 place_id
SELECT k.place_id, s.name AS place, k.item_id, i.name AS item, i.unit, i.holds_x100, k.amount_x100, k.low_x100,
       k.counted_at, k.version
  FROM item i STRAIGHT_JOIN stock k ON k.item_id = i.id LEFT JOIN staff s ON s.id = k.place_id
 WHERE (:place_id IS NULL OR k.place_id = :place_id)
 ORDER BY k.place_id, i.kind, i.position, i.name LIMIT 5001;

-- name: stock_place :maybe struct stock_place_row
-- in:   uint64_t place_id
SELECT id, version FROM staff WHERE id = :place_id;
