-- Data keys, wrapped by the root key. Deleting a company's rows shreds its secrets.
-- include sql/control/rows.h

-- name: key_newest :maybe struct key_row
-- in:   uint64_t tenant_id
SELECT tenant_id, key_version, root_version, wrapped, made_at, version FROM tenant_key
 WHERE tenant_id = :tenant_id ORDER BY key_version DESC LIMIT 1;

-- name: key_of_version :maybe struct key_row
-- in:   uint64_t tenant_id, uint32_t key_version
SELECT tenant_id, key_version, root_version, wrapped, made_at, version FROM tenant_key
 WHERE tenant_id = :tenant_id AND key_version = :key_version;

-- name: keys_of_tenant :many struct key_row
-- in:   uint64_t tenant_id
SELECT tenant_id, key_version, root_version, wrapped, made_at, version FROM tenant_key
 WHERE tenant_id = :tenant_id ORDER BY key_version LIMIT 1000;

-- A page of all keys in the order of the primary key: the walk of a new root.
-- name: keys_after :many struct key_row
-- in:   uint64_t tenant_id, uint32_t key_version
SELECT tenant_id, key_version, root_version, wrapped, made_at, version FROM tenant_key
 WHERE tenant_id > :tenant_id OR (tenant_id = :tenant_id AND key_version > :key_version)
 ORDER BY tenant_id, key_version LIMIT 200;

-- name: key_insert :insert
-- in:   uint64_t tenant_id, uint32_t key_version, uint32_t root_version, struct str wrapped, int64_t made_at
INSERT INTO tenant_key (tenant_id, key_version, root_version, wrapped, made_at)
VALUES (:tenant_id, :key_version, :root_version, :wrapped, :made_at);

-- name: key_rewrap :exactly-one
-- class: compare
-- in:   uint64_t tenant_id, uint32_t key_version, uint32_t version, uint32_t root_version, struct str wrapped
UPDATE tenant_key SET wrapped = :wrapped, root_version = :root_version, version = version + 1
 WHERE tenant_id = :tenant_id AND key_version = :key_version AND version = :version;

-- name: key_drop :any
-- class: own
-- in:   uint64_t tenant_id, uint32_t key_version
DELETE FROM tenant_key WHERE tenant_id = :tenant_id AND key_version = :key_version;

-- name: keys_shred :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM tenant_key WHERE tenant_id = :tenant_id;
