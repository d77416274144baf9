-- why: who is served and may enter the portal; the full record grows on this row
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'customer'
CREATE TABLE customer (                   -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NOT NULL,            -- lower case; '' if unknown
  language CHAR(2) NOT NULL,
  disabled_at BIGINT NULL,
  created_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY email (email),
  KEY name (name, id)
);
