-- why: sales tax follows from where the work is done
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'property' AND column_name = 'tax_area'
ALTER TABLE property ADD COLUMN tax_area VARCHAR(40) NOT NULL DEFAULT '', ALGORITHM=INSTANT;
