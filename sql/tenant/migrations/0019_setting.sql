-- why: small lists of the company's own: fields, skills, saved views, import mappings, reasons
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'setting'
CREATE TABLE setting (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kind TINYINT UNSIGNED NOT NULL,         -- enum setting_kind: field, skill, view, mapping, reason
  owner_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- staff id of a private view; 0: everybody's
  name VARCHAR(80) NOT NULL,
  position SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  body TEXT NOT NULL,                     -- JSON, only ever read whole
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY name (kind, owner_id, name)
);
