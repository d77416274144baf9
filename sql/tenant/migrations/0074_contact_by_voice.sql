-- why: somebody may want to be rung instead of written to
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'contact' AND column_name = 'by_voice'
ALTER TABLE contact ADD COLUMN by_voice INT UNSIGNED NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
