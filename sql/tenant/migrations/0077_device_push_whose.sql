-- why: a push reaches whoever is signed in on that phone, and nobody who was: of which session it is (NULL: from before), and a mark of the address
-- phase: expand
-- verify: SELECT COUNT(*) = 2 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'device' AND column_name IN ('push_session', 'push_mark')
ALTER TABLE device ADD COLUMN push_session BIGINT UNSIGNED NULL, ADD COLUMN push_mark BINARY(32) NULL, ALGORITHM=INSTANT;
