-- why: a company's own domain is served for as long as its record is seen; this is when it was last
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'host' AND column_name = 'seen_at'
ALTER TABLE host ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
