-- why: warranty and go-back jobs ask the customer for nothing, and what they cost is still known
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'visit' AND column_name = 'free'
ALTER TABLE visit ADD COLUMN free TINYINT UNSIGNED NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
