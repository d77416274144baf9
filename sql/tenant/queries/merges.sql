-- Two records of one customer become one: what is looked at, what moves, and the way back.
-- include sql/tenant/batch.h
-- include sql/tenant/billing.h

-- What is compared for likeness, in three walks in the order of the customers: asked of each by itself, twenty thousand
-- customers are eighty thousand questions. Archived ones and those that went into another are out of it.
-- name: likeness_customers :many struct likeness_row
-- walks: all customers of a company once, when somebody asks for duplicates
-- in:   enum customer_standing archived
-- bound: a company has at most 20,000 customers (plan limit)
SELECT c.id, c.name, c.email FROM customer c WHERE c.merged_into IS NULL AND c.standing <> :archived ORDER BY c.id LIMIT 20000;

-- name: likeness_contacts :many struct likeness_contact_row
-- walks: all people of a company once, likewise
-- bound: more than five for each customer are not compared
SELECT k.customer_id, k.phone, k.email FROM contact k WHERE k.archived_at IS NULL AND (k.phone <> '' OR k.email <> '')
 ORDER BY k.customer_id, k.id LIMIT 100000;

-- name: likeness_places :many struct likeness_place_row
-- walks: all places of a company once, likewise
-- bound: more than five for each customer are not compared
SELECT p.customer_id, p.street, p.postcode, p.city FROM property p WHERE p.archived_at IS NULL
 ORDER BY p.customer_id, p.id LIMIT 100000;

-- Pairs of which somebody said that they are two (settings of kind apart): the name is "<id>-<id>".
-- name: aparts :many struct apart_row
-- in:   enum setting_kind kind
-- bound: at most APARTS_MAX
SELECT id, name FROM setting WHERE kind = :kind AND owner_id = 0;

-- name: apart_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name
INSERT INTO setting (id, kind, name, body) VALUES (:id, :kind, :name, '{}');

-- name: apart_drop :any
-- class: own
-- in:   enum setting_kind kind, struct str name
DELETE FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name;

-- name: merge_took :one struct took_row
-- in:   uint64_t id
SELECT took FROM customer WHERE id = :id;

-- name: merge_keep :exactly-one
-- class: compare
-- in:   uint64_t id, struct str email, struct str bill_street, struct str bill_city, struct str bill_region
-- in:   struct str bill_postcode, struct str source, struct str external_id, struct str own, struct str took
-- in:   uint32_t version
UPDATE customer SET email = :email, bill_street = :bill_street, bill_city = :bill_city, bill_region = :bill_region,
       bill_postcode = :bill_postcode, source = :source, external_id = :external_id, own = :own, took = :took,
       version = version + 1
 WHERE id = :id AND version = :version;

-- name: merge_lose :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_u64 into, struct maybe_i64 at, uint32_t version
UPDATE customer SET merged_into = :into, archived_at = :at, disabled_at = :at, version = version + 1
 WHERE id = :id AND version = :version;

-- ---- what moves: the ids of each kind, and giving a list of them to the other. ----

-- name: merge_properties :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM property WHERE customer_id = :customer_id ORDER BY id LIMIT 2000;

-- name: merge_give_properties :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE property SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- name: merge_give_contacts :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE contact SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- name: merge_notes :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM note WHERE customer_id = :customer_id ORDER BY id LIMIT 20000;

-- name: merge_give_notes :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE note SET customer_id = :taker, on_id = IF(on_id = :giver, :taker, on_id), version = version + 1
 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- name: merge_files :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM file WHERE customer_id = :customer_id ORDER BY id LIMIT 20000;

-- name: merge_give_files :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE file SET customer_id = :taker, on_id = IF(on_id = :giver, :taker, on_id), version = version + 1
 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- name: merge_agreements :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM agreement WHERE customer_id = :customer_id ORDER BY id LIMIT 2000;

-- name: merge_give_agreements :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE agreement SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- name: merge_visits :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM visit WHERE customer_id = :customer_id ORDER BY id LIMIT 20000;

-- name: merge_give_visits :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE visit SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- Pools have no customer of their own: they go with their property. Only counted.
-- name: merge_pools :one struct number_row
-- in:   uint64_t customer_id
SELECT COUNT(*) AS number FROM property p JOIN pool o ON o.property_id = p.id WHERE p.customer_id = :customer_id;

