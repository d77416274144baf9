-- why: a hint that a company has work waiting; the sweep is the net below it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'due'
CREATE TABLE due (                        -- grows
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY at (at)
);
