-- Properties: places that are served. The codes themselves are read by properties_codes alone.
-- include sql/tenant/record.h
-- include domain/billing/price.h

-- name: property_one :one struct property_row
-- in:   uint64_t id
SELECT p.id, p.customer_id, p.name, p.street, p.city, p.region, p.postcode, p.lat_e6, p.lng_e6, p.place_source,
       p.place_score, p.gate_code IS NOT NULL AS has_gate, p.lockbox_code IS NOT NULL AS has_lockbox,
       p.alarm_code IS NOT NULL AS has_alarm, p.access_note IS NOT NULL AS has_note, p.codes_changed_at, p.key_no,
       p.dogs, p.hazards, p.parking, p.like_days, p.not_days, p.from_minute, p.to_minute, p.text_before,
       p.same_tech, p.usual_tech_id, p.never_techs, p.no_chemicals, p.own, p.archived_at, p.version
  FROM property p WHERE p.id = :id;

-- name: properties_of :many struct property_row
-- in:   uint64_t customer_id
SELECT p.id, p.customer_id, p.name, p.street, p.city, p.region, p.postcode, p.lat_e6, p.lng_e6, p.place_source,
       p.place_score, p.gate_code IS NOT NULL AS has_gate, p.lockbox_code IS NOT NULL AS has_lockbox,
       p.alarm_code IS NOT NULL AS has_alarm, p.access_note IS NOT NULL AS has_note, p.codes_changed_at, p.key_no,
       p.dogs, p.hazards, p.parking, p.like_days, p.not_days, p.from_minute, p.to_minute, p.text_before,
       p.same_tech, p.usual_tech_id, p.never_techs, p.no_chemicals, p.own, p.archived_at, p.version
  FROM property p WHERE p.customer_id = :customer_id ORDER BY p.archived_at IS NOT NULL, p.id LIMIT 250;

-- name: properties_number :one struct number_row
-- in:   uint64_t customer_id
SELECT COUNT(*) AS number FROM property WHERE customer_id = :customer_id;

-- name: property_insert :insert
-- in:   uint64_t id, uint64_t customer_id, struct str street, struct str city, struct str region, struct str postcode
INSERT INTO property (id, customer_id, street, city, region, postcode)
VALUES (:id, :customer_id, :street, :city, :region, :postcode);

-- name: property_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, struct str street, struct str city, struct str region, struct str postcode
-- in:   struct maybe_i64 lat_e6, struct maybe_i64 lng_e6, enum place_source place_source, uint32_t place_score
-- in:   struct str key_no, struct str dogs, struct str hazards, struct str parking, uint64_t like_days
-- in:   uint64_t not_days, struct maybe_u32 from_minute, struct maybe_u32 to_minute, bool text_before
-- in:   bool same_tech, struct maybe_u64 usual_tech_id, struct str never_techs, struct str no_chemicals
-- in:   struct str own, uint32_t version
UPDATE property SET name = :name, street = :street, city = :city, region = :region, postcode = :postcode,
       lat_e6 = :lat_e6, lng_e6 = :lng_e6, place_source = :place_source, place_score = :place_score,
       key_no = :key_no, dogs = :dogs, hazards = :hazards, parking = :parking, like_days = :like_days,
       not_days = :not_days, from_minute = :from_minute, to_minute = :to_minute, text_before = :text_before,
       same_tech = :same_tech, usual_tech_id = :usual_tech_id, never_techs = :never_techs,
       no_chemicals = :no_chemicals, own = :own, version = version + 1
 WHERE id = :id AND version = :version;

-- name: property_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE property SET archived_at = :at, version = version + 1 WHERE id = :id AND version = :version;

-- name: property_agreements_open :one struct number_row
-- in:   uint64_t property_id, struct day today
SELECT COUNT(*) AS number FROM agreement
 WHERE property_id = :property_id AND closed_at IS NULL AND (ends_day IS NULL OR ends_day >= :today);

-- name: property_codes :one struct codes_row
-- in:   uint64_t id
SELECT id, customer_id, gate_code, lockbox_code, alarm_code, access_note, codes_changed_at, version FROM property WHERE id = :id;

-- Two changes of one second are two: by the time a phone knows whether it has the last ones.
-- name: property_codes_set :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_str gate_code, struct maybe_str lockbox_code, struct maybe_str alarm_code
-- in:   struct maybe_str access_note, int64_t now, uint32_t version
UPDATE property SET gate_code = :gate_code, lockbox_code = :lockbox_code, alarm_code = :alarm_code,
       access_note = :access_note, codes_changed_at = GREATEST(:now, COALESCE(codes_changed_at, 0) + 1), version = version + 1
 WHERE id = :id AND version = :version;

