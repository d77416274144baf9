-- why: one row per company and per spare; id is the number in the schema's name and never reused
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'tenant'
CREATE TABLE tenant (                     -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  slug VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL: a spare
  name VARCHAR(120) NOT NULL,
  schema_name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status TINYINT UNSIGNED NOT NULL,       -- enum tenant_status
  step INT UNSIGNED NOT NULL,             -- migrations applied
  cluster_id INT UNSIGNED NOT NULL,
  plan VARCHAR(16) NOT NULL,
  country CHAR(2) NOT NULL,
  zone VARCHAR(64) NOT NULL,
  currency CHAR(3) NOT NULL,
  language CHAR(2) NOT NULL,
  created_at BIGINT NOT NULL,
  claimed_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY slug (slug),
  UNIQUE KEY schema_name (schema_name),
  KEY status (status, claimed_at)
);
