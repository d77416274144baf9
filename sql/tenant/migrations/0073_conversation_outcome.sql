-- why: how a talk with the receptionist ended is seen in the inbox, and asked for
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'conversation' AND column_name = 'outcome'
ALTER TABLE conversation ADD COLUMN outcome TINYINT UNSIGNED NOT NULL DEFAULT 0, ALGORITHM=INSTANT; -- enum talk_outcome; 0: nobody has talked yet
