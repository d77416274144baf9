-- why: the company's own words on a record; filters and bulk acts go by them
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'tag'
CREATE TABLE tag (                        -- grows
  on_kind TINYINT UNSIGNED NOT NULL,      -- enum record_kind
  tag VARCHAR(40) NOT NULL,
  on_id BIGINT UNSIGNED NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (on_kind, tag, on_id),
  KEY record (on_kind, on_id)
);
