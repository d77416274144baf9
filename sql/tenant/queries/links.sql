-- Single-use links: the row is found by the hash of the nonce inside a signed link. A used, replaced or
-- expired one stays until housekeeping takes it.
-- include sql/tenant/link.h

-- name: link_insert :insert
-- in:   struct str hash, uint32_t purpose, uint64_t actor_id, int64_t expires_at
INSERT INTO token (hash, purpose, actor_id, expires_at) VALUES (:hash, :purpose, :actor_id, :expires_at);

-- name: link_look :maybe struct link_row
-- in:   struct str hash, uint32_t purpose, int64_t now
SELECT actor_id FROM token
 WHERE hash = :hash AND purpose = :purpose AND used_at IS NULL AND expires_at > :now;

-- name: link_use :any
-- class: own
-- in:   struct str hash, int64_t now
UPDATE token SET used_at = :now, version = version + 1 WHERE hash = :hash AND used_at IS NULL;

-- name: links_void :any
-- class: own
-- in:   uint64_t actor_id, uint32_t purpose, int64_t now
UPDATE token SET used_at = :now, version = version + 1
 WHERE actor_id = :actor_id AND purpose = :purpose AND used_at IS NULL;
