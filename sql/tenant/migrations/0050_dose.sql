-- why: what was poured, beside what was advised; billing and stock follow from what was poured
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'dose'
CREATE TABLE dose (                       -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, -- made by the phone
  pool_id BIGINT UNSIGNED NOT NULL,
  visit_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  reading_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- that the advice followed from
  staff_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  item_id BIGINT UNSIGNED NOT NULL,
  chemical TINYINT UNSIGNED NOT NULL,     -- as it was then
  strength_x100 SMALLINT UNSIGNED NOT NULL,
  planned_x100 BIGINT NULL,               -- hundredths of ml or g that were advised; NULL: none was
  given_x100 BIGINT NOT NULL,             -- that were poured; 0: advised and left
  reason VARCHAR(200) NOT NULL DEFAULT '', -- why otherwise than advised
  place_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- out of whose van; 0: the warehouse
  cost_cents BIGINT NOT NULL,             -- of what was poured, at the item's cost and price of then
  price_cents BIGINT NOT NULL,
  at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  undone_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY pool (pool_id, at),
  KEY visit (visit_id),
  KEY item (item_id, at)
);
