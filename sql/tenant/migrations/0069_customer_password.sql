-- why: a customer may come into the portal by a password of their own, if they like
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'customer' AND column_name = 'password'
ALTER TABLE customer ADD COLUMN password VARBINARY(240) NULL, ALGORITHM=INSTANT; -- Argon2id text, sealed with the auth key
