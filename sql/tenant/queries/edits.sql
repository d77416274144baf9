-- Many customers at once: bulk edits and merges are batches, with a row for each thing that changed.
-- include sql/tenant/batch.h

-- name: batch_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t now, uint32_t total
-- in:   struct str body
INSERT INTO batch (id, kind, state, staff_id, made_at, total, done, body, ended_at)
VALUES (:id, :kind, :state, :staff_id, :now, :total, :total, :body, :now);

-- name: batch_for_update :one struct batch_row
-- in:   uint64_t id, enum batch_kind kind
SELECT b.id, b.kind, b.state, b.made_at, b.total, b.failed, b.undone_at, b.body, b.version
  FROM batch b WHERE b.id = :id AND b.kind = :kind FOR UPDATE;

-- name: batch_undone :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, uint32_t failed, int64_t now
UPDATE batch SET state = :state, failed = :failed, undone_at = :now, version = version + 1 WHERE id = :id;

-- The last ones of these kinds, the newest first, and who did them.
-- name: batches_recent :many struct batch_line_row
-- walks: in the order of the key `made_at`, until a page is full
-- in:   enum batch_kind edit, enum batch_kind merge, uint64_t before
SELECT b.id, b.kind, b.made_at, s.name AS staff_name, b.total, b.failed, b.undone_at, b.body
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id LEFT JOIN batch l ON l.id = :before
 WHERE b.kind IN (:edit, :merge) AND (l.id IS NULL OR b.made_at < l.made_at OR (b.made_at = l.made_at AND b.id < l.id))
 ORDER BY b.made_at DESC, b.id DESC LIMIT 21;

-- name: batch_part_insert :insert
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, uint64_t record_id, struct str cells
INSERT INTO batch_row (batch_id, n, state, record_id, cells) VALUES (:batch_id, :nr, :state, :record_id, :cells);

-- name: batch_parts :many struct batch_part_row
-- in:   uint64_t batch_id, enum row_state state
-- bound: an edit has at most 4,000 parts (EDIT_PARTS_MAX), a merge some dozens
SELECT n, record_id, cells FROM batch_row WHERE batch_id = :batch_id AND state = :state ORDER BY n;

-- name: batch_part_undone :any
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state
UPDATE batch_row SET state = :state, version = version + 1 WHERE batch_id = :batch_id AND n = :nr;

-- The customers that a list of ids names; those that went into another do not exist here.
-- name: customers_of_ids :many struct customer_row
-- in:   struct str ids
-- bound: the caller gives at most CUSTOMERS_CHOSEN ids
SELECT c.id, c.name, c.kind, c.email, c.language, c.standing, c.bill_street, c.bill_city, c.bill_region,
       c.bill_postcode, c.source, c.external_id, c.own, c.merged_into, c.archived_at, c.created_at, c.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (n FOR ORDINALITY, v BIGINT UNSIGNED PATH '$')) q
  JOIN customer c ON c.id = q.v WHERE c.merged_into IS NULL ORDER BY q.n;

-- name: property_tech_set :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_u64 usual_tech_id, uint32_t version
UPDATE property SET usual_tech_id = :usual_tech_id, version = version + 1 WHERE id = :id AND version = :version;

-- What others changed of this field since: an undo never writes over it.
-- name: changes_since :many struct change_since_row
-- in:   enum record_kind on_kind, uint64_t on_id, struct str field, uint64_t batch_id, int64_t since
SELECT was, became FROM record_change
 WHERE on_kind = :on_kind AND on_id = :on_id AND at >= :since AND field = :field AND batch_id <> :batch_id
 ORDER BY at, id LIMIT 200;
