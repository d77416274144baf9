-- What customers are told of: of a visit, a payment, a long silence.
-- include sql/tenant/facts.h
-- include domain/visits/visit.h
-- include domain/customers/customer.h
-- include domain/messaging/message.h
-- include domain/messaging/occasion.h

-- name: fact_place :one struct fact_place_row
-- in:   uint64_t visit_id
SELECT p.street, s.name AS service, t.name AS tech, p.text_before
  FROM visit v JOIN property p ON p.id = v.property_id JOIN service s ON s.id = v.service_id
  LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.id = :visit_id;

-- Visits of a day that somebody drives to, a customer's first one first.
-- name: fact_visits_of_day :many struct fact_visit_row
-- in:   struct day day, enum visit_state scheduled, uint64_t after
SELECT v.id, v.customer_id FROM visit v
 WHERE v.day = :day AND v.tech_id IS NOT NULL AND v.state = :scheduled AND v.customer_id > :after
 ORDER BY v.customer_id, COALESCE(v.from_minute, 1440), v.id LIMIT 200;

-- Served once, not now, the last time between those days.
-- name: fact_lost :many struct fact_lost_row
-- walks: once a day, over the customers of one company
-- in:   uint64_t after, enum customer_standing inactive, enum visit_state done, enum visit_state cancelled, struct day from, struct day to
SELECT c.id, CAST((SELECT MAX(v.day) FROM visit v WHERE v.customer_id = c.id AND v.state = :done) AS DATE) AS day
  FROM customer c
 WHERE c.id > :after AND c.standing = :inactive AND c.archived_at IS NULL AND c.merged_into IS NULL
   AND EXISTS (SELECT 1 FROM visit v WHERE v.customer_id = c.id AND v.day BETWEEN :from AND :to AND v.state = :done)
   AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.customer_id = c.id AND v.day > :to AND v.state <> :cancelled)
 ORDER BY c.id LIMIT 100;

-- name: fact_ratings :many struct fact_rating_row
-- in:   uint64_t customer_id, int64_t since, enum event_kind rated
SELECT detail FROM event FORCE INDEX (customer)
 WHERE customer_id = :customer_id AND at >= :since AND kind = :rated ORDER BY at DESC LIMIT 50;

-- name: fact_served :one struct fact_number_row
-- in:   uint64_t customer_id, struct day since, enum visit_state done
SELECT COUNT(*) AS number FROM visit WHERE customer_id = :customer_id AND day >= :since AND state = :done;

-- How often that was said to a customer since then; what was withdrawn or could not be said does not count.
-- name: fact_said :one struct fact_number_row
-- in:   uint64_t customer_id, enum occasion occasion, int64_t since, enum message_state failed, enum message_state withdrawn
SELECT COUNT(*) AS number FROM conversation c JOIN message m ON m.conversation_id = c.id
 WHERE c.customer_id = :customer_id AND m.occasion = :occasion AND m.at >= :since AND m.state NOT IN (:failed, :withdrawn);

-- The cause of the last word about a delay (fact_late): the third part of its key. 0: none.
-- name: late_told :one struct fact_number_row
-- in:   uint64_t visit_id, enum occasion late, enum message_state failed
SELECT CAST(COALESCE(MAX(SUBSTRING_INDEX(SUBSTRING_INDEX(message_key, ':', 3), ':', -1) + 0), 0) AS SIGNED) AS number
  FROM message WHERE ref_id = :visit_id AND occasion = :late AND state <> :failed;

-- name: late_drop :any
-- class: own
-- in:   uint64_t visit_id, enum occasion late, int64_t cause, enum message_state held, enum message_state withdrawn, int64_t now
UPDATE message SET state = :withdrawn, ended_at = :now, version = version + 1
 WHERE ref_id = :visit_id AND occasion = :late AND state = :held
   AND SUBSTRING_INDEX(SUBSTRING_INDEX(message_key, ':', 3), ':', -1) <> CAST(:cause AS CHAR);
