-- why: a body of water: what it holds and what it is made of; its history stays with it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'pool'
CREATE TABLE pool (                       -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  property_id BIGINT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum pool_kind: pool, spa, fountain, other
  name VARCHAR(80) NOT NULL DEFAULT '',
  volume_l INT UNSIGNED NULL,
  volume_source TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum volume_source
  shape TINYINT UNSIGNED NOT NULL DEFAULT 0,         -- enum pool_shape
  sizes_cm VARCHAR(80) NOT NULL DEFAULT '[]',        -- JSON list of what the calculator was given
  surface TINYINT UNSIGNED NOT NULL DEFAULT 0,       -- enum pool_surface
  sanitiser TINYINT UNSIGNED NOT NULL DEFAULT 0,     -- enum pool_sanitiser
  indoor TINYINT UNSIGNED NOT NULL DEFAULT 0,
  cover TINYINT UNSIGNED NOT NULL DEFAULT 0,
  fill_water VARCHAR(80) NOT NULL DEFAULT '',
  own TEXT NOT NULL DEFAULT '{}',
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY property (property_id)
);
