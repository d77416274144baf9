-- why: a term and a hold may begin on one day; and whether somebody insisted on it, so that its visits are not planned otherwise
-- phase: expand
-- verify: SELECT COUNT(*) = 2 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'term' AND column_name IN ('held', 'anyway')
ALTER TABLE term
  ADD COLUMN held TINYINT UNSIGNED NOT NULL DEFAULT 0,   -- works, and a hold begins the same day
  ADD COLUMN anyway TINYINT UNSIGNED NOT NULL DEFAULT 0, -- against a wish, hours or skills, all the same
  ALGORITHM=INSTANT;
