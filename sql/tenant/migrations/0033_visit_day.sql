-- why: when somebody set off for a visit, whether its technician has said yes, and why it is theirs
-- phase: expand
-- verify: SELECT COUNT(*) = 4 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'visit' AND column_name IN ('on_way_at', 'confirmed_at', 'flag', 'why_who')
ALTER TABLE visit
  ADD COLUMN on_way_at BIGINT NULL,
  ADD COLUMN confirmed_at BIGINT NULL,
  ADD COLUMN flag VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN why_who VARCHAR(300) NOT NULL DEFAULT '',
  ALGORITHM=INSTANT;
