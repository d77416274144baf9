-- why: what a stop lacks is fetched at the supply house before it: a stop of its own on the route, until somebody has it
-- phase: expand
-- verify: SELECT COUNT(*) = 3 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'visit' AND column_name IN ('errand', 'errand_minutes', 'fetched_at')
ALTER TABLE visit ADD COLUMN errand VARCHAR(200) NOT NULL DEFAULT '', ADD COLUMN errand_minutes SMALLINT UNSIGNED NOT NULL DEFAULT 0,
	ADD COLUMN fetched_at BIGINT, ALGORITHM=INSTANT;
