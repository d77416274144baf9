-- why: every word to and from a customer is one row, written with the fact that it speaks of
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'message'
CREATE TABLE message (                    -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  conversation_id BIGINT UNSIGNED NOT NULL,
  direction TINYINT UNSIGNED NOT NULL,
  medium TINYINT UNSIGNED NOT NULL,
  occasion TINYINT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  message_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- what makes it once; of one heard, the other side's name of it
  address VARCHAR(254) NOT NULL,          -- to whom, from whom
  subject VARCHAR(400) NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  more TEXT NOT NULL DEFAULT '',          -- JSON: the mail's template and values, what was quoted, files
  actor_kind TINYINT UNSIGNED NOT NULL,
  actor_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  ref_kind TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ref_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  batch_id BIGINT UNSIGNED NOT NULL DEFAULT 0,    -- of a broadcast
  at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,                 -- not before
  job_id BIGINT UNSIGNED NOT NULL DEFAULT 0,      -- which job hands it over
  claimed_at BIGINT NOT NULL DEFAULT 0,
  sent_at BIGINT DEFAULT NULL,
  ended_at BIGINT DEFAULT NULL,           -- delivered, failed or withdrawn
  provider_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  segments SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  problem VARCHAR(200) NOT NULL DEFAULT '',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY message_key (message_key),
  UNIQUE KEY provider_id (provider_id),
  KEY conversation (conversation_id, id),
  KEY lane (address, medium, state, id),
  KEY due (state, due_at),
  KEY batch (batch_id, state),
  KEY ref (ref_id),
  KEY day (medium, direction, at)
);
