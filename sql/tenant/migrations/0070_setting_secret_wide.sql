-- why: the key that signs a company's mails (RSA with 2048 bits, sealed) is longer than a token
-- phase: expand
-- verify: SELECT character_maximum_length = 2000 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'setting' AND column_name = 'secret'
ALTER TABLE setting MODIFY COLUMN secret VARBINARY(2000) NULL, ALGORITHM=INSTANT;
