-- Photos and files: what is known of them. The bytes lie on disk under the id (tenancy/files.h).
-- include sql/tenant/file.h

-- name: file_one :one struct file_row
-- in:   uint64_t id
SELECT f.id, f.customer_id, f.on_kind, f.on_id, f.name, f.type, f.state, f.bytes, f.width, f.height, f.taken_at,
       f.staff_id, s.name AS staff_name, f.made_at, f.archived_at, f.version
  FROM file f LEFT JOIN staff s ON s.id = f.staff_id WHERE f.id = :id;

-- The newest first, one more than a page shows; `before` is the last of the page before, 0 for the first.
-- name: files_of_customer :many struct file_row
-- in:   uint64_t customer_id, uint64_t before, bool archived
SELECT f.id, f.customer_id, f.on_kind, f.on_id, f.name, f.type, f.state, f.bytes, f.width, f.height, f.taken_at,
       f.staff_id, s.name AS staff_name, f.made_at, f.archived_at, f.version
  FROM file f LEFT JOIN staff s ON s.id = f.staff_id LEFT JOIN file b ON b.id = :before
 WHERE f.customer_id = :customer_id AND (f.archived_at IS NOT NULL) = :archived
   AND (b.id IS NULL OR f.made_at < b.made_at OR (f.made_at = b.made_at AND f.id < b.id))
 ORDER BY f.made_at DESC, f.id DESC LIMIT 61;

-- name: files_of_record :many struct file_row
-- in:   enum record_kind on_kind, uint64_t on_id
SELECT f.id, f.customer_id, f.on_kind, f.on_id, f.name, f.type, f.state, f.bytes, f.width, f.height, f.taken_at,
       f.staff_id, s.name AS staff_name, f.made_at, f.archived_at, f.version
  FROM file f LEFT JOIN staff s ON s.id = f.staff_id
 WHERE f.on_kind = :on_kind AND f.on_id = :on_id AND f.archived_at IS NULL ORDER BY f.id LIMIT 200;

-- name: files_number :one struct file_number_row
-- in:   uint64_t customer_id
SELECT COUNT(*) AS number FROM file WHERE customer_id = :customer_id;

-- name: file_insert :insert
-- in:   uint64_t id, uint64_t customer_id, enum record_kind on_kind, uint64_t on_id, struct str name
-- in:   struct str type, enum file_state state, uint32_t bytes, uint32_t width, uint32_t height
-- in:   struct maybe_i64 taken_at, uint64_t staff_id, int64_t now
INSERT INTO file (id, customer_id, on_kind, on_id, name, type, state, bytes, width, height, taken_at, staff_id,
                  made_at)
VALUES (:id, :customer_id, :on_kind, :on_id, :name, :type, :state, :bytes, :width, :height, :taken_at, :staff_id,
        :now);

-- name: file_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, uint32_t version
UPDATE file SET name = :name, version = version + 1 WHERE id = :id AND version = :version;

-- name: file_place :exactly-one
-- class: compare
-- in:   uint64_t id, enum record_kind on_kind, uint64_t on_id, uint32_t version
UPDATE file SET on_kind = :on_kind, on_id = :on_id, version = version + 1 WHERE id = :id AND version = :version;

-- What came with a stranger's mails belongs to the customer that they have become.
-- name: files_owner :any
-- class: own
-- in:   enum record_kind on_kind, uint64_t on_id, uint64_t customer_id
UPDATE file SET customer_id = :customer_id WHERE on_kind = :on_kind AND on_id = :on_id AND customer_id = 0;

-- name: file_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE file SET archived_at = :at, version = version + 1 WHERE id = :id AND version = :version;

-- What became of a photo. Its version stays: nobody who is writing a caption meanwhile is told "stale".
-- name: file_settle :any
-- class: own
-- in:   uint64_t id, enum file_state raw, enum file_state state, struct str type, uint32_t bytes, uint32_t width
-- in:   uint32_t height, struct maybe_str digest
UPDATE file SET state = :state, type = :type, bytes = :bytes, width = :width, height = :height, digest = :digest
 WHERE id = :id AND state = :raw;

-- Which of these ids have a row: the rest of what lies on disk belongs to nobody.
-- name: files_known :many struct file_id_row
-- in:   struct str ids
-- bound: the caller asks for at most 200 at once
SELECT f.id FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  JOIN file f ON f.id = q.v;

-- Is a document drawn already? Its file has its id.
-- name: paper_kept :one struct file_number_row
-- in:   uint64_t id
SELECT COUNT(*) AS number FROM file WHERE id = :id;
