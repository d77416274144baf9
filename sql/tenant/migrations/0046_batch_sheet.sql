-- why: the file of an import, until it has come in; it may hold gate codes, so it is sealed
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'batch' AND column_name = 'sheet'
ALTER TABLE batch ADD COLUMN sheet MEDIUMBLOB NULL, -- sealed (KEY_FIELDS); of the moment: no archive takes it
  ALGORITHM=INSTANT;
