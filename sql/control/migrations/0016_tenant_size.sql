-- why: how large each company is, counted by itself each night: numbers alone, for the platform's own list
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'tenant_size'
CREATE TABLE tenant_size (                  -- grows
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customers BIGINT UNSIGNED NOT NULL,
  pools BIGINT UNSIGNED NOT NULL,
  staff BIGINT UNSIGNED NOT NULL,
  counted_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1
);
