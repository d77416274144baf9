-- why: where a day starts and ends is said as an address, and looked up like a customer's
-- phase: expand
-- verify: SELECT COUNT(*) = 2 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'staff' AND column_name IN ('start_address', 'end_address')
ALTER TABLE staff
  ADD COLUMN start_address VARCHAR(160) NOT NULL DEFAULT '', -- '': said by a pin alone, or not at all
  ADD COLUMN end_address VARCHAR(160) NOT NULL DEFAULT '',
  ALGORITHM=INSTANT;