-- Where this person looked at a code: how often, and when last; and when they could last, because their phone had it.
-- name: codes_seen_by :many struct code_look_row
-- in:   enum event_kind shown, enum event_kind sent, uint32_t staff, uint64_t staff_id
SELECT e.property_id, COALESCE(SUM(e.kind = :shown), 0) AS times, MAX(IF(e.kind = :shown, e.at, NULL)) AS last_at,
       COALESCE(MAX(e.at), 0) AS had_at
  FROM event e WHERE e.kind IN (:shown, :sent) AND e.actor_id = :staff_id AND e.actor_kind = :staff
 GROUP BY e.property_id ORDER BY e.property_id LIMIT 2000;

-- How often codes of that place were sent to this person's phone since then.
-- name: codes_sent :one struct number_row
-- in:   enum event_kind sent, uint32_t staff, uint64_t staff_id, uint64_t property_id, int64_t since
SELECT COUNT(*) AS number FROM event e FORCE INDEX (who)
 WHERE e.kind = :sent AND e.actor_id = :staff_id AND e.at >= :since AND e.property_id = :property_id AND e.actor_kind = :staff;

-- Where this person was sent, and so could have looked: since a day, and what is to come.
-- name: codes_within_reach :many struct code_reach_row
-- in:   uint64_t staff_id, struct day since
SELECT v.property_id, MAX(v.day) AS last_day FROM visit v
 WHERE v.day >= :since AND v.tech_id = :staff_id GROUP BY v.property_id ORDER BY v.property_id LIMIT 2000;

-- Which of these places hold a code at all, and since when as it is.
-- name: code_places :many struct code_place_row
-- in:   struct str ids
-- bound: the caller gives at most 4,000 ids
SELECT p.id AS property_id, p.customer_id, c.name AS customer_name, p.street, p.city, p.codes_changed_at
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  JOIN property p ON p.id = q.v JOIN customer c ON c.id = p.customer_id
 WHERE p.archived_at IS NULL
   AND (p.gate_code IS NOT NULL OR p.lockbox_code IS NOT NULL OR p.alarm_code IS NOT NULL
        OR p.access_note IS NOT NULL)
 ORDER BY c.name, p.id;

-- name: staff_ids :many struct person_id_row
-- bound: a company has at most some hundred people
SELECT id FROM staff;

-- A house is sold: the property and what hangs on it goes on with the new customer.
-- name: property_sell :exactly-one
-- class: compare
-- in:   uint64_t id, uint64_t customer_id, uint32_t version
UPDATE property SET customer_id = :customer_id, version = version + 1 WHERE id = :id AND version = :version;

-- name: property_sell_agreements :any
-- class: own
-- in:   uint64_t property_id, uint64_t customer_id, struct day today
UPDATE agreement SET customer_id = :customer_id, version = version + 1
 WHERE property_id = :property_id AND closed_at IS NULL AND (ends_day IS NULL OR ends_day >= :today);

-- An agreement is cut in two: the days from now on are the new one's, those too whose visit was moved ahead and done or
-- skipped before the sale, or they would be made a second time. The customer changes where the visit is still to come.
-- name: property_sell_planned :any
-- class: own
-- in:   uint64_t agreement_id, uint64_t fresh_id, uint64_t customer_id, struct day today
UPDATE visit SET agreement_id = :fresh_id,
       customer_id = IF(day >= :today AND started_at IS NULL AND ended_at IS NULL, :customer_id, customer_id),
       version = version + 1
 WHERE agreement_id = :agreement_id
   AND (occurs_day >= :today OR (day >= :today AND started_at IS NULL AND ended_at IS NULL));

-- name: terms_copy :any
-- in:   uint64_t from_id, uint64_t to_id
INSERT INTO term (agreement_id, from_day, kind, held, until_day, rule, anchor_day, every_days, service_id, tech_id, seq,
                  from_minute, to_minute, minutes, rate_kind, with_chemicals, rate_cents, skip_policy, anyway)
SELECT :to_id, from_day, kind, held, until_day, rule, anchor_day, every_days, service_id, tech_id, seq, from_minute,
       to_minute, minutes, rate_kind, with_chemicals, rate_cents, skip_policy, anyway
  FROM term WHERE agreement_id = :from_id;

-- Only visits that are still to come and not begun: what was done was done for the old customer.
-- name: property_sell_visits :any
-- class: own
-- in:   uint64_t property_id, uint64_t customer_id, struct day today
UPDATE visit SET customer_id = :customer_id, version = version + 1
 WHERE property_id = :property_id AND day >= :today AND started_at IS NULL AND ended_at IS NULL;

