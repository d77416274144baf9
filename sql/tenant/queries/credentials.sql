-- What people prove themselves with. Each read here locks the row, and each write follows such a read:
-- two guesses at the same moment are counted one after the other.
-- include sql/tenant/credential.h

-- name: credential_by_email :maybe struct credential
-- in:   struct str email
SELECT p.id, p.name, p.email, p.language, p.role, COALESCE(r.may, 0) AS own_may,
       COALESCE(r.name, '') AS own_name, p.state, p.email_confirmed_at, p.password, p.totp_secret,
       p.totp_confirmed_at, p.totp_step, p.failures, p.locked_until, p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id WHERE p.email = :email FOR UPDATE;

-- name: credential_for_update :one struct credential
-- in:   uint64_t id
SELECT p.id, p.name, p.email, p.language, p.role, COALESCE(r.may, 0) AS own_may,
       COALESCE(r.name, '') AS own_name, p.state, p.email_confirmed_at, p.password, p.totp_secret,
       p.totp_confirmed_at, p.totp_step, p.failures, p.locked_until, p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id WHERE p.id = :id FOR UPDATE;

-- name: credential_tried :exactly-one
-- class: locked
-- in:   uint64_t id, uint32_t failures, int64_t locked_until, int64_t totp_step
UPDATE staff SET failures = :failures, locked_until = :locked_until, totp_step = :totp_step,
       version = version + 1 WHERE id = :id;

-- name: credential_set_password :exactly-one
-- class: locked
-- in:   uint64_t id, struct str password
UPDATE staff SET password = :password, failures = 0, locked_until = 0, version = version + 1 WHERE id = :id;

-- name: credential_confirm_email :any
-- class: own
-- in:   uint64_t id, int64_t now
UPDATE staff SET email_confirmed_at = :now, version = version + 1
 WHERE id = :id AND email_confirmed_at IS NULL;

-- name: credential_offer_totp :exactly-one
-- class: locked
-- in:   uint64_t id, struct str totp_secret
UPDATE staff SET totp_secret = :totp_secret, totp_confirmed_at = NULL, totp_step = 0, version = version + 1
 WHERE id = :id;

-- name: credential_confirm_totp :exactly-one
-- class: locked
-- in:   uint64_t id, int64_t now, int64_t totp_step
UPDATE staff SET totp_confirmed_at = :now, totp_step = :totp_step, failures = 0, locked_until = 0,
       version = version + 1 WHERE id = :id;

-- name: credential_drop_totp :exactly-one
-- class: locked
-- in:   uint64_t id
UPDATE staff SET totp_secret = NULL, totp_confirmed_at = NULL, version = version + 1 WHERE id = :id;

-- name: credential_accept :exactly-one
-- class: locked
-- in:   uint64_t id, struct str name, struct str language, struct str password, uint32_t active, int64_t now
UPDATE staff SET name = :name, language = :language, password = :password, state = :active,
       email_confirmed_at = :now, failures = 0, locked_until = 0, version = version + 1
 WHERE id = :id;

-- name: credential_insert_owner :insert
-- in:   uint64_t id, struct str name, struct str email, struct str language, uint32_t role, uint32_t active, struct str password, int64_t now
INSERT INTO staff (id, name, email, language, role, state, password, created_at)
VALUES (:id, :name, :email, :language, :role, :active, :password, :now);

-- name: credential_owner :maybe struct owner_row
-- in:   uint32_t role
SELECT id FROM staff WHERE role = :role ORDER BY id LIMIT 1;

-- name: company_face :maybe struct company_face
SELECT name, language, accent FROM company WHERE id = 1;

-- name: company_insert :insert
-- in:   struct str name, struct str country, struct str zone, struct str currency, struct str language, uint32_t week_starts, int64_t now
INSERT INTO company (id, name, country, zone, currency, language, week_starts, created_at)
VALUES (1, :name, :country, :zone, :currency, :language, :week_starts, :now);

-- The guard of a claim: the greatest claim, or undoing of one, that has ever entered this schema.
-- name: claim_guard_raise :any
-- class: own
-- in:   uint64_t value, struct str zeros
INSERT INTO counter (name, value, hash) VALUES ('claim', :value, :zeros)
    ON DUPLICATE KEY UPDATE value = GREATEST(value, VALUES(value)), version = version + 1;

-- name: claim_guard :one struct guard_row
SELECT value FROM counter WHERE name = 'claim' FOR UPDATE;

-- name: customers_by_email :many struct person_line
-- in:   struct str email
SELECT id, name, email, language FROM customer
 WHERE email = :email AND disabled_at IS NULL ORDER BY id LIMIT 5;

-- Whose telephone that is: people of the account, not those who only live there.
-- name: customers_by_phone :many struct person_line
-- in:   struct str phone, uint32_t owner, uint32_t agent, uint32_t billing
SELECT DISTINCT c.id, c.name, c.email, c.language FROM contact k JOIN customer c ON c.id = k.customer_id
 WHERE k.phone = :phone AND k.archived_at IS NULL AND k.relation IN (:owner, :agent, :billing) AND c.disabled_at IS NULL
 ORDER BY c.id LIMIT 5;

-- name: customer_password :maybe struct guest_password
-- in:   uint64_t id
SELECT id, name, email, language, password FROM customer WHERE id = :id AND disabled_at IS NULL;

-- Of several accounts of one address the first that has a password.
-- name: customer_password_of :maybe struct guest_password
-- in:   struct str email
SELECT id, name, email, language, password FROM customer
 WHERE email = :email AND disabled_at IS NULL AND password IS NOT NULL ORDER BY id LIMIT 1;

-- name: customer_password_set :any
-- class: own
-- in:   uint64_t id, struct maybe_str password
UPDATE customer SET password = :password WHERE id = :id;

-- name: customer_person :maybe struct person_line
-- in:   uint64_t id
SELECT id, name, email, language FROM customer WHERE id = :id AND disabled_at IS NULL;
