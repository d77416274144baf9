-- The company's own combinations of permissions; the built-in ones are code (domain/access/role.c).
-- include sql/tenant/staff.h

-- name: roles :many struct role_row
-- in:   enum staff_state disabled
-- bound: a company has at most 50 roles of its own (ROLES_MAX)
SELECT r.id, r.name, r.may,
       (SELECT COUNT(*) FROM staff p WHERE p.role_id = r.id AND p.state <> :disabled) AS people, r.version
  FROM role r ORDER BY r.name, r.id;

-- name: role_one :maybe struct role_row
-- in:   uint64_t id, enum staff_state disabled
SELECT r.id, r.name, r.may,
       (SELECT COUNT(*) FROM staff p WHERE p.role_id = r.id AND p.state <> :disabled) AS people, r.version
  FROM role r WHERE r.id = :id;

-- name: role_of_name :maybe struct staff_id_row
-- in:   struct str name
SELECT id FROM role WHERE name = :name;

-- name: roles_built_in :many struct role_people_row
-- in:   enum staff_state disabled
-- bound: there are six built-in roles
SELECT role, COUNT(*) AS people FROM staff WHERE role <> 0 AND state <> :disabled GROUP BY role;

-- name: roles_count :one struct count_row
SELECT COUNT(*) AS n FROM role;

-- name: role_holders :one struct count_row
-- in:   struct maybe_u64 id
SELECT COUNT(*) AS n FROM staff WHERE role_id = :id;

-- name: role_insert :insert
-- in:   uint64_t id, struct str name, uint64_t may
INSERT INTO role (id, name, may) VALUES (:id, :name, :may);

-- name: role_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, uint64_t may, uint32_t version
UPDATE role SET name = :name, may = :may, version = version + 1 WHERE id = :id AND version = :version;

-- name: role_delete :exactly-one
-- class: own
-- in:   uint64_t id
DELETE FROM role WHERE id = :id;
