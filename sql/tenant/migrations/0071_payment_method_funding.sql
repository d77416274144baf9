-- why: a surcharge is asked of credit cards alone, so how a card is funded must be known
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'payment_method' AND column_name = 'funding'
ALTER TABLE payment_method ADD COLUMN funding VARCHAR(12) NOT NULL DEFAULT '', ALGORITHM=INSTANT; -- credit, debit, prepaid; '': nobody knows
