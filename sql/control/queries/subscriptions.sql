-- What the house asks of companies. Its bills stay when a company is gone: they are the house's own books.
-- include sql/control/rows.h

-- name: subscription_of :maybe struct subscription_row
-- in:   uint64_t tenant_id
SELECT tenant_id, cents, currency, trial_ends_at, paid_until, unpaid_since, ended_at, customer, reference, version
  FROM subscription WHERE tenant_id = :tenant_id;

-- name: subscription_of_customer :maybe struct account_tenant
-- in:   struct maybe_str customer
SELECT tenant_id FROM subscription WHERE customer = :customer;

-- name: subscription_begin :insert
-- in:   uint64_t tenant_id, int64_t cents, struct str currency, int64_t trial_ends_at
INSERT INTO subscription (tenant_id, cents, currency, trial_ends_at) VALUES (:tenant_id, :cents, :currency, :trial_ends_at);

-- name: subscription_customer_set :exactly-one
-- class: compare
-- in:   uint64_t tenant_id, struct maybe_str customer, uint32_t version
UPDATE subscription SET customer = :customer, version = version + 1
 WHERE tenant_id = :tenant_id AND version = :version;

-- name: subscription_save :exactly-one
-- class: compare
-- in:   uint64_t tenant_id, int64_t paid_until, int64_t unpaid_since, int64_t ended_at, struct maybe_str reference, uint32_t version
UPDATE subscription SET paid_until = :paid_until, unpaid_since = :unpaid_since, ended_at = :ended_at,
       reference = :reference, version = version + 1
 WHERE tenant_id = :tenant_id AND version = :version;

-- name: subscription_terms_set :exactly-one
-- class: compare
-- in:   uint64_t tenant_id, int64_t cents, int64_t trial_ends_at, uint32_t version
UPDATE subscription SET cents = :cents, trial_ends_at = :trial_ends_at, version = version + 1
 WHERE tenant_id = :tenant_id AND version = :version;

-- name: subscription_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM subscription WHERE tenant_id = :tenant_id;

-- A bill's row is what the processor says of it now, whoever writes it last.
-- name: subscription_bill_put :any
-- class: own
-- in:   struct str id, uint64_t tenant_id, struct str number, int64_t cents, struct str currency, uint32_t state, int64_t made_at, struct str url
INSERT INTO subscription_bill (id, tenant_id, number, cents, currency, state, made_at, url)
VALUES (:id, :tenant_id, :number, :cents, :currency, :state, :made_at, :url)
    ON DUPLICATE KEY UPDATE number = :number, cents = :cents, state = :state, url = :url;

-- name: subscription_bills_of :many struct subscription_bill_row
-- in:   uint64_t tenant_id
SELECT id, number, cents, currency, state, made_at, url
  FROM subscription_bill WHERE tenant_id = :tenant_id ORDER BY made_at DESC, id DESC LIMIT 60;
