-- The audit log. The row 'audit' of `counter` is the chain's head and its guard: it is read FOR UPDATE,
-- the line is inserted, and the head moves on by compare-and-set.
-- include domain/access/audit.h

-- name: audit_head_for_update :maybe struct audit_head
SELECT value, hash, version FROM counter WHERE name = 'audit' FOR UPDATE;

-- name: audit_head :maybe struct audit_head
SELECT value, hash, version FROM counter WHERE name = 'audit';

-- name: audit_head_insert :insert
-- in:   uint64_t value, struct str hash
INSERT INTO counter (name, value, hash) VALUES ('audit', :value, :hash);

-- name: audit_head_move :exactly-one
-- class: compare
-- in:   uint64_t value, struct str hash, uint32_t version
UPDATE counter SET value = :value, hash = :hash, version = version + 1
 WHERE name = 'audit' AND version = :version;

-- name: audit_insert :insert
-- in:   int64_t seq, int64_t at, uint32_t actor_kind, uint64_t actor_id, struct str actor_name
-- in:   struct str verb, struct str noun, uint64_t object_id, struct str detail, struct str ip
-- in:   struct str country, struct str trace, struct str prev_hash, struct str hash
INSERT INTO audit (seq, at, actor_kind, actor_id, actor_name, verb, noun, object_id, detail, ip, country,
                   trace, prev_hash, hash)
VALUES (:seq, :at, :actor_kind, :actor_id, :actor_name, :verb, :noun, :object_id, :detail, :ip, :country,
        :trace, :prev_hash, :hash);

-- name: audit_page :many struct audit_line
-- in:   int64_t before, struct str q
SELECT seq, at, actor_kind, actor_id, actor_name, verb, noun, object_id, detail, ip, country, trace,
       prev_hash, hash
  FROM audit
 WHERE seq < :before
   AND (:q = '' OR LOCATE(:q, actor_name) > 0 OR LOCATE(:q, CONVERT(verb USING utf8mb4)) > 0 OR LOCATE(:q, detail) > 0)
 ORDER BY seq DESC LIMIT 51;

-- name: audit_after :many struct audit_line
-- in:   int64_t seq
SELECT seq, at, actor_kind, actor_id, actor_name, verb, noun, object_id, detail, ip, country, trace,
       prev_hash, hash
  FROM audit WHERE seq > :seq ORDER BY seq LIMIT 1000;

-- The name that goes into a line: people are renamed, the log is not.
-- name: audit_staff_name :maybe struct audit_name
-- in:   uint64_t id
SELECT name FROM staff WHERE id = :id;

-- name: audit_customer_name :maybe struct audit_name
-- in:   uint64_t id
SELECT name FROM customer WHERE id = :id;

-- name: audit_table :many struct audit_line
-- in:   int64_t before, struct str q
SELECT seq, at, actor_kind, actor_id, actor_name, verb, noun, object_id, detail, ip, country, trace,
       prev_hash, hash
  FROM audit
 WHERE seq < :before
   AND (:q = '' OR LOCATE(:q, actor_name) > 0 OR LOCATE(:q, CONVERT(verb USING utf8mb4)) > 0 OR LOCATE(:q, detail) > 0)
 ORDER BY seq DESC LIMIT 1000;
