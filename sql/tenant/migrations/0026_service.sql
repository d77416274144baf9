-- why: service levels and job templates: minutes, checklist, skills and pay follow from one choice
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'service'
CREATE TABLE service (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum service_kind: level, job
  minutes SMALLINT UNSIGNED NOT NULL,
  pay_code VARCHAR(24) NOT NULL DEFAULT '',
  price_cents BIGINT NOT NULL DEFAULT 0,
  skills VARCHAR(300) NOT NULL DEFAULT '[]', -- JSON list of setting ids
  checklist TEXT NOT NULL,                -- JSON lines: text, photo, reading, due rule
  parts TEXT NOT NULL,                    -- JSON list
  instructions VARCHAR(2000) NOT NULL DEFAULT '',
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY name (kind, name)
);