-- Notes on the property, its pools and their equipment.
-- name: property_sell_notes :any
-- class: own
-- in:   uint64_t property_id, uint64_t customer_id, uint64_t from_id, enum record_kind property
-- in:   enum record_kind pool, enum record_kind equipment
UPDATE note SET customer_id = :customer_id, version = version + 1
 WHERE customer_id = :from_id AND ((on_kind = :property AND on_id = :property_id)
    OR (on_kind = :pool AND on_id IN (SELECT b.id FROM pool b WHERE b.property_id = :property_id))
    OR (on_kind = :equipment AND on_id IN (SELECT e.id FROM equipment e JOIN pool b ON b.id = e.pool_id
                                           WHERE b.property_id = :property_id)));

-- name: property_sell_files :any
-- class: own
-- in:   uint64_t property_id, uint64_t customer_id, uint64_t from_id, enum record_kind property
-- in:   enum record_kind pool, enum record_kind equipment
UPDATE file SET customer_id = :customer_id, version = version + 1
 WHERE customer_id = :from_id AND ((on_kind = :property AND on_id = :property_id)
    OR (on_kind = :pool AND on_id IN (SELECT b.id FROM pool b WHERE b.property_id = :property_id))
    OR (on_kind = :equipment AND on_id IN (SELECT e.id FROM equipment e JOIN pool b ON b.id = e.pool_id
                                           WHERE b.property_id = :property_id)));

-- ---- the way back: what went on with the new owner on that day, and what was made for them since ----

-- What they were billed since for this house; ids are in the order of time.
-- name: property_sale_billed :one struct number_row
-- in:   uint64_t property_id, uint64_t customer_id, uint64_t since_id
SELECT COUNT(*) AS number FROM bill_line
 WHERE customer_id = :customer_id AND bill_id > 1 AND property_id = :property_id AND id >= :since_id;

-- name: property_sale_back_agreements :any
-- class: own
-- in:   uint64_t property_id, uint64_t from_id, uint64_t to_id, int64_t since
UPDATE agreement SET customer_id = :to_id, version = version + 1
 WHERE property_id = :property_id AND customer_id = :from_id AND (closed_at IS NULL OR closed_at >= :since);

-- name: property_sale_back_visits :any
-- class: own
-- in:   uint64_t property_id, uint64_t from_id, uint64_t to_id, struct day since
UPDATE visit SET customer_id = :to_id, version = version + 1
 WHERE property_id = :property_id AND customer_id = :from_id AND day >= :since;

-- Charges that wait for a bill.
-- name: property_sale_back_lines :any
-- class: own
-- in:   uint64_t property_id, uint64_t from_id, uint64_t to_id, uint64_t since_id
UPDATE bill_line SET customer_id = :to_id, version = version + 1
 WHERE customer_id = :from_id AND bill_id IN (0, 1) AND property_id = :property_id AND id >= :since_id;

-- Of two agreements: the terms of the one, and how many of them the other has alike.
-- name: terms_alike :one struct terms_alike_row
-- in:   uint64_t a_id, uint64_t b_id
SELECT (SELECT COUNT(*) FROM term WHERE agreement_id = :a_id) AS a,
       (SELECT COUNT(*) FROM term WHERE agreement_id = :b_id) AS b,
       (SELECT COUNT(*) FROM term x JOIN term y ON y.agreement_id = :b_id AND y.from_day = x.from_day
         WHERE x.agreement_id = :a_id AND y.kind = x.kind AND y.held = x.held AND y.until_day <=> x.until_day
           AND y.rule = x.rule AND y.anchor_day = x.anchor_day AND y.every_days = x.every_days
           AND y.service_id = x.service_id AND y.tech_id <=> x.tech_id AND y.seq = x.seq
           AND y.from_minute <=> x.from_minute AND y.to_minute <=> x.to_minute AND y.minutes = x.minutes
           AND y.rate_kind = x.rate_kind AND y.with_chemicals = x.with_chemicals AND y.rate_cents = x.rate_cents
           AND y.skip_policy = x.skip_policy AND y.anyway = x.anyway) AS alike;

-- An agreement that was cut is whole again: visits and charges of the second half are the first one's.
-- name: agreement_join_visits :any
-- class: own
-- in:   uint64_t from_id, uint64_t to_id
UPDATE visit SET agreement_id = :to_id, version = version + 1 WHERE agreement_id = :from_id;

-- name: agreement_join_months :any
-- class: own
-- in:   uint64_t agreement_id, enum charge_kind month
DELETE FROM bill_line WHERE agreement_id = :agreement_id AND kind = :month AND bill_id = 0;

-- name: agreement_join_lines :any
-- class: own
-- in:   uint64_t from_id, uint64_t to_id
UPDATE bill_line SET agreement_id = :to_id, version = version + 1 WHERE agreement_id = :from_id;

-- name: terms_drop :any
-- class: own
-- in:   uint64_t agreement_id
DELETE FROM term WHERE agreement_id = :agreement_id;

-- name: agreement_drop :exactly-one
-- class: own
-- in:   uint64_t id
DELETE FROM agreement WHERE id = :id;
