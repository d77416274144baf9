-- why: what an offer says beside its lines (options, photos, questions, what was picked), only ever read whole
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'bill' AND column_name = 'quote'
ALTER TABLE bill ADD COLUMN quote MEDIUMTEXT NOT NULL DEFAULT '{}', ALGORITHM=INSTANT;
