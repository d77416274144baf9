-- What somebody wants remembered, and the company's own words on a record.
-- include sql/tenant/record.h

-- name: note_one :one struct note_row
-- in:   uint64_t id
SELECT n.id, n.customer_id, n.on_kind, n.on_id, n.audience, n.body, n.pinned, n.staff_id, s.name AS staff_name,
       n.made_at, n.version
  FROM note n LEFT JOIN staff s ON s.id = n.staff_id WHERE n.id = :id;

-- name: notes_of :many struct note_row
-- in:   uint64_t customer_id
SELECT n.id, n.customer_id, n.on_kind, n.on_id, n.audience, n.body, n.pinned, n.staff_id, s.name AS staff_name,
       n.made_at, n.version
  FROM note n LEFT JOIN staff s ON s.id = n.staff_id
 WHERE n.customer_id = :customer_id ORDER BY n.pinned DESC, n.id DESC LIMIT 200;

-- name: note_insert :insert
-- in:   uint64_t id, uint64_t customer_id, enum record_kind on_kind, uint64_t on_id, enum audience audience
-- in:   struct str body, bool pinned, uint64_t staff_id, int64_t now
INSERT INTO note (id, customer_id, on_kind, on_id, audience, body, pinned, staff_id, made_at)
VALUES (:id, :customer_id, :on_kind, :on_id, :audience, :body, :pinned, :staff_id, :now);

-- name: note_change :exactly-one
-- class: compare
-- in:   uint64_t id, enum audience audience, struct str body, bool pinned, uint32_t version
UPDATE note SET audience = :audience, body = :body, pinned = :pinned, version = version + 1
 WHERE id = :id AND version = :version;

-- name: note_drop :exactly-one
-- class: own
-- in:   uint64_t id
DELETE FROM note WHERE id = :id;

-- name: tags_of :many struct tag_row
-- in:   enum record_kind on_kind, uint64_t on_id
SELECT tag FROM tag WHERE on_kind = :on_kind AND on_id = :on_id ORDER BY tag LIMIT 100;

-- name: tag_insert :any
-- in:   enum record_kind on_kind, struct str tag, uint64_t on_id
INSERT IGNORE INTO tag (on_kind, tag, on_id) VALUES (:on_kind, :tag, :on_id);

-- name: tag_drop :any
-- class: own
-- in:   enum record_kind on_kind, struct str tag, uint64_t on_id
DELETE FROM tag WHERE on_kind = :on_kind AND tag = :tag AND on_id = :on_id;

-- name: tags_in_use :many struct tag_count_row
-- in:   enum record_kind on_kind
SELECT tag, COUNT(*) AS customers FROM tag WHERE on_kind = :on_kind GROUP BY tag ORDER BY tag LIMIT 500;
