-- Visits: one stop on one day.
-- include sql/tenant/schedule.h
-- include sql/tenant/day.h

-- name: visit_one :one struct visit
-- in:   uint64_t id
SELECT id, agreement_id, occurs_day, customer_id, property_id, pool_id, service_id, day, tech_id, seq, from_minute,
       to_minute, minutes, state, source, by_hand, skip_reason, note, on_way_at, started_at, ended_at, confirmed_at,
       flag, why_who, errand, errand_minutes, fetched_at, version
  FROM visit WHERE id = :id;

-- name: visit_for_update :one struct visit
-- in:   uint64_t id
SELECT id, agreement_id, occurs_day, customer_id, property_id, pool_id, service_id, day, tech_id, seq, from_minute,
       to_minute, minutes, state, source, by_hand, skip_reason, note, on_way_at, started_at, ended_at, confirmed_at,
       flag, why_who, errand, errand_minutes, fetched_at, version
  FROM visit WHERE id = :id FOR UPDATE;

-- name: visit_step_save :exactly-one
-- class: locked
-- in:   uint64_t id, enum visit_state state, bool by_hand, struct maybe_i64 on_way_at, struct maybe_i64 started_at
-- in:   struct maybe_i64 ended_at, struct maybe_i64 confirmed_at, struct str flag, struct str skip_reason
UPDATE visit SET state = :state, by_hand = :by_hand, on_way_at = :on_way_at, started_at = :started_at,
       ended_at = :ended_at, confirmed_at = :confirmed_at, flag = :flag, skip_reason = :skip_reason,
       version = version + 1
 WHERE id = :id;

-- What is to be fetched before it; "": nothing any more.
-- name: visit_fetch :exactly-one
-- class: locked
-- in:   uint64_t id, struct str errand, uint32_t errand_minutes
UPDATE visit SET errand = :errand, errand_minutes = :errand_minutes, fetched_at = NULL, by_hand = 1, version = version + 1
 WHERE id = :id;

-- name: visit_fetched :exactly-one
-- class: locked
-- in:   uint64_t id, struct maybe_i64 fetched_at
UPDATE visit SET fetched_at = :fetched_at, by_hand = 1, version = version + 1 WHERE id = :id;

-- name: visit_line_one :one struct visit_line
-- in:   uint64_t id
SELECT v.id, v.day, v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.state, v.source, v.by_hand,
       v.agreement_id, v.occurs_day, v.customer_id, c.name AS customer, v.property_id, p.street, p.city, v.pool_id,
       v.service_id, s.name AS service, v.skip_reason, v.note, v.why_who, v.version
  FROM visit v JOIN customer c ON c.id = v.customer_id JOIN property p ON p.id = v.property_id
  JOIN service s ON s.id = v.service_id
 WHERE v.id = :id;

-- What is good to know before somebody is answered: the visit that comes next, the last one that was done, a certain one.
-- name: visit_glance :maybe struct visit_glance_row
-- in:   uint64_t id
SELECT v.id, v.day, v.from_minute, v.to_minute, v.started_at, v.ended_at, COALESCE(t.name, '') AS tech, s.name AS service
  FROM visit v JOIN service s ON s.id = v.service_id LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.id = :id;

-- name: visit_glance_next :maybe struct visit_glance_row
-- in:   uint64_t customer_id, struct day today, enum visit_state scheduled, enum visit_state on_way, enum visit_state started
SELECT v.id, v.day, v.from_minute, v.to_minute, v.started_at, v.ended_at, COALESCE(t.name, '') AS tech, s.name AS service
  FROM visit v JOIN service s ON s.id = v.service_id LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.customer_id = :customer_id AND v.day >= :today AND v.state IN (:scheduled, :on_way, :started)
 ORDER BY v.day, v.seq, v.id LIMIT 1;

-- name: visit_glance_last :maybe struct visit_glance_row
-- in:   uint64_t customer_id, enum visit_state completed
SELECT v.id, v.day, v.from_minute, v.to_minute, v.started_at, v.ended_at, COALESCE(t.name, '') AS tech, s.name AS service
  FROM visit v JOIN service s ON s.id = v.service_id LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.customer_id = :customer_id AND v.state = :completed
 ORDER BY v.day DESC, v.id DESC LIMIT 1;

