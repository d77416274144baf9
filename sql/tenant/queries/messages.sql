-- Every word to and from a customer, and the threads that they hang on.
-- include sql/tenant/messages.h
-- include sql/tenant/record.h

-- ---- conversations ----

-- name: conversation_of_who :maybe struct conversation_row
-- in:   struct str who
SELECT id, who, customer_id, address, name, language, state, staff_id, snoozed_until, unread, waits_since, last_at, last_words,
       last_medium, last_direction, typing_id, typing_at, talk, version
  FROM conversation WHERE who = :who;

-- name: conversation_for_update :maybe struct conversation_row
-- in:   uint64_t id
SELECT id, who, customer_id, address, name, language, state, staff_id, snoozed_until, unread, waits_since, last_at, last_words,
       last_medium, last_direction, typing_id, typing_at, talk, version
  FROM conversation WHERE id = :id FOR UPDATE;

-- name: conversation_one :one struct conversation_row
-- in:   uint64_t id
SELECT id, who, customer_id, address, name, language, state, staff_id, snoozed_until, unread, waits_since, last_at, last_words,
       last_medium, last_direction, typing_id, typing_at, talk, version
  FROM conversation WHERE id = :id;

-- A second one of the same person changes nothing: whoever was first made it.
-- name: conversation_insert :any
-- class: own
-- in:   uint64_t id, struct str who, uint64_t customer_id, struct str address, struct str name, struct str language
-- in:   enum conversation_state state
INSERT INTO conversation (id, who, customer_id, address, name, language, state)
VALUES (:id, :who, :customer_id, :address, :name, :language, :state) ON DUPLICATE KEY UPDATE who = :who;

-- Something was heard: it waits for an answer, and is open again.
-- name: conversation_heard :exactly-one
-- class: locked
-- in:   uint64_t id, struct str address, int64_t now, struct str words, enum medium medium, enum direction direction
-- in:   enum conversation_state state, int64_t waits_since
UPDATE conversation SET address = :address, last_at = :now, last_words = :words, last_medium = :medium,
       last_direction = :direction, state = :state, snoozed_until = 0, unread = unread + 1, waits_since = :waits_since,
       version = version + 1
 WHERE id = :id;

-- Something was said or noted; waits_since 0: what was heard is answered.
-- name: conversation_said :exactly-one
-- class: locked
-- in:   uint64_t id, int64_t now, struct str words, enum medium medium, enum direction direction, int64_t waits_since
UPDATE conversation SET last_at = :now, last_words = :words, last_medium = :medium, last_direction = :direction,
       waits_since = :waits_since, version = version + 1
 WHERE id = :id;

-- name: conversation_set :exactly-one
-- class: compare
-- in:   uint64_t id, enum conversation_state state, uint64_t staff_id, int64_t snoozed_until, int64_t waits_since, uint32_t version
UPDATE conversation SET state = :state, staff_id = :staff_id, snoozed_until = :snoozed_until, waits_since = :waits_since,
       version = version + 1
 WHERE id = :id AND version = :version;

-- Who looks changes nothing that others decide about: what they have on their screen still holds.
-- name: conversation_seen :any
-- class: own
-- in:   uint64_t id
UPDATE conversation SET unread = 0 WHERE id = :id AND unread > 0;

-- name: conversation_typing :any
-- class: own
-- in:   uint64_t id, uint64_t staff_id, int64_t at
UPDATE conversation SET typing_id = :staff_id, typing_at = :at WHERE id = :id;

-- Where the receptionist is, and in which language; the row was locked before. While one talk goes on, the outcome is that of the last.
-- name: conversation_talk :exactly-one
-- class: locked
-- in:   uint64_t id, struct str talk, struct str language, enum talk_outcome outcome, enum talk_outcome open
UPDATE conversation SET talk = :talk, language = :language, outcome = IF(:outcome = :open, outcome, :outcome), version = version + 1 WHERE id = :id;

-- name: conversation_outcome :exactly-one
-- class: locked
-- in:   uint64_t id, enum talk_outcome outcome
UPDATE conversation SET outcome = :outcome, version = version + 1 WHERE id = :id;

-- A stranger has become a customer; what comes next from there is theirs.
-- name: conversation_owner :exactly-one
-- class: locked
-- in:   uint64_t id, uint64_t customer_id, struct str who
UPDATE conversation SET customer_id = :customer_id, who = :who, version = version + 1 WHERE id = :id;

