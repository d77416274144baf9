-- The public keys that sign and have signed documents of the company. Their secrets are nowhere.
-- include sql/tenant/record.h

-- name: sign_keys :many struct setting_row
-- in:   enum setting_kind kind
-- bound: a company has as many as it had data keys
SELECT id, name, position, body, archived_at, version FROM setting
 WHERE kind = :kind AND owner_id = 0 ORDER BY id DESC LIMIT 200;

-- name: sign_key_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, body) VALUES (:id, :kind, 0, :name, :body);

-- name: sign_key_end :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t now, uint32_t version
UPDATE setting SET archived_at = :now, version = version + 1 WHERE id = :id AND version = :version;
