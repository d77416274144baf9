-- The company's own fields (settings of kind field).
-- include sql/tenant/record.h

-- name: fields_all :many struct setting_row
-- in:   enum setting_kind kind
-- bound: a company has at most OWN_FIELDS_MAX fields
SELECT id, name, position, body, archived_at, version FROM setting
 WHERE kind = :kind AND owner_id = 0 ORDER BY position, name;

-- name: field_one :one struct setting_row
-- in:   uint64_t id, enum setting_kind kind
SELECT id, name, position, body, archived_at, version FROM setting WHERE id = :id AND kind = :kind;

-- name: field_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, uint32_t position, struct str body
INSERT INTO setting (id, kind, name, position, body) VALUES (:id, :kind, :name, :position, :body);

-- name: field_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, uint32_t position, struct str body, struct maybe_i64 archived_at
-- in:   uint32_t version
UPDATE setting SET name = :name, position = :position, body = :body, archived_at = :archived_at,
       version = version + 1
 WHERE id = :id AND version = :version;

-- The values that stand on a person who works here.
-- name: staff_own :one struct own_row
-- in:   uint64_t id
SELECT own, version FROM staff WHERE id = :id;

-- The values that stand on a job.
-- name: visit_own :one struct own_row
-- in:   uint64_t id
SELECT own, version FROM visit WHERE id = :id;

-- name: visit_own_set :exactly-one
-- class: compare
-- in:   uint64_t id, struct str own, uint32_t version
UPDATE visit SET own = :own, version = version + 1 WHERE id = :id AND version = :version;

-- name: staff_own_set :exactly-one
-- class: compare
-- in:   uint64_t id, struct str own, uint32_t version
UPDATE staff SET own = :own, version = version + 1 WHERE id = :id AND version = :version;
