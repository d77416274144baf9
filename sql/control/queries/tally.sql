-- How often something came from somewhere: windows of counts under a keyed hash, never the address itself.
-- include sql/control/rows.h

-- name: tally_bump :any
-- class: add
-- in:   struct str what, struct str subject, int64_t window_at
INSERT INTO tally (what, subject, window_at, hits) VALUES (:what, :subject, :window_at, 1)
    ON DUPLICATE KEY UPDATE hits = hits + 1;

-- name: tally_read :maybe struct tally_row
-- in:   struct str what, struct str subject, int64_t window_at
SELECT window_at, hits FROM tally WHERE what = :what AND subject = :subject AND window_at = :window_at;

-- A lock on something that has no row of its own: window_at is when it ends, hits how often it failed.
-- name: tally_last :maybe struct tally_row
-- in:   struct str what, struct str subject
SELECT window_at, hits FROM tally WHERE what = :what AND subject = :subject
 ORDER BY window_at DESC LIMIT 1;

-- name: tally_lock :any
-- class: add
-- in:   struct str what, struct str subject, int64_t window_at, uint32_t hits
INSERT INTO tally (what, subject, window_at, hits) VALUES (:what, :subject, :window_at, :hits)
    ON DUPLICATE KEY UPDATE hits = GREATEST(hits, VALUES(hits));

-- name: tallies_drop_old :any
-- class: own
-- in:   int64_t before
DELETE FROM tally WHERE window_at < :before ORDER BY window_at LIMIT 1000;
