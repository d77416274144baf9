-- Finding customers: the list, and by three letters at a time.
-- include sql/tenant/record.h

-- What of a customer can be found: everything that is written of them but codes.
-- name: search_words :many struct search_words_row
-- in:   struct str ids, enum record_kind customer
-- bound: the caller gives at most SEARCHED_AT_ONCE ids
SELECT c.id, COALESCE(CAST(CONCAT_WS(' ', c.name, c.email, c.external_id,
       (SELECT GROUP_CONCAT(m.name SEPARATOR ' ') FROM JSON_TABLE(IF(JSON_VALID(c.took), c.took, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) q
          JOIN customer m ON m.id = q.v),
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.name, p.street, p.city, p.postcode, p.key_no, p.dogs) SEPARATOR ' ')
          FROM property p WHERE p.customer_id = c.id AND p.archived_at IS NULL),
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', t.name, t.phone, t.email) SEPARATOR ' ')
          FROM contact t WHERE t.customer_id = c.id AND t.archived_at IS NULL),
       (SELECT GROUP_CONCAT(g.tag SEPARATOR ' ') FROM tag g WHERE g.on_kind = :customer AND g.on_id = c.id),
       (SELECT GROUP_CONCAT(CONCAT_WS(' ', e.make, e.model, e.serial) SEPARATOR ' ')
          FROM property h JOIN pool o ON o.property_id = h.id JOIN equipment e ON e.pool_id = o.id
         WHERE h.customer_id = c.id AND e.archived_at IS NULL),
       (SELECT GROUP_CONCAT(LEFT(n.body, 200) SEPARATOR ' ') FROM note n WHERE n.customer_id = c.id)) AS CHAR(4200)), '') AS words
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) l
  STRAIGHT_JOIN customer c ON c.id = l.v ORDER BY c.id;

-- What is in the index of them.
-- name: search_grams :many struct gram_row
-- in:   struct str ids
-- bound: SEARCHED_AT_ONCE customers of GRAMS_MAX grams each; some eighty are usual
SELECT g.customer_id, g.gram
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (v BIGINT UNSIGNED PATH '$')) l
  STRAIGHT_JOIN gram g FORCE INDEX (customer) ON g.customer_id = l.v ORDER BY g.customer_id, g.gram;

-- Lists of what goes and what comes: [{"c":1,"g":[2,3]}].
-- name: search_forget :any
-- class: own
-- in:   struct str list
DELETE g FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       c BIGINT UNSIGNED PATH '$.c', NESTED PATH '$.g[*]' COLUMNS (v MEDIUMINT UNSIGNED PATH '$'))) q
  STRAIGHT_JOIN gram g ON g.gram = q.v AND g.customer_id = q.c WHERE q.c > 0;

-- name: search_keep :any
-- in:   struct str list
INSERT IGNORE INTO gram (gram, customer_id)
SELECT q.v, q.c FROM JSON_TABLE(IF(JSON_VALID(:list), :list, '[]'), '$[*]' COLUMNS (
       c BIGINT UNSIGNED PATH '$.c', NESTED PATH '$.g[*]' COLUMNS (v MEDIUMINT UNSIGNED PATH '$'))) q
 WHERE q.v IS NOT NULL;

-- ---- Which customers: each of these four asks the same, by name, by age, by likeness, and how many. ----
-- standing 0: all but the archived. lacking: a word of customer_lacking_names, '' for no matter.

