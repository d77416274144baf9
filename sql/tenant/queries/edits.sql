-- Many customers at once: bulk edits and merges are batches, with a row for each thing that changed.
-- include sql/tenant/batch.h

-- name: batch_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t now, uint32_t total
-- in:   uint32_t done, struct maybe_i64 ended_at, struct str body
INSERT INTO batch (id, kind, state, staff_id, made_at, total, done, body, ended_at)
VALUES (:id, :kind, :state, :staff_id, :now, :total, :done, :body, :ended_at);

-- name: batch_for_update :one struct batch_row
-- in:   uint64_t id, enum batch_kind kind
SELECT b.id, b.kind, b.state, b.staff_id, b.made_at, b.total, b.done, b.failed, b.undone_at, b.body, b.version
  FROM batch b WHERE b.id = :id AND b.kind = :kind FOR UPDATE;

-- name: batch_one :one struct batch_line_row
-- in:   uint64_t id, enum batch_kind kind
SELECT b.id, b.kind, b.state, b.made_at, s.name AS staff_name, b.total, b.done, b.failed, b.undone_at, b.body
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id WHERE b.id = :id AND b.kind = :kind;

-- An act that goes on in steps: how far it is.
-- name: batch_go :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, uint32_t done, uint32_t failed, struct maybe_i64 ended_at
-- in:   struct maybe_i64 undone_at
UPDATE batch SET state = :state, done = :done, failed = :failed, ended_at = :ended_at, undone_at = :undone_at,
       version = version + 1
 WHERE id = :id;

-- name: batch_undone :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, uint32_t failed, int64_t now
UPDATE batch SET state = :state, failed = :failed, undone_at = :now, version = version + 1 WHERE id = :id;

-- The last ones of these kinds, the newest first, and who did them.
-- name: batches_recent :many struct batch_line_row
-- walks: in the order of the key `made_at`, until a page is full
-- in:   enum batch_kind edit, enum batch_kind merge, enum batch_kind sale, uint64_t before
SELECT b.id, b.kind, b.state, b.made_at, s.name AS staff_name, b.total, b.done, b.failed, b.undone_at, b.body
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id LEFT JOIN batch l ON l.id = :before
 WHERE b.kind IN (:edit, :merge, :sale) AND (l.id IS NULL OR b.made_at < l.made_at OR (b.made_at = l.made_at AND b.id < l.id))
 ORDER BY b.made_at DESC, b.id DESC LIMIT 21;

-- name: batch_part_insert :insert
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, uint64_t record_id, struct str cells
INSERT INTO batch_row (batch_id, n, state, record_id, cells) VALUES (:batch_id, :nr, :state, :record_id, :cells);

-- name: batch_parts :many struct batch_part_row
-- in:   uint64_t batch_id, enum row_state state
-- bound: an edit in a request has at most EDIT_AT_ONCE, a merge some dozens
SELECT n, record_id, cells FROM batch_row WHERE batch_id = :batch_id AND state = :state ORDER BY n;

-- The records of a big edit, waiting for their step; the list is of ids.
-- name: batch_parts_insert :any
-- in:   uint64_t batch_id, enum row_state state, struct str ids
INSERT INTO batch_row (batch_id, n, state, record_id, cells)
SELECT :batch_id, q.n, :state, q.v, '{}'
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (n FOR ORDINALITY, v BIGINT UNSIGNED PATH '$')) q;

-- name: batch_parts_next :many struct batch_part_row
-- in:   uint64_t batch_id, enum row_state state
SELECT n, record_id, cells FROM batch_row WHERE batch_id = :batch_id AND state = :state ORDER BY n LIMIT 100;

-- name: batch_part_settle :any
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, struct str problem, struct str cells
UPDATE batch_row SET state = :state, problem = :problem, cells = :cells, version = version + 1
 WHERE batch_id = :batch_id AND n = :nr;

-- What was refused, or stays: a record is a customer or one of their properties.
-- name: batch_rest :many struct batch_rest_row
-- in:   uint64_t batch_id, enum row_state skipped, enum row_state kept
SELECT COALESCE(c.id, 0) AS customer_id, COALESCE(c.name, '') AS name, r.problem, r.cells
  FROM batch_row r LEFT JOIN property p ON p.id = r.record_id
  LEFT JOIN customer c ON c.id = COALESCE(p.customer_id, r.record_id)
 WHERE r.batch_id = :batch_id AND r.state IN (:skipped, :kept) ORDER BY r.n LIMIT 200;

-- ---- what many customers are, looked at together ----

-- name: edit_tags :many struct edit_tag_row
-- in:   struct str ids, enum record_kind on_kind
-- bound: a customer has at most 40 tags
SELECT g.on_id AS customer_id, g.tag
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN tag g ON g.on_kind = :on_kind AND g.on_id = q.v ORDER BY g.on_id, g.tag;

-- name: edit_served :many struct person_id_row
-- in:   struct str ids, struct day today
-- bound: as many as are listed
SELECT DISTINCT g.customer_id AS id
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN agreement g ON g.customer_id = q.v
 WHERE g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) ORDER BY g.customer_id;

-- name: edit_properties :many struct edit_property_row
-- in:   struct str ids
-- bound: a customer has at most 250
SELECT p.id, p.customer_id, p.usual_tech_id, p.never_techs, p.same_tech <> 0 AS same_tech, p.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN property p ON p.customer_id = q.v WHERE p.archived_at IS NULL ORDER BY p.customer_id, p.id;

-- name: edit_properties_named :many struct edit_property_row
-- in:   struct str ids
-- bound: as many as are listed
SELECT p.id, p.customer_id, p.usual_tech_id, p.never_techs, p.same_tech <> 0 AS same_tech, p.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN property p ON p.id = q.v WHERE p.archived_at IS NULL ORDER BY p.customer_id, p.id;

-- name: batch_part_undone :any
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state
UPDATE batch_row SET state = :state, version = version + 1 WHERE batch_id = :batch_id AND n = :nr;

-- The customers that a list of ids names; those that went into another do not exist here.
-- name: customers_of_ids :many struct customer_row
-- in:   struct str ids
-- bound: the caller gives at most EDIT_MATCHING_MAX ids
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
