-- why: every step of every visit, once: what was tapped or clicked, when by the device and when by us, and what became of it
-- phase: expand
-- verify: SELECT COUNT(*) = 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'visit_log'
CREATE TABLE visit_log (                  -- grows -- append-only
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, -- the verb's own: a second time is a duplicate by construction
  visit_id BIGINT UNSIGNED NOT NULL,      -- 0: of none
  verb TINYINT UNSIGNED NOT NULL,         -- enum verb
  answer TINYINT UNSIGNED NOT NULL,       -- enum sync_answer
  actor_kind TINYINT UNSIGNED NOT NULL,
  actor_id BIGINT UNSIGNED NOT NULL,
  device_id BIGINT UNSIGNED NULL,         -- NULL: from the office
  n INT UNSIGNED NULL,                    -- the device's own count
  device_at BIGINT NOT NULL,              -- as the device's clock said
  skew_s INT NOT NULL DEFAULT 0,          -- how much our clock was ahead of it: device_at + skew_s is when it was
  server_at BIGINT NOT NULL,
  visit_version INT UNSIGNED NOT NULL DEFAULT 0, -- after it
  day_version INT UNSIGNED NOT NULL DEFAULT 0,   -- of the technician's day, after it: orders what one second holds
  problem VARCHAR(300) NOT NULL DEFAULT '',      -- why it was not applied
  body TEXT NOT NULL,                     -- JSON, as it was sent
  UNIQUE KEY device (device_id, n),
  KEY visit (visit_id, server_at, day_version),
  KEY actor (actor_id, server_at)
);
