-- Lists that somebody saved (settings of kind view): their own, and those for everybody.
-- include sql/tenant/record.h

-- name: views_of :many struct view_row
-- in:   enum setting_kind kind, uint64_t staff_id
-- bound: a person has at most VIEWS_MAX, everybody together as many
SELECT id, owner_id, name, position, body, version FROM setting
 WHERE kind = :kind AND owner_id IN (0, :staff_id) AND archived_at IS NULL ORDER BY position, name;

-- name: view_one :one struct view_row
-- in:   uint64_t id, enum setting_kind kind, uint64_t staff_id
SELECT id, owner_id, name, position, body, version FROM setting
 WHERE id = :id AND kind = :kind AND owner_id IN (0, :staff_id);

-- name: view_insert :insert
-- in:   uint64_t id, enum setting_kind kind, uint64_t owner_id, struct str name, uint32_t position, struct str body
INSERT INTO setting (id, kind, owner_id, name, position, body) VALUES (:id, :kind, :owner_id, :name, :position, :body);

-- name: view_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, uint32_t position, struct str body, uint32_t version
UPDATE setting SET name = :name, position = :position, body = :body, version = version + 1
 WHERE id = :id AND version = :version;

-- name: view_drop :any
-- class: own
-- in:   uint64_t id
DELETE FROM setting WHERE id = :id;
