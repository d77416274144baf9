-- Imports: a batch of kind import, its rows, and the customers that come of them, many in a statement.
-- Lists of rows come as JSON that we wrote ourselves; an empty text stands for none (the planner asks with one).
-- include sql/tenant/import.h
-- include sql/tenant/record.h

-- name: import_one :one struct import_batch_row
-- in:   uint64_t id, enum batch_kind kind
SELECT b.id, b.state, b.staff_id, s.name AS staff_name, b.made_at, b.total, b.done, b.failed, b.body,
       b.sheet IS NOT NULL AS sheet, b.ended_at, b.undone_at, b.version
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id WHERE b.id = :id AND b.kind = :kind;

-- name: import_for_update :maybe struct import_batch_row
-- in:   uint64_t id, enum batch_kind kind
SELECT b.id, b.state, b.staff_id, (SELECT s.name FROM staff s WHERE s.id = b.staff_id) AS staff_name, b.made_at,
       b.total, b.done, b.failed, b.body, b.sheet IS NOT NULL AS sheet, b.ended_at, b.undone_at, b.version
  FROM batch b WHERE b.id = :id AND b.kind = :kind FOR UPDATE;

-- Newest first; ids are made of the time.
-- name: imports_page :many struct import_batch_row
-- in:   enum batch_kind kind, uint64_t before
SELECT b.id, b.state, b.staff_id, s.name AS staff_name, b.made_at, b.total, b.done, b.failed, b.body,
       b.sheet IS NOT NULL AS sheet, b.ended_at, b.undone_at, b.version
  FROM batch b LEFT JOIN staff s ON s.id = b.staff_id
 WHERE b.kind = :kind AND (:before = 0 OR b.id < :before) ORDER BY b.id DESC LIMIT 31;

-- name: import_insert :insert
-- in:   uint64_t id, enum batch_kind kind, enum batch_state state, uint64_t staff_id, int64_t now, uint32_t total
-- in:   struct str body, struct str sheet
INSERT INTO batch (id, kind, state, staff_id, made_at, total, body, sheet)
VALUES (:id, :kind, :state, :staff_id, :now, :total, :body, :sheet);

-- name: import_save :exactly-one
-- class: locked
-- in:   uint64_t id, enum batch_state state, uint32_t done, uint32_t failed, struct str body
-- in:   struct maybe_i64 ended_at, struct maybe_i64 undone_at
UPDATE batch SET state = :state, done = :done, failed = :failed, body = :body, ended_at = :ended_at,
       undone_at = :undone_at, version = version + 1
 WHERE id = :id;

-- name: import_sheet :one struct import_sheet_row
-- in:   uint64_t id
SELECT sheet FROM batch WHERE id = :id;

-- name: import_sheet_drop :any
-- class: own
-- in:   uint64_t id
UPDATE batch SET sheet = NULL, version = version + 1 WHERE id = :id;

-- Files that wait, the newest first.
-- name: import_sheets :many struct import_id_row
-- walks: batches are acts of people: some hundreds in a company's life
-- in:   enum batch_kind kind, enum batch_state running
SELECT id FROM batch WHERE kind = :kind AND sheet IS NOT NULL AND state <> :running ORDER BY id DESC LIMIT 20;

-- name: import_drop :any
-- class: own
-- in:   uint64_t id, enum batch_kind kind
DELETE FROM batch WHERE id = :id AND kind = :kind;

-- name: import_rows_drop :any
-- class: own
-- in:   uint64_t id
DELETE FROM batch_row WHERE batch_id = :id LIMIT 2000;

-- Imports whose rows nobody needs any more: ended so long ago, or never begun.
-- name: imports_old :many struct import_id_row
-- walks: batches are acts of people: some hundreds in a company's life
-- in:   enum batch_kind kind, enum batch_state running, enum batch_state undoing, int64_t ended_before
-- in:   int64_t made_before
SELECT b.id FROM batch b
 WHERE b.kind = :kind AND b.state <> :running AND b.state <> :undoing AND ((b.ended_at IS NOT NULL AND b.ended_at < :ended_before)
       OR (b.ended_at IS NULL AND b.made_at < :made_before))
   AND (b.sheet IS NOT NULL OR EXISTS (SELECT 1 FROM batch_row r WHERE r.batch_id = b.id)) ORDER BY b.id LIMIT 1;

