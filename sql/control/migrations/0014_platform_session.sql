-- why: who of the platform is signed in at the site's own door
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'platform_session'
CREATE TABLE platform_session (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  staff_id BIGINT UNSIGNED NOT NULL,
  expires_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY expires_at (expires_at)
);
