-- why: a line of bill 1 is wanted for a job: whether it is needed, bought, in the van or installed, and what it costs us
-- phase: expand
-- verify: SELECT COUNT(*) = 2 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'bill_line' AND column_name IN ('got', 'cost_cents')
ALTER TABLE bill_line ADD COLUMN got TINYINT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN cost_cents BIGINT NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
