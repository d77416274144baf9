-- why: people of the platform itself; they have no rights in a company's schema
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'platform_staff'
CREATE TABLE platform_staff (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  email VARCHAR(254) NOT NULL,
  name VARCHAR(120) NOT NULL,
  role VARCHAR(16) NOT NULL,
  disabled_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY email (email)
);
