-- Finding customers: the list, and by three letters at a time.
-- include sql/tenant/record.h

-- What of a customer can be found: everything that is written of them but codes.
-- name: search_words :maybe struct search_words_row
-- in:   uint64_t id, enum record_kind customer
SELECT COALESCE(CAST(CONCAT_WS(' ', c.name, c.email, c.external_id,
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.name, p.street, p.city, p.postcode, p.key_no, p.dogs) SEPARATOR ' ')
          FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL),
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', t.name, t.phone, t.email) SEPARATOR ' ')
          FROM contact t WHERE t.customer_id = c.id AND t.archived_at IS NULL),
       (SELECT GROUP_CONCAT(g.tag SEPARATOR ' ') FROM tag g WHERE g.on_kind = :customer AND g.on_id = c.id),
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', e.make, e.model, e.serial) SEPARATOR ' ')
          FROM property h JOIN pool o ON o.property_id = h.id JOIN equipment e ON e.pool_id = o.id
         WHERE h.customer_id = c.id AND e.archived_at IS NULL),
       (SELECT GROUP_CONCAT(LEFT(n.body, 200) SEPARATOR ' ') FROM note n WHERE n.customer_id = c.id)) AS CHAR(4200)), '') AS words
  FROM customer c WHERE c.id = :id;

-- name: search_forget :any
-- class: own
-- in:   uint64_t customer_id
DELETE FROM gram WHERE customer_id = :customer_id;

-- name: search_keep :any
-- in:   uint64_t customer_id, struct str grams
INSERT INTO gram (gram, customer_id)
SELECT q.v, :customer_id FROM JSON_TABLE(IF(JSON_VALID(:grams), :grams, '[]'), '$[*]' COLUMNS (v MEDIUMINT UNSIGNED PATH '$')) q;

-- The list by name. An archived customer is shown only when asked for.
-- name: customers_by_name :many struct customer_line_row
-- walks: in the order of the key `name`, until a page is full
-- in:   uint64_t after, enum customer_standing standing, enum customer_standing archived, struct str tag
-- in:   enum record_kind customer
SELECT c.id, c.name, c.kind, c.standing, c.email, c.created_at,
       COALESCE((SELECT t.phone FROM contact t WHERE t.customer_id = c.id AND t.archived_at IS NULL AND t.phone <> ''
                  ORDER BY t.position, t.id LIMIT 1), '') AS phone,
       COALESCE((SELECT p.street FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL
                  ORDER BY p.id LIMIT 1), '') AS street,
       COALESCE((SELECT p.city FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL
                  ORDER BY p.id LIMIT 1), '') AS city,
       (SELECT COUNT(*) FROM property p JOIN pool o ON o.property_id = p.id
         WHERE p.customer_id = c.id AND p.archived_at IS NULL AND o.archived_at IS NULL) AS pools,
       CAST(COALESCE((SELECT GROUP_CONCAT(g.tag ORDER BY g.tag SEPARATOR ', ') FROM tag g
                  WHERE g.on_kind = :customer AND g.on_id = c.id), '') AS CHAR(4200)) AS tags
  FROM customer c LEFT JOIN customer b ON b.id = :after
 WHERE (b.id IS NULL OR c.name > b.name OR (c.name = b.name AND c.id > b.id)) AND c.merged_into IS NULL
   AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
 ORDER BY c.name, c.id LIMIT 51;

-- The list by age, the newest first.
-- name: customers_by_age :many struct customer_line_row
-- in:   uint64_t after, enum customer_standing standing, enum customer_standing archived, struct str tag
-- in:   enum record_kind customer
SELECT c.id, c.name, c.kind, c.standing, c.email, c.created_at,
       COALESCE((SELECT t.phone FROM contact t WHERE t.customer_id = c.id AND t.archived_at IS NULL AND t.phone <> ''
                  ORDER BY t.position, t.id LIMIT 1), '') AS phone,
       COALESCE((SELECT p.street FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL
                  ORDER BY p.id LIMIT 1), '') AS street,
       COALESCE((SELECT p.city FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL
                  ORDER BY p.id LIMIT 1), '') AS city,
       (SELECT COUNT(*) FROM property p JOIN pool o ON o.property_id = p.id
         WHERE p.customer_id = c.id AND p.archived_at IS NULL AND o.archived_at IS NULL) AS pools,
       CAST(COALESCE((SELECT GROUP_CONCAT(g.tag ORDER BY g.tag SEPARATOR ', ') FROM tag g
                  WHERE g.on_kind = :customer AND g.on_id = c.id), '') AS CHAR(4200)) AS tags
  FROM customer c
 WHERE (:after = 0 OR c.id < :after) AND c.merged_into IS NULL
   AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
 ORDER BY c.id DESC LIMIT 51;

-- Who shares most with what was typed; the best come first and there is no second page.
-- name: customers_like :many struct customer_line_row
-- in:   struct str grams, uint64_t needed, enum customer_standing standing, enum customer_standing archived
-- in:   struct str tag, enum record_kind customer
SELECT c.id, c.name, c.kind, c.standing, c.email, c.created_at,
       COALESCE((SELECT t.phone FROM contact t WHERE t.customer_id = c.id AND t.archived_at IS NULL AND t.phone <> ''
                  ORDER BY t.position, t.id LIMIT 1), '') AS phone,
       COALESCE((SELECT p.street FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL
                  ORDER BY p.id LIMIT 1), '') AS street,
       COALESCE((SELECT p.city FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL
                  ORDER BY p.id LIMIT 1), '') AS city,
       (SELECT COUNT(*) FROM property p JOIN pool o ON o.property_id = p.id
         WHERE p.customer_id = c.id AND p.archived_at IS NULL AND o.archived_at IS NULL) AS pools,
       CAST(COALESCE((SELECT GROUP_CONCAT(g.tag ORDER BY g.tag SEPARATOR ', ') FROM tag g
                  WHERE g.on_kind = :customer AND g.on_id = c.id), '') AS CHAR(4200)) AS tags
  FROM (SELECT m.customer_id, COUNT(*) AS shared
          FROM JSON_TABLE(IF(JSON_VALID(:grams), :grams, '[]'), '$[*]' COLUMNS (v MEDIUMINT UNSIGNED PATH '$')) q JOIN gram m ON m.gram = q.v
         GROUP BY m.customer_id HAVING shared >= :needed ORDER BY shared DESC, m.customer_id LIMIT 200) f
  JOIN customer c ON c.id = f.customer_id
 WHERE c.merged_into IS NULL AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
 ORDER BY f.shared DESC, c.name, c.id LIMIT 51;

-- name: customers_counted :one struct customers_counted_row
-- walks: at most 20,000 rows of one company, a few milliseconds; a number people ask for
-- in:   enum customer_standing standing, enum customer_standing archived, struct str tag, enum record_kind customer
SELECT COUNT(*) AS total FROM customer c
 WHERE c.merged_into IS NULL AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id));