-- In the order of the index, so nothing is sorted: a week has thousands.
-- name: visits_between :many struct visit_line
-- in:   struct day from, struct day to, struct maybe_u64 tech
SELECT v.id, v.day, v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.state, v.source, v.by_hand,
       v.agreement_id, v.occurs_day, v.customer_id, c.name AS customer, v.property_id, p.street, p.city, v.pool_id,
       v.service_id, s.name AS service, v.skip_reason, v.note, v.why_who, v.version
  FROM visit v FORCE INDEX (day) STRAIGHT_JOIN customer c ON c.id = v.customer_id
  STRAIGHT_JOIN property p ON p.id = v.property_id STRAIGHT_JOIN service s ON s.id = v.service_id
 WHERE v.day BETWEEN :from AND :to AND (:tech IS NULL OR v.tech_id = :tech)
 ORDER BY v.day, v.tech_id, v.seq, v.id LIMIT 6001;

-- name: visits_of_agreement :many struct visit_line
-- in:   uint64_t agreement_id, struct day from
SELECT v.id, v.day, v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.state, v.source, v.by_hand,
       v.agreement_id, v.occurs_day, v.customer_id, c.name AS customer, v.property_id, p.street, p.city, v.pool_id,
       v.service_id, s.name AS service, v.skip_reason, v.note, v.why_who, v.version
  FROM visit v JOIN customer c ON c.id = v.customer_id JOIN property p ON p.id = v.property_id
  JOIN service s ON s.id = v.service_id
 WHERE v.agreement_id = :agreement_id AND v.occurs_day >= :from
 ORDER BY v.occurs_day LIMIT 200;

-- name: visit_loads :many struct visit_load
-- in:   struct day from, struct day to, enum visit_state done, enum visit_state skipped, enum visit_state cancelled
SELECT day, tech_id, COUNT(*) AS visits, CAST(COALESCE(SUM(minutes), 0) AS SIGNED) AS minutes,
       COALESCE(COUNT(CASE WHEN state = :done THEN 1 END), 0) AS done
  FROM visit FORCE INDEX (day) WHERE day BETWEEN :from AND :to AND state NOT IN (:skipped, :cancelled)
 GROUP BY day, tech_id ORDER BY day, tech_id LIMIT 8000;

-- What a mass shift takes along.
-- name: visits_to_shift :many struct visit
-- in:   struct day from, struct day to, struct maybe_u64 tech, enum visit_state scheduled
SELECT id, agreement_id, occurs_day, customer_id, property_id, pool_id, service_id, day, tech_id, seq, from_minute,
       to_minute, minutes, state, source, by_hand, skip_reason, note, on_way_at, started_at, ended_at, confirmed_at,
       flag, why_who, errand, errand_minutes, fetched_at, version
  FROM visit
 WHERE day BETWEEN :from AND :to AND (:tech IS NULL OR tech_id = :tech) AND state = :scheduled
 ORDER BY day, tech_id, seq, id LIMIT 2001;

-- name: visit_insert :insert
-- in:   uint64_t id, struct maybe_u64 agreement_id, struct maybe_day occurs_day, uint64_t customer_id
-- in:   uint64_t property_id, uint64_t pool_id, uint64_t service_id, struct day day, struct maybe_u64 tech_id
-- in:   uint32_t seq, struct maybe_u32 from_minute, struct maybe_u32 to_minute, uint32_t minutes
-- in:   enum visit_state state, enum visit_source source, bool by_hand, struct str note, struct str why_who
INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, pool_id, service_id, day, tech_id, seq,
                   from_minute, to_minute, minutes, state, source, by_hand, note, why_who)
VALUES (:id, :agreement_id, :occurs_day, :customer_id, :property_id, :pool_id, :service_id, :day, :tech_id, :seq,
        :from_minute, :to_minute, :minutes, :state, :source, :by_hand, :note, :why_who);

-- Who gets a visit, or has it on another day, has not confirmed it; who gets it has not what another one fetched.
-- (Assignments go from left to right.)
-- name: visit_save :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_day occurs_day, struct day day, struct maybe_u64 tech_id, uint32_t seq
-- in:   struct maybe_u32 from_minute, struct maybe_u32 to_minute, uint32_t minutes, enum visit_state state
-- in:   bool by_hand, struct str skip_reason, struct str note, uint32_t version
UPDATE visit SET on_way_at = CASE WHEN tech_id <=> :tech_id AND day = :day THEN on_way_at END,
       confirmed_at = CASE WHEN tech_id <=> :tech_id AND day = :day THEN confirmed_at END,
       flag = CASE WHEN tech_id <=> :tech_id AND day = :day THEN flag ELSE '' END,
       why_who = CASE WHEN tech_id <=> :tech_id THEN why_who ELSE '' END,
       fetched_at = CASE WHEN tech_id <=> :tech_id THEN fetched_at END,
       occurs_day = :occurs_day, day = :day, tech_id = :tech_id, seq = :seq, from_minute = :from_minute,
       to_minute = :to_minute, minutes = :minutes, state = :state, by_hand = :by_hand,
       skip_reason = :skip_reason, note = :note, version = version + 1
 WHERE id = :id AND version = :version;

