-- why: what stands beside a pool: make, serial, warranty, when it wants service
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'equipment'
CREATE TABLE equipment (                  -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  pool_id BIGINT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum equipment_kind
  make VARCHAR(60) NOT NULL DEFAULT '',
  model VARCHAR(60) NOT NULL DEFAULT '',
  serial VARCHAR(60) NOT NULL DEFAULT '',
  installed_day DATE NULL,
  warranty_day DATE NULL,                 -- last day covered
  service_every_days SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- 0: none
  serviced_day DATE NULL,
  note VARCHAR(400) NOT NULL DEFAULT '',
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY pool (pool_id)
);
