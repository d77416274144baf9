-- why: a company's own combinations of permissions
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'role'
CREATE TABLE role (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(60) NOT NULL,
  may BIGINT UNSIGNED NOT NULL,           -- bits of enum permission
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY name (name)
);
