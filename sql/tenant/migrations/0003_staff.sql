-- why: people who work at the company: office and technicians
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'staff'
CREATE TABLE staff (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NOT NULL,            -- lower case
  language CHAR(2) NOT NULL,
  role INT UNSIGNED NOT NULL,             -- enum built_in_role, 0: role_id names the company's own
  role_id BIGINT UNSIGNED NULL,
  state TINYINT UNSIGNED NOT NULL,        -- enum staff_state: invited, active, disabled
  email_confirmed_at BIGINT NULL,
  password VARBINARY(240) NULL,           -- Argon2id text, sealed with the auth key
  totp_secret VARBINARY(80) NULL,         -- sealed with the auth key
  totp_confirmed_at BIGINT NULL,
  totp_step BIGINT NOT NULL DEFAULT 0,    -- last step accepted: a code works once
  failures INT UNSIGNED NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY email (email)
);