-- ---- rows ----

-- A dry run that is run again writes over what the one before wrote.
-- name: import_rows_put :any
-- class: own
-- in:   uint64_t batch_id, struct str list
INSERT INTO batch_row (batch_id, n, state, record_id, problem, cells)
SELECT :batch_id, q.n, q.s, q.r, q.p, q.c FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       n INT UNSIGNED PATH '$.n', s TINYINT UNSIGNED PATH '$.s', r BIGINT UNSIGNED PATH '$.r',
       p VARCHAR(300) PATH '$.p', c JSON PATH '$.c')) q
ON DUPLICATE KEY UPDATE state = VALUES(state), record_id = VALUES(record_id), problem = VALUES(problem),
       cells = VALUES(cells), version = 1;

-- name: import_counts :many struct import_count_row
-- in:   uint64_t batch_id, uint32_t upto
-- bound: one for each enum row_state
SELECT state, COUNT(*) AS number FROM batch_row WHERE batch_id = :batch_id AND n <= :upto GROUP BY state;

-- name: import_rows_page :many struct import_line_row
-- in:   uint64_t batch_id, uint32_t after, uint32_t upto
SELECT n, state, record_id, problem, cells FROM batch_row
 WHERE batch_id = :batch_id AND n > :after AND n <= :upto ORDER BY n LIMIT 101;

-- name: import_rows_of_state :many struct import_line_row
-- in:   uint64_t batch_id, enum row_state state, uint32_t after, uint32_t upto
SELECT n, state, record_id, problem, cells FROM batch_row
 WHERE batch_id = :batch_id AND state = :state AND n > :after AND n <= :upto ORDER BY n LIMIT 101;

-- Rows that somebody should look at: those that cannot come in, those that ask, and those of which a value was left out.
-- name: import_rows_odd :many struct import_line_row
-- in:   uint64_t batch_id, uint32_t after, uint32_t upto
SELECT n, state, record_id, problem, cells FROM batch_row
 WHERE batch_id = :batch_id AND n > :after AND n <= :upto AND problem <> '' ORDER BY n LIMIT 500;

-- name: import_odd_number :one struct import_count_row
-- in:   uint64_t batch_id, uint32_t upto
SELECT 0 AS state, COUNT(*) AS number FROM batch_row WHERE batch_id = :batch_id AND n <= :upto AND problem <> '';

-- name: import_row :one struct import_line_row
-- in:   uint64_t batch_id, uint32_t row_n
SELECT n, state, record_id, problem, cells FROM batch_row WHERE batch_id = :batch_id AND n = :row_n;

-- name: import_states :many struct import_state_row
-- in:   uint64_t batch_id, uint32_t after, uint32_t upto
SELECT n, state, record_id FROM batch_row WHERE batch_id = :batch_id AND n > :after AND n <= :upto ORDER BY n LIMIT 5000;

