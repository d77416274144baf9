-- why: the phone shows whether what a stop lacked was fetched; what and where stands in its brief
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'stop_card' AND column_name = 'fetched_at'
ALTER TABLE stop_card ADD COLUMN fetched_at BIGINT, ALGORITHM=INSTANT;
