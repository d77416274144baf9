-- The company's own row; its id is always 1.
-- include sql/tenant/company.h

-- name: company :one struct company_row
SELECT name, phone, street, city, region, postcode, country, zone, currency, language, accent,
       week_starts, version
  FROM company WHERE id = 1;

-- How large it is: numbers for the platform's list, once a night.
-- name: company_size :one struct company_size
SELECT (SELECT COUNT(*) FROM customer WHERE id > 0 AND archived_at IS NULL) AS customers,
       (SELECT COUNT(*) FROM pool WHERE id > 0 AND archived_at IS NULL) AS pools,
       (SELECT COUNT(*) FROM staff WHERE id > 0 AND state = 2) AS staff;

-- name: company_change :exactly-one
-- class: compare
-- in:   struct str name, struct str phone, struct str street, struct str city, struct str region
-- in:   struct str postcode, struct str country, struct str zone, struct str currency
-- in:   struct str language, struct str accent, uint32_t week_starts, uint32_t version
UPDATE company
   SET name = :name, phone = :phone, street = :street, city = :city, region = :region,
       postcode = :postcode, country = :country, zone = :zone, currency = :currency,
       language = :language, accent = :accent, week_starts = :week_starts, version = version + 1
 WHERE id = 1 AND version = :version;
