-- why: what was promised for a pool, from when to when
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'agreement'
CREATE TABLE agreement (                  -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  property_id BIGINT UNSIGNED NOT NULL,
  pool_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- 0: the whole property
  repeats TINYINT UNSIGNED NOT NULL,      -- enum repeats: calendar, since_done, checklist
  starts_day DATE NOT NULL,
  ends_day DATE NULL,                     -- last day promised
  made_until DATE NULL,                   -- visits exist up to and with this day
  closed_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY customer (customer_id),
  KEY property (property_id),
  KEY made (closed_at, made_until)
);
