-- why: the house's invoices to a company, as its processor wrote them
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'subscription_bill'
CREATE TABLE subscription_bill (                      -- grows
  id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  tenant_id BIGINT UNSIGNED NOT NULL,
  number VARCHAR(40) NOT NULL,
  cents BIGINT NOT NULL,
  currency CHAR(3) NOT NULL,
  state TINYINT UNSIGNED NOT NULL,            -- enum subscription_bill_state
  made_at BIGINT NOT NULL,
  url VARCHAR(500) NOT NULL,                  -- the paper, at the processor's
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY tenant_id (tenant_id, made_at)
);