-- Which record a list of rows goes to.
-- name: import_states_of :many struct import_state_row
-- in:   uint64_t batch_id, struct str list
-- bound: as many as the list has rows, at most a step's
SELECT r.n, r.state, r.record_id
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (n INT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN batch_row r ON r.batch_id = :batch_id AND r.n = q.n;

-- name: import_row_settle :any
-- class: own
-- in:   uint64_t batch_id, uint32_t row_n, enum row_state state, uint64_t record_id
UPDATE batch_row SET state = :state, record_id = :record_id, version = version + 1 WHERE batch_id = :batch_id AND n = :row_n;

-- All rows between two that are of one state get another.
-- name: import_rows_settle :any
-- class: own
-- in:   uint64_t batch_id, uint32_t after, uint32_t upto, enum row_state was, enum row_state becomes
UPDATE batch_row SET state = :becomes, version = version + 1
 WHERE batch_id = :batch_id AND n > :after AND n <= :upto AND state = :was;

-- ---- whom we know, a page of each at a time ----

-- name: known_customers :many struct known_customer_row
-- in:   uint64_t after
SELECT id AS who, name, email, external_id FROM customer
 WHERE id > :after AND merged_into IS NULL ORDER BY id LIMIT 5000;

-- name: known_contacts :many struct known_contact_row
-- in:   uint64_t after
SELECT id, customer_id AS who, email, phone FROM contact WHERE id > :after AND archived_at IS NULL ORDER BY id LIMIT 5000;

-- name: known_properties :many struct known_property_row
-- in:   uint64_t after
SELECT id, customer_id AS who, street, city, postcode FROM property
 WHERE id > :after AND archived_at IS NULL ORDER BY id LIMIT 5000;

-- ---- whom a step meets, whole: as many as are listed, in the order of the customers' ids ----

-- name: here_customers :many struct customer_row
-- in:   struct str ids
-- bound: as many as are listed
SELECT c.id, c.name, c.kind, c.email, c.language, c.standing, c.bill_street, c.bill_city, c.bill_region,
       c.bill_postcode, c.source, c.external_id, c.own, c.merged_into, c.archived_at, c.created_at, c.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN customer c ON c.id = q.v ORDER BY c.id;

-- name: here_contacts :many struct contact_row
-- in:   struct str ids
-- bound: a customer has at most 250
SELECT k.id, k.customer_id, k.name, k.relation, k.phone, k.email, k.language, k.by_sms, k.by_email, k.by_voice, k.position,
       k.archived_at, k.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN contact k ON k.customer_id = q.v ORDER BY k.customer_id, k.archived_at IS NOT NULL, k.position, k.id;

-- name: here_properties :many struct property_row
-- in:   struct str ids
-- bound: a customer has at most 250
SELECT p.id, p.customer_id, p.name, p.street, p.city, p.region, p.postcode, p.lat_e6, p.lng_e6, p.place_source,
       p.place_score, p.gate_code IS NOT NULL AS has_gate, p.lockbox_code IS NOT NULL AS has_lockbox,
       p.alarm_code IS NOT NULL AS has_alarm, p.access_note IS NOT NULL AS has_note, p.codes_changed_at, p.key_no,
       p.dogs, p.hazards, p.parking, p.like_days, p.not_days, p.from_minute, p.to_minute, p.text_before,
       p.same_tech, p.usual_tech_id, p.never_techs, p.no_chemicals, p.own, p.archived_at, p.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN property p ON p.customer_id = q.v ORDER BY p.customer_id, p.archived_at IS NOT NULL, p.id;

-- name: here_pools :many struct pool_row
-- in:   struct str ids
-- bound: a customer has at most 600
SELECT b.id, b.property_id, p.customer_id, b.kind, b.name, b.volume_l, b.volume_source, b.shape, b.sizes_cm, b.surface,
       b.sanitiser, b.indoor, b.cover, b.fill_water, b.own, b.archived_at, b.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN property p ON p.customer_id = q.v STRAIGHT_JOIN pool b ON b.property_id = p.id
 ORDER BY p.customer_id, b.archived_at IS NOT NULL, b.id;

-- name: here_notes :many struct note_row
-- in:   struct str ids
-- bound: a company's notes of some hundred customers
SELECT n.id, n.customer_id, n.on_kind, n.on_id, n.audience, n.body, n.pinned, n.staff_id, s.name AS staff_name,
       n.made_at, n.version
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN note n ON n.customer_id = q.v LEFT JOIN staff s ON s.id = n.staff_id
 ORDER BY n.customer_id, n.pinned DESC, n.id DESC;

-- name: here_tags :many struct import_tag_row
-- in:   struct str ids, enum record_kind on_kind
-- bound: a customer has at most 100
SELECT g.on_id AS customer_id, g.tag
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN tag g ON g.on_kind = :on_kind AND g.on_id = q.v ORDER BY g.on_id, g.tag;

-- What changed of whom, a step at a time.
-- name: made_changes :any
-- in:   struct str list, uint64_t batch_id, int64_t at, uint32_t actor_kind, uint64_t actor_id, struct str actor_name
INSERT INTO record_change (id, customer_id, on_kind, on_id, batch_id, at, actor_kind, actor_id, actor_name, field,
                           was, became)
SELECT q.id, q.c, q.k, q.o, :batch_id, :at, :actor_kind, :actor_id, :actor_name, q.f, q.w, q.b
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', c BIGINT UNSIGNED PATH '$.c', k TINYINT UNSIGNED PATH '$.k',
       o BIGINT UNSIGNED PATH '$.o', f VARCHAR(40) PATH '$.f', w VARCHAR(2000) PATH '$.w', b VARCHAR(2000) PATH '$.b')) q;

