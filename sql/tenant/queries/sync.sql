-- What phones send: the log of visits (append-only), the phones themselves, the clock.
-- include sql/tenant/day.h

-- name: log_insert :insert
-- in:   uint64_t id, uint64_t visit_id, enum verb verb, enum sync_answer answer, uint32_t actor_kind, uint64_t actor_id
-- in:   struct maybe_u64 device_id, struct maybe_u32 device_n, int64_t device_at, int32_t skew_s, int64_t server_at
-- in:   uint32_t visit_version, uint32_t day_version, struct str problem, struct str body
INSERT INTO visit_log (id, visit_id, verb, answer, actor_kind, actor_id, device_id, n, device_at, skew_s, server_at,
                       visit_version, day_version, problem, body)
VALUES (:id, :visit_id, :verb, :answer, :actor_kind, :actor_id, :device_id, :device_n, :device_at, :skew_s, :server_at,
        :visit_version, :day_version, :problem, :body);

-- What people did; the house's own seals (device 0) are read by visit_seal_last.
-- name: log_of_visit :many struct log_row
-- in:   uint64_t visit_id
SELECT id, verb, answer, actor_kind, actor_id, device_at, skew_s, problem, body
  FROM visit_log WHERE visit_id = :visit_id AND COALESCE(device_id, 1) > 0 ORDER BY server_at, day_version, id LIMIT 500;

-- Another phone's reading of the same measure of that water, tapped later.
-- name: log_read_later :maybe struct log_answer_row
-- in:   uint64_t visit_id, uint64_t device_id, enum verb reading, enum sync_answer applied, int64_t at, struct str pool
-- in:   struct str what
SELECT answer, visit_id, actor_id, device_id, problem FROM visit_log
 WHERE visit_id = :visit_id AND verb = :reading AND answer = :applied AND device_id <> :device_id
   AND device_at + skew_s > :at AND IFNULL(JSON_VALUE(body, '$.pool_id'), :pool) = :pool AND JSON_VALUE(body, '$.what') = :what
 LIMIT 1;

-- What this person said of a picture at that stop; where it was taken, that.
-- name: log_picture :maybe struct log_answer_row
-- in:   uint64_t visit_id, uint64_t actor_id, enum verb photo, enum verb sign, struct str file_id
SELECT answer, visit_id, actor_id, device_id, problem FROM visit_log
 WHERE visit_id = :visit_id AND actor_id = :actor_id AND verb IN (:photo, :sign) AND JSON_VALUE(body, '$.file_id') = :file_id
 ORDER BY answer LIMIT 1;

-- name: log_answer :maybe struct log_answer_row
-- in:   uint64_t id
SELECT answer, visit_id, actor_id, device_id, problem FROM visit_log WHERE id = :id;

-- name: device_one :maybe struct device_row
-- in:   uint64_t id
SELECT id, staff_id, name, last_n, skew_s, made_at, seen_at, revoked_at, pin_at, push IS NOT NULL AS pushed, version
  FROM device WHERE id = :id;

-- name: device_for_update :maybe struct device_row
-- in:   uint64_t id
SELECT id, staff_id, name, last_n, skew_s, made_at, seen_at, revoked_at, pin_at, push IS NOT NULL AS pushed, version
  FROM device WHERE id = :id FOR UPDATE;

-- name: device_insert :insert
-- in:   uint64_t id, uint64_t staff_id, struct str name, int64_t now
INSERT INTO device (id, staff_id, name, made_at, seen_at) VALUES (:id, :staff_id, :name, :now, :now);

-- name: device_move :exactly-one
-- class: locked
-- in:   uint64_t id, uint32_t last_n, int32_t skew_s, int64_t now
UPDATE device SET last_n = :last_n, skew_s = :skew_s, seen_at = :now, version = version + 1 WHERE id = :id;

-- Whoever signed out is not pushed to.
-- name: device_push_one :maybe struct device_push_row
-- in:   uint64_t id, int64_t now
SELECT id, push FROM device WHERE id = :id AND revoked_at IS NULL
   AND (push_session IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.id = push_session AND s.ended_at IS NULL
   AND s.expires_at > :now));

-- Those of a person that can be pushed to, the one last heard of first.
-- name: devices_pushed :many struct device_push_row
-- in:   uint64_t staff_id, int64_t now
SELECT id, push FROM device FORCE INDEX (staff)
 WHERE staff_id = :staff_id AND push IS NOT NULL AND revoked_at IS NULL
   AND (push_session IS NULL OR EXISTS (SELECT 1 FROM session s WHERE s.id = push_session AND s.ended_at IS NULL
   AND s.expires_at > :now))
 ORDER BY seen_at DESC LIMIT 5;

-- The row was read FOR UPDATE.
-- name: device_push :exactly-one
-- class: locked
-- in:   uint64_t id, struct maybe_str push, struct maybe_u64 push_session, struct maybe_str push_mark, int64_t now
UPDATE device SET push = :push, push_session = :push_session, push_mark = :push_mark, seen_at = :now, version = version + 1
 WHERE id = :id;

