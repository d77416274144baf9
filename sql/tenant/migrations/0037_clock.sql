-- why: working time and breaks, as they were clocked
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'clock'
CREATE TABLE clock (                      -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  staff_id BIGINT UNSIGNED NOT NULL,
  day DATE NOT NULL,                      -- of the beginning, where the company is
  kind TINYINT UNSIGNED NOT NULL,         -- enum clock_kind: work, break
  from_at BIGINT NOT NULL,
  to_at BIGINT NULL,                      -- NULL: still
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY staff (staff_id, day),
  KEY day (day)
);
