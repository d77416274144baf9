-- why: the one row about the company itself
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'company'
CREATE TABLE company (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY, -- always 1
  name VARCHAR(120) NOT NULL,
  phone VARCHAR(24) NOT NULL DEFAULT '',
  street VARCHAR(160) NOT NULL DEFAULT '',
  city VARCHAR(80) NOT NULL DEFAULT '',
  region VARCHAR(40) NOT NULL DEFAULT '',
  postcode VARCHAR(16) NOT NULL DEFAULT '',
  country CHAR(2) NOT NULL,
  zone VARCHAR(64) NOT NULL,
  currency CHAR(3) NOT NULL,
  language CHAR(2) NOT NULL,
  accent CHAR(7) NOT NULL DEFAULT '#0f5e66', -- brand colour of the portal
  week_starts TINYINT UNSIGNED NOT NULL DEFAULT 0, -- enum weekday
  created_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1
);