-- name: customers_by_name :many struct person_id_row
-- walks: in the order of the key `name`, until a page is full
-- in:   uint64_t after, uint64_t most
-- in:   enum customer_standing standing, enum customer_standing archived, enum customer_kind kind
-- in:   struct str language, struct str tag, struct str city, uint64_t tech_id, struct str lacking
-- in:   enum record_kind customer, struct day today, uint32_t works
SELECT c.id FROM customer c LEFT JOIN customer b ON b.id = :after
 WHERE (b.id IS NULL OR c.name > b.name OR (c.name = b.name AND c.id > b.id)) AND c.merged_into IS NULL
   AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:kind = 0 OR c.kind = :kind) AND (:language = '' OR c.language = :language)
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
   AND (:city = '' OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.city = :city))
   AND (:tech_id = 0
        OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.usual_tech_id = :tech_id)
        OR EXISTS (SELECT 1 FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) AND t.tech_id = :tech_id
            AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = :works
                AND l.from_day <= GREATEST(:today, g.starts_day))))
   AND (:lacking = ''
        OR (:lacking = 'property' AND NOT EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL))
        OR (:lacking = 'place' AND EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL
            AND x.lat_e6 IS NULL))
        OR (:lacking = 'pool' AND NOT EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL))
        OR (:lacking = 'volume' AND EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL AND o.volume_l IS NULL))
        OR (:lacking = 'agreement' AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today)))
        OR (:lacking = 'phone' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.phone <> ''))
        OR (:lacking = 'email' AND c.email = '' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.email <> '')))
 ORDER BY c.name, c.id LIMIT :most;

-- name: customers_by_age :many struct person_id_row
-- in:   uint64_t after, uint64_t most
-- in:   enum customer_standing standing, enum customer_standing archived, enum customer_kind kind
-- in:   struct str language, struct str tag, struct str city, uint64_t tech_id, struct str lacking
-- in:   enum record_kind customer, struct day today, uint32_t works
SELECT c.id FROM customer c
 WHERE (:after = 0 OR c.id < :after) AND c.merged_into IS NULL
   AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:kind = 0 OR c.kind = :kind) AND (:language = '' OR c.language = :language)
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
   AND (:city = '' OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.city = :city))
   AND (:tech_id = 0
        OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.usual_tech_id = :tech_id)
        OR EXISTS (SELECT 1 FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) AND t.tech_id = :tech_id
            AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = :works
                AND l.from_day <= GREATEST(:today, g.starts_day))))
   AND (:lacking = ''
        OR (:lacking = 'property' AND NOT EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL))
        OR (:lacking = 'place' AND EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL
            AND x.lat_e6 IS NULL))
        OR (:lacking = 'pool' AND NOT EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL))
        OR (:lacking = 'volume' AND EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL AND o.volume_l IS NULL))
        OR (:lacking = 'agreement' AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today)))
        OR (:lacking = 'phone' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.phone <> ''))
        OR (:lacking = 'email' AND c.email = '' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.email <> '')))
 ORDER BY c.id DESC LIMIT :most;

-- Who shares most with what was typed; the best come first and there is no second page.
-- name: customers_like :many struct found_row
-- in:   struct str grams, uint64_t needed, uint64_t most
-- in:   enum customer_standing standing, enum customer_standing archived, enum customer_kind kind
-- in:   struct str language, struct str tag, struct str city, uint64_t tech_id, struct str lacking
-- in:   enum record_kind customer, struct day today, uint32_t works
SELECT c.id, f.shared
  FROM (SELECT m.customer_id, COUNT(*) AS shared
          FROM JSON_TABLE(IF(JSON_VALID(:grams), :grams, '[]'), '$[*]' COLUMNS (v MEDIUMINT UNSIGNED PATH '$')) q JOIN gram m ON m.gram = q.v
         GROUP BY m.customer_id HAVING shared >= :needed ORDER BY shared DESC, m.customer_id LIMIT 200) f
  JOIN customer c ON c.id = f.customer_id
 WHERE c.merged_into IS NULL
   AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:kind = 0 OR c.kind = :kind) AND (:language = '' OR c.language = :language)
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
   AND (:city = '' OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.city = :city))
   AND (:tech_id = 0
        OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.usual_tech_id = :tech_id)
        OR EXISTS (SELECT 1 FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) AND t.tech_id = :tech_id
            AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = :works
                AND l.from_day <= GREATEST(:today, g.starts_day))))
   AND (:lacking = ''
        OR (:lacking = 'property' AND NOT EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL))
        OR (:lacking = 'place' AND EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL
            AND x.lat_e6 IS NULL))
        OR (:lacking = 'pool' AND NOT EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL))
        OR (:lacking = 'volume' AND EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL AND o.volume_l IS NULL))
        OR (:lacking = 'agreement' AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today)))
        OR (:lacking = 'phone' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.phone <> ''))
        OR (:lacking = 'email' AND c.email = '' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.email <> '')))
 ORDER BY f.shared DESC, c.name, c.id LIMIT :most;

