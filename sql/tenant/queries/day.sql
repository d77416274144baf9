-- A technician's day. The head (seq 0, id 0) of a day is locked before its cards are written: it is the guard.
-- include sql/tenant/day.h

-- name: day_cards :many struct card_row
-- in:   uint64_t tech_id, struct day day
SELECT id, seq, state, from_minute, to_minute, minutes, on_way_at, started_at, ended_at, confirmed_at, flag,
       skip_reason, note, fetched_at, visit_version, brief, progress, since, built, seen_version, version
  FROM stop_card WHERE tech_id = :tech_id AND day = :day ORDER BY seq, id LIMIT 400;

-- What the phone of a day was told of each stop.
-- name: cards_told :many struct card_told
-- in:   uint64_t tech_id, struct day day
SELECT id, from_minute, to_minute, minutes, note, brief, since, told_at
  FROM stop_card WHERE tech_id = :tech_id AND day = :day AND id > 0 ORDER BY id LIMIT 400;

-- name: day_head :maybe struct day_head
-- in:   uint64_t tech_id, struct day day
SELECT version, seen_version, built, seen_at, texted_at FROM stop_card
 WHERE tech_id = :tech_id AND day = :day AND seq = 0 AND id = 0;

-- name: day_head_for_update :maybe struct day_head
-- in:   uint64_t tech_id, struct day day
SELECT version, seen_version, built, seen_at, texted_at FROM stop_card
 WHERE tech_id = :tech_id AND day = :day AND seq = 0 AND id = 0 FOR UPDATE;

-- name: day_head_insert :insert
-- in:   uint64_t tech_id, struct day day
INSERT INTO stop_card (tech_id, day, seq, id) VALUES (:tech_id, :day, 0, 0);

-- name: day_head_bump :exactly-one
-- class: locked
-- in:   uint64_t tech_id, struct day day, bool built
UPDATE stop_card SET built = :built, version = version + 1
 WHERE tech_id = :tech_id AND day = :day AND seq = 0 AND id = 0;

-- A phone holds the day as of this version.
-- name: day_head_seen :any
-- class: own
-- in:   uint64_t tech_id, struct day day, uint32_t seen_version, int64_t now
UPDATE stop_card SET seen_at = :now, seen_version = :seen_version
 WHERE tech_id = :tech_id AND day = :day AND seq = 0 AND id = 0 AND seen_version < :seen_version
   AND version >= :seen_version;

-- Their technician was texted about the day.
-- name: day_head_texted :any
-- class: own
-- in:   uint64_t tech_id, struct day day, int64_t now
UPDATE stop_card SET texted_at = :now WHERE tech_id = :tech_id AND day = :day AND seq = 0 AND id = 0;

-- name: day_heads :many struct tech_head_row
-- in:   struct day day
SELECT tech_id, version, seen_version, seen_at FROM stop_card FORCE INDEX (day)
 WHERE day = :day AND id = 0 ORDER BY tech_id LIMIT 1001;

-- name: day_clear :any
-- class: own
-- in:   uint64_t tech_id, struct day day
DELETE FROM stop_card WHERE tech_id = :tech_id AND day = :day AND id > 0;

-- name: days_clear_before :any
-- class: own
-- in:   struct day day
DELETE FROM stop_card WHERE day < :day LIMIT 5000;

-- name: card_drop :any
-- class: own
-- in:   uint64_t visit_id
DELETE FROM stop_card WHERE visit_id = :visit_id;

-- name: card_insert :insert
-- in:   uint64_t tech_id, struct day day, uint32_t seq, uint64_t id, enum visit_state state
-- in:   struct maybe_u32 from_minute, struct maybe_u32 to_minute, uint32_t minutes, struct maybe_i64 on_way_at
-- in:   struct maybe_i64 started_at, struct maybe_i64 ended_at, struct maybe_i64 confirmed_at, struct str flag
-- in:   struct str skip_reason, struct str note, struct maybe_i64 fetched_at, uint32_t visit_version, struct str brief
-- in:   struct str progress, uint32_t since, struct maybe_i64 told_at
INSERT INTO stop_card (tech_id, day, seq, id, visit_id, state, from_minute, to_minute, minutes, on_way_at, started_at,
                       ended_at, confirmed_at, flag, skip_reason, note, fetched_at, visit_version, brief, progress,
                       since, told_at)
VALUES (:tech_id, :day, :seq, :id, :id, :state, :from_minute, :to_minute, :minutes, :on_way_at, :started_at,
        :ended_at, :confirmed_at, :flag, :skip_reason, :note, :fetched_at, :visit_version, :brief, :progress,
        :since, :told_at);

