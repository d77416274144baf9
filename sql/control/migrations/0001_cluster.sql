-- why: a tenant's row names its cluster, so that a second cluster is a row and not a rewrite
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'cluster'
CREATE TABLE cluster (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(40) NOT NULL,
  socket VARCHAR(100) NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY name (name)
);
