-- The platform's own people, and what a company lets them see.
-- include sql/control/rows.h

-- name: platform_by_email :maybe struct platform_row
-- in:   struct str email
SELECT id, email, name, key_hash, totp_secret, totp_step, disabled_at, version FROM platform_staff WHERE email = :email;

-- name: platform_all :many struct platform_row
-- bound: the people of one house
SELECT id, email, name, key_hash, totp_secret, totp_step, disabled_at, version FROM platform_staff ORDER BY email LIMIT 200;

-- name: platform_insert :insert
-- in:   uint64_t id, struct str email, struct str name, struct str role, struct str key_hash, struct str totp_secret
INSERT INTO platform_staff (id, email, name, role, key_hash, totp_secret)
VALUES (:id, :email, :name, :role, :key_hash, :totp_secret);

-- A new key and a new secret: what was shown before opens nothing.
-- name: platform_renew :exactly-one
-- class: compare
-- in:   uint64_t id, struct str key_hash, struct str totp_secret, struct maybe_i64 disabled_at, uint32_t version
UPDATE platform_staff SET key_hash = :key_hash, totp_secret = :totp_secret, totp_step = 0, disabled_at = :disabled_at,
       version = version + 1
 WHERE id = :id AND version = :version;

-- A code works once: its step is the guard.
-- name: platform_step :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t totp_step, struct str totp_secret, uint32_t version
UPDATE platform_staff SET totp_step = :totp_step, totp_secret = :totp_secret, version = version + 1
 WHERE id = :id AND version = :version;

-- name: platform_session_open :insert
-- in:   struct str token_hash, uint64_t staff_id, int64_t expires_at
INSERT INTO platform_session (token_hash, staff_id, expires_at) VALUES (:token_hash, :staff_id, :expires_at);

-- name: platform_session_of :maybe struct platform_who
-- in:   struct str token_hash, int64_t now
SELECT p.id, p.name, p.email FROM platform_session s JOIN platform_staff p ON p.id = s.staff_id
 WHERE s.token_hash = :token_hash AND s.expires_at > :now AND p.disabled_at IS NULL;

-- name: platform_who :maybe struct platform_who
-- in:   uint64_t id
SELECT id, name, email FROM platform_staff WHERE id = :id AND disabled_at IS NULL;

-- name: platform_session_end :any
-- class: own
-- in:   struct str token_hash
DELETE FROM platform_session WHERE token_hash = :token_hash;

-- name: platform_sessions_end :any
-- class: own
-- in:   uint64_t staff_id
DELETE FROM platform_session WHERE staff_id = :staff_id;

-- name: platform_sessions_drop_old :any
-- class: own
-- in:   int64_t now
DELETE FROM platform_session WHERE expires_at <= :now LIMIT 500;

-- Companies as the platform may see them: plan, standing, sizes; nothing of what they keep.
-- name: platform_companies :many struct platform_company
-- in:   uint64_t before, struct str q, uint32_t live, uint32_t suspended
SELECT t.id, t.slug, t.name, t.status, t.country, t.created_at, s.tenant_id IS NOT NULL AS billed,
       COALESCE(s.cents, 0) AS cents, COALESCE(s.currency, t.currency) AS currency,
       COALESCE(s.trial_ends_at, 0) AS trial_ends_at, COALESCE(s.paid_until, 0) AS paid_until,
       COALESCE(s.unpaid_since, 0) AS unpaid_since, COALESCE(s.ended_at, 0) AS ended_at,
       COALESCE(z.customers, 0) AS customers, COALESCE(z.pools, 0) AS pools, COALESCE(z.staff, 0) AS staff,
       COALESCE(z.counted_at, 0) AS counted_at, COALESCE(c.until_at, 0) AS until_at
  FROM tenant t LEFT JOIN subscription s ON s.tenant_id = t.id LEFT JOIN tenant_size z ON z.tenant_id = t.id
  LEFT JOIN support_consent c ON c.tenant_id = t.id
 WHERE t.id < :before AND t.status IN (:live, :suspended)
   AND (:q = '' OR LOCATE(:q, t.name) > 0 OR LOCATE(:q, t.slug) > 0)
 ORDER BY t.id DESC LIMIT 51;

-- name: support_of :maybe struct support_row
-- in:   uint64_t tenant_id
SELECT tenant_id, until_at, given_at, version FROM support_consent WHERE tenant_id = :tenant_id;

-- name: support_put :any
-- class: own
-- in:   uint64_t tenant_id, int64_t until_at, int64_t given_at
INSERT INTO support_consent (tenant_id, until_at, given_at) VALUES (:tenant_id, :until_at, :given_at)
    ON DUPLICATE KEY UPDATE until_at = :until_at, given_at = :given_at, version = version + 1;

-- name: support_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM support_consent WHERE tenant_id = :tenant_id;

-- name: size_put :any
-- class: own
-- in:   uint64_t tenant_id, uint64_t customers, uint64_t pools, uint64_t staff, int64_t counted_at
INSERT INTO tenant_size (tenant_id, customers, pools, staff, counted_at) VALUES (:tenant_id, :customers, :pools, :staff, :counted_at)
    ON DUPLICATE KEY UPDATE customers = :customers, pools = :pools, staff = :staff, counted_at = :counted_at, version = version + 1;

-- name: size_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM tenant_size WHERE tenant_id = :tenant_id;
