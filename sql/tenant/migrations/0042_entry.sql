-- why: the ledger: double entry, one row for each side of a posting; never changed, only added to
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'entry'
CREATE TABLE entry (                      -- grows, append-only
  posting_id BIGINT UNSIGNED NOT NULL,
  side TINYINT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,         -- enum posting_kind
  at BIGINT NOT NULL,
  day DATE NOT NULL,
  account TINYINT UNSIGNED NOT NULL,      -- enum account
  customer_id BIGINT UNSIGNED NOT NULL,
  bill_id BIGINT UNSIGNED NOT NULL,
  payment_id BIGINT UNSIGNED NOT NULL,
  cents BIGINT NOT NULL,                  -- debit positive, credit negative
  actor_kind TINYINT UNSIGNED NOT NULL,
  actor_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (posting_id, side),
  KEY bill (bill_id, account),
  KEY payment (payment_id, account),
  KEY customer (customer_id, account, day),
  KEY account (account, day)
);
