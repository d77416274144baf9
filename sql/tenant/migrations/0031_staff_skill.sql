-- why: what a technician may be sent to, and until when
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'staff_skill'
CREATE TABLE staff_skill (
  staff_id BIGINT UNSIGNED NOT NULL,
  skill_id BIGINT UNSIGNED NOT NULL,      -- setting of kind skill
  certificate VARCHAR(60) NOT NULL DEFAULT '',
  expires_day DATE NULL,                  -- last day it holds
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (staff_id, skill_id)
);