-- Charges that wait for a bill go along; what was billed or paid never changes hands.
-- name: merge_charges :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM bill_line WHERE customer_id = :customer_id AND bill_id IN (0, 1) ORDER BY id LIMIT 2000;

-- name: merge_give_charges :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE bill_line SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver AND bill_id IN (0, 1)
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- Ways to pay go along with what they may pay: the consent was the same person's.
-- name: merge_methods :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM payment_method WHERE customer_id = :customer_id ORDER BY id LIMIT 200;

-- name: merge_give_methods :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE payment_method SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- name: merge_conversations :many struct person_id_row
-- in:   uint64_t customer_id
SELECT id FROM conversation WHERE customer_id = :customer_id ORDER BY id LIMIT 200;

-- name: merge_give_conversations :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE conversation SET customer_id = :taker, version = version + 1 WHERE customer_id = :giver
   AND id IN (SELECT q.v FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q);

-- Certificates of exemption and rules of billing (settings of one customer): what the other has not by the same name.
-- name: merge_rules :many struct person_id_row
-- in:   uint64_t giver, uint64_t taker, enum setting_kind exemption, enum setting_kind billing
SELECT s.id FROM setting s
 WHERE s.kind IN (:exemption, :billing) AND s.owner_id = :giver
   AND NOT EXISTS (SELECT 1 FROM setting t WHERE t.kind = s.kind AND t.owner_id = :taker AND t.name = s.name)
 ORDER BY s.id LIMIT 400;

-- name: merge_rules_same :one struct number_row
-- in:   uint64_t giver, uint64_t taker, enum setting_kind exemption, enum setting_kind billing
SELECT COUNT(*) AS number FROM setting s JOIN setting t ON t.kind = s.kind AND t.owner_id = :taker AND t.name = s.name
 WHERE s.kind IN (:exemption, :billing) AND s.owner_id = :giver;

-- name: merge_give_rules :any
-- class: own
-- in:   struct str ids, uint64_t giver, uint64_t taker
UPDATE setting s JOIN JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q ON q.v = s.id
   SET s.owner_id = :taker, s.version = s.version + 1 WHERE s.owner_id = :giver;

-- What is written in the name of these customers ("[1,2]"): bills, payments.
-- name: merge_money :one struct merge_money_row
-- in:   struct str owners
SELECT (SELECT COUNT(*) FROM JSON_TABLE(IF(JSON_VALID(:owners), :owners, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
          JOIN bill b ON b.customer_id = q.v) AS bills,
       (SELECT COUNT(*) FROM JSON_TABLE(IF(JSON_VALID(:owners), :owners, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
          JOIN payment p ON p.customer_id = q.v) AS payments;

-- The guards of all that: whoever posts on one of them meanwhile is waited for, or waits.
-- name: merge_touch_bills :any
-- class: own
-- in:   struct str owners
UPDATE JSON_TABLE(IF(JSON_VALID(:owners), :owners, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN bill b ON b.customer_id = q.v SET b.version = b.version + 1 WHERE q.v > 0;

-- name: merge_touch_payments :any
-- class: own
-- in:   struct str owners
UPDATE JSON_TABLE(IF(JSON_VALID(:owners), :owners, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN payment p ON p.customer_id = q.v SET p.version = p.version + 1 WHERE q.v > 0;

-- What stands with a customer of documents that are written in the names of these.
-- name: merge_open_bills :many struct balance_row
-- in:   uint64_t customer_id, struct str owners, enum account receivable
SELECT e.bill_id AS id, CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e JOIN bill b ON b.id = e.bill_id
 WHERE e.customer_id = :customer_id AND e.account = :receivable AND b.customer_id IN (SELECT q.v
  FROM JSON_TABLE(IF(JSON_VALID(:owners), :owners, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q)
 GROUP BY e.bill_id HAVING SUM(e.cents) <> 0 ORDER BY e.bill_id LIMIT 5000;

-- name: merge_free_payments :many struct balance_row
-- in:   uint64_t customer_id, struct str owners, enum account unapplied
SELECT e.payment_id AS id, CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents
  FROM entry e JOIN payment p ON p.id = e.payment_id
 WHERE e.customer_id = :customer_id AND e.account = :unapplied AND p.customer_id IN (SELECT q.v
  FROM JSON_TABLE(IF(JSON_VALID(:owners), :owners, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q)
 GROUP BY e.payment_id HAVING SUM(e.cents) <> 0 ORDER BY e.payment_id LIMIT 5000;
