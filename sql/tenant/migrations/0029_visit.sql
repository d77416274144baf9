-- why: one stop on one day: planned, moved, done; made exactly once for an agreement and a date
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'visit'
CREATE TABLE visit (                      -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  agreement_id BIGINT UNSIGNED NULL,
  occurs_day DATE NULL,                   -- the day its rule gave; stays when the visit is moved
  customer_id BIGINT UNSIGNED NOT NULL,
  property_id BIGINT UNSIGNED NOT NULL,
  pool_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  service_id BIGINT UNSIGNED NOT NULL,
  day DATE NOT NULL,                      -- planned for
  tech_id BIGINT UNSIGNED NULL,
  seq SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  from_minute SMALLINT UNSIGNED NULL,
  to_minute SMALLINT UNSIGNED NULL,
  minutes SMALLINT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL,        -- enum visit_state
  source TINYINT UNSIGNED NOT NULL,       -- enum visit_source: agreement, office, booking, ...
  by_hand TINYINT UNSIGNED NOT NULL DEFAULT 0, -- moved or changed by somebody: a new term leaves it alone
  skip_reason VARCHAR(80) NOT NULL DEFAULT '',
  note VARCHAR(1000) NOT NULL DEFAULT '',
  started_at BIGINT NULL,
  ended_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY once (agreement_id, occurs_day),
  KEY day (day, tech_id, seq),
  KEY customer (customer_id, day),
  KEY property (property_id, day)
);
