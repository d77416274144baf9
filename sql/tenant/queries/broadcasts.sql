-- One text to many: who wants it, who has ended it, how far it is.
-- include sql/tenant/broadcasts.h
-- include sql/tenant/batch.h
-- include domain/base/setting.h

-- name: broadcast_readers :many struct broadcast_reader_row
-- in:   struct str ids, uint64_t wish
-- bound: EDIT_MATCHING_MAX customers, and those of their people who want news
SELECT c.id AS customer_id, c.name AS customer, k.name, k.phone, k.email, k.language, k.by_sms, k.by_email
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN customer c ON c.id = q.v STRAIGHT_JOIN contact k ON k.customer_id = c.id
 WHERE c.archived_at IS NULL AND c.merged_into IS NULL AND k.archived_at IS NULL AND ((k.by_sms & :wish) <> 0 OR (k.by_email & :wish) <> 0)
 ORDER BY c.id, k.position, k.id;

-- name: broadcast_stopped :many struct broadcast_stopped_row
-- in:   enum setting_kind consent
-- bound: as many as have ever ended something, of one company
SELECT name FROM setting WHERE kind = :consent AND owner_id = 0 AND body LIKE '{"stopped":true%' ORDER BY name;

-- name: broadcast_counts :many struct broadcast_count_row
-- in:   uint64_t batch_id
-- bound: states by media
SELECT state, medium, COUNT(*) AS number, COALESCE(MIN(due_at), 0) AS first_at FROM message WHERE batch_id = :batch_id GROUP BY state, medium;

-- What has not left yet never will.
-- name: broadcast_withdraw :any
-- class: own
-- in:   uint64_t batch_id, enum message_state queued, enum message_state held, enum message_state withdrawn, int64_t now
UPDATE message SET state = :withdrawn, ended_at = :now, version = version + 1
 WHERE batch_id = :batch_id AND state IN (:queued, :held);

-- name: broadcasts_recent :many struct batch_line_row
-- walks: in the order of the key `made_at`, until a page is full
-- in:   enum batch_kind kind, uint64_t before
SELECT b.id, b.kind, b.state, b.made_at, s.name AS staff_name, b.total, b.done, b.failed, b.undone_at, b.body
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id
 WHERE b.kind = :kind AND b.id < :before ORDER BY b.made_at DESC, b.id DESC LIMIT 21;
