-- why: single-use secrets: invitations, resets, confirmations, tickets, recovery codes; only hashes
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'token'
CREATE TABLE token (                      -- grows
  hash BINARY(32) NOT NULL PRIMARY KEY,
  purpose TINYINT UNSIGNED NOT NULL,      -- enum link_purpose; 100: recovery code
  actor_id BIGINT UNSIGNED NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY actor (actor_id, purpose),
  KEY expires_at (expires_at)
);
