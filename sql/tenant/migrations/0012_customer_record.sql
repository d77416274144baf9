-- why: the whole account: how it is billed, where it stands, what the company added of its own
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'customer' AND column_name = 'standing'
ALTER TABLE customer
  ADD COLUMN kind TINYINT UNSIGNED NOT NULL DEFAULT 1,       -- enum customer_kind: person, business
  ADD COLUMN standing TINYINT UNSIGNED NOT NULL DEFAULT 1,   -- enum standing, derived from facts; a law rebuilds it
  ADD COLUMN bill_street VARCHAR(160) NOT NULL DEFAULT '',
  ADD COLUMN bill_city VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN bill_region VARCHAR(40) NOT NULL DEFAULT '',
  ADD COLUMN bill_postcode VARCHAR(16) NOT NULL DEFAULT '',
  ADD COLUMN source VARCHAR(40) NOT NULL DEFAULT '',         -- where they came from
  ADD COLUMN external_id VARCHAR(64) NOT NULL DEFAULT '',    -- their name in the list they were imported from
  ADD COLUMN own TEXT NOT NULL DEFAULT '{}',                 -- values of the company's own fields, JSON by field id
  ADD COLUMN merged_into BIGINT UNSIGNED NULL,
  ADD COLUMN archived_at BIGINT NULL,
  ALGORITHM=INSTANT;
