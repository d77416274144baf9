-- why: whom a record took in when they were merged: their timeline and their names are found under it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'customer' AND column_name = 'took'
ALTER TABLE customer
  ADD COLUMN took TEXT NOT NULL DEFAULT '[]', -- JSON list of numbers: ids of customers
  ALGORITHM=INSTANT;
