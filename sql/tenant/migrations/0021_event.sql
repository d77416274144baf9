-- why: the one timeline: everything that happened to a customer or a pool, newest read first
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'event'
CREATE TABLE event (                      -- grows, append-only
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,   -- as it was then
  property_id BIGINT UNSIGNED NOT NULL,   -- 0: none
  pool_id BIGINT UNSIGNED NOT NULL,       -- 0: none
  at BIGINT NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum event_kind
  actor_kind TINYINT UNSIGNED NOT NULL,
  actor_id BIGINT UNSIGNED NOT NULL,
  actor_name VARCHAR(120) NOT NULL,
  ref_kind TINYINT UNSIGNED NOT NULL,     -- enum record_kind of what it leads to
  ref_id BIGINT UNSIGNED NOT NULL,
  detail VARCHAR(1000) NOT NULL,          -- JSON of the words' values; never a secret
  KEY customer (customer_id, at),
  KEY property (property_id, at),
  KEY pool (pool_id, at),
  KEY who (kind, actor_id, at)            -- what a technician who leaves has seen
);
