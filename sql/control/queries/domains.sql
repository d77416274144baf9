-- Companies' own domains: the names that were proven (table host: a name as a Host header says it). What a company would like to
-- have stands in its own schema until then, so that nobody holds a name by asking for it first.
-- include sql/control/rows.h

-- name: domain_of :maybe struct domain_row
-- in:   struct str host
SELECT host, tenant_id, COALESCE(verified_at, 0) AS proven_at, seen_at FROM host WHERE host = :host;

-- The first company that proves a name has it, until it lets go or loses its proof; for another this changes nothing.
-- name: domain_put :any
-- class: own
-- in:   struct str host, uint64_t tenant_id, int64_t now
INSERT INTO host (host, tenant_id, verified_at, seen_at) VALUES (:host, :tenant_id, :now, :now)
    ON DUPLICATE KEY UPDATE verified_at = IF(tenant_id = VALUES(tenant_id), COALESCE(verified_at, VALUES(verified_at)), verified_at),
       seen_at = IF(tenant_id = VALUES(tenant_id), GREATEST(seen_at, VALUES(seen_at)), seen_at), version = version + 1;

-- name: domain_drop :any
-- class: own
-- in:   struct str host, uint64_t tenant_id
DELETE FROM host WHERE host = :host AND tenant_id = :tenant_id;

-- A page of all proven names, for the operator's certificates.
-- name: domains_after :many struct domain_line_row
-- in:   struct str after
SELECT h.host, t.slug, COALESCE(h.verified_at, 0) AS proven_at, h.seen_at FROM host h JOIN tenant t ON t.id = h.tenant_id
 WHERE h.host > :after AND h.verified_at IS NOT NULL ORDER BY h.host LIMIT 200;
