-- why: each message of a payment processor is kept once, before it is answered; what it means is asked for later
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'provider_event'
CREATE TABLE provider_event (             -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  provider VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_id VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- the processor's, or the key of an effect
  kind VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  got_at BIGINT NOT NULL,
  done_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY event (provider, event_id),
  KEY got (got_at)
);
