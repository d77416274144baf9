-- Route planning: stops with their places, plans (batches of kind routes), ways, drives.
-- include sql/tenant/routes.h

-- name: route_visits :many struct route_stop_row
-- in:   struct day from, struct day to, enum visit_state skipped, enum visit_state cancelled
SELECT v.id, v.version, v.day, v.state, v.tech_id, v.seq, v.from_minute, v.to_minute, v.minutes, v.by_hand <> 0 AS by_hand, '' AS rule,
       COALESCE(v.occurs_day, v.day) AS anchor_day, v.customer_id, c.name AS customer, v.property_id, p.street, p.city, p.lat_e6, p.lng_e6,
       p.not_days, p.like_days, p.never_techs, p.same_tech <> 0 AS same_tech, p.usual_tech_id, v.service_id, s.skills, v.started_at, v.ended_at,
       v.errand_minutes, v.errand <> '' AS fetches, v.fetched_at IS NOT NULL AS fetched, v.errand
  FROM visit v FORCE INDEX (day) STRAIGHT_JOIN customer c ON c.id = v.customer_id
  STRAIGHT_JOIN property p ON p.id = v.property_id STRAIGHT_JOIN service s ON s.id = v.service_id
 WHERE v.day BETWEEN :from AND :to AND v.state NOT IN (:skipped, :cancelled)
 ORDER BY v.day, v.tech_id, v.seq, v.id LIMIT 12001;

-- What each agreement wants on that day and after; a hold without an end has no place in the week.
-- name: route_agreements :many struct route_stop_row
-- in:   struct day day, enum repeats calendar, enum term_kind works, enum term_kind hold, enum visit_state scheduled
SELECT g.id, g.version, t.from_day AS day, COALESCE(:scheduled, 0) AS state, t.tech_id, t.seq,
       CASE WHEN t.to_minute IS NULL THEN COALESCE(t.from_minute, p.from_minute) ELSE t.from_minute END AS from_minute,
       CASE WHEN t.from_minute IS NULL THEN COALESCE(t.to_minute, p.to_minute) ELSE t.to_minute END AS to_minute, t.minutes,
       0 AS by_hand, t.rule, t.anchor_day, g.customer_id, c.name AS customer, g.property_id, p.street, p.city, p.lat_e6,
       p.lng_e6, p.not_days, p.like_days, p.never_techs, p.same_tech <> 0 AS same_tech, p.usual_tech_id, t.service_id, s.skills, g.closed_at AS started_at, g.closed_at AS ended_at,
       0 AS errand_minutes, FALSE AS fetches, FALSE AS fetched, '' AS errand
  FROM agreement g FORCE INDEX (made) STRAIGHT_JOIN term t ON t.agreement_id = g.id AND t.from_day = (
       SELECT MAX(x.from_day) FROM term x WHERE x.agreement_id = g.id AND x.kind = :works AND x.from_day <= :day)
  STRAIGHT_JOIN customer c ON c.id = g.customer_id STRAIGHT_JOIN property p ON p.id = g.property_id
  STRAIGHT_JOIN service s ON s.id = t.service_id
 WHERE g.closed_at IS NULL AND g.repeats = :calendar AND g.starts_day <= :day
   AND (g.ends_day IS NULL OR g.ends_day >= :day) AND p.archived_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM term h WHERE h.agreement_id = g.id AND (h.kind = :hold OR h.held = 1) AND h.from_day <= :day
                      AND h.until_day IS NULL)
 ORDER BY g.id LIMIT 5001;

-- What the visits of a service take out of the van.
-- name: services_parts :many struct service_parts_row
-- bound: a company has at most some hundred services
SELECT id, parts FROM service WHERE parts <> '{"rows":[]}' ORDER BY id LIMIT 1000;

-- name: skills_of_everybody :many struct staff_has_skill_row
-- in:   enum staff_state disabled
SELECT k.staff_id, k.skill_id, k.expires_day FROM staff p STRAIGHT_JOIN staff_skill k ON k.staff_id = p.id
 WHERE p.state <> :disabled ORDER BY k.staff_id, k.skill_id LIMIT 5000;

-- name: route_place :maybe struct route_place_row
-- in:   uint64_t id
SELECT lat_e6, lng_e6, not_days, like_days, never_techs, same_tech <> 0 AS same_tech, usual_tech_id, from_minute, to_minute FROM property
 WHERE id = :id AND archived_at IS NULL;

-- Plans.

-- name: route_plan_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t made_at, uint32_t total
-- in:   struct str body
INSERT INTO batch (id, kind, state, staff_id, made_at, total, body)
VALUES (:id, :kind, :state, :staff_id, :made_at, :total, :body);

-- name: route_plan_one :one struct route_plan_row
-- in:   uint64_t id, enum batch_kind kind
SELECT id, state, staff_id, made_at, total, done, failed, body, ended_at, version FROM batch
 WHERE id = :id AND kind = :kind;

-- The guard row of a plan: whoever searches, decides or publishes locks it first and writes it.
-- name: route_plan_for_update :one struct route_plan_row
-- in:   uint64_t id, enum batch_kind kind
SELECT id, state, staff_id, made_at, total, done, failed, body, ended_at, version FROM batch
 WHERE id = :id AND kind = :kind FOR UPDATE;

-- name: route_plan_save :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, uint32_t total, uint32_t done, uint32_t failed, struct str body
-- in:   struct maybe_i64 ended_at, struct maybe_i64 undone_at
UPDATE batch SET state = :state, total = :total, done = :done, failed = :failed, body = :body, ended_at = :ended_at,
       undone_at = :undone_at, version = version + 1
 WHERE id = :id;

