-- Who is signed in. A disabled person's sessions are dead at once: the row only counts together with its
-- person. Ended rows stay for a while, so that a sign-in from a new country is noticed.
-- include sql/tenant/credential.h

-- name: session_of_staff :maybe struct session_row
-- in:   struct str token_hash, uint32_t staff, uint32_t active, int64_t now
SELECT s.id, s.actor_id, s.door, s.second_factor, s.created_at, s.seen_at, s.stepped_up_at, s.version,
       p.language, p.role, p.role_id, s.device_id
  FROM session s JOIN staff p ON p.id = s.actor_id
 WHERE s.token_hash = :token_hash AND s.actor_kind = :staff AND s.ended_at IS NULL
   AND s.expires_at > :now AND p.state = :active;

-- Asked only of whoever has a role of the company's own: a third table would cost each request of everybody.
-- name: role_may :maybe struct role_may
-- in:   uint64_t id
SELECT may FROM role WHERE id = :id;

-- name: session_of_customer :maybe struct portal_session_row
-- in:   struct str token_hash, uint32_t customer, int64_t now
SELECT s.id, s.actor_id, s.seen_at, c.language
  FROM session s JOIN customer c ON c.id = s.actor_id
 WHERE s.token_hash = :token_hash AND s.actor_kind = :customer AND s.ended_at IS NULL
   AND s.expires_at > :now AND c.disabled_at IS NULL;

-- Somebody of the platform, who looks in.
-- name: session_of_support :maybe struct support_session_row
-- in:   struct str token_hash, uint32_t support, int64_t now
SELECT id, actor_id, seen_at FROM session
 WHERE token_hash = :token_hash AND actor_kind = :support AND ended_at IS NULL AND expires_at > :now;

-- name: session_open :insert
-- in:   uint64_t id, struct str token_hash, uint32_t actor_kind, uint64_t actor_id, uint32_t door, bool second_factor, int64_t now, int64_t stepped_up_at, int64_t expires_at, struct str ip, struct str country, struct str agent
INSERT INTO session (id, token_hash, actor_kind, actor_id, door, second_factor, created_at, seen_at,
       stepped_up_at, expires_at, ip, country, agent)
VALUES (:id, :token_hash, :actor_kind, :actor_id, :door, :second_factor, :now, :now,
       :stepped_up_at, :expires_at, :ip, :country, :agent);

-- A session that rises gets a new token: the old cookie is worth nothing from then on.
-- name: session_raise :exactly-one
-- class: own
-- in:   uint64_t id, struct str token_hash, bool second_factor, int64_t now
UPDATE session SET token_hash = :token_hash, second_factor = :second_factor, stepped_up_at = :now,
       version = version + 1
 WHERE id = :id AND ended_at IS NULL;

-- name: session_seen :any
-- class: own
-- in:   uint64_t id, int64_t now
UPDATE session SET seen_at = GREATEST(seen_at, :now) WHERE id = :id AND ended_at IS NULL;

-- name: session_on_device :any
-- class: own
-- in:   uint64_t id, uint64_t device_id
UPDATE session SET device_id = :device_id WHERE id = :id AND ended_at IS NULL;

-- Whatever is signed in on that phone; and at the technicians' door what has not said yet on which one: it may be this.
-- name: sessions_end_of_device :any
-- class: own
-- in:   uint32_t actor_kind, uint64_t actor_id, uint64_t device_id, uint32_t door, int64_t now
UPDATE session SET ended_at = :now, version = version + 1
 WHERE actor_kind = :actor_kind AND actor_id = :actor_id AND (device_id = :device_id OR (device_id IS NULL AND door = :door))
   AND ended_at IS NULL;

-- name: session_end :any
-- class: own
-- in:   uint64_t id, int64_t now
UPDATE session SET ended_at = :now, version = version + 1 WHERE id = :id AND ended_at IS NULL;

-- All of one person, but one (0: all of them).
-- name: sessions_end_others :any
-- class: own
-- in:   uint32_t actor_kind, uint64_t actor_id, uint64_t but, int64_t now
UPDATE session SET ended_at = :now, version = version + 1
 WHERE actor_kind = :actor_kind AND actor_id = :actor_id AND ended_at IS NULL AND id <> :but;

-- name: session_places :one struct session_places
-- in:   uint32_t actor_kind, uint64_t actor_id, int64_t since, struct str country
SELECT COUNT(*) AS known, COALESCE(SUM(country = :country), 0) AS here
  FROM session
 WHERE actor_kind = :actor_kind AND actor_id = :actor_id AND created_at >= :since AND country <> '';
