-- The companies of the house, by what they are asked for. Statuses come in as parameters: their numbers
-- are named in tenancy/tenant.h and nowhere else.
-- include sql/control/rows.h

-- name: tenant_by_id :maybe struct tenant_row
-- in:   uint64_t id
SELECT t.id, t.slug, t.name, t.schema_name, t.status, t.step, t.cluster_id, t.plan, t.country, t.zone, t.currency,
       t.language, t.created_at, t.claimed_at, t.version, s.tenant_id IS NOT NULL AS billed,
       COALESCE(s.trial_ends_at, 0) AS trial_ends_at, COALESCE(s.paid_until, 0) AS paid_until,
       COALESCE(s.unpaid_since, 0) AS unpaid_since, COALESCE(s.ended_at, 0) AS ended_at,
       (SELECT MIN(o.host) FROM host o WHERE o.tenant_id = t.id AND o.verified_at IS NOT NULL) AS domain
  FROM tenant t LEFT JOIN subscription s ON s.tenant_id = t.id WHERE t.id = :id;

-- name: tenant_by_slug :maybe struct tenant_row
-- in:   struct str slug
SELECT t.id, t.slug, t.name, t.schema_name, t.status, t.step, t.cluster_id, t.plan, t.country, t.zone, t.currency,
       t.language, t.created_at, t.claimed_at, t.version, s.tenant_id IS NOT NULL AS billed,
       COALESCE(s.trial_ends_at, 0) AS trial_ends_at, COALESCE(s.paid_until, 0) AS paid_until,
       COALESCE(s.unpaid_since, 0) AS unpaid_since, COALESCE(s.ended_at, 0) AS ended_at,
       (SELECT MIN(o.host) FROM host o WHERE o.tenant_id = t.id AND o.verified_at IS NOT NULL) AS domain
  FROM tenant t LEFT JOIN subscription s ON s.tenant_id = t.id WHERE t.slug = :slug;

-- name: tenant_by_host :maybe struct tenant_row
-- in:   struct str host
SELECT t.id, t.slug, t.name, t.schema_name, t.status, t.step, t.cluster_id, t.plan, t.country, t.zone,
       t.currency, t.language, t.created_at, t.claimed_at, t.version, s.tenant_id IS NOT NULL AS billed,
       COALESCE(s.trial_ends_at, 0) AS trial_ends_at, COALESCE(s.paid_until, 0) AS paid_until,
       COALESCE(s.unpaid_since, 0) AS unpaid_since, COALESCE(s.ended_at, 0) AS ended_at,
       (SELECT MIN(o.host) FROM host o WHERE o.tenant_id = t.id AND o.verified_at IS NOT NULL) AS domain
  FROM host h JOIN tenant t ON t.id = h.tenant_id LEFT JOIN subscription s ON s.tenant_id = t.id
 WHERE h.host = :host AND h.verified_at IS NOT NULL;

-- A page of all tenants in the order of their ids: the walk of migrations, sweeps and lists.
-- name: tenants_after :many struct tenant_row
-- in:   uint64_t after
SELECT t.id, t.slug, t.name, t.schema_name, t.status, t.step, t.cluster_id, t.plan, t.country, t.zone, t.currency,
       t.language, t.created_at, t.claimed_at, t.version, s.tenant_id IS NOT NULL AS billed,
       COALESCE(s.trial_ends_at, 0) AS trial_ends_at, COALESCE(s.paid_until, 0) AS paid_until,
       COALESCE(s.unpaid_since, 0) AS unpaid_since, COALESCE(s.ended_at, 0) AS ended_at,
       (SELECT MIN(o.host) FROM host o WHERE o.tenant_id = t.id AND o.verified_at IS NOT NULL) AS domain
  FROM tenant t LEFT JOIN subscription s ON s.tenant_id = t.id WHERE t.id > :after ORDER BY t.id LIMIT 200;

-- name: tenant_refs_after :many struct tenant_ref
-- in:   uint32_t status, uint64_t after
SELECT id, schema_name, status, step
  FROM tenant WHERE id > :after AND status = :status ORDER BY id LIMIT 500;

-- name: tenant_insert :insert
-- in:   uint64_t id, struct maybe_str slug, struct str name, struct str schema_name, uint32_t status, uint32_t step, uint32_t cluster_id, struct str plan, struct str country, struct str zone, struct str currency, struct str language, int64_t created_at, struct maybe_i64 claimed_at
INSERT INTO tenant (id, slug, name, schema_name, status, step, cluster_id, plan, country, zone, currency,
       language, created_at, claimed_at)
VALUES (:id, :slug, :name, :schema_name, :status, :step, :cluster_id, :plan, :country, :zone, :currency,
       :language, :created_at, :claimed_at);

-- name: tenant_set_status :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t status, uint32_t version
UPDATE tenant SET status = :status, version = version + 1 WHERE id = :id AND version = :version;

-- A step only ever grows, whoever writes it last.
-- name: tenant_set_step :exactly-one
-- class: own
-- in:   uint64_t id, uint32_t step
UPDATE tenant SET step = GREATEST(step, :step) WHERE id = :id;

-- A copy of facts that the company's own row owns, for lists and for the way in.
-- name: tenant_set_facts :exactly-one
-- class: own
-- in:   uint64_t id, struct str name, struct str country, struct str zone, struct str currency, struct str language
UPDATE tenant SET name = :name, country = :country, zone = :zone, currency = :currency,
       language = :language, version = version + 1 WHERE id = :id;

-- The tombstone: the number stays taken, the name of the company does not stay known.
-- name: tenant_set_gone :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t status, uint32_t version
UPDATE tenant SET status = :status, slug = NULL, name = '', version = version + 1
 WHERE id = :id AND version = :version;

-- name: hosts_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM host WHERE tenant_id = :tenant_id;

-- name: signups_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM signup WHERE tenant_id = :tenant_id;
