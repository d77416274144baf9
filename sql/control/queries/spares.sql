-- Ready schemas that wait for a sign-up, and the claim of one.
-- include sql/control/rows.h

-- The oldest spare that nobody else is claiming at this moment. None: the stock is empty (E_AWAY for the
-- visitor), or all are locked by claims that will commit in a millisecond.
-- name: spare_for_claim :maybe struct spare_row
-- in:   uint32_t spare, uint32_t step
SELECT id, schema_name, step, version FROM tenant
 WHERE status = :spare AND claimed_at IS NULL AND step >= :step
 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- A slug that is taken answers E_STALE with the field "slug": the name of the unique key.
-- name: spare_claim :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t version, uint32_t claimed, struct str slug, struct str name, struct str plan, struct str country, struct str zone, struct str currency, struct str language, int64_t now
UPDATE tenant SET status = :claimed, slug = :slug, name = :name, plan = :plan, country = :country,
       zone = :zone, currency = :currency, language = :language, claimed_at = :now, version = version + 1
 WHERE id = :id AND version = :version;

-- A schema that an import fills: claimed_at stays NULL, so that the reaper of sign-ups lets it be.
-- name: spare_claim_for_import :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t spare, uint32_t claimed, struct str slug
UPDATE tenant SET status = :claimed, slug = :slug, version = version + 1
 WHERE id = :id AND status = :spare AND claimed_at IS NULL;

-- name: claim_finish :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t claimed, uint32_t live
UPDATE tenant SET status = :live, version = version + 1 WHERE id = :id AND status = :claimed;

-- Only after tenancy/claim.c has raised the schema's guard past this claim; the version is the claim's number.
-- name: claim_undo :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t version, uint32_t spare
UPDATE tenant SET status = :spare, slug = NULL, name = '', claimed_at = NULL, version = version + 1
 WHERE id = :id AND version = :version;

-- name: claims_before :many struct claim_row
-- in:   uint32_t claimed, int64_t before
SELECT id, claimed_at, version FROM tenant
 WHERE status = :claimed AND claimed_at < :before ORDER BY claimed_at LIMIT 100;

-- name: spares_count :one struct count_row
-- in:   uint32_t spare
SELECT COUNT(*) AS n FROM tenant WHERE status = :spare AND claimed_at IS NULL;

-- The house's own numbers: the next tenant, the version of the root key. Bump, then read, in one transaction.
-- name: house_counter_bump :any
-- class: add
-- in:   struct str name
INSERT INTO counter (name, value) VALUES (:name, 1) ON DUPLICATE KEY UPDATE value = value + 1;

-- name: house_counter_set :any
-- class: own
-- in:   struct str name, uint64_t value
INSERT INTO counter (name, value) VALUES (:name, :value)
    ON DUPLICATE KEY UPDATE value = GREATEST(value, VALUES(value));

-- name: house_counter :maybe struct count_row
-- in:   struct str name
SELECT value AS n FROM counter WHERE name = :name;

-- name: cluster_insert :any
-- class: own
-- in:   uint32_t id, struct str name, struct str socket, uint32_t state
INSERT INTO cluster (id, name, socket, state) VALUES (:id, :name, :socket, :state)
    ON DUPLICATE KEY UPDATE socket = VALUES(socket);