-- Newest first, by the index: a company has some batches a day.
-- name: route_plans :many struct route_plan_row
-- in:   enum batch_kind kind, int64_t since
SELECT id, state, staff_id, made_at, total, done, failed, body, ended_at, version FROM batch FORCE INDEX (made_at)
 WHERE made_at >= :since AND kind = :kind ORDER BY made_at DESC LIMIT 10;

-- name: route_cells :many struct route_cells_row
-- in:   uint64_t batch_id
-- bound: a plan has at most ROUNDS_STOPS_MAX stops
SELECT n, state, record_id, problem, cells FROM batch_row WHERE batch_id = :batch_id ORDER BY n;

-- name: route_cells_in_state :many struct route_cells_row
-- in:   uint64_t batch_id, enum row_state state, uint32_t most
SELECT n, state, record_id, problem, cells FROM batch_row WHERE batch_id = :batch_id AND state = :state ORDER BY n
 LIMIT :most;

-- name: route_cells_put :any
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, uint64_t record_id, struct str cells
INSERT INTO batch_row (batch_id, n, state, record_id, cells) VALUES (:batch_id, :nr, :state, :record_id, :cells)
    ON DUPLICATE KEY UPDATE state = :state, record_id = :record_id, cells = :cells, version = version + 1;

-- name: route_cells_state :exactly-one
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, struct str problem, struct str cells
UPDATE batch_row SET state = :state, problem = :problem, cells = :cells, version = version + 1
 WHERE batch_id = :batch_id AND n = :nr;

-- name: route_cells_drop :any
-- class: own
-- in:   uint64_t batch_id, uint32_t behind
DELETE FROM batch_row WHERE batch_id = :batch_id AND n > :behind;

-- Only the order on the route: nothing that was promised.

-- name: term_reseq :any
-- class: own
-- in:   uint64_t agreement_id, struct day from_day, uint32_t seq
UPDATE term SET seq = :seq, version = version + 1 WHERE agreement_id = :agreement_id AND from_day = :from_day;

-- name: visits_reseq :any
-- class: own
-- in:   uint64_t agreement_id, struct day from, uint32_t seq, enum visit_state scheduled
UPDATE visit SET seq = :seq, version = version + 1
 WHERE agreement_id = :agreement_id AND occurs_day >= :from AND by_hand = 0 AND state = :scheduled;

-- Ways.

-- name: legs_from :many struct leg_row
-- in:   uint64_t from_cell
SELECT to_cell, seconds, metres FROM leg WHERE from_cell = :from_cell ORDER BY to_cell LIMIT 5000;

-- A list of [from, to]; nth says which of them, from 1.
-- name: legs_asked :many struct leg_asked_row
-- in:   struct str pairs
-- bound: as many as were asked for
SELECT COALESCE(q.n, 0) AS nth, l.seconds, l.metres
  FROM JSON_TABLE(IF(JSON_VALID(:pairs), :pairs, '[]'), '$[*]'
       COLUMNS (n FOR ORDINALITY, a BIGINT UNSIGNED PATH '$[0]', b BIGINT UNSIGNED PATH '$[1]')) q
  STRAIGHT_JOIN leg l ON l.from_cell = q.a AND l.to_cell = q.b;

-- name: leg_put :any
-- class: own
-- in:   uint64_t from_cell, uint64_t to_cell, uint32_t seconds, uint32_t metres, struct day day
INSERT INTO leg (from_cell, to_cell, seconds, metres, asked_day) VALUES (:from_cell, :to_cell, :seconds, :metres, :day)
    ON DUPLICATE KEY UPDATE seconds = :seconds, metres = :metres, asked_day = :day, version = version + 1;

-- name: leg_count :one struct leg_count_row
-- walks: once a night, by its shortest index
SELECT COUNT(*) AS legs FROM leg;

-- name: legs_forget :any
-- class: own
-- in:   struct day before
DELETE FROM leg WHERE asked_day < :before LIMIT 20000;

-- Where people were, one visit after another.
-- name: drives_between :many struct drive_row
-- in:   struct day from, struct day to, enum visit_state done
SELECT v.day, COALESCE(v.tech_id, 0) AS tech_id, COALESCE(p.lat_e6, 0) AS lat_e6, COALESCE(p.lng_e6, 0) AS lng_e6,
       COALESCE(v.started_at, 0) AS started_at, COALESCE(v.ended_at, 0) AS ended_at
  FROM visit v FORCE INDEX (day) STRAIGHT_JOIN property p ON p.id = v.property_id
 WHERE v.day BETWEEN :from AND :to AND v.state = :done AND v.tech_id IS NOT NULL AND v.started_at IS NOT NULL
   AND v.ended_at IS NOT NULL AND p.lat_e6 IS NOT NULL AND p.lng_e6 IS NOT NULL
 ORDER BY v.day, v.tech_id, v.started_at LIMIT 20000;

-- The company's own figures: fuel, hours, pace.

-- name: route_setting :maybe struct route_setting_row
-- in:   enum setting_kind kind
SELECT id, body, version FROM setting WHERE kind = :kind AND owner_id = 0 ORDER BY id LIMIT 1;

-- name: route_setting_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, body) VALUES (:id, :kind, 0, :name, :body);

-- name: route_setting_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str body, uint32_t version
UPDATE setting SET body = :body, version = version + 1 WHERE id = :id AND version = :version;
