-- why: what a customer is asked to approve or pay: quotes, invoices, statements, receipts; issued ones are sealed
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'bill'
CREATE TABLE bill (                       -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kind TINYINT UNSIGNED NOT NULL,         -- enum bill_kind
  state TINYINT UNSIGNED NOT NULL,        -- enum bill_state; paid or not follows from the ledger
  seq BIGINT UNSIGNED NULL,               -- the company's own count of that kind; NULL while a draft
  customer_id BIGINT UNSIGNED NOT NULL,
  property_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  visit_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- made the moment this one was completed
  currency CHAR(3) NOT NULL,
  day DATE NOT NULL,                      -- the date on it
  due_day DATE NOT NULL,
  title VARCHAR(120) NOT NULL DEFAULT '',
  note VARCHAR(2000) NOT NULL DEFAULT '', -- for the customer
  opening_cents BIGINT NOT NULL DEFAULT 0, -- statements: carried over
  net_cents BIGINT NOT NULL DEFAULT 0,
  tax_cents BIGINT NOT NULL DEFAULT 0,
  total_cents BIGINT NOT NULL DEFAULT 0,
  taxes TEXT NOT NULL DEFAULT '{"rows":[]}', -- what each rule brought
  issued_at BIGINT NULL,
  sent_at BIGINT NULL,
  ended_at BIGINT NULL,                   -- voided, approved, declined
  reason VARCHAR(200) NOT NULL DEFAULT '',
  body MEDIUMTEXT NOT NULL DEFAULT '',    -- the canonical bytes that were signed
  kid VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  signature BINARY(64) NULL,              -- Ed25519
  hash BINARY(64) NULL,                   -- BLAKE2b-512 of body; the next document names it
  made_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY number (kind, seq),
  KEY customer (customer_id, day),
  KEY day (kind, state, day),
  KEY visit (visit_id)
);