-- Who has this address too, and locks nobody: a company has few phones.
-- name: devices_of_push :many struct device_push_row
-- in:   uint64_t id, struct str push_mark
SELECT id, push FROM device WHERE push_mark = :push_mark AND id <> :id AND push IS NOT NULL LIMIT 20;

-- The push service knows this address no more; a newer one stays.
-- name: device_push_gone :any
-- class: own
-- in:   uint64_t id, struct str push
UPDATE device SET push = NULL, version = version + 1 WHERE id = :id AND push = :push;

-- Those that can still be revoked first.
-- name: devices_of :many struct device_row
-- in:   uint64_t staff_id
SELECT id, staff_id, name, last_n, skew_s, made_at, seen_at, revoked_at, pin_at, push IS NOT NULL AS pushed, version
  FROM device
 WHERE staff_id = :staff_id ORDER BY revoked_at IS NOT NULL, seen_at DESC LIMIT 200;

-- The row was read FOR UPDATE.
-- name: device_revoke :exactly-one
-- class: locked
-- in:   uint64_t id, int64_t now
UPDATE device SET revoked_at = :now, push = NULL, version = version + 1 WHERE id = :id;

-- name: device_heard :exactly-one
-- class: locked
-- in:   uint64_t id, struct str name, int64_t now
UPDATE device SET name = :name, seen_at = :now, version = version + 1 WHERE id = :id;

-- name: device_pin :exactly-one
-- class: locked
-- in:   uint64_t id, int64_t now
UPDATE device SET pin_at = :now, version = version + 1 WHERE id = :id;

-- What is not over yet comes first.
-- name: clock_open_for_update :many struct clock_row
-- in:   uint64_t staff_id, struct day from
SELECT id, kind, day, from_at, to_at, version FROM clock
 WHERE staff_id = :staff_id AND day >= :from AND to_at IS NULL ORDER BY from_at LIMIT 10 FOR UPDATE;

-- What began on that day, and what is still open since the day before: work goes on over midnight. With IF and not with OR it
-- stays prepared (sql/README.md): each phone asks it with its day.
-- name: clock_of_day :many struct clock_row
-- in:   uint64_t staff_id, struct day day, struct day before, int64_t since
SELECT id, kind, day, from_at, to_at, version FROM clock
 WHERE staff_id = :staff_id AND day BETWEEN :before AND :day AND IF(day = :day, TRUE, to_at IS NULL AND from_at >= :since)
 ORDER BY from_at, id LIMIT 60;

-- name: clock_between :many struct clock_of_row
-- in:   struct day from, struct day to
SELECT c.id, c.staff_id, s.name, c.day, c.kind, c.from_at, c.to_at, c.version
  FROM clock c FORCE INDEX (day) JOIN staff s ON s.id = c.staff_id
 WHERE c.day BETWEEN :from AND :to ORDER BY c.staff_id, c.day, c.from_at, c.id LIMIT 20001;

-- From "on my way" to the door, and from the door to "finished".
-- name: stop_times_between :many struct stop_times_row
-- in:   struct day from, struct day to, enum visit_state done, enum visit_state no_access
SELECT s.id AS staff_id, s.name, v.day, COUNT(*) AS stops,
       CAST(COALESCE(SUM(GREATEST(v.started_at - v.on_way_at, 0)), 0) AS SIGNED) AS drive_s,
       CAST(COALESCE(SUM(GREATEST(v.ended_at - v.started_at, 0)), 0) AS SIGNED) AS service_s
  FROM visit v FORCE INDEX (day) JOIN staff s ON s.id = v.tech_id
 WHERE v.day BETWEEN :from AND :to AND v.state IN (:done, :no_access)
 GROUP BY s.id, s.name, v.day ORDER BY s.id, v.day LIMIT 20001;

-- name: clock_insert :insert
-- in:   uint64_t id, uint64_t staff_id, struct day day, enum clock_kind kind, int64_t from_at
INSERT INTO clock (id, staff_id, day, kind, from_at) VALUES (:id, :staff_id, :day, :kind, :from_at);

-- name: clock_one_for_update :one struct clock_of_row
-- in:   uint64_t id
SELECT c.id, c.staff_id, s.name, c.day, c.kind, c.from_at, c.to_at, c.version
  FROM clock c JOIN staff s ON s.id = c.staff_id WHERE c.id = :id FOR UPDATE;

-- name: clock_put :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t from_at, int64_t to_at, uint32_t version
UPDATE clock SET from_at = :from_at, to_at = :to_at, version = version + 1 WHERE id = :id AND version = :version;

-- name: clock_end :exactly-one
-- class: locked
-- in:   uint64_t id, int64_t to_at
UPDATE clock SET to_at = :to_at, version = version + 1 WHERE id = :id;
