-- why: a sign-up and its key: what a repeated request is answered with, what the reaper finishes or undoes
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'signup'
CREATE TABLE signup (                     -- grows
  key_hash BINARY(32) NOT NULL PRIMARY KEY,
  body_hash BINARY(32) NOT NULL,
  tenant_id BIGINT UNSIGNED NOT NULL,
  done TINYINT UNSIGNED NOT NULL,         -- 0 claimed, 1 live
  created_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY tenant_id (tenant_id),
  KEY created_at (created_at)
);
