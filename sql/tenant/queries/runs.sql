-- Bill runs: a batch of kind bills, a row for each customer.
-- include sql/tenant/runs.h

-- name: run_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t made_at, struct str body
INSERT INTO batch (id, kind, state, staff_id, made_at, body)
VALUES (:id, :kind, :state, :staff_id, :made_at, :body);

-- name: run_one :one struct run_batch_row
-- in:   uint64_t id, enum batch_kind kind
SELECT id, state, made_at, total, done, failed, body, version FROM batch WHERE id = :id AND kind = :kind;

-- The guard of a run: whoever takes a step of it moves its version.
-- name: run_for_update :one struct run_batch_row
-- in:   uint64_t id, enum batch_kind kind
SELECT id, state, made_at, total, done, failed, body, version FROM batch WHERE id = :id AND kind = :kind FOR UPDATE;

-- name: runs_recent :many struct run_batch_row
-- walks: in the order of the key `made_at`, until a page is full
-- in:   enum batch_kind kind
SELECT id, state, made_at, total, done, failed, body, version FROM batch WHERE kind = :kind
 ORDER BY made_at DESC, id DESC LIMIT 24;

-- name: run_move :exactly-one
-- class: compare
-- in:   uint64_t id, enum batch_state state, uint32_t total, uint32_t done, uint32_t failed, struct maybe_i64 ended_at
-- in:   uint32_t version
UPDATE batch SET state = :state, total = :total, done = :done, failed = :failed, ended_at = :ended_at,
       version = version + 1
 WHERE id = :id AND version = :version;

-- The next customers for whom something waits.
-- name: run_customers :many struct run_customer_row
-- in:   uint64_t after, struct day until
SELECT l.customer_id AS id FROM bill_line l FORCE INDEX (customer)
 WHERE l.customer_id > :after AND l.bill_id = 0 AND l.day <= :until
 GROUP BY l.customer_id ORDER BY l.customer_id LIMIT 100;

-- The document before, kind by kind; what was billed with a job of its own is no month.
-- name: run_last :many struct run_last_row
-- in:   uint64_t customer_id, enum bill_state issued
-- bound: kinds of charges
SELECT l.bill_id, d.day, l.kind, CAST(COALESCE(SUM(l.net_cents + l.tax_cents), 0) AS SIGNED) AS cents
  FROM bill_line l JOIN bill d ON d.id = l.bill_id
 WHERE l.bill_id = (SELECT b.id FROM bill b WHERE b.customer_id = :customer_id AND b.state = :issued AND b.visit_id = 0
                       AND b.kind IN (2, 3) ORDER BY b.day DESC, b.id DESC LIMIT 1)
 GROUP BY l.bill_id, d.day, l.kind ORDER BY l.kind;

-- What the ledger was told when a document was issued.
-- name: run_posted :one struct cents_row
-- in:   uint64_t bill_id, enum account receivable, enum posting_kind issued
SELECT CAST(COALESCE(SUM(e.cents), 0) AS SIGNED) AS cents FROM entry e
 WHERE e.bill_id = :bill_id AND e.account = :receivable AND e.kind = :issued;

-- The last day of whoever is served by no agreement any more, if they were not billed since.
-- name: run_stopped :maybe struct run_stopped_row
-- in:   uint64_t customer_id, struct day since, struct day until
SELECT MAX(a.ends_day) AS day FROM agreement a WHERE a.customer_id = :customer_id
HAVING COUNT(*) > 0 AND SUM(a.ends_day IS NULL OR a.ends_day > :until) = 0 AND MAX(a.ends_day) >= :since;

-- name: run_row_insert :insert
-- in:   uint64_t batch_id, uint32_t nr, enum row_state state, uint64_t record_id, struct str problem, struct str cells
INSERT INTO batch_row (batch_id, n, state, record_id, problem, cells)
VALUES (:batch_id, :nr, :state, :record_id, :problem, :cells);

-- name: run_waiting :many struct run_waiting_row
-- in:   uint64_t batch_id, enum row_state waiting
SELECT n, record_id, cells FROM batch_row WHERE batch_id = :batch_id AND state = :waiting ORDER BY n LIMIT 25;

-- name: run_row_settle :exactly-one
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state was, enum row_state state, struct str problem, struct str cells
UPDATE batch_row SET state = :state, problem = :problem, cells = :cells, version = version + 1
 WHERE batch_id = :batch_id AND n = :nr AND state = :was;

-- The paper of a row that was drawn to be looked at; its state stays.
-- name: run_row_draft :exactly-one
-- class: own
-- in:   uint64_t batch_id, uint32_t nr, enum row_state was, struct str cells
UPDATE batch_row SET cells = :cells, version = version + 1 WHERE batch_id = :batch_id AND n = :nr AND state = :was;

-- name: run_row_one :one struct run_found_row
-- in:   uint64_t batch_id, uint32_t nr
SELECT n, record_id, state, cells FROM batch_row WHERE batch_id = :batch_id AND n = :nr;

-- name: run_row_of :maybe struct run_found_row
-- in:   uint64_t batch_id, uint64_t customer_id
SELECT n, record_id, state, cells FROM batch_row WHERE batch_id = :batch_id AND record_id = :customer_id
 ORDER BY n LIMIT 1;

-- name: run_counts :many struct run_count_row
-- in:   uint64_t batch_id
-- bound: states times what they may be
SELECT state, CAST(COALESCE(CASE JSON_VALUE(cells, '$.what') WHEN 'different' THEN 1 WHEN 'new' THEN 2 ELSE 0 END, 0) AS SIGNED) AS what, COUNT(*) AS number,
       CAST(COALESCE(SUM(JSON_VALUE(cells, '$.total_cents')), 0) AS SIGNED) AS cents,
       CAST(COALESCE(SUM(JSON_VALUE(cells, '$.last_cents')), 0) AS SIGNED) AS last_cents,
       CAST(COALESCE(SUM(ABS(JSON_VALUE(cells, '$.off_cents'))), 0) AS SIGNED) AS off_cents,
       COUNT(JSON_VALUE(cells, '$.off_cents')) AS compared, COUNT(JSON_VALUE(cells, '$.stopped_day')) AS stopped
  FROM batch_row WHERE batch_id = :batch_id GROUP BY state, what ORDER BY state, what;

-- what, state: '' and 0 are all of them.
-- name: run_rows_of :many struct run_row_row
-- in:   uint64_t batch_id, uint32_t after, struct str what, uint32_t state, bool stopped, struct str q
SELECT r.n, r.state, r.record_id AS customer_id, COALESCE(c.name, '') AS customer, r.problem, r.cells
  FROM batch_row r LEFT JOIN customer c ON c.id = r.record_id
 WHERE r.batch_id = :batch_id AND r.n > :after AND (:state = 0 OR r.state = :state)
   AND (:what = '' OR JSON_VALUE(r.cells, '$.what') = :what)
   AND (:stopped = 0 OR JSON_VALUE(r.cells, '$.stopped_day') IS NOT NULL) AND (:q = '' OR LOCATE(:q, c.name) > 0)
 ORDER BY r.n LIMIT 201;