-- name: conversations_of_customer :many struct conversation_id_row
-- in:   uint64_t customer_id
SELECT id FROM conversation WHERE customer_id = :customer_id ORDER BY last_at DESC LIMIT 50;

-- The inbox, newest first. which: 1 open, 2 mine, 3 snoozed, 4 closed, 5 all. What is 0 here is found by the act.
-- name: conversations :many struct conversation_line_row
-- walks: a search for words looks at what the list would show anyway
-- in:   uint32_t which, uint64_t staff_id, int64_t now, int64_t before, struct str q, bool unread
-- in:   enum conversation_state open, enum conversation_state closed, enum talk_outcome outcome, enum talk_outcome any
SELECT c.id, c.customer_id, CAST(COALESCE(k.name, NULLIF(c.name, ''), c.address) AS CHAR(254)) AS name, c.address, c.language, c.state, c.staff_id,
       COALESCE(s.name, '') AS staff, c.snoozed_until, c.unread, c.waits_since, c.last_at, c.last_words, c.last_medium,
       c.last_direction, c.outcome, c.version,
       COALESCE((SELECT m.ref_kind FROM message m FORCE INDEX (conversation) WHERE m.conversation_id = c.id ORDER BY m.id DESC LIMIT 1), 0) AS last_ref,
       c.customer_id = 0 AS stranger, 0 AS became_job, 0 AS asks, 0 AS kept_until
  FROM conversation c FORCE INDEX (last) LEFT JOIN customer k ON k.id = c.customer_id LEFT JOIN staff s ON s.id = c.staff_id
 WHERE c.last_at < :before AND c.last_at > 0
   AND (:which = 5 OR (:which = 4 AND c.state = :closed)
        OR (c.state = :open AND ((:which = 1 AND c.snoozed_until <= :now) OR (:which = 2 AND c.staff_id = :staff_id AND c.snoozed_until <= :now)
             OR (:which = 3 AND c.snoozed_until > :now))))
   AND (NOT :unread OR c.unread > 0) AND (:outcome = :any OR c.outcome = :outcome)
   AND (:q = '' OR LOCATE(:q, COALESCE(k.name, c.name)) > 0 OR LOCATE(:q, c.address) > 0
        OR EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND LOCATE(:q, m.body) > 0))
 ORDER BY c.last_at DESC LIMIT 51;

-- name: inbox_count :one struct inbox_count_row
-- walks: a company has as many threads as customers, a few thousand short rows
-- in:   uint64_t staff_id, int64_t now, enum conversation_state open
SELECT CAST(COALESCE(SUM(state = :open AND snoozed_until <= :now AND waits_since > 0), 0) AS SIGNED) AS waiting,
       CAST(COALESCE(SUM(state = :open AND staff_id = :staff_id AND snoozed_until <= :now), 0) AS SIGNED) AS mine,
       CAST(COALESCE(SUM(unread > 0), 0) AS SIGNED) AS unread,
       CAST(COALESCE(MIN(CASE WHEN state = :open AND snoozed_until <= :now AND waits_since > 0 THEN waits_since END), 0) AS SIGNED) AS oldest
  FROM conversation;

-- ---- messages ----

-- name: message_insert :insert
-- in:   uint64_t id, uint64_t conversation_id, enum direction direction, enum medium medium, enum occasion occasion
-- in:   enum message_state state, struct str message_key, struct str address, struct str subject, struct str body
-- in:   struct str more, uint32_t actor_kind, uint64_t actor_id, enum record_kind ref_kind, uint64_t ref_id
-- in:   uint64_t batch_id, int64_t at, int64_t due_at, uint32_t segments
INSERT INTO message (id, conversation_id, direction, medium, occasion, state, message_key, address, subject, body, more,
                     actor_kind, actor_id, ref_kind, ref_id, batch_id, at, due_at, segments)
VALUES (:id, :conversation_id, :direction, :medium, :occasion, :state, :message_key, :address, :subject, :body, :more,
        :actor_kind, :actor_id, :ref_kind, :ref_id, :batch_id, :at, :due_at, :segments);

-- name: message_last :one struct conversation_id_row
-- in:   uint64_t conversation_id
SELECT COALESCE(MAX(id), 0) AS id FROM message WHERE conversation_id = :conversation_id;

-- name: message_of_key :maybe struct message_row
-- in:   struct str message_key
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message WHERE message_key = :message_key;

-- name: message_one :one struct message_row
-- in:   uint64_t id
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message WHERE id = :id;