-- A step of work: what it changed, and what was done so far. The day's head is locked.
-- name: card_step :any
-- class: own
-- in:   uint64_t visit_id, enum visit_state state, struct maybe_i64 on_way_at, struct maybe_i64 started_at
-- in:   struct maybe_i64 ended_at, struct maybe_i64 confirmed_at, struct str flag, struct str skip_reason
-- in:   struct maybe_i64 fetched_at, uint32_t visit_version, struct str progress
UPDATE stop_card SET state = :state, on_way_at = :on_way_at, started_at = :started_at, ended_at = :ended_at,
       confirmed_at = :confirmed_at, flag = :flag, skip_reason = :skip_reason, fetched_at = :fetched_at, visit_version = :visit_version,
       progress = :progress, version = version + 1
 WHERE visit_id = :visit_id;

-- name: card_brief :any
-- class: own
-- in:   uint64_t visit_id, struct str brief, uint32_t visit_version
UPDATE stop_card SET brief = :brief, visit_version = :visit_version, version = version + 1 WHERE visit_id = :visit_id;

-- name: visits_of_tech_day :many struct visit
-- in:   uint64_t tech_id, struct day day, enum visit_state cancelled
SELECT id, agreement_id, occurs_day, customer_id, property_id, pool_id, service_id, day, tech_id, seq, from_minute,
       to_minute, minutes, state, source, by_hand, skip_reason, note, on_way_at, started_at, ended_at, confirmed_at,
       flag, why_who, errand, errand_minutes, fetched_at, version
  FROM visit WHERE day = :day AND tech_id = :tech_id AND state <> :cancelled ORDER BY seq, id LIMIT 400;

-- Days of technicians in which a customer, an agreement has stops.
-- name: visits_of_customer_between :many struct visit
-- in:   uint64_t customer_id, struct day from, struct day to, enum visit_state cancelled
SELECT id, agreement_id, occurs_day, customer_id, property_id, pool_id, service_id, day, tech_id, seq, from_minute,
       to_minute, minutes, state, source, by_hand, skip_reason, note, on_way_at, started_at, ended_at, confirmed_at,
       flag, why_who, errand, errand_minutes, fetched_at, version
  FROM visit WHERE customer_id = :customer_id AND day BETWEEN :from AND :to AND tech_id IS NOT NULL
   AND state <> :cancelled
 ORDER BY tech_id, day, id LIMIT 2000 LOCK IN SHARE MODE;

-- Which of these customers have a stop there?
-- name: customers_with_visits :many struct tech_day_customer
-- in:   struct str ids, struct day from, struct day to, enum visit_state cancelled
-- bound: at most as many as are listed
SELECT COALESCE(q.v, 0) AS customer_id FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
 WHERE EXISTS (SELECT 1 FROM visit v WHERE v.customer_id = q.v AND v.day BETWEEN :from AND :to AND v.tech_id IS NOT NULL
    AND v.state <> :cancelled);

-- name: tech_days_of_agreement :many struct tech_day_row
-- in:   uint64_t agreement_id, struct day from, struct day to
SELECT DISTINCT COALESCE(tech_id, 0) AS tech_id, day FROM visit FORCE INDEX (once)
 WHERE agreement_id = :agreement_id AND occurs_day >= :from AND day BETWEEN :from AND :to
 ORDER BY tech_id, day LIMIT 200;

-- Days that stand in the plan and have not been built.
-- name: tech_days_unbuilt :many struct tech_day_row
-- in:   struct day from, struct day to
SELECT DISTINCT COALESCE(v.tech_id, 0) AS tech_id, v.day
  FROM visit v FORCE INDEX (day)
  LEFT JOIN stop_card h FORCE INDEX (PRIMARY)
    ON h.tech_id = v.tech_id AND h.day = v.day AND h.seq = 0 AND h.id = 0 AND h.built = 1
 WHERE v.day BETWEEN :from AND :to AND v.tech_id > 0 AND h.id IS NULL
 ORDER BY v.day, v.tech_id LIMIT 40;

-- name: brief_source :one struct brief_source
-- in:   uint64_t visit_id
SELECT v.id AS visit_id, v.customer_id, c.name AS customer, c.language, v.property_id, v.pool_id, p.name AS place, p.street, p.city,
       p.region, p.postcode, p.lat_e6, p.lng_e6, p.dogs, p.hazards, p.parking, p.key_no,
       (p.gate_code IS NOT NULL OR p.lockbox_code IS NOT NULL OR p.alarm_code IS NOT NULL OR p.access_note IS NOT NULL)
           AS has_codes, p.codes_changed_at,
       p.text_before, p.no_chemicals, v.service_id, s.name AS service, s.instructions, s.checklist, s.parts, v.source,
       v.day, v.errand, v.errand_minutes
  FROM visit v JOIN customer c ON c.id = v.customer_id JOIN property p ON p.id = v.property_id
  JOIN service s ON s.id = v.service_id
 WHERE v.id = :visit_id LOCK IN SHARE MODE;

