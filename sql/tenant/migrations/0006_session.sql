-- why: who is signed in, on what, since when; ended rows stay 90 days for the new-country check
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'session'
CREATE TABLE session (                    -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  token_hash BINARY(32) NOT NULL,
  actor_kind TINYINT UNSIGNED NOT NULL,   -- enum actor_kind
  actor_id BIGINT UNSIGNED NOT NULL,
  door TINYINT UNSIGNED NOT NULL,         -- enum surface it was opened for
  second_factor TINYINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,                -- to the minute
  stepped_up_at BIGINT NOT NULL,          -- last time the password or code was shown
  expires_at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  ip VARCHAR(46) NOT NULL,
  country CHAR(2) NOT NULL,
  agent VARCHAR(120) NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY token_hash (token_hash),
  KEY actor (actor_kind, actor_id, created_at),
  KEY expires_at (expires_at)
);
