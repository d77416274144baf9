-- why: until when a company lets the platform's people look in; without a row, or after that instant, nobody may
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'support_consent'
CREATE TABLE support_consent (              -- grows
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  until_at BIGINT NOT NULL,
  given_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1
);
