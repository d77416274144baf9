-- Booking: times that are held, places that are known, and what was booked.
-- include sql/tenant/booking.h
-- include domain/billing/ledger.h
-- include domain/billing/price.h

-- A visitor holds a time for ten minutes, the office for two hours, so these are few.
-- name: booking_holds :many struct booking_hold_row
-- in:   enum batch_kind kind, enum batch_state held, int64_t since
SELECT id, state, made_at, body, version FROM batch FORCE INDEX (made_at)
 WHERE made_at > :since AND kind = :kind AND state = :held ORDER BY made_at LIMIT 400;

-- name: booking_hold_for_update :maybe struct booking_hold_row
-- in:   uint64_t id, enum batch_kind kind
SELECT id, state, made_at, body, version FROM batch WHERE id = :id AND kind = :kind FOR UPDATE;

-- name: booking_hold_end :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, int64_t now, struct str body
UPDATE batch SET state = :state, ended_at = :now, body = :body, version = version + 1 WHERE id = :id;

-- name: bookings_drop_old :any
-- class: own
-- in:   enum batch_kind kind, int64_t before
DELETE FROM batch WHERE kind = :kind AND made_at < :before ORDER BY made_at LIMIT 500;

-- Where that house lies, or others of its postcode, or of its town.
-- name: booking_spots_street :many struct booking_spot_row
-- in:   struct str city, struct str street
SELECT COALESCE(lat_e6, 0) AS lat_e6, COALESCE(lng_e6, 0) AS lng_e6 FROM property FORCE INDEX (place)
 WHERE city = :city AND street = :street AND lat_e6 IS NOT NULL AND lng_e6 IS NOT NULL LIMIT 1;

-- name: booking_spots_postcode :many struct booking_spot_row
-- in:   struct str city, struct str postcode
SELECT COALESCE(lat_e6, 0) AS lat_e6, COALESCE(lng_e6, 0) AS lng_e6 FROM property FORCE INDEX (place)
 WHERE city = :city AND postcode = :postcode AND lat_e6 IS NOT NULL AND lng_e6 IS NOT NULL LIMIT 60;

-- name: booking_spots_city :many struct booking_spot_row
-- in:   struct str city
SELECT COALESCE(lat_e6, 0) AS lat_e6, COALESCE(lng_e6, 0) AS lng_e6 FROM property FORCE INDEX (place)
 WHERE city = :city AND lat_e6 IS NOT NULL AND lng_e6 IS NOT NULL LIMIT 60;

-- Somebody who says a number or an address of mail that we know, and the street that goes with it.
-- name: booking_known_phone :maybe struct booking_known_row
-- in:   struct str phone, struct str city, struct str street
SELECT p.customer_id, p.id AS property_id FROM contact c JOIN property p ON p.customer_id = c.customer_id
  JOIN customer k ON k.id = c.customer_id
 WHERE c.phone = :phone AND c.archived_at IS NULL AND k.archived_at IS NULL AND p.archived_at IS NULL
   AND p.city = :city AND p.street = :street
 ORDER BY p.id LIMIT 1;

-- name: booking_known_email :maybe struct booking_known_row
-- in:   struct str email, struct str city, struct str street
SELECT p.customer_id, p.id AS property_id FROM contact c JOIN property p ON p.customer_id = c.customer_id
  JOIN customer k ON k.id = c.customer_id
 WHERE c.email = :email AND c.archived_at IS NULL AND k.archived_at IS NULL AND p.archived_at IS NULL
   AND p.city = :city AND p.street = :street
 ORDER BY p.id LIMIT 1;

-- name: booking_one :maybe struct booking_row
-- in:   uint64_t id
SELECT v.id, v.customer_id, v.property_id, v.service_id, v.day, v.from_minute, v.to_minute, v.tech_id, v.state, v.source,
       v.minutes, v.version, s.name AS service, c.name AS customer, c.email, c.language, p.street, p.city, p.region,
       p.postcode, p.lat_e6, p.lng_e6, SUBSTRING_INDEX(t.name, ' ', 1) AS tech
  FROM visit v JOIN service s ON s.id = v.service_id JOIN customer c ON c.id = v.customer_id
  JOIN property p ON p.id = v.property_id LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.id = :id;

