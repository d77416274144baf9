-- why: the people of an account and which message each receives on which channel
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'contact'
CREATE TABLE contact (                    -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  customer_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL,
  relation TINYINT UNSIGNED NOT NULL,     -- enum relation: owner, tenant, agent, billing, other
  phone VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- E.164 with extension
  email VARCHAR(254) NOT NULL DEFAULT '',
  language CHAR(2) NOT NULL,
  by_sms INT UNSIGNED NOT NULL DEFAULT 0,    -- bits of enum message_kind
  by_email INT UNSIGNED NOT NULL DEFAULT 0,
  position SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  archived_at BIGINT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY customer (customer_id, position),
  KEY phone (phone),
  KEY email (email)
);
