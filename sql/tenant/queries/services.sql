-- Service levels and job templates, and what technicians can be sent to (settings of kind skill).
-- include sql/tenant/schedule.h

-- name: services :many struct service_row
-- in:   bool archived
SELECT id, name, kind, minutes, pay_code, price_cents, skills, checklist, parts, instructions, archived_at, version
  FROM service WHERE :archived OR archived_at IS NULL ORDER BY kind, name, id LIMIT 200;

-- name: service_one :one struct service_row
-- in:   uint64_t id
SELECT id, name, kind, minutes, pay_code, price_cents, skills, checklist, parts, instructions, archived_at, version
  FROM service WHERE id = :id;

-- name: service_of_name :maybe struct schedule_id_row
-- in:   enum service_kind kind, struct str name
SELECT id FROM service WHERE kind = :kind AND name = :name;

-- name: service_insert :insert
-- in:   uint64_t id, struct str name, enum service_kind kind, uint32_t minutes, struct str pay_code
-- in:   int64_t price_cents, struct str skills, struct str checklist, struct str parts, struct str instructions
INSERT INTO service (id, name, kind, minutes, pay_code, price_cents, skills, checklist, parts, instructions)
VALUES (:id, :name, :kind, :minutes, :pay_code, :price_cents, :skills, :checklist, :parts, :instructions);

-- name: service_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, enum service_kind kind, uint32_t minutes, struct str pay_code
-- in:   int64_t price_cents, struct str skills, struct str checklist, struct str parts, struct str instructions
-- in:   uint32_t version
UPDATE service SET name = :name, kind = :kind, minutes = :minutes, pay_code = :pay_code,
       price_cents = :price_cents, skills = :skills, checklist = :checklist, parts = :parts,
       instructions = :instructions, version = version + 1
 WHERE id = :id AND version = :version;

-- name: service_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE service SET archived_at = :at, version = version + 1 WHERE id = :id AND version = :version;

-- name: skills :many struct skill_row
-- in:   uint32_t kind
SELECT id, name, archived_at, version FROM setting WHERE kind = :kind ORDER BY archived_at IS NOT NULL, name, id
 LIMIT 200;

-- name: skill_one :one struct skill_row
-- in:   uint64_t id, uint32_t kind
SELECT id, name, archived_at, version FROM setting WHERE id = :id AND kind = :kind;

-- name: skill_of_name :maybe struct schedule_id_row
-- in:   uint32_t kind, struct str name
SELECT id FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name;

-- name: skill_insert :insert
-- in:   uint64_t id, uint32_t kind, struct str name
INSERT INTO setting (id, kind, name, body) VALUES (:id, :kind, :name, '{}');

-- name: skill_change :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t kind, struct str name, struct maybe_i64 archived_at, uint32_t version
UPDATE setting SET name = :name, archived_at = :archived_at, version = version + 1
 WHERE id = :id AND kind = :kind AND version = :version;
