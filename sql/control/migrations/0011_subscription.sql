-- why: what the house asks of a company each month, and whether it was paid; without a row a company pays nothing
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'subscription'
CREATE TABLE subscription (                   -- grows
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  cents BIGINT NOT NULL,                      -- a month
  currency CHAR(3) NOT NULL,
  trial_ends_at BIGINT NOT NULL,
  paid_until BIGINT NOT NULL DEFAULT 0,       -- 0: nobody has subscribed
  unpaid_since BIGINT NOT NULL DEFAULT 0,     -- 0: nothing is missing
  ended_at BIGINT NOT NULL DEFAULT 0,         -- 0: it goes on
  customer VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- the processor's own names
  reference VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY customer (customer)
);
