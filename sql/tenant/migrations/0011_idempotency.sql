-- why: the answer to a repeated unsafe request, for at least 24 hours
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'idempotency'
CREATE TABLE idempotency (                -- grows
  key_hash BINARY(32) NOT NULL PRIMARY KEY, -- of actor, method, path and Idempotency-Key
  body_hash BINARY(32) NOT NULL,
  status SMALLINT UNSIGNED NOT NULL,      -- 0: in flight
  answer MEDIUMBLOB NOT NULL,             -- sealed: head and body
  created_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY created_at (created_at)
);
