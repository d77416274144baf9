-- why: what holds from a day on: rule, technician, price; a hold is a term without visits
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'term'
CREATE TABLE term (                       -- grows
  agreement_id BIGINT UNSIGNED NOT NULL,
  from_day DATE NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum term_kind: works, hold
  until_day DATE NULL,                    -- of a hold: last day held
  rule VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- RRULE without DTSTART
  anchor_day DATE NOT NULL,               -- DTSTART: keeps A and B weeks apart
  every_days SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- since last done
  service_id BIGINT UNSIGNED NOT NULL,
  tech_id BIGINT UNSIGNED NULL,
  seq SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  from_minute SMALLINT UNSIGNED NULL,
  to_minute SMALLINT UNSIGNED NULL,
  minutes SMALLINT UNSIGNED NOT NULL,
  rate_kind TINYINT UNSIGNED NOT NULL,    -- enum rate_kind: month, stop
  with_chemicals TINYINT UNSIGNED NOT NULL,
  rate_cents BIGINT NOT NULL,
  skip_policy TINYINT UNSIGNED NOT NULL DEFAULT 0,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (agreement_id, from_day)
);