-- name: message_for_update :maybe struct message_row
-- in:   uint64_t id
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message WHERE id = :id FOR UPDATE;

-- The next one for that reader, in the order in which they were said.
-- name: message_next_for_update :maybe struct message_row
-- in:   struct str address, enum medium medium, enum message_state queued, enum message_state sending, int64_t now
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message FORCE INDEX (lane)
 WHERE address = :address AND medium = :medium AND state IN (:queued, :sending) AND due_at <= :now
 ORDER BY id LIMIT 1 FOR UPDATE;

-- name: message_of_provider :maybe struct message_row
-- in:   struct str provider_id
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message WHERE provider_id = :provider_id FOR UPDATE;

-- name: message_claim :exactly-one
-- class: locked
-- in:   uint64_t id, enum message_state state, uint64_t job_id, int64_t now
UPDATE message SET state = :state, job_id = :job_id, claimed_at = :now, version = version + 1 WHERE id = :id;

-- name: message_sent :exactly-one
-- class: locked
-- in:   uint64_t id, enum message_state state, struct maybe_str provider_id, uint32_t segments, int64_t now
UPDATE message SET state = :state, provider_id = :provider_id, segments = :segments, sent_at = :now, problem = '',
       version = version + 1
 WHERE id = :id;

-- name: message_ended :exactly-one
-- class: locked
-- in:   uint64_t id, enum message_state state, struct str problem, int64_t now
UPDATE message SET state = :state, problem = :problem, ended_at = :now, version = version + 1 WHERE id = :id;

-- name: message_shut :exactly-one
-- class: locked
-- in:   uint64_t id, struct str body, struct str more
UPDATE message SET body = :body, more = :more, version = version + 1 WHERE id = :id;

-- What was made of it: a job.
-- name: message_becomes :exactly-one
-- class: locked
-- in:   uint64_t id, enum record_kind ref_kind, uint64_t ref_id
UPDATE message SET ref_kind = :ref_kind, ref_id = :ref_id, version = version + 1 WHERE id = :id;

-- Its pictures have come.
-- name: message_more_put :exactly-one
-- class: locked
-- in:   uint64_t id, struct str more
UPDATE message SET more = :more, version = version + 1 WHERE id = :id;

-- name: message_wait :exactly-one
-- class: locked
-- in:   uint64_t id, enum message_state state, struct str problem, int64_t due_at
UPDATE message SET state = :state, problem = :problem, due_at = :due_at, job_id = 0, version = version + 1 WHERE id = :id;

-- name: message_reword :exactly-one
-- class: locked
-- in:   uint64_t id, struct str body, uint32_t segments
UPDATE message SET body = :body, segments = :segments, version = version + 1 WHERE id = :id;

-- What was said to that address by that medium since then; what failed or was withdrawn does not count.
-- name: said_to :one struct said_row
-- in:   struct str address, enum medium medium, int64_t since, enum message_state sent, enum message_state delivered
SELECT COUNT(*) AS number FROM message FORCE INDEX (lane)
 WHERE address = :address AND medium = :medium AND state IN (:sent, :delivered) AND sent_at >= :since;

-- The provider's own names of the last texts to that number, but for this one.
-- name: provider_ids_to :many struct provider_id_row
-- in:   struct str address, enum medium medium, uint64_t id
SELECT provider_id FROM message FORCE INDEX (lane)
 WHERE address = :address AND medium = :medium AND provider_id IS NOT NULL AND id <> :id ORDER BY id DESC LIMIT 200;

-- The last question of that kind that was put to that address, if it is not too old.
-- name: asked_last :maybe struct message_row
-- in:   struct str address, enum medium medium, enum message_state sent, enum message_state delivered, enum occasion occasion, int64_t since
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message FORCE INDEX (lane)
 WHERE address = :address AND medium = :medium AND state IN (:sent, :delivered) AND occasion = :occasion AND at >= :since
 ORDER BY id DESC LIMIT 1;

-- name: said_by_company :one struct said_row
-- in:   enum medium medium, enum direction said, int64_t since
SELECT COUNT(*) AS number FROM message FORCE INDEX (day) WHERE medium = :medium AND direction = :said AND at >= :since AND sent_at IS NOT NULL;

