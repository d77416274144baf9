-- What the control schema keeps of a company's own row: needed before its schema can be entered.

-- name: tenant_mirror :exactly-one
-- class: own
-- in:   uint64_t id, struct str name, struct str country, struct str zone, struct str currency
-- in:   struct str language
UPDATE tenant
   SET name = :name, country = :country, zone = :zone, currency = :currency, language = :language,
       version = version + 1
 WHERE id = :id;
