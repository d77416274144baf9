-- why: one set of readings of one body of water; read whole, by pool and time
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'reading'
CREATE TABLE reading (                    -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, -- made by the phone
  pool_id BIGINT UNSIGNED NOT NULL,
  visit_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- 0: of no visit
  staff_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  source TINYINT UNSIGNED NOT NULL,       -- enum reading_source
  at BIGINT NOT NULL,                     -- when the water was tested
  made_at BIGINT NOT NULL,                -- when the house heard of it
  took_s INT UNSIGNED NOT NULL DEFAULT 0, -- from the first key to the last; 0: unknown
  replaced_l INT UNSIGNED NOT NULL DEFAULT 0, -- litres of fresh water that went in afterwards
  body VARCHAR(2000) NOT NULL,            -- JSON of measures and hundredths; what was not tested is not in it
  doubts INT UNSIGNED NOT NULL DEFAULT 0, -- bits of enum doubt
  doubtful TINYINT UNSIGNED NOT NULL DEFAULT 0, -- 1: nobody in the office has looked yet
  withdrawn_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY pool (pool_id, at),
  KEY visit (visit_id),
  KEY doubtful (doubtful, at)
);
