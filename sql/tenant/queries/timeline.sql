-- The timeline (`event`) and the log of changes (`record_change`): written by tell_event and tell_change alone.
-- Newest first, one more than a page shows; `before` is the last line of the page before, 0 for the first page.
-- include sql/tenant/timeline.h

-- name: event_insert :insert
-- in:   uint64_t id, uint64_t customer_id, uint64_t property_id, uint64_t pool_id, int64_t at
-- in:   enum event_kind kind, uint32_t actor_kind, uint64_t actor_id, struct str actor_name
-- in:   enum record_kind ref_kind, uint64_t ref_id, struct str detail
INSERT INTO event (id, customer_id, property_id, pool_id, at, kind, actor_kind, actor_id, actor_name, ref_kind,
                   ref_id, detail)
VALUES (:id, :customer_id, :property_id, :pool_id, :at, :kind, :actor_kind, :actor_id, :actor_name, :ref_kind,
        :ref_id, :detail);

-- name: change_insert :insert
-- in:   uint64_t id, uint64_t customer_id, enum record_kind on_kind, uint64_t on_id, uint64_t batch_id
-- in:   int64_t at, uint32_t actor_kind, uint64_t actor_id, struct str actor_name, struct str field
-- in:   struct str was, struct str became
INSERT INTO record_change (id, customer_id, on_kind, on_id, batch_id, at, actor_kind, actor_id, actor_name, field,
                           was, became)
VALUES (:id, :customer_id, :on_kind, :on_id, :batch_id, :at, :actor_kind, :actor_id, :actor_name, :field, :was,
        :became);

-- name: timeline_of_customer :many struct event_row
-- in:   uint64_t customer_id, uint64_t before, enum event_kind kind, enum record_kind about
SELECT e.id, e.customer_id, e.property_id, e.pool_id, e.at, e.kind, e.actor_kind, e.actor_id, e.actor_name,
       e.ref_kind, e.ref_id, e.detail
  FROM event e LEFT JOIN event b ON b.id = :before
 WHERE e.customer_id = :customer_id AND (b.id IS NULL OR e.at < b.at OR (e.at = b.at AND e.id < b.id))
   AND (:kind = 0 OR e.kind = :kind) AND (:about = 0 OR e.ref_kind = :about)
 ORDER BY e.at DESC, e.id DESC LIMIT 51;

-- The same of several: a customer and those who went into them. `ids` is a JSON list of numbers.
-- name: timeline_of_merged :many struct event_row
-- in:   struct str ids, uint64_t before, enum event_kind kind, enum record_kind about
SELECT e.id, e.customer_id, e.property_id, e.pool_id, e.at, e.kind, e.actor_kind, e.actor_id, e.actor_name,
       e.ref_kind, e.ref_id, e.detail
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  JOIN event e ON e.customer_id = q.v LEFT JOIN event b ON b.id = :before
 WHERE (b.id IS NULL OR e.at < b.at OR (e.at = b.at AND e.id < b.id))
   AND (:kind = 0 OR e.kind = :kind) AND (:about = 0 OR e.ref_kind = :about)
 ORDER BY e.at DESC, e.id DESC LIMIT 51;

-- name: timeline_of_property :many struct event_row
-- in:   uint64_t property_id, uint64_t before, enum event_kind kind, enum record_kind about
SELECT e.id, e.customer_id, e.property_id, e.pool_id, e.at, e.kind, e.actor_kind, e.actor_id, e.actor_name,
       e.ref_kind, e.ref_id, e.detail
  FROM event e LEFT JOIN event b ON b.id = :before
 WHERE e.property_id = :property_id AND (b.id IS NULL OR e.at < b.at OR (e.at = b.at AND e.id < b.id))
   AND (:kind = 0 OR e.kind = :kind) AND (:about = 0 OR e.ref_kind = :about)
 ORDER BY e.at DESC, e.id DESC LIMIT 51;

