-- why: what a road map said of the way between two places, so that nobody asks twice
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'leg'
CREATE TABLE leg (                        -- grows
  from_cell BIGINT UNSIGNED NOT NULL,     -- place_cell of domain/routing/matrix.h: a square of about 50 m
  to_cell BIGINT UNSIGNED NOT NULL,
  seconds INT UNSIGNED NOT NULL,          -- there and back are two ways
  metres INT UNSIGNED NOT NULL,
  asked_day DATE NOT NULL,                -- the oldest make room
  version INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (from_cell, to_cell),
  KEY asked (asked_day)
);
