-- why: when a phone was told of a stop, and when its technician was last texted about the day: what is not acknowledged turns red
-- phase: expand
-- verify: SELECT COUNT(*) = 2 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'stop_card' AND column_name IN ('told_at', 'texted_at')
ALTER TABLE stop_card
  ADD COLUMN told_at BIGINT NULL,   -- of a card; NULL: nobody had to be told (built by night)
  ADD COLUMN texted_at BIGINT NULL, -- of a head
  ALGORITHM=INSTANT;
