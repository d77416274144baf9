-- why: data keys, wrapped by the root key; deleting the rows shreds the company's secrets
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'tenant_key'
CREATE TABLE tenant_key (                 -- grows
  tenant_id BIGINT UNSIGNED NOT NULL,
  key_version SMALLINT UNSIGNED NOT NULL,
  root_version SMALLINT UNSIGNED NOT NULL, -- which root key wraps it
  wrapped VARBINARY(200) NOT NULL,
  made_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, key_version)
);
