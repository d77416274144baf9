-- What the control schema keeps no longer (fcgi/jobs/chores.c).

-- name: tally_drop_old :any
-- class: own
-- in:   int64_t before
DELETE FROM tally WHERE window_at < :before ORDER BY window_at LIMIT 500;