-- What was ticked or photographed at a place on earlier visits, newest first; on that day by another stop that is over.
-- name: ticked_of_place :many struct ticked_row
-- in:   uint64_t property_id, uint64_t visit_id, struct day day, enum visit_state done, enum visit_state skipped
-- in:   enum visit_state no_access, enum verb check, enum verb photo, enum sync_answer applied
SELECT v.day, l.body FROM visit v FORCE INDEX (property) STRAIGHT_JOIN visit_log l FORCE INDEX (visit) ON l.visit_id = v.id
 WHERE v.property_id = :property_id AND v.day <= :day
   AND (v.day < :day OR (v.id <> :visit_id AND v.state IN (:done, :skipped, :no_access)))
   AND l.verb IN (:check, :photo) AND l.answer = :applied
 ORDER BY v.day DESC, l.server_at DESC, l.day_version DESC LIMIT 1500;

-- name: brief_contacts :many struct brief_contact_row
-- in:   uint64_t customer_id
SELECT name, phone, relation FROM contact
 WHERE customer_id = :customer_id AND archived_at IS NULL AND phone <> '' ORDER BY position, id LIMIT 3;

-- name: brief_pools :many struct brief_pool_row
-- in:   uint64_t property_id
SELECT id, kind, name, volume_l, surface, sanitiser, indoor FROM pool
 WHERE property_id = :property_id AND archived_at IS NULL ORDER BY id LIMIT 20;

-- The newest from before that day, or on it from another stop that is over.
-- name: brief_reading :maybe struct brief_reading_row
-- in:   uint64_t pool_id, int64_t before, int64_t end, uint64_t visit_id, struct day day, enum visit_state done
-- in:   enum visit_state skipped, enum visit_state no_access
SELECT r.at, r.body FROM reading r LEFT JOIN visit v ON v.id = r.visit_id
 WHERE r.pool_id = :pool_id AND r.at < :end AND r.withdrawn_at IS NULL
   AND (r.at < :before OR (v.day = :day AND v.id <> :visit_id AND v.state IN (:done, :skipped, :no_access)))
 ORDER BY r.at DESC LIMIT 1;

-- name: brief_equipment :many struct brief_equipment_row
-- in:   uint64_t property_id
SELECT e.id, e.pool_id, e.kind, e.make, e.model, e.serviced_day, e.service_every_days
  FROM pool b JOIN equipment e ON e.pool_id = b.id
 WHERE b.property_id = :property_id AND b.archived_at IS NULL AND e.archived_at IS NULL ORDER BY e.pool_id, e.kind, e.id LIMIT 40;

-- name: brief_notes :many struct brief_note_row
-- in:   uint64_t customer_id, enum audience technicians
SELECT on_kind, on_id, body, pinned, made_at FROM note
 WHERE customer_id = :customer_id AND audience = :technicians ORDER BY pinned DESC, id DESC LIMIT 12;

-- name: brief_last :maybe struct brief_last_row
-- in:   uint64_t property_id, uint64_t visit_id, struct day day, enum visit_state done, enum visit_state skipped
-- in:   enum visit_state no_access
SELECT v.id, v.day, v.state, COALESCE(t.name, '') AS tech, v.skip_reason AS reason, v.ended_at
  FROM visit v LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.property_id = :property_id AND v.day <= :day AND v.id <> :visit_id AND v.state IN (:done, :skipped, :no_access)
 ORDER BY v.day DESC, v.ended_at DESC, v.id DESC LIMIT 1;

-- name: brief_changes :many struct brief_change_row
-- in:   uint64_t customer_id, int64_t after
SELECT on_kind, field, became, at FROM record_change
 WHERE customer_id = :customer_id AND at > :after ORDER BY at DESC LIMIT 12;

-- What all briefs share has changed: the days are read from their sources until they are built again.
-- name: days_unbuild :any
-- class: own
-- in:   struct day from, struct day to
UPDATE stop_card FORCE INDEX (day) SET built = 0, version = version + 1 WHERE day BETWEEN :from AND :to AND id = 0;

-- name: card_of_visit :maybe struct card_row
-- in:   uint64_t visit_id, uint64_t tech_id
SELECT id, seq, state, from_minute, to_minute, minutes, on_way_at, started_at, ended_at, confirmed_at, flag,
       skip_reason, note, fetched_at, visit_version, brief, progress, since, built, seen_version, version
  FROM stop_card WHERE visit_id = :visit_id AND tech_id = :tech_id;
