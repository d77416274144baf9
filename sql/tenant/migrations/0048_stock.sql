-- why: how much of an item is in a van or in the warehouse; doses use it up, counts put it right
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'stock'
CREATE TABLE stock (                      -- grows
  place_id BIGINT UNSIGNED NOT NULL,      -- whose van (staff id); 0: the warehouse
  item_id BIGINT UNSIGNED NOT NULL,
  amount_x100 BIGINT NOT NULL DEFAULT 0,  -- below 0 when more was poured than had been written down
  low_x100 BIGINT NOT NULL DEFAULT 0,     -- below this it is short
  counted_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (place_id, item_id),
  KEY item (item_id)
);
