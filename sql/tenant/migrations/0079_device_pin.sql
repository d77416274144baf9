-- why: a phone on which a PIN was chosen gets another one only with the password (NULL: none was chosen yet)
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'device' AND column_name = 'pin_at'
ALTER TABLE device ADD COLUMN pin_at BIGINT NULL, ALGORITHM=INSTANT;