-- name: visit_occurrences :many struct day_row
-- in:   uint64_t agreement_id, struct day from
SELECT COALESCE(occurs_day, day) AS day FROM visit WHERE agreement_id = :agreement_id AND occurs_day >= :from
 ORDER BY occurs_day LIMIT 500;

-- A skipped one counts as done here: who says "not this time" does not want to be asked again tomorrow.
-- name: visit_past :one struct visit_past_row
-- in:   uint64_t agreement_id, enum visit_state scheduled, enum visit_state started, enum visit_state done
-- in:   enum visit_state skipped
SELECT MAX(CASE WHEN state IN (:done, :skipped) THEN day END) AS done,
       COALESCE(COUNT(CASE WHEN state IN (:scheduled, :started) THEN 1 END), 0) AS open
  FROM visit WHERE agreement_id = :agreement_id;

-- What nobody touched is made anew by other terms.
-- name: visits_drop_untouched :any
-- class: own
-- in:   uint64_t agreement_id, struct day from, enum visit_state scheduled
DELETE FROM visit
 WHERE agreement_id = :agreement_id AND occurs_day >= :from AND by_hand = 0 AND state = :scheduled;

-- An agreement ends: what was changed by hand is not made anew, so it is called off.
-- name: visits_cancel_from :any
-- class: own
-- in:   uint64_t agreement_id, struct day from, enum visit_state scheduled, enum visit_state cancelled
UPDATE visit SET state = :cancelled, version = version + 1
 WHERE agreement_id = :agreement_id AND occurs_day >= :from AND state = :scheduled;

-- A day of the board: all of it, of one technician, or what is nobody's.
-- name: board_stops :many struct board_row
-- in:   struct day day, struct maybe_u64 tech, bool nobody, enum visit_state done
SELECT v.id, v.tech_id, v.seq, v.state, v.source, v.agreement_id IS NOT NULL AS repeats, v.from_minute, v.to_minute,
       v.minutes, v.on_way_at, v.started_at, v.ended_at, v.confirmed_at, v.flag, v.skip_reason, v.note, v.why_who,
       v.errand, v.errand_minutes, v.fetched_at, v.version, v.customer_id, c.name AS customer, v.property_id, p.street, p.city, p.lat_e6, p.lng_e6,
       p.dogs <> '' AS dogs, (p.gate_code IS NOT NULL OR p.lockbox_code IS NOT NULL OR p.key_no <> '') AS gate,
       v.service_id, s.name AS service, s.parts <> '{"rows":[]}' AS parts,
       NOT EXISTS (SELECT 1 FROM visit o WHERE o.property_id = v.property_id AND o.day < v.day AND o.state = :done) AS first,
       COALESCE(k.since, 0) AS since, k.told_at
  FROM visit v FORCE INDEX (day) STRAIGHT_JOIN customer c ON c.id = v.customer_id
  STRAIGHT_JOIN property p ON p.id = v.property_id STRAIGHT_JOIN service s ON s.id = v.service_id
  LEFT JOIN stop_card k ON k.visit_id = v.id
 WHERE v.day = :day AND (:tech IS NULL OR v.tech_id = :tech) AND (:nobody = 0 OR v.tech_id IS NULL)
 ORDER BY v.tech_id, v.seq, v.id LIMIT 2001;

-- name: visit_assign :exactly-one
-- class: locked
-- in:   uint64_t id, struct day day, struct maybe_u64 tech_id, uint32_t seq, struct str why_who
UPDATE visit SET fetched_at = CASE WHEN tech_id <=> :tech_id THEN fetched_at END,
       day = :day, tech_id = :tech_id, seq = :seq, why_who = :why_who, by_hand = 1, confirmed_at = NULL,
       on_way_at = NULL, flag = '', version = version + 1
 WHERE id = :id;

-- name: visit_seq :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t seq, uint32_t version
UPDATE visit SET seq = :seq, version = version + 1 WHERE id = :id AND version = :version;
