-- why: each step applied to this company, with the digest of its file
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'migration'
CREATE TABLE migration (                  -- append-only
  step INT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  digest BINARY(32) NOT NULL,
  applied_at BIGINT NOT NULL
);
