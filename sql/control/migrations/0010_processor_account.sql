-- why: a message of the payment processor names the company's account there; whose it is must be known before a schema is opened
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'processor_account'
CREATE TABLE processor_account (
  account VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  tenant_id BIGINT UNSIGNED NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY tenant_id (tenant_id)
);
