-- why: cards and bank accounts that customers left with the processor, and what they allowed us to do with them
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'payment_method'
CREATE TABLE payment_method (             -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  provider VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider_customer VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum pay_method_kind
  brand VARCHAR(24) NOT NULL DEFAULT '',
  last4 VARCHAR(4) NOT NULL DEFAULT '',
  exp_month TINYINT UNSIGNED NOT NULL DEFAULT 0,
  exp_year SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  autopay TINYINT UNSIGNED NOT NULL DEFAULT 0,
  consent TEXT NOT NULL DEFAULT '',       -- JSON: the words that were agreed to, when, from where
  stopped VARCHAR(200) NOT NULL DEFAULT '', -- why nothing may be drawn any more
  made_at BIGINT NOT NULL,
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY provider (provider, provider_id),
  KEY customer (customer_id),
  KEY autopay (autopay, customer_id)
);
