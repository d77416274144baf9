-- What customers said of visits: how pleased they were, with whom, and with what.
-- include sql/tenant/ratings.h
-- include domain/customers/customer.h

-- name: ratings_by :many struct rating_row
-- in:   enum event_kind rated, int64_t from, int64_t until
SELECT v.tech_id, v.service_id, COALESCE(t.name, '') AS tech, s.name AS service,
       COUNT(*) AS ratings, CAST(COALESCE(SUM(JSON_VALUE(e.detail, '$.rows[0].value')), 0) AS SIGNED) AS stars,
       CAST(COALESCE(SUM(JSON_VALUE(e.detail, '$.rows[0].value') = 5), 0) AS SIGNED) AS five,
       CAST(COALESCE(SUM(JSON_VALUE(e.detail, '$.rows[0].value') = 4), 0) AS SIGNED) AS four,
       CAST(COALESCE(SUM(JSON_VALUE(e.detail, '$.rows[0].value') = 3), 0) AS SIGNED) AS three,
       CAST(COALESCE(SUM(JSON_VALUE(e.detail, '$.rows[0].value') = 2), 0) AS SIGNED) AS two,
       CAST(COALESCE(SUM(JSON_VALUE(e.detail, '$.rows[0].value') = 1), 0) AS SIGNED) AS one
  FROM event e FORCE INDEX (who) JOIN visit v ON v.id = e.ref_id JOIN service s ON s.id = v.service_id
  LEFT JOIN staff t ON t.id = v.tech_id
 WHERE e.kind = :rated AND e.at >= :from AND e.at < :until
 GROUP BY v.tech_id, v.service_id, t.name, s.name ORDER BY t.name, s.name, v.tech_id, v.service_id LIMIT 1001;

-- Their own words, the last ones first; of one technician or one service, if one is named.
-- name: rating_words :many struct rating_word_row
-- in:   enum event_kind rated, int64_t from, int64_t until, uint64_t tech_id, uint64_t service_id
SELECT e.at, e.customer_id, v.id AS visit_id, c.name AS customer, COALESCE(t.name, '') AS tech, s.name AS service,
       COALESCE(JSON_VALUE(e.detail, '$.rows[1].value'), '') AS words,
       CAST(COALESCE(JSON_VALUE(e.detail, '$.rows[0].value'), 0) AS UNSIGNED) AS stars
  FROM event e FORCE INDEX (who) JOIN visit v ON v.id = e.ref_id JOIN service s ON s.id = v.service_id
  JOIN customer c ON c.id = e.customer_id LEFT JOIN staff t ON t.id = v.tech_id
 WHERE e.kind = :rated AND e.at >= :from AND e.at < :until AND (:tech_id = 0 OR v.tech_id = :tech_id)
   AND (:service_id = 0 OR v.service_id = :service_id)
 ORDER BY e.at DESC, e.id DESC LIMIT 50;
