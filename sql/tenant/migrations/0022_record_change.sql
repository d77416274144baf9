-- why: field by field: what it was, what it is, who, when; undo and the change log read it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'record_change'
CREATE TABLE record_change (                   -- grows, append-only
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  on_kind TINYINT UNSIGNED NOT NULL,
  on_id BIGINT UNSIGNED NOT NULL,
  batch_id BIGINT UNSIGNED NOT NULL,      -- 0: by hand
  at BIGINT NOT NULL,
  actor_kind TINYINT UNSIGNED NOT NULL,
  actor_id BIGINT UNSIGNED NOT NULL,
  actor_name VARCHAR(120) NOT NULL,
  field VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  was VARCHAR(2000) NOT NULL,             -- of sealed fields only that they changed
  became VARCHAR(2000) NOT NULL,
  KEY customer (customer_id, at),
  KEY record (on_kind, on_id, at),
  KEY batch (batch_id)
);
