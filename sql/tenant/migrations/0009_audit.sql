-- why: who did what, from where: append-only, each line carries the hash of the line before
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'audit'
CREATE TABLE audit (                      -- grows, append-only
  seq BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  actor_kind TINYINT UNSIGNED NOT NULL,
  actor_id BIGINT UNSIGNED NOT NULL,
  actor_name VARCHAR(120) NOT NULL,
  verb VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  noun VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id BIGINT UNSIGNED NOT NULL,
  detail VARCHAR(400) NOT NULL,
  ip VARCHAR(46) NOT NULL,
  country CHAR(2) NOT NULL,
  trace CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  prev_hash BINARY(32) NOT NULL,
  hash BINARY(32) NOT NULL,
  KEY at (at)
);
