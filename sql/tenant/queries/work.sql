-- What technicians are to the plan: profile, skills, hours, time off.
-- include sql/tenant/schedule.h

-- name: workers :many struct worker_row
-- in:   enum staff_state disabled
-- bound: a company has at most some hundred people
SELECT p.id, p.name, p.language, p.role, COALESCE(r.may, 0) AS own_may, p.state, p.phone, p.colour, p.vehicle,
       p.start_address, p.start_lat_e6, p.start_lng_e6, p.end_address, p.end_lat_e6, p.end_lng_e6, p.feed_hash IS NOT NULL AS has_feed, p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id WHERE p.state <> :disabled ORDER BY p.name, p.id;

-- name: worker_one :one struct worker_row
-- in:   uint64_t id
SELECT p.id, p.name, p.language, p.role, COALESCE(r.may, 0) AS own_may, p.state, p.phone, p.colour, p.vehicle,
       p.start_address, p.start_lat_e6, p.start_lng_e6, p.end_address, p.end_lat_e6, p.end_lng_e6, p.feed_hash IS NOT NULL AS has_feed, p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id WHERE p.id = :id;

-- name: worker_of_feed :maybe struct worker_row
-- in:   struct str hash, enum staff_state active
SELECT p.id, p.name, p.language, p.role, COALESCE(r.may, 0) AS own_may, p.state, p.phone, p.colour, p.vehicle,
       p.start_address, p.start_lat_e6, p.start_lng_e6, p.end_address, p.end_lat_e6, p.end_lng_e6, p.feed_hash IS NOT NULL AS has_feed, p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id WHERE p.feed_hash = :hash AND p.state = :active LIMIT 1;

-- name: worker_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str phone, uint32_t colour, struct str vehicle, struct str start_address
-- in:   struct maybe_i32 start_lat_e6, struct maybe_i32 start_lng_e6, struct str end_address
-- in:   struct maybe_i32 end_lat_e6, struct maybe_i32 end_lng_e6, uint32_t version
UPDATE staff SET phone = :phone, colour = :colour, vehicle = :vehicle, start_address = :start_address,
       start_lat_e6 = :start_lat_e6, start_lng_e6 = :start_lng_e6, end_address = :end_address,
       end_lat_e6 = :end_lat_e6, end_lng_e6 = :end_lng_e6, version = version + 1
 WHERE id = :id AND version = :version;

-- Where a day starts or ends, found on the map by its address: only as long as nobody has said otherwise. The version
-- stays: what a person has open meanwhile is not made stale by a machine.
-- name: worker_place :any
-- class: own
-- in:   uint64_t id, struct str address, int32_t lat_e6, int32_t lng_e6
UPDATE staff SET start_lat_e6 = IF(start_address = :address, COALESCE(start_lat_e6, :lat_e6), start_lat_e6),
       start_lng_e6 = IF(start_address = :address, COALESCE(start_lng_e6, :lng_e6), start_lng_e6),
       end_lat_e6 = IF(end_address = :address, COALESCE(end_lat_e6, :lat_e6), end_lat_e6),
       end_lng_e6 = IF(end_address = :address, COALESCE(end_lng_e6, :lng_e6), end_lng_e6)
 WHERE id = :id AND :address <> '';

-- The guard of skills and hours, which are replaced as a whole.
-- name: worker_touch :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t version
UPDATE staff SET version = version + 1 WHERE id = :id AND version = :version;

-- name: worker_feed :exactly-one
-- class: own
-- in:   uint64_t id, struct maybe_str hash
UPDATE staff SET feed_hash = :hash, version = version + 1 WHERE id = :id;

-- name: skills_of_staff :many struct staff_skill_row
-- in:   uint64_t staff_id
SELECT k.skill_id, s.name, k.certificate, k.expires_day
  FROM staff_skill k JOIN setting s ON s.id = k.skill_id WHERE k.staff_id = :staff_id ORDER BY s.name, k.skill_id
 LIMIT 50;

-- Certificates that have expired, or will before a day.
-- name: skills_ending :many struct skill_ending_row
-- in:   struct day before, enum staff_state disabled
-- bound: a company has at most some hundred people with a few certificates each
SELECT k.staff_id, s.name, k.expires_day
  FROM staff p STRAIGHT_JOIN staff_skill k ON k.staff_id = p.id STRAIGHT_JOIN setting s ON s.id = k.skill_id
 WHERE p.state <> :disabled AND k.expires_day < :before ORDER BY k.staff_id, k.expires_day, k.skill_id;

-- name: staff_skills_drop :any
-- class: own
-- in:   uint64_t staff_id
DELETE FROM staff_skill WHERE staff_id = :staff_id;

-- name: staff_skill_insert :insert
-- in:   uint64_t staff_id, uint64_t skill_id, struct str certificate, struct maybe_day expires_day
INSERT INTO staff_skill (staff_id, skill_id, certificate, expires_day)
VALUES (:staff_id, :skill_id, :certificate, :expires_day);

-- Hours that hold or will, and time off that is not over.
-- name: availability_of :many struct availability
-- in:   uint64_t staff_id, enum availability_kind hours, struct day from
SELECT id, staff_id, kind, weekday, from_day, to_day, from_minute, to_minute, reason, version
  FROM availability WHERE staff_id = :staff_id AND (kind = :hours OR to_day IS NULL OR to_day >= :from)
 ORDER BY from_day, weekday, from_minute, id LIMIT 500;

-- name: availability_of_all :many struct availability
-- in:   enum availability_kind hours, struct day from, struct day to, enum staff_state disabled
SELECT a.id, a.staff_id, a.kind, a.weekday, a.from_day, a.to_day, a.from_minute, a.to_minute, a.reason, a.version
  FROM staff p STRAIGHT_JOIN availability a FORCE INDEX (staff) ON a.staff_id = p.id
 WHERE p.state <> :disabled AND a.from_day <= :to AND (a.kind = :hours OR a.to_day IS NULL OR a.to_day >= :from)
 ORDER BY a.staff_id, a.from_day, a.weekday, a.from_minute LIMIT 5000;

-- name: hours_drop :any
-- class: own
-- in:   uint64_t staff_id, enum availability_kind hours, struct day from
DELETE FROM availability WHERE staff_id = :staff_id AND kind = :hours AND from_day >= :from;

-- name: availability_insert :insert
-- in:   uint64_t id, uint64_t staff_id, enum availability_kind kind, enum weekday weekday, struct day from_day
-- in:   struct maybe_day to_day, uint32_t from_minute, uint32_t to_minute, struct str reason
INSERT INTO availability (id, staff_id, kind, weekday, from_day, to_day, from_minute, to_minute, reason)
VALUES (:id, :staff_id, :kind, :weekday, :from_day, :to_day, :from_minute, :to_minute, :reason);

-- name: availability_drop :exactly-one
-- class: own
-- in:   uint64_t id, uint64_t staff_id, enum availability_kind off
DELETE FROM availability WHERE id = :id AND staff_id = :staff_id AND kind = :off;