-- name: customers_counted :one struct customers_counted_row
-- walks: at most 20,000 rows of one company, a few milliseconds; a number people ask for
-- in:   enum customer_standing standing, enum customer_standing archived, enum customer_kind kind
-- in:   struct str language, struct str tag, struct str city, uint64_t tech_id, struct str lacking
-- in:   enum record_kind customer, struct day today, uint32_t works
SELECT COUNT(*) AS total FROM customer c WHERE c.merged_into IS NULL
   AND (c.standing = :standing OR (:standing = 0 AND c.standing <> :archived))
   AND (:kind = 0 OR c.kind = :kind) AND (:language = '' OR c.language = :language)
   AND (:tag = '' OR EXISTS (SELECT 1 FROM tag x WHERE x.on_kind = :customer AND x.tag = :tag AND x.on_id = c.id))
   AND (:city = '' OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.city = :city))
   AND (:tech_id = 0
        OR EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL AND x.usual_tech_id = :tech_id)
        OR EXISTS (SELECT 1 FROM agreement g JOIN term t ON t.agreement_id = g.id WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today) AND t.tech_id = :tech_id
            AND t.from_day = (SELECT MAX(l.from_day) FROM term l WHERE l.agreement_id = g.id AND l.kind = :works
                AND l.from_day <= GREATEST(:today, g.starts_day))))
   AND (:lacking = ''
        OR (:lacking = 'property' AND NOT EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL))
        OR (:lacking = 'place' AND EXISTS (SELECT 1 FROM property x WHERE x.customer_id = c.id AND x.archived_at IS NULL
            AND x.lat_e6 IS NULL))
        OR (:lacking = 'pool' AND NOT EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL))
        OR (:lacking = 'volume' AND EXISTS (SELECT 1 FROM property x JOIN pool o ON o.property_id = x.id
            WHERE x.customer_id = c.id AND x.archived_at IS NULL AND o.archived_at IS NULL AND o.volume_l IS NULL))
        OR (:lacking = 'agreement' AND NOT EXISTS (SELECT 1 FROM agreement g WHERE g.customer_id = c.id
            AND g.closed_at IS NULL AND (g.ends_day IS NULL OR g.ends_day >= :today)))
        OR (:lacking = 'phone' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.phone <> ''))
        OR (:lacking = 'email' AND c.email = '' AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.customer_id = c.id
            AND k.archived_at IS NULL AND k.email <> '')));

-- ---- What a list shows of these customers, in the order of their ids as given. ----
-- name: customer_lines :many struct customer_line_row
-- in:   struct str ids, enum record_kind customer
-- bound: the caller gives a page of ids, or those of LIKE_PAIRS_MAX pairs
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
  FROM JSON_TABLE(IF(JSON_VALID(:ids), :ids, '[]'), '$[*]' COLUMNS (n FOR ORDINALITY, v BIGINT UNSIGNED PATH '$')) q
  JOIN customer c ON c.id = q.v ORDER BY q.n;

-- name: cities_in_use :many struct city_count_row
-- walks: the key `place` from end to end, for a list to choose from
SELECT p.city, COUNT(*) AS properties FROM property p WHERE p.archived_at IS NULL AND p.city <> ''
 GROUP BY p.city ORDER BY properties DESC, p.city LIMIT 200;
