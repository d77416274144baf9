-- why: phones that write: each counts its verbs, and we say up to which we have them
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'device'
CREATE TABLE device (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, -- made by the phone
  staff_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL DEFAULT '',
  last_n INT UNSIGNED NOT NULL DEFAULT 0,
  skew_s INT NOT NULL DEFAULT 0,
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  revoked_at BIGINT NULL,
  push VARBINARY(2000) NULL,              -- where to push to; sealed
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY staff (staff_id)
);
