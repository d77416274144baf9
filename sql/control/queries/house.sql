-- include sql/control/rows.h

-- name: house_ping :one struct house_ping
SELECT COUNT(*) AS clusters FROM cluster WHERE id = 0;
