-- why: a row of a batch: what came in, what became of it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'batch_row'
CREATE TABLE batch_row (                  -- grows
  batch_id BIGINT UNSIGNED NOT NULL,
  n INT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL,        -- enum row_state: waiting, create, change, skip, wrong, done, undone
  record_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- the customer made, changed or found alike
  problem VARCHAR(300) NOT NULL DEFAULT '',
  cells TEXT NOT NULL,                    -- JSON list of the row's cells
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (batch_id, n),
  KEY state (batch_id, state, n)
);
