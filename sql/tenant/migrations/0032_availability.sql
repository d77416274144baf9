-- why: working hours of the week, and time off
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'availability'
CREATE TABLE availability (               -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  staff_id BIGINT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum availability_kind: hours, off
  weekday TINYINT UNSIGNED NOT NULL DEFAULT 0, -- hours: enum weekday
  from_day DATE NOT NULL,                 -- hours: from then on; off: first day
  to_day DATE NULL,
  from_minute SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  to_minute SMALLINT UNSIGNED NOT NULL DEFAULT 1440,
  reason VARCHAR(80) NOT NULL DEFAULT '',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY staff (staff_id, from_day)
);
