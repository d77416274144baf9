-- why: an owner asks for everything of the company as one file; whoever watches the spares makes it, and says how far it is
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'archive_order'
CREATE TABLE archive_order (                -- grows
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  state TINYINT UNSIGNED NOT NULL,          -- enum archive_state
  asked_at BIGINT NOT NULL,
  done BIGINT NOT NULL DEFAULT 0,           -- tables and files
  of_all BIGINT NOT NULL DEFAULT 0,
  bytes BIGINT NOT NULL DEFAULT 0,
  ready_at BIGINT NOT NULL DEFAULT 0,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY state (state, asked_at)
);
