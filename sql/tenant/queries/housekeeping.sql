-- What is thrown away, and when, is decided in fcgi/jobs/housekeeping.c. Each statement takes at most 500
-- rows, so that no transaction grows large; the job comes back for the rest.
-- include sql/tenant/job.h

-- name: sessions_drop_old :any
-- class: own
-- in:   int64_t before
DELETE FROM session WHERE expires_at < :before ORDER BY expires_at LIMIT 500;

-- name: tokens_drop_old :any
-- class: own
-- in:   int64_t before
DELETE FROM token WHERE expires_at < :before ORDER BY expires_at LIMIT 500;

-- name: idempotency_drop_old :any
-- class: own
-- in:   int64_t before
DELETE FROM idempotency WHERE created_at < :before ORDER BY created_at LIMIT 500;

-- name: jobs_drop_old :any
-- class: own
-- in:   enum job_state done, int64_t before
DELETE FROM job WHERE ended_at < :before AND state = :done ORDER BY ended_at LIMIT 500;
