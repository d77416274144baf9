-- why: one charge: upcoming until a bill takes it; its key makes billing the same fact twice impossible
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'bill_line'
CREATE TABLE bill_line (                  -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  bill_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- 0: upcoming
  customer_id BIGINT UNSIGNED NOT NULL,
  property_id BIGINT UNSIGNED NOT NULL,
  agreement_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  visit_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  item_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  kind TINYINT UNSIGNED NOT NULL,         -- enum charge_kind
  line_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- domain/billing/price.h
  day DATE NOT NULL,                      -- of the delivery: taxes follow it
  from_day DATE NOT NULL,
  to_day DATE NOT NULL,
  term_day DATE NULL,                     -- which version of the agreement gave the rate
  part INT UNSIGNED NOT NULL DEFAULT 1,   -- days or stops served
  of_parts INT UNSIGNED NOT NULL DEFAULT 1,
  rate_cents BIGINT NOT NULL DEFAULT 0,
  text VARCHAR(400) NOT NULL,
  quantity_milli BIGINT NOT NULL DEFAULT 1000,
  unit_cents BIGINT NOT NULL,
  net_cents BIGINT NOT NULL,
  tax_code VARCHAR(24) NOT NULL DEFAULT '',
  tax_area VARCHAR(40) NOT NULL DEFAULT '',
  tax_cents BIGINT NOT NULL DEFAULT 0,    -- final once the bill is issued
  seq SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  choice TINYINT UNSIGNED NOT NULL DEFAULT 0, -- quotes: which option it belongs to
  made_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY line_key (line_key),
  KEY bill (bill_id, seq),
  KEY customer (customer_id, bill_id),
  KEY visit (visit_id),
  KEY agreement (agreement_id, from_day)
);
