-- why: a place that is served: how to get in, what its people wish; it outlives its owner
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'property'
CREATE TABLE property (                   -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,   -- who owns the service now
  name VARCHAR(80) NOT NULL DEFAULT '',
  street VARCHAR(160) NOT NULL,
  city VARCHAR(80) NOT NULL,
  region VARCHAR(40) NOT NULL,
  postcode VARCHAR(16) NOT NULL,
  lat_e6 INT NULL,                        -- micro-degrees
  lng_e6 INT NULL,
  place_source TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum place_source: none, given, geocoded, pinned
  place_score TINYINT UNSIGNED NOT NULL DEFAULT 0,  -- confidence of the geocoder, 0..100
  gate_code VARBINARY(200) NULL,          -- sealed (KEY_GATE)
  lockbox_code VARBINARY(200) NULL,       -- sealed
  alarm_code VARBINARY(200) NULL,         -- sealed
  access_note VARBINARY(2100) NULL,       -- sealed
  codes_changed_at BIGINT NULL,
  key_no VARCHAR(24) NOT NULL DEFAULT '',
  dogs VARCHAR(160) NOT NULL DEFAULT '',
  hazards VARCHAR(400) NOT NULL DEFAULT '',
  parking VARCHAR(200) NOT NULL DEFAULT '',
  like_days TINYINT UNSIGNED NOT NULL DEFAULT 0,  -- bits of enum weekday
  not_days TINYINT UNSIGNED NOT NULL DEFAULT 0,
  from_minute SMALLINT UNSIGNED NULL,     -- of the local day
  to_minute SMALLINT UNSIGNED NULL,
  text_before TINYINT UNSIGNED NOT NULL DEFAULT 0,
  same_tech TINYINT UNSIGNED NOT NULL DEFAULT 0,
  usual_tech_id BIGINT UNSIGNED NULL,
  never_techs VARCHAR(300) NOT NULL DEFAULT '[]',  -- JSON list of staff ids
  no_chemicals VARCHAR(300) NOT NULL DEFAULT '[]', -- JSON list of words
  own TEXT NOT NULL DEFAULT '{}',
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY customer (customer_id),
  KEY place (city, street)
);
