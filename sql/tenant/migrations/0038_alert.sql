-- why: what somebody in the office should look at now
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'alert'
CREATE TABLE alert (                      -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  kind TINYINT UNSIGNED NOT NULL,         -- enum alert_kind
  visit_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  customer_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  staff_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- whom it is about
  made_at BIGINT NOT NULL,
  body TEXT NOT NULL,                     -- JSON: what it says
  closed_at BIGINT NULL,
  closed_by BIGINT UNSIGNED NOT NULL DEFAULT 0,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY open (closed_at, made_at),
  KEY visit (visit_id)
);
