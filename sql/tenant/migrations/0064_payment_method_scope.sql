-- why: what a card or account may be drawn from for: at which places, for which kinds of charge; only ever read whole
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'payment_method' AND column_name = 'scope'
ALTER TABLE payment_method ADD COLUMN scope VARCHAR(1200) NOT NULL DEFAULT '', ALGORITHM=INSTANT;