-- name: messages_of :many struct message_line_row
-- in:   uint64_t conversation_id, uint64_t before
SELECT m.id, m.direction, m.medium, m.occasion, m.state, m.address, m.subject, m.body, m.more, s.name AS staff, m.ref_kind,
       m.ref_id, m.at, m.due_at, m.sent_at, m.ended_at, m.segments, m.problem, m.version
  FROM message m LEFT JOIN staff s ON s.id = m.actor_id AND m.actor_kind = 1
 WHERE m.conversation_id = :conversation_id AND m.id < :before ORDER BY m.id DESC LIMIT 61;

-- What was said on the customer's own pages, the last words first.
-- name: portal_words :many struct portal_word_row
-- in:   uint64_t conversation_id, enum medium medium, enum direction noted, enum direction heard
SELECT m.id, m.direction, m.body, m.more, CAST(COALESCE(SUBSTRING_INDEX(s.name, ' ', 1), '') AS CHAR(120)) AS staff, m.at, (m.direction = :heard) AS own
  FROM message m LEFT JOIN staff s ON s.id = m.actor_id AND m.actor_kind = 1
 WHERE m.conversation_id = :conversation_id AND m.medium = :medium AND m.direction <> :noted ORDER BY m.id DESC LIMIT 60;

-- name: portal_words_since :one struct said_row
-- in:   uint64_t conversation_id, enum medium medium, enum direction heard, int64_t since
SELECT COUNT(*) AS number FROM message
 WHERE conversation_id = :conversation_id AND medium = :medium AND direction = :heard AND at >= :since;

-- The mail that an answer in that thread answers.
-- name: mail_heard_last :maybe struct message_row
-- in:   uint64_t conversation_id, enum direction direction, enum medium medium
SELECT id, conversation_id, direction, medium, occasion, state, address, subject, body, more, actor_kind, actor_id, ref_kind,
       ref_id, batch_id, at, due_at, job_id, claimed_at, sent_at, ended_at, provider_id, segments, problem, version
  FROM message WHERE conversation_id = :conversation_id AND direction = :direction AND medium = :medium ORDER BY id DESC LIMIT 1;

-- ---- whose is it, and what do they wish ----

-- A number of a contact that is still theirs; the customer who was made last, if it is several people's.
-- name: known_by_phone :maybe struct known_row
-- in:   struct str phone
SELECT k.customer_id, k.name, k.language FROM contact k JOIN customer c ON c.id = k.customer_id
 WHERE k.phone = :phone AND k.archived_at IS NULL AND c.archived_at IS NULL AND c.merged_into IS NULL
 ORDER BY k.customer_id DESC LIMIT 1;

-- name: known_by_email :maybe struct known_row
-- in:   struct str email
SELECT q.customer_id, q.name, q.language FROM
  ((SELECT k.customer_id, k.name, k.language FROM contact k JOIN customer c ON c.id = k.customer_id
     WHERE k.email = :email AND k.archived_at IS NULL AND c.archived_at IS NULL AND c.merged_into IS NULL LIMIT 1)
   UNION ALL
   (SELECT c.id AS customer_id, c.name, c.language FROM customer c
     WHERE c.email = :email AND c.archived_at IS NULL AND c.merged_into IS NULL LIMIT 1)) q LIMIT 1;

-- name: region_of :maybe struct region_row
-- in:   uint64_t customer_id
SELECT region FROM property WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY id LIMIT 1;

-- name: chosen_of :maybe struct chosen_row
-- in:   enum setting_kind kind, struct str name
SELECT id, body, version FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name;

-- name: chosen_for_update :maybe struct chosen_row
-- in:   enum setting_kind kind, struct str name
SELECT id, body, version FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name FOR UPDATE;

-- name: chosen_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, position, body) VALUES (:id, :kind, 0, :name, 0, :body);

-- name: chosen_change :exactly-one
-- class: compare
-- in:   uint64_t id, struct str body, uint32_t version
UPDATE setting SET body = :body, version = version + 1 WHERE id = :id AND version = :version;

-- What is said of one service (owner_id) in words of its own; 0: what the company says of all.
-- name: own_rule :maybe struct chosen_row
-- in:   enum setting_kind kind, uint64_t service_id, struct str name
SELECT id, body, version FROM setting WHERE kind = :kind AND owner_id = :service_id AND name = :name;

-- name: own_rule_for_update :maybe struct chosen_row
-- in:   enum setting_kind kind, uint64_t service_id, struct str name
SELECT id, body, version FROM setting WHERE kind = :kind AND owner_id = :service_id AND name = :name FOR UPDATE;

-- name: own_rule_insert :insert
-- in:   uint64_t id, enum setting_kind kind, uint64_t service_id, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, position, body) VALUES (:id, :kind, :service_id, :name, 0, :body);

