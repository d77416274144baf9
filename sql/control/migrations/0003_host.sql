-- why: custom domains: a verified host name that is a company's
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'host'
CREATE TABLE host (                       -- grows
  host VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  tenant_id BIGINT UNSIGNED NOT NULL,
  verified_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY tenant_id (tenant_id)
);
