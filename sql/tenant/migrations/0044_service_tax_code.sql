-- why: sales tax follows from what is sold; empty: never taxed
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'service' AND column_name = 'tax_code'
ALTER TABLE service ADD COLUMN tax_code VARCHAR(24) NOT NULL DEFAULT '', ALGORITHM=INSTANT;
