-- why: guard rows and numbers: the audit chain's head, invoice numbers, the plan's limits
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'counter'
CREATE TABLE counter (
  name VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  value BIGINT UNSIGNED NOT NULL,
  hash BINARY(32) NOT NULL,               -- of the last entry, for chains; zeros otherwise
  version INT UNSIGNED NOT NULL DEFAULT 1
);
