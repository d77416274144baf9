-- why: three letters and where they occur: search that forgives typing errors
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'gram'
CREATE TABLE gram (                       -- grows
  gram MEDIUMINT UNSIGNED NOT NULL,       -- three letters of 36, folded
  customer_id BIGINT UNSIGNED NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (gram, customer_id),
  KEY customer (customer_id)
);
