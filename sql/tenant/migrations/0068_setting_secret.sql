-- why: a company's own account at the provider of texts has a token: sealed (KEY_PROVIDER), never in the JSON of the row
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'setting' AND column_name = 'secret'
ALTER TABLE setting ADD COLUMN secret VARBINARY(300) NULL, ALGORITHM=INSTANT;
