-- why: what somebody wants remembered: for technicians apart from what is for the office
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'note'
CREATE TABLE note (                       -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  on_kind TINYINT UNSIGNED NOT NULL,      -- enum record_kind
  on_id BIGINT UNSIGNED NOT NULL,
  audience TINYINT UNSIGNED NOT NULL,     -- enum audience: technicians, office
  body VARCHAR(4000) NOT NULL,
  pinned TINYINT UNSIGNED NOT NULL DEFAULT 0,
  staff_id BIGINT UNSIGNED NOT NULL,
  made_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY customer (customer_id),
  KEY on_record (on_kind, on_id)
);
