-- why: what a company buys, carries, pours and sells: chemicals and parts, with strength, unit, cost and price
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'item'
CREATE TABLE item (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kind TINYINT UNSIGNED NOT NULL,         -- enum item_kind: chemical, part, labour, other
  name VARCHAR(80) NOT NULL,
  sku VARCHAR(40) NOT NULL DEFAULT '',
  chemical TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum chemical
  strength_x100 SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- hundredths of a percent of its label
  unit TINYINT UNSIGNED NOT NULL,         -- enum item_unit: how people count it
  holds_x100 BIGINT NOT NULL,             -- hundredths of ml, g or pieces in one unit
  most_x100 INT UNSIGNED NOT NULL DEFAULT 0, -- hundredths of ml or g at a time for each m3; 0: as usual
  wait_minutes SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- before the next product; 0: as usual
  cost_cents BIGINT NOT NULL DEFAULT 0,   -- of one unit
  price_cents BIGINT NOT NULL DEFAULT 0,
  taxable TINYINT UNSIGNED NOT NULL DEFAULT 1,
  position SMALLINT UNSIGNED NOT NULL DEFAULT 0, -- the company's order of preference
  label_url VARCHAR(200) NOT NULL DEFAULT '', -- what the label says has the force of law
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY name (name)
);