-- name: booking_photos :one struct number_row
-- in:   enum record_kind visit, uint64_t id
SELECT COUNT(*) AS number FROM file WHERE on_kind = :visit AND on_id = :id;

-- What was done in those days and is due again: nothing newer of its kind is there, done or to be done.
-- name: due_visits :many struct due_row
-- in:   uint64_t service_id, struct day from, struct day until, enum visit_state done, enum visit_state scheduled
-- in:   enum visit_state on_way, enum visit_state started
-- bound: a company has at most 2,000 visits a day (plan limit), and these are of one service
SELECT v.id, v.customer_id, v.property_id, v.service_id, s.name AS service, c.name AS customer, c.language, p.street, p.city, p.region,
       p.postcode
  FROM visit v FORCE INDEX (day) JOIN service s ON s.id = v.service_id JOIN customer c ON c.id = v.customer_id
  JOIN property p ON p.id = v.property_id
 WHERE v.day BETWEEN :from AND :until AND v.service_id = :service_id AND v.state = :done
   AND c.archived_at IS NULL AND p.archived_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM visit w FORCE INDEX (property) WHERE w.property_id = v.property_id AND w.day > v.day
                      AND w.service_id = v.service_id AND w.state IN (:done, :scheduled, :on_way, :started))
 ORDER BY v.day, v.id LIMIT 500;

-- name: due_visit :maybe struct due_row
-- in:   uint64_t id
SELECT v.id, v.customer_id, v.property_id, v.service_id, s.name AS service, c.name AS customer, c.language, p.street, p.city, p.region,
       p.postcode
  FROM visit v JOIN service s ON s.id = v.service_id JOIN customer c ON c.id = v.customer_id
  JOIN property p ON p.id = v.property_id
 WHERE v.id = :id AND c.archived_at IS NULL AND p.archived_at IS NULL;

-- name: due_waits :one struct number_row
-- in:   uint64_t property_id, uint64_t service_id, struct day today, enum visit_state scheduled, enum visit_state on_way
-- in:   enum visit_state started
SELECT COUNT(*) AS number FROM visit
 WHERE property_id = :property_id AND day >= :today AND service_id = :service_id AND state IN (:scheduled, :on_way, :started);

-- A deposit that was not paid: its line is on no bill to come, and the job takes nothing off.
-- name: deposit_drop :any
-- class: own
-- in:   uint64_t bill_id, enum charge_kind deposit
DELETE FROM bill_line WHERE bill_id = :bill_id AND kind = :deposit;

-- name: deposit_want_drop :any
-- class: own
-- in:   uint64_t visit_id, uint64_t wanted, enum charge_kind deposit
DELETE FROM bill_line WHERE visit_id = :visit_id AND bill_id = :wanted AND kind = :deposit;

-- name: booking_phone :maybe struct booking_phone_row
-- in:   uint64_t customer_id
SELECT phone FROM contact WHERE customer_id = :customer_id AND archived_at IS NULL AND phone <> '' ORDER BY position, id LIMIT 1;

-- What the receptionist knows of whoever calls, and of nobody else.
-- name: reception_caller :maybe struct reception_caller_row
-- in:   uint64_t customer_id, enum account receivable
SELECT c.name, CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS balance_cents
  FROM customer c LEFT JOIN entry e ON e.customer_id = c.id AND e.account = :receivable
 WHERE c.id = :customer_id AND c.archived_at IS NULL GROUP BY c.id, c.name;

-- name: reception_places :many struct reception_place_row
-- in:   uint64_t customer_id
SELECT id, street, city, region, postcode FROM property
 WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY id LIMIT 2;

-- name: reception_next :maybe struct reception_visit_row
-- in:   uint64_t customer_id, struct day today, enum visit_state scheduled, enum visit_state on_way, enum visit_state started
SELECT v.id, v.day, v.from_minute, v.to_minute, v.state, s.name AS service FROM visit v JOIN service s ON s.id = v.service_id
 WHERE v.customer_id = :customer_id AND v.day >= :today AND v.state IN (:scheduled, :on_way, :started)
 ORDER BY v.day, v.seq, v.id LIMIT 1;
