-- Whose account at the payment processor that is.
-- include sql/control/rows.h

-- name: account_tenant :maybe struct account_tenant
-- in:   struct str account
SELECT tenant_id FROM processor_account WHERE account = :account;

-- A second time changes nothing; an account never changes hands.
-- name: account_put :any
-- class: own
-- in:   struct str account, uint64_t tenant_id
INSERT INTO processor_account (account, tenant_id) VALUES (:account, :tenant_id) ON DUPLICATE KEY UPDATE account = :account;

-- name: accounts_drop :any
-- class: own
-- in:   uint64_t tenant_id
DELETE FROM processor_account WHERE tenant_id = :tenant_id;
