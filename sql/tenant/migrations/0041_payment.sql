-- why: money that came, or a credit that was given; what it pays stands in the ledger
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'payment'
CREATE TABLE payment (                    -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  way TINYINT UNSIGNED NOT NULL,          -- enum pay_way
  state TINYINT UNSIGNED NOT NULL,        -- enum payment_state
  cents BIGINT NOT NULL,
  currency CHAR(3) NOT NULL,
  day DATE NOT NULL,                      -- received, or promised while pending
  reference VARCHAR(80) NOT NULL DEFAULT '', -- number of the check, of the transfer
  note VARCHAR(400) NOT NULL DEFAULT '',
  wants TEXT NOT NULL DEFAULT '{"rows":[]}', -- pending: which bills it shall pay once it has settled
  method_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  provider VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  provider_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reason VARCHAR(200) NOT NULL DEFAULT '', -- why it failed, was returned, or the credit was given
  staff_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- who wrote it down; 0: the customer, or the house
  made_at BIGINT NOT NULL,
  settled_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY provider (provider, provider_id),
  KEY customer (customer_id, day),
  KEY state (state, day)
);
