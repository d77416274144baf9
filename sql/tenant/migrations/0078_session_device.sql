-- why: the office ends what is signed in on one phone: of which phone a session is (NULL: of none that was heard of)
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'session' AND column_name = 'device_id'
ALTER TABLE session ADD COLUMN device_id BIGINT UNSIGNED NULL, ALGORITHM=INSTANT;
