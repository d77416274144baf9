-- The public keys that sign and have signed documents of the company. Their secrets are nowhere.
-- include sql/tenant/proofs.h

-- name: sign_keys :many struct setting_row
-- in:   enum setting_kind kind
-- bound: a company has as many as it had data keys
SELECT id, name, position, body, archived_at, version FROM setting
 WHERE kind = :kind AND owner_id = 0 ORDER BY id DESC LIMIT 200;

-- name: sign_key_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, body) VALUES (:id, :kind, 0, :name, :body);

-- name: sign_key_end :exactly-one
-- class: compare
-- in:   uint64_t id, int64_t now, uint32_t version
UPDATE setting SET archived_at = :now, version = version + 1 WHERE id = :id AND version = :version;

-- ---- records of visits: rows of the log whose device is 0, numbered without a gap ----

-- The guard of the chain.
-- name: seal_head_for_update :maybe struct seal_head_row
SELECT value, version FROM counter WHERE name = 'proof.visit' FOR UPDATE;

-- name: seal_head_insert :insert
-- in:   struct str hash
INSERT INTO counter (name, value, hash) VALUES ('proof.visit', 1, :hash);

-- name: seal_head_move :exactly-one
-- class: compare
-- in:   uint64_t value, uint32_t version
UPDATE counter SET value = :value, version = version + 1 WHERE name = 'proof.visit' AND version = :version;

-- name: visit_seal_last :maybe struct visit_seal_row
-- in:   uint64_t visit_id
SELECT COALESCE(n, 0) AS seq, server_at, body FROM visit_log FORCE INDEX (visit)
 WHERE visit_id = :visit_id AND device_id = 0 ORDER BY server_at DESC, n DESC LIMIT 1;

-- name: visit_seal_at :maybe struct visit_seal_row
-- in:   uint32_t seq
SELECT COALESCE(n, 0) AS seq, server_at, body FROM visit_log WHERE device_id = 0 AND n = :seq;

-- ---- what a record says ----

-- name: record_source :one struct record_source
-- in:   uint64_t visit_id
SELECT c.name AS customer, c.email, c.language, p.name AS place, p.street, p.city, p.region, p.postcode,
       s.name AS service, t.name AS tech
  FROM visit v JOIN customer c ON c.id = v.customer_id JOIN property p ON p.id = v.property_id
  JOIN service s ON s.id = v.service_id LEFT JOIN staff t ON t.id = v.tech_id
 WHERE v.id = :visit_id;

-- name: record_readings :many struct record_reading_row
-- in:   uint64_t visit_id
SELECT r.at, r.body, b.name AS pool, b.kind FROM reading r JOIN pool b ON b.id = r.pool_id
 WHERE r.visit_id = :visit_id AND r.withdrawn_at IS NULL ORDER BY r.at, r.id LIMIT 40;

-- name: record_doses :many struct record_dose_row
-- in:   uint64_t visit_id
SELECT d.at, d.given_x100, i.name AS item, i.unit, b.name AS pool, b.kind
  FROM dose d JOIN item i ON i.id = d.item_id JOIN pool b ON b.id = d.pool_id
 WHERE d.visit_id = :visit_id AND d.undone_at IS NULL AND d.given_x100 > 0 ORDER BY d.at, d.id LIMIT 60;

-- name: record_photos :many struct record_photo_row
-- in:   enum record_kind visit, uint64_t visit_id
SELECT id, name, state, COALESCE(taken_at, made_at) AS at, digest FROM file
 WHERE on_kind = :visit AND on_id = :visit_id AND archived_at IS NULL ORDER BY id LIMIT 60;
