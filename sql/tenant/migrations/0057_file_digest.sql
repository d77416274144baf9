-- why: a sealed visit record names its photos by what is in them
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'file' AND column_name = 'digest'
ALTER TABLE file ADD COLUMN digest VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL, ALGORITHM=INSTANT;