-- name: own_rule_drop :exactly-one
-- class: own
-- in:   uint64_t id, enum setting_kind kind, uint32_t version
DELETE FROM setting WHERE id = :id AND kind = :kind AND owner_id > 0 AND version = :version;

-- Is there a service that has a rule of its own for it? There are a few dozen rows of that kind.
-- name: own_rules :one struct said_row
-- in:   enum setting_kind kind, struct str name
SELECT COUNT(*) AS number FROM setting WHERE kind = :kind AND owner_id > 0 AND name = :name;

-- ---- the inbox ----

-- name: conversation_line :one struct conversation_line_row
-- in:   uint64_t id
SELECT c.id, c.customer_id, CAST(COALESCE(k.name, NULLIF(c.name, ''), c.address) AS CHAR(254)) AS name, c.address, c.language, c.state, c.staff_id,
       COALESCE(s.name, '') AS staff, c.snoozed_until, c.unread, c.waits_since, c.last_at, c.last_words, c.last_medium,
       c.last_direction, c.outcome, c.version,
       COALESCE((SELECT m.ref_kind FROM message m FORCE INDEX (conversation) WHERE m.conversation_id = c.id ORDER BY m.id DESC LIMIT 1), 0) AS last_ref,
       c.customer_id = 0 AS stranger, 0 AS became_job, 0 AS asks, 0 AS kept_until
  FROM conversation c LEFT JOIN customer k ON k.id = c.customer_id LEFT JOIN staff s ON s.id = c.staff_id
 WHERE c.id = :id;

-- name: thread_typist :maybe struct reply_name_row
-- in:   uint64_t id
SELECT name FROM staff WHERE id = :id;

-- name: thread_place :maybe struct thread_place_row
-- in:   uint64_t customer_id
SELECT CAST(CONCAT_WS(', ', NULLIF(street, ''), NULLIF(city, '')) AS CHAR(250)) AS name FROM property
 WHERE customer_id = :customer_id AND archived_at IS NULL ORDER BY id LIMIT 1;

-- Nobody looked after it: whoever answered does.
-- name: conversation_taken :any
-- class: own
-- in:   uint64_t id, uint64_t staff_id
UPDATE conversation SET staff_id = :staff_id, version = version + 1 WHERE id = :id AND staff_id = 0;

-- name: saved_replies :many struct saved_row
-- in:   enum setting_kind kind
SELECT id, name, body, version FROM setting WHERE kind = :kind AND owner_id = 0 AND archived_at IS NULL ORDER BY name LIMIT 100;

-- name: reply_change :exactly-one
-- class: compare
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body, uint32_t version
UPDATE setting SET name = :name, body = :body, version = version + 1 WHERE id = :id AND kind = :kind AND version = :version;

-- name: reply_drop :exactly-one
-- class: own
-- in:   uint64_t id, enum setting_kind kind, uint32_t version
DELETE FROM setting WHERE id = :id AND kind = :kind AND version = :version;

-- Whoever was made last, for a look at words.
-- name: customer_last :maybe struct reply_name_row
SELECT name FROM customer WHERE archived_at IS NULL ORDER BY id DESC LIMIT 1;

-- The operator gives the company its number; what else stands in the row stays.
-- name: chosen_secret :maybe struct chosen_secret_row
-- in:   enum setting_kind kind, struct str name
SELECT id, secret FROM setting WHERE kind = :kind AND owner_id = 0 AND name = :name;

-- name: chosen_secret_put :any
-- class: own
-- in:   uint64_t id, struct maybe_str secret
UPDATE setting SET secret = :secret WHERE id = :id;

-- name: number_account :any
-- class: own
-- in:   uint64_t id, struct str account, struct str service, struct maybe_str secret
UPDATE setting SET body = JSON_SET(IF(JSON_VALID(body), body, '{"number":"","review_url":""}'), '$.account', :account, '$.service', :service), secret = :secret, version = version + 1
 WHERE id = :id;

-- name: number_put :any
-- class: own
-- in:   uint64_t id, enum setting_kind kind, struct str number
INSERT INTO setting (id, kind, owner_id, name, position, body)
VALUES (:id, :kind, 0, '', 0, JSON_OBJECT('number', :number, 'review_url', ''))
    ON DUPLICATE KEY UPDATE body = JSON_SET(IF(JSON_VALID(body), body, '{"review_url":""}'), '$.number', :number), version = version + 1;