-- ---- new customers, a few hundred in a statement ----

-- name: made_customers :any
-- in:   struct str list, enum customer_standing standing, struct str language, struct str source, int64_t now
INSERT INTO customer (id, name, kind, email, language, standing, bill_street, bill_city, bill_region, bill_postcode,
                      source, external_id, created_at)
SELECT q.id, q.name, q.kind, q.email, :language, :standing, q.bs, q.bc, q.br, q.bp, :source, q.x, :now
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', name VARCHAR(120) PATH '$.name', kind TINYINT UNSIGNED PATH '$.kind',
       email VARCHAR(254) PATH '$.email', bs VARCHAR(160) PATH '$.bs', bc VARCHAR(80) PATH '$.bc',
       br VARCHAR(40) PATH '$.br', bp VARCHAR(16) PATH '$.bp', x VARCHAR(64) PATH '$.x')) q;

-- name: made_contacts :any
-- in:   struct str list, enum relation relation, struct str language
INSERT INTO contact (id, customer_id, name, relation, phone, email, language, by_sms, by_email)
SELECT q.id, q.c, q.name, :relation, q.phone, q.email, :language, q.s, q.e
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', c BIGINT UNSIGNED PATH '$.c', name VARCHAR(120) PATH '$.name',
       phone VARCHAR(24) PATH '$.phone', email VARCHAR(254) PATH '$.email', s INT UNSIGNED PATH '$.s',
       e INT UNSIGNED PATH '$.e')) q;

-- Codes come sealed, as hexadecimal digits.
-- name: made_properties :any
-- in:   struct str list, int64_t now
INSERT INTO property (id, customer_id, street, city, region, postcode, lat_e6, lng_e6, place_source, place_score,
                      gate_code, codes_changed_at, dogs)
SELECT q.id, q.c, q.street, q.city, q.region, q.postcode, q.lat, q.lng, q.ps, q.sc, UNHEX(NULLIF(q.gate, '')),
       IF(q.gate = '', NULL, :now), q.dogs
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', c BIGINT UNSIGNED PATH '$.c', street VARCHAR(160) PATH '$.street',
       city VARCHAR(80) PATH '$.city', region VARCHAR(40) PATH '$.region', postcode VARCHAR(16) PATH '$.postcode',
       lat INT PATH '$.lat', lng INT PATH '$.lng', ps TINYINT UNSIGNED PATH '$.ps', sc TINYINT UNSIGNED PATH '$.sc',
       gate VARCHAR(400) PATH '$.gate', dogs VARCHAR(160) PATH '$.dogs')) q;

-- name: made_pools :any
-- in:   struct str list
INSERT INTO pool (id, property_id, kind, volume_l, volume_source, surface, sanitiser)
SELECT q.id, q.p, q.kind, q.l, q.ls, q.s, q.z
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', p BIGINT UNSIGNED PATH '$.p', kind TINYINT UNSIGNED PATH '$.kind',
       l INT UNSIGNED PATH '$.l', ls TINYINT UNSIGNED PATH '$.ls', s TINYINT UNSIGNED PATH '$.s',
       z TINYINT UNSIGNED PATH '$.z')) q;

