-- why: a statement says what has moved the balance since the one before it; read and written whole, with the document
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'bill' AND column_name = 'moved'
ALTER TABLE bill ADD COLUMN moved TEXT NOT NULL DEFAULT '{"rows":[]}', ALGORITHM=INSTANT;
