-- why: the outbox: what must happen because of a fact, written with the fact
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'job'
CREATE TABLE job (                        -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  job_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL, -- at most one job of this key, ever
  state TINYINT UNSIGNED NOT NULL,        -- enum job_state: waiting, claimed, done, parked
  due_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0,
  token INT UNSIGNED NOT NULL DEFAULT 0,  -- fencing: counts claims
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  reason VARCHAR(400) NOT NULL DEFAULT '',
  payload VARBINARY(60000) NOT NULL,      -- JSON, sealed
  made_at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY job_key (job_key),
  KEY due (state, due_at),
  KEY ended_at (ended_at)
);
