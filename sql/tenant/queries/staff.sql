-- People who work at the company, as the office sees them. What they prove themselves with is read in
-- credentials.sql alone.
-- include sql/tenant/staff.h

-- name: staff_one :one struct staff_row
-- in:   uint64_t id, uint32_t staff
SELECT p.id, p.name, p.email, p.language, p.role, p.role_id, r.name AS own_name,
       COALESCE(r.may, 0) AS own_may, p.state, p.password IS NOT NULL AS has_password,
       p.email_confirmed_at IS NOT NULL AS email_confirmed,
       p.totp_confirmed_at IS NOT NULL AS second_factor,
       (SELECT MAX(s.seen_at) FROM session s WHERE s.actor_kind = :staff AND s.actor_id = p.id) AS last_seen_at,
       p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id WHERE p.id = :id;

-- In the order of names, one more than a page shows; `after` is the last line of the page before.
-- name: staff_page :many struct staff_row
-- in:   uint64_t after, struct str q, uint32_t state, uint32_t staff
SELECT p.id, p.name, p.email, p.language, p.role, p.role_id, r.name AS own_name,
       COALESCE(r.may, 0) AS own_may, p.state, p.password IS NOT NULL AS has_password,
       p.email_confirmed_at IS NOT NULL AS email_confirmed,
       p.totp_confirmed_at IS NOT NULL AS second_factor,
       (SELECT MAX(s.seen_at) FROM session s WHERE s.actor_kind = :staff AND s.actor_id = p.id) AS last_seen_at,
       p.version
  FROM staff p LEFT JOIN role r ON r.id = p.role_id LEFT JOIN staff b ON b.id = :after
 WHERE (b.id IS NULL OR p.name > b.name OR (p.name = b.name AND p.id > b.id))
   AND (:q = '' OR LOCATE(:q, p.name) > 0 OR LOCATE(:q, p.email) > 0)
   AND (:state = 0 OR p.state = :state)
 ORDER BY p.name, p.id LIMIT 101;

-- name: staff_of_email :maybe struct staff_id_row
-- in:   struct str email
SELECT id FROM staff WHERE email = :email;

-- name: staff_insert :insert
-- in:   uint64_t id, struct str name, struct str email, struct str language, enum built_in_role role
-- in:   struct maybe_u64 role_id, enum staff_state state, int64_t now
INSERT INTO staff (id, name, email, language, role, role_id, state, created_at)
VALUES (:id, :name, :email, :language, :role, :role_id, :state, :now);

-- name: staff_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, enum built_in_role role, struct maybe_u64 role_id
-- in:   struct str language, uint32_t version
UPDATE staff SET name = :name, role = :role, role_id = :role_id, language = :language, version = version + 1
 WHERE id = :id AND version = :version;

-- name: staff_set_state :exactly-one
-- class: compare
-- in:   uint64_t id, enum staff_state state, uint32_t version
UPDATE staff SET state = :state, version = version + 1 WHERE id = :id AND version = :version;

-- What people change about themselves.
-- name: staff_introduce :exactly-one
-- class: compare
-- in:   uint64_t id, struct str name, struct str language, uint32_t version
UPDATE staff SET name = :name, language = :language, version = version + 1
 WHERE id = :id AND version = :version;
