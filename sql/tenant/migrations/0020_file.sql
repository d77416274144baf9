-- why: photos and files of a record; the bytes lie on disk under a random name
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'file'
CREATE TABLE file (                       -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,   -- 0: of no customer
  on_kind TINYINT UNSIGNED NOT NULL,      -- enum record_kind
  on_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(160) NOT NULL,
  type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT UNSIGNED NOT NULL,        -- enum file_state: raw, ready, refused
  bytes INT UNSIGNED NOT NULL,
  width SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  height SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  taken_at BIGINT NULL,
  staff_id BIGINT UNSIGNED NOT NULL,
  made_at BIGINT NOT NULL,
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY on_record (on_kind, on_id),
  KEY customer (customer_id, made_at)
);
