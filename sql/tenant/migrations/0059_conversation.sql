-- why: everything that is said between the company and one person, whatever it came by, is one thread that somebody looks after
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'conversation'
CREATE TABLE conversation (               -- grows
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  who VARCHAR(260) NOT NULL,              -- "c:<customer>" or "a:<number or address of a stranger>": one thread each
  customer_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- 0: a stranger
  address VARCHAR(254) NOT NULL DEFAULT '',       -- where they wrote from last
  name VARCHAR(120) NOT NULL DEFAULT '',  -- of a stranger, as far as the message said
  language CHAR(2) NOT NULL DEFAULT 'en',
  state TINYINT UNSIGNED NOT NULL,        -- domain/messaging/message.h
  staff_id BIGINT UNSIGNED NOT NULL DEFAULT 0,    -- who looks after it
  snoozed_until BIGINT NOT NULL DEFAULT 0,
  unread INT UNSIGNED NOT NULL DEFAULT 0, -- heard since somebody looked
  waits_since BIGINT NOT NULL DEFAULT 0,  -- heard and not answered since; 0: answered
  last_at BIGINT NOT NULL DEFAULT 0,
  last_words VARCHAR(160) NOT NULL DEFAULT '',
  last_medium TINYINT UNSIGNED NOT NULL DEFAULT 0,
  last_direction TINYINT UNSIGNED NOT NULL DEFAULT 0,
  typing_id BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- who is writing an answer
  typing_at BIGINT NOT NULL DEFAULT 0,
  talk TEXT NOT NULL DEFAULT '',          -- where the receptionist is in its dialogue, JSON; empty: nowhere
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY who (who),
  KEY customer (customer_id),
  KEY last (last_at),
  KEY staff (staff_id, last_at)
);
