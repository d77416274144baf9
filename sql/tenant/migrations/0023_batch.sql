-- why: one big act: import, bulk edit, merge, mass shift; with progress, and undone as a whole
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'batch'
CREATE TABLE batch (                      -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kind TINYINT UNSIGNED NOT NULL,         -- enum batch_kind
  state TINYINT UNSIGNED NOT NULL,        -- enum batch_state
  staff_id BIGINT UNSIGNED NOT NULL,
  made_at BIGINT NOT NULL,
  total INT UNSIGNED NOT NULL DEFAULT 0,
  done INT UNSIGNED NOT NULL DEFAULT 0,   -- cursor: rows before it are finished
  failed INT UNSIGNED NOT NULL DEFAULT 0,
  body MEDIUMTEXT NOT NULL,               -- JSON: what was asked
  ended_at BIGINT NULL,
  undone_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY made_at (made_at)
);
