-- Bodies of water and what stands beside them.
-- include sql/tenant/record.h

-- name: pool_one :one struct pool_row
-- in:   uint64_t id
SELECT b.id, b.property_id, p.customer_id, b.kind, b.name, b.volume_l, b.volume_source, b.shape, b.sizes_cm, b.surface,
       b.sanitiser, b.indoor, b.cover, b.fill_water, b.own, b.archived_at, b.version
  FROM pool b JOIN property p ON p.id = b.property_id WHERE b.id = :id;

-- name: pools_of :many struct pool_row
-- in:   uint64_t customer_id
SELECT b.id, b.property_id, p.customer_id, b.kind, b.name, b.volume_l, b.volume_source, b.shape, b.sizes_cm, b.surface,
       b.sanitiser, b.indoor, b.cover, b.fill_water, b.own, b.archived_at, b.version
  FROM property p JOIN pool b ON b.property_id = p.id WHERE p.customer_id = :customer_id
 ORDER BY b.archived_at IS NOT NULL, b.id LIMIT 600;

-- name: pools_number :one struct number_row
-- in:   uint64_t property_id
SELECT COUNT(*) AS number FROM pool b JOIN property o ON o.id = b.property_id
  JOIN property p ON p.customer_id = o.customer_id WHERE p.id = :property_id;

-- name: pool_insert :insert
-- in:   uint64_t id, uint64_t property_id, enum pool_kind kind, struct str name
INSERT INTO pool (id, property_id, kind, name) VALUES (:id, :property_id, :kind, :name);

-- name: pool_change :exactly-one
-- class: compare
-- in:   uint64_t id, enum pool_kind kind, struct str name, struct maybe_u32 volume_l
-- in:   enum volume_source volume_source, enum pool_shape shape, struct str sizes_cm, enum pool_surface surface
-- in:   enum pool_sanitiser sanitiser, bool indoor, bool cover, struct str fill_water, struct str own
-- in:   uint32_t version
UPDATE pool SET kind = :kind, name = :name, volume_l = :volume_l, volume_source = :volume_source, shape = :shape,
       sizes_cm = :sizes_cm, surface = :surface, sanitiser = :sanitiser, indoor = :indoor, cover = :cover,
       fill_water = :fill_water, own = :own, version = version + 1
 WHERE id = :id AND version = :version;

-- name: pool_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE pool SET archived_at = :at, version = version + 1 WHERE id = :id AND version = :version;

-- name: equipment_one :one struct equipment_row
-- in:   uint64_t id
SELECT e.id, e.pool_id, b.property_id, p.customer_id, e.kind, e.make, e.model, e.serial, e.installed_day,
       e.warranty_day, e.service_every_days, e.serviced_day, e.note, e.archived_at, e.version
  FROM equipment e JOIN pool b ON b.id = e.pool_id JOIN property p ON p.id = b.property_id WHERE e.id = :id;

-- name: equipment_of :many struct equipment_row
-- in:   uint64_t customer_id
SELECT e.id, e.pool_id, b.property_id, p.customer_id, e.kind, e.make, e.model, e.serial, e.installed_day,
       e.warranty_day, e.service_every_days, e.serviced_day, e.note, e.archived_at, e.version
  FROM property p JOIN pool b ON b.property_id = p.id JOIN equipment e ON e.pool_id = b.id
 WHERE p.customer_id = :customer_id ORDER BY e.archived_at IS NOT NULL, e.kind, e.id LIMIT 2000;

-- name: equipment_number :one struct number_row
-- in:   uint64_t pool_id
SELECT COUNT(*) AS number FROM equipment WHERE pool_id = :pool_id;

-- name: equipment_insert :insert
-- in:   uint64_t id, uint64_t pool_id, enum equipment_kind kind, struct str make, struct str model, struct str serial
-- in:   struct maybe_day installed_day, struct maybe_day warranty_day, uint32_t service_every_days
-- in:   struct maybe_day serviced_day, struct str note
INSERT INTO equipment (id, pool_id, kind, make, model, serial, installed_day, warranty_day, service_every_days,
                       serviced_day, note)
VALUES (:id, :pool_id, :kind, :make, :model, :serial, :installed_day, :warranty_day, :service_every_days,
        :serviced_day, :note);

-- name: equipment_change :exactly-one
-- class: compare
-- in:   uint64_t id, enum equipment_kind kind, struct str make, struct str model, struct str serial
-- in:   struct maybe_day installed_day, struct maybe_day warranty_day, uint32_t service_every_days
-- in:   struct maybe_day serviced_day, struct str note, uint32_t version
UPDATE equipment SET kind = :kind, make = :make, model = :model, serial = :serial, installed_day = :installed_day,
       warranty_day = :warranty_day, service_every_days = :service_every_days, serviced_day = :serviced_day,
       note = :note, version = version + 1
 WHERE id = :id AND version = :version;

-- Somebody worked on it: the latest such day counts.
-- name: equipment_serviced :any
-- class: own
-- in:   uint64_t id, struct day day
UPDATE equipment SET serviced_day = GREATEST(COALESCE(serviced_day, :day), :day), version = version + 1 WHERE id = :id;

-- name: equipment_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE equipment SET archived_at = :at, version = version + 1 WHERE id = :id AND version = :version;
