-- why: people of the platform come in with a key that was shown once, and a code of their authenticator
-- phase: expand
-- verify: SELECT COUNT(*) = 3 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'platform_staff' AND column_name IN ('key_hash', 'totp_secret', 'totp_step')
ALTER TABLE platform_staff ADD COLUMN key_hash VARBINARY(32) NOT NULL DEFAULT '', -- '': nobody comes in by it
  ADD COLUMN totp_secret VARBINARY(200) NOT NULL DEFAULT '', -- sealed under the root's auth key
  ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0, ALGORITHM=INSTANT;
