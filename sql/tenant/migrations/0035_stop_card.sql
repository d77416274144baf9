-- why: a technician's day read flat: one clustered range, its first row the day's version and the guard of who changes it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'stop_card'
CREATE TABLE stop_card (                  -- grows
  tech_id BIGINT UNSIGNED NOT NULL,
  day DATE NOT NULL,
  seq SMALLINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL,            -- of the visit; 0 (with seq 0): the head of the day
  visit_id BIGINT UNSIGNED NULL,          -- the same, NULL in a head: a visit is in one day only
  state TINYINT UNSIGNED NOT NULL DEFAULT 0,
  from_minute SMALLINT UNSIGNED NULL,
  to_minute SMALLINT UNSIGNED NULL,
  minutes SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  on_way_at BIGINT NULL,
  started_at BIGINT NULL,
  ended_at BIGINT NULL,
  confirmed_at BIGINT NULL,
  flag VARCHAR(200) NOT NULL DEFAULT '',
  skip_reason VARCHAR(80) NOT NULL DEFAULT '',
  note VARCHAR(1000) NOT NULL DEFAULT '',
  visit_version INT UNSIGNED NOT NULL DEFAULT 0,
  brief TEXT NOT NULL DEFAULT '',         -- JSON: what does not change while one works
  progress TEXT NOT NULL DEFAULT '',      -- JSON: what was done so far
  since INT UNSIGNED NOT NULL DEFAULT 0,  -- the day's version that brought this stop or changed its plan
  built TINYINT UNSIGNED NOT NULL DEFAULT 0,    -- of a head: all stops of the day stand below it
  seen_version INT UNSIGNED NOT NULL DEFAULT 0, -- of a head: what a phone of theirs has said it holds
  seen_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (tech_id, day, seq, id),
  UNIQUE KEY visit (visit_id),
  KEY day (day, tech_id)
);
