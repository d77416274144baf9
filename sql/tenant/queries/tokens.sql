-- Single-use secrets, of which only the hash is kept: links (tenancy/link.h) and recovery codes.
-- include sql/tenant/credential.h

-- name: token_insert :insert
-- in:   struct str hash, uint32_t purpose, uint64_t actor_id, int64_t expires_at
INSERT INTO token (hash, purpose, actor_id, expires_at) VALUES (:hash, :purpose, :actor_id, :expires_at);

-- name: token_for_update :maybe struct token_row
-- in:   struct str hash
SELECT purpose, actor_id, expires_at, used_at, version FROM token WHERE hash = :hash FOR UPDATE;

-- name: token_look :maybe struct token_row
-- in:   struct str hash
SELECT purpose, actor_id, expires_at, used_at, version FROM token WHERE hash = :hash;

-- name: token_use :exactly-one
-- class: compare
-- in:   struct str hash, int64_t now, uint32_t version
UPDATE token SET used_at = :now, version = version + 1 WHERE hash = :hash AND version = :version;

-- What was sent before does not open any more. Used ones stay until they expire: they answer for themselves.
-- name: tokens_revoke :any
-- class: own
-- in:   uint64_t actor_id, uint32_t purpose
DELETE FROM token WHERE actor_id = :actor_id AND purpose = :purpose AND used_at IS NULL;