-- name: made_notes :any
-- in:   struct str list, uint64_t staff_id, int64_t now
INSERT INTO note (id, customer_id, on_kind, on_id, audience, body, staff_id, made_at)
SELECT q.id, q.c, q.k, q.o, q.a, q.body, :staff_id, :now
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', c BIGINT UNSIGNED PATH '$.c', k TINYINT UNSIGNED PATH '$.k',
       o BIGINT UNSIGNED PATH '$.o', a TINYINT UNSIGNED PATH '$.a', body VARCHAR(4000) PATH '$.body')) q;

-- name: made_tags :any
-- in:   struct str list, enum record_kind on_kind
INSERT IGNORE INTO tag (on_kind, tag, on_id)
SELECT :on_kind, q.tag, q.c FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       c BIGINT UNSIGNED PATH '$.c', tag VARCHAR(40) PATH '$.tag')) q;

-- name: made_grams :any
-- in:   struct str list
INSERT INTO gram (gram, customer_id)
SELECT q.v, q.c FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       c BIGINT UNSIGNED PATH '$.c', NESTED PATH '$.g[*]' COLUMNS (v MEDIUMINT UNSIGNED PATH '$'))) q
 WHERE q.v IS NOT NULL;

-- name: made_events :any
-- in:   struct str list, int64_t now, enum event_kind kind, uint32_t actor_kind, uint64_t actor_id
-- in:   struct str actor_name, enum record_kind ref_kind, uint64_t ref_id
INSERT INTO event (id, customer_id, property_id, pool_id, at, kind, actor_kind, actor_id, actor_name, ref_kind, ref_id,
                   detail)
SELECT q.id, q.c, q.p, q.o, :now, :kind, :actor_kind, :actor_id, :actor_name, :ref_kind, :ref_id, q.d
  FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       id BIGINT UNSIGNED PATH '$.id', c BIGINT UNSIGNED PATH '$.c', p BIGINT UNSIGNED PATH '$.p',
       o BIGINT UNSIGNED PATH '$.o', d JSON PATH '$.d')) q;

-- ---- undo ----

-- Customers that rows of this import made; touched: anything but what this batch did happened to them since.
-- name: import_made :many struct import_made_row
-- in:   uint64_t batch_id, enum row_state made, uint32_t after, uint32_t upto, enum record_kind batch
-- bound: a step of the undo
SELECT r.n, r.record_id, EXISTS (SELECT 1 FROM event e WHERE e.customer_id = r.record_id
          AND NOT (e.ref_kind = :batch AND e.ref_id = :batch_id))
       OR EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = r.record_id)
       OR EXISTS (SELECT 1 FROM visit v WHERE v.customer_id = r.record_id) AS touched
  FROM batch_row r WHERE r.batch_id = :batch_id AND r.state = :made AND r.n > :after AND r.n <= :upto;

-- name: unmake_grams :any
-- class: own
-- in:   struct str ids
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN gram g ON g.customer_id = q.c WHERE q.c > 0;

-- name: unmake_tags :any
-- class: own
-- in:   struct str ids, enum record_kind on_kind
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN tag g ON g.on_kind = :on_kind AND g.on_id = q.c WHERE q.c > 0;

-- name: unmake_notes :any
-- class: own
-- in:   struct str ids
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN note g ON g.customer_id = q.c WHERE q.c > 0;

-- name: unmake_contacts :any
-- class: own
-- in:   struct str ids
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN contact g ON g.customer_id = q.c WHERE q.c > 0;

-- name: unmake_pools :any
-- class: own
-- in:   struct str ids
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN property p ON p.customer_id = q.c STRAIGHT_JOIN pool g ON g.property_id = p.id WHERE q.c > 0;

-- name: unmake_properties :any
-- class: own
-- in:   struct str ids
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN property g ON g.customer_id = q.c WHERE q.c > 0;

-- name: unmake_customers :any
-- class: own
-- in:   struct str ids
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (c BIGINT UNSIGNED PATH '$')) q
  STRAIGHT_JOIN customer g ON g.id = q.c WHERE q.c > 0;

