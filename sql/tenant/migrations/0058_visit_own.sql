-- why: the company's own fields on a job: what it writes down of each beside what everybody does
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'visit' AND column_name = 'own'
ALTER TABLE visit ADD COLUMN own TEXT NOT NULL DEFAULT '{}', ALGORITHM=INSTANT;
