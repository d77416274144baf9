-- One's own open sessions, and how to end one.
-- include sql/tenant/session_line.h

-- name: own_sessions :many struct session_line_row
-- in:   uint32_t actor_kind, uint64_t actor_id, int64_t now
SELECT id, door, created_at, seen_at, ip, country, agent
  FROM session
 WHERE actor_kind = :actor_kind AND actor_id = :actor_id AND ended_at IS NULL AND expires_at > :now
 ORDER BY created_at DESC, id DESC LIMIT 100;

-- name: own_session_end :any
-- class: own
-- in:   uint64_t id, uint32_t actor_kind, uint64_t actor_id, int64_t now
UPDATE session SET ended_at = :now, version = version + 1
 WHERE id = :id AND actor_kind = :actor_kind AND actor_id = :actor_id AND ended_at IS NULL;
