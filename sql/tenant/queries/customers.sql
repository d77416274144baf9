-- Customers: the row itself, and what the whole page needs beside it.
-- include sql/tenant/record.h

-- name: customer_one :one struct customer_row
-- in:   uint64_t id
SELECT c.id, c.name, c.kind, c.email, c.language, c.standing, c.bill_street, c.bill_city, c.bill_region,
       c.bill_postcode, c.source, c.external_id, c.own, c.merged_into, c.archived_at, c.created_at, c.version
  FROM customer c WHERE c.id = :id;

-- name: customer_insert :insert
-- in:   uint64_t id, struct str name, enum customer_kind kind, struct str email, struct str language
-- in:   enum customer_standing standing, struct str source, struct str external_id, struct str own, int64_t now
INSERT INTO customer (id, name, kind, email, language, standing, source, external_id, own, created_at)
VALUES (:id, :name, :kind, :email, :language, :standing, :source, :external_id, :own, :now);

-- name: customer_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, enum customer_kind kind, struct str email, struct str language
-- in:   struct str bill_street, struct str bill_city, struct str bill_region, struct str bill_postcode
-- in:   struct str source, struct str external_id, struct str own, uint32_t version
UPDATE customer SET name = :name, kind = :kind, email = :email, language = :language, bill_street = :bill_street,
       bill_city = :bill_city, bill_region = :bill_region, bill_postcode = :bill_postcode, source = :source,
       external_id = :external_id, own = :own, version = version + 1
 WHERE id = :id AND version = :version;

-- Who is archived enters the portal no more: what disables the door is the same moment.
-- name: customer_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE customer SET archived_at = :at, disabled_at = :at, version = version + 1 WHERE id = :id AND version = :version;

-- Agreements that run now or will, of a customer.
-- name: customer_agreements_open :one struct number_row
-- in:   uint64_t customer_id, struct day today
SELECT COUNT(*) AS number FROM agreement
 WHERE customer_id = :customer_id AND closed_at IS NULL AND (ends_day IS NULL OR ends_day >= :today);

-- Each with the term that holds now, or its first; one more than the page's ceiling is never made.
-- name: customer_agreements :many struct agreement_line_row
-- in:   uint64_t customer_id, struct day today, uint32_t works
SELECT g.id, g.property_id, NULLIF(g.pool_id, 0) AS pool_id, g.starts_day, g.ends_day, g.closed_at, t.rule,
       t.service_id, v.name AS service_name, t.tech_id, s.name AS tech_name, t.rate_cents
  FROM agreement g
  LEFT JOIN term t ON t.agreement_id = g.id AND t.from_day = (SELECT MAX(l.from_day) FROM term l
       WHERE l.agreement_id = g.id AND l.kind = :works AND l.from_day <= GREATEST(:today, g.starts_day))
  LEFT JOIN service v ON v.id = t.service_id LEFT JOIN staff s ON s.id = t.tech_id
 WHERE g.customer_id = :customer_id ORDER BY g.closed_at IS NOT NULL, g.id DESC LIMIT 200;