-- What an import changed of one customer, the last change first.
-- name: import_changes :many struct import_change_row
-- in:   uint64_t batch_id, uint64_t customer_id
SELECT id, on_kind, on_id, at, field, was, became FROM record_change
 WHERE batch_id = :batch_id AND customer_id = :customer_id ORDER BY id DESC LIMIT 2000;

-- What the import made goes away again, unless something hangs on it or somebody has changed it since.
-- name: unmake_property :any
-- class: own
-- in:   uint64_t id, uint64_t batch_id, enum record_kind kind
DELETE FROM property WHERE id = :id
   AND NOT EXISTS (SELECT 1 FROM pool b WHERE b.property_id = :id)
   AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.property_id = :id)
   AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.property_id = :id)
   AND NOT EXISTS (SELECT 1 FROM record_change x WHERE x.on_kind = :kind AND x.on_id = :id AND x.batch_id <> :batch_id);

-- name: unmake_pool :any
-- class: own
-- in:   uint64_t id, uint64_t batch_id, enum record_kind kind
DELETE FROM pool WHERE id = :id
   AND NOT EXISTS (SELECT 1 FROM equipment e WHERE e.pool_id = :id)
   AND NOT EXISTS (SELECT 1 FROM record_change x WHERE x.on_kind = :kind AND x.on_id = :id AND x.batch_id <> :batch_id);

-- name: unmake_contact :any
-- class: own
-- in:   uint64_t id, uint64_t batch_id, enum record_kind kind
DELETE FROM contact WHERE id = :id
   AND NOT EXISTS (SELECT 1 FROM record_change x WHERE x.on_kind = :kind AND x.on_id = :id AND x.batch_id <> :batch_id);

-- name: unmake_note :any
-- class: own
-- in:   uint64_t id, uint64_t batch_id, enum record_kind kind
DELETE FROM note WHERE id = :id
   AND NOT EXISTS (SELECT 1 FROM record_change x WHERE x.on_kind = :kind AND x.on_id = :id AND x.batch_id <> :batch_id);

-- A gate code that nobody has changed since.
-- name: unmake_gate_code :any
-- class: own
-- in:   uint64_t id, int64_t at
UPDATE property SET gate_code = NULL, codes_changed_at = NULL, version = version + 1
 WHERE id = :id AND codes_changed_at = :at;

-- ---- how lists were read before (settings of kind mapping) ----

-- name: mapping_one :maybe struct mapping_row
-- in:   enum setting_kind kind, struct str name
SELECT id, name, body, version FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name;

-- name: mapping_for_update :maybe struct mapping_row
-- in:   enum setting_kind kind, struct str name
SELECT id, name, body, version FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name FOR UPDATE;

-- name: mapping_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body
INSERT INTO setting (id, kind, name, body) VALUES (:id, :kind, :name, :body);

-- name: mapping_save :exactly-one
-- class: locked
-- in:   uint64_t id, struct str body
UPDATE setting SET body = :body, version = version + 1 WHERE id = :id;

-- How many prints a book of all customers has, at most.
-- name: known_prints :one struct import_number_row
-- walks: counted before all of them are read anyway
SELECT (SELECT COUNT(*) FROM customer) * 3 + (SELECT COUNT(*) FROM contact) * 2 + (SELECT COUNT(*) FROM property) AS number;

-- ---- one customer who is here already ----

-- name: import_property_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str city, struct str region, struct str postcode, struct str dogs
-- in:   struct maybe_i64 lat_e6, struct maybe_i64 lng_e6, enum place_source place_source, uint32_t place_score
-- in:   uint32_t version
UPDATE property SET city = :city, region = :region, postcode = :postcode, dogs = :dogs, lat_e6 = :lat_e6,
       lng_e6 = :lng_e6, place_source = :place_source, place_score = :place_score, version = version + 1
 WHERE id = :id AND version = :version;

-- Only where there is none.
-- name: import_gate_set :any
-- class: own
-- in:   uint64_t id, struct str gate_code, int64_t now
UPDATE property SET gate_code = :gate_code, codes_changed_at = :now, version = version + 1
 WHERE id = :id AND gate_code IS NULL;
