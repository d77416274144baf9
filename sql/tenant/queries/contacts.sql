-- The people of an account.
-- include sql/tenant/record.h

-- name: contact_one :one struct contact_row
-- in:   uint64_t id
SELECT k.id, k.customer_id, k.name, k.relation, k.phone, k.email, k.language, k.by_sms, k.by_email, k.by_voice, k.position,
       k.archived_at, k.version
  FROM contact k WHERE k.id = :id;

-- name: contacts_of :many struct contact_row
-- in:   uint64_t customer_id
SELECT k.id, k.customer_id, k.name, k.relation, k.phone, k.email, k.language, k.by_sms, k.by_email, k.by_voice, k.position,
       k.archived_at, k.version
  FROM contact k WHERE k.customer_id = :customer_id ORDER BY k.archived_at IS NOT NULL, k.position, k.id LIMIT 250;

-- name: contacts_number :one struct number_row
-- in:   uint64_t customer_id
SELECT COUNT(*) AS number FROM contact WHERE customer_id = :customer_id;

-- name: contact_insert :insert
-- in:   uint64_t id, uint64_t customer_id, struct str name, enum relation relation, struct str phone
-- in:   struct str email, struct str language, uint64_t by_sms, uint64_t by_email, uint32_t position
INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email, position)
VALUES (:id, :customer_id, :name, :relation, :phone, :email, :language, :by_sms, :by_email, :position);

-- name: contact_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, enum relation relation, struct str phone, struct str email
-- in:   struct str language, uint64_t by_sms, uint64_t by_email, uint32_t position, uint32_t version
UPDATE contact SET name = :name, relation = :relation, phone = :phone, email = :email, language = :language,
       by_sms = :by_sms, by_email = :by_email, position = :position, version = version + 1
 WHERE id = :id AND version = :version;

-- name: contact_archive :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_i64 at, uint32_t version
UPDATE contact SET archived_at = :at, version = version + 1 WHERE id = :id AND version = :version;

-- What they are rung for; the row was written before, in this transaction.
-- name: contact_voice :exactly-one
-- class: own
-- in:   uint64_t id, uint64_t by_voice
UPDATE contact SET by_voice = :by_voice WHERE id = :id;