-- name: timeline_of_pool :many struct event_row
-- in:   uint64_t pool_id, uint64_t before, enum event_kind kind, enum record_kind about
SELECT e.id, e.customer_id, e.property_id, e.pool_id, e.at, e.kind, e.actor_kind, e.actor_id, e.actor_name,
       e.ref_kind, e.ref_id, e.detail
  FROM event e LEFT JOIN event b ON b.id = :before
 WHERE e.pool_id = :pool_id AND (b.id IS NULL OR e.at < b.at OR (e.at = b.at AND e.id < b.id))
   AND (:kind = 0 OR e.kind = :kind) AND (:about = 0 OR e.ref_kind = :about)
 ORDER BY e.at DESC, e.id DESC LIMIT 51;

-- name: changes_of_customer :many struct change_row
-- in:   uint64_t customer_id, uint64_t before
SELECT c.id, c.on_kind, c.on_id, c.batch_id, c.at, c.actor_kind, c.actor_id, c.actor_name, c.field, c.was, c.became
  FROM record_change c LEFT JOIN record_change b ON b.id = :before
 WHERE c.customer_id = :customer_id AND (b.id IS NULL OR c.at < b.at OR (c.at = b.at AND c.id < b.id))
 ORDER BY c.at DESC, c.id DESC LIMIT 101;

-- name: changes_of_merged :many struct change_row
-- in:   struct str ids, uint64_t before
SELECT c.id, c.on_kind, c.on_id, c.batch_id, c.at, c.actor_kind, c.actor_id, c.actor_name, c.field, c.was, c.became
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  JOIN record_change c ON c.customer_id = q.v LEFT JOIN record_change b ON b.id = :before
 WHERE (b.id IS NULL OR c.at < b.at OR (c.at = b.at AND c.id < b.id))
 ORDER BY c.at DESC, c.id DESC LIMIT 101;

-- An agreement counts while it runs or is going to, and is driven if its latest term up to now, or its first,
-- names a technician.
-- name: standing_for_update :maybe struct standing_row
-- in:   uint64_t id, struct day today, uint32_t works
SELECT c.id, c.standing, c.archived_at IS NOT NULL AS archived,
       COALESCE((SELECT COUNT(*) FROM agreement g WHERE g.customer_id = c.id AND g.closed_at IS NULL
           AND (g.ends_day IS NULL OR g.ends_day >= :today)), 0) AS open,
       COALESCE((SELECT COUNT(*) FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = c.id
           AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) AND t.tech_id IS NOT NULL
           AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = :works
               AND l.from_day <= GREATEST(:today, g.starts_day))), 0) AS routed,
       EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = c.id)
           OR EXISTS (SELECT 1 FROM visit v WHERE v.customer_id = c.id) AS served,
       c.version
  FROM customer c WHERE c.id = :id FOR UPDATE;

-- The same for many, without a lock: what the nightly look and the law compare.
-- name: standings_after :many struct standing_row
-- in:   uint64_t after, struct day today, uint32_t works
SELECT c.id, c.standing, c.archived_at IS NOT NULL AS archived,
       COALESCE((SELECT COUNT(*) FROM agreement g WHERE g.customer_id = c.id AND g.closed_at IS NULL
           AND (g.ends_day IS NULL OR g.ends_day >= :today)), 0) AS open,
       COALESCE((SELECT COUNT(*) FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = c.id
           AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) AND t.tech_id IS NOT NULL
           AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = :works
               AND l.from_day <= GREATEST(:today, g.starts_day))), 0) AS routed,
       EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = c.id)
           OR EXISTS (SELECT 1 FROM visit v WHERE v.customer_id = c.id) AS served,
       c.version
  FROM customer c WHERE c.id > :after ORDER BY c.id LIMIT 500;

-- name: standing_set :exactly-one
-- class: locked
-- in:   uint64_t id, enum customer_standing standing
UPDATE customer SET standing = :standing, version = version + 1 WHERE id = :id;
