-- why: what a technician is to the plan: colour, vehicle, where the day starts and ends
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'staff' AND column_name = 'colour'
ALTER TABLE staff
  ADD COLUMN phone VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN colour TINYINT UNSIGNED NOT NULL DEFAULT 0,     -- 1..10, for life; 0: none
  ADD COLUMN vehicle VARCHAR(60) NOT NULL DEFAULT '',
  ADD COLUMN start_lat_e6 INT NULL,
  ADD COLUMN start_lng_e6 INT NULL,
  ADD COLUMN end_lat_e6 INT NULL,
  ADD COLUMN end_lng_e6 INT NULL,
  ADD COLUMN feed_hash BINARY(32) NULL,                      -- of the secret in the calendar feed's address
  ADD COLUMN own TEXT NOT NULL DEFAULT '{}',
  ALGORITHM=INSTANT;
