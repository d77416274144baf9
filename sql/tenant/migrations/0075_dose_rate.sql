-- why: a dose keeps the rate of its day and how much of it that was, so that its line on a bill is reckoned again from what stands there
-- phase: expand
-- verify: SELECT COUNT(*) = 2 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'dose' AND column_name IN ('quantity_milli', 'unit_cents')
ALTER TABLE dose ADD COLUMN quantity_milli BIGINT NOT NULL DEFAULT 0, ADD COLUMN unit_cents BIGINT NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
