-- why: which reminders of an unpaid document went out, so that none goes twice
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'bill' AND column_name = 'reminders'
ALTER TABLE bill ADD COLUMN reminders TINYINT UNSIGNED NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
