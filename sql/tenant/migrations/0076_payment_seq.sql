-- why: a receipt has a number of the company's own, one after the other; one from before keeps the letters it went out with
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'payment' AND column_name = 'seq'
ALTER TABLE payment ADD COLUMN seq BIGINT UNSIGNED DEFAULT NULL, ALGORITHM=INSTANT;
