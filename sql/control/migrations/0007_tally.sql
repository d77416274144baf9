-- why: abuse limits: how often something came from an address, a network or for an account in a window
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'tally'
CREATE TABLE tally (                      -- grows
  what VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject BINARY(16) NOT NULL,            -- keyed hash of the address, network or account
  window_at BIGINT NOT NULL,              -- start of the window, seconds
  hits INT UNSIGNED NOT NULL,
  PRIMARY KEY (what, subject, window_at),
  KEY window_at (window_at)
);
