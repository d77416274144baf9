-- What a night seals of the money, and its seals: settings of a kind of their own, named by their number.
-- include sql/tenant/dayseal.h

-- The guard of the chain.
-- name: dayseal_head_for_update :maybe struct seal_head_row
SELECT value, version FROM counter WHERE name = 'seal.day' FOR UPDATE;

-- name: dayseal_head_insert :insert
-- in:   struct str hash
INSERT INTO counter (name, value, hash) VALUES ('seal.day', 1, :hash);

-- name: dayseal_head_move :exactly-one
-- class: compare
-- in:   uint64_t value, uint32_t version
UPDATE counter SET value = :value, version = version + 1 WHERE name = 'seal.day' AND version = :version;

-- name: dayseal_insert :insert
-- in:   uint64_t id, enum setting_kind kind, struct str name, struct str body
INSERT INTO setting (id, kind, owner_id, name, body) VALUES (:id, :kind, 0, :name, :body);

-- name: dayseal_last :maybe struct dayseal_row
-- in:   enum setting_kind kind
SELECT name, body FROM setting WHERE kind = :kind AND owner_id = 0 ORDER BY name DESC LIMIT 1;

-- name: dayseals_after :many struct dayseal_row
-- in:   enum setting_kind kind, struct str name
SELECT name, body FROM setting WHERE kind = :kind AND owner_id = 0 AND name > :name ORDER BY name LIMIT 100;

-- The ledger in its order: from this side of this posting on, up to a name that is not in it any more.
-- name: dayseal_entries :many struct dayseal_entry
-- in:   uint64_t posting_id, uint32_t side, uint64_t until
SELECT posting_id, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, actor_kind, actor_id
  FROM entry
 WHERE posting_id >= :posting_id AND posting_id < :until AND (posting_id > :posting_id OR side >= :side)
 ORDER BY posting_id, side LIMIT 2000;

-- name: document_head :maybe struct dayseal_document
-- in:   enum bill_kind kind
SELECT COALESCE(seq, 0) AS seq, COALESCE(hash, '') AS hash, body FROM bill
 WHERE kind = :kind AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1;

-- name: documents_between :many struct dayseal_document
-- in:   enum bill_kind kind, uint64_t after, uint64_t until
SELECT COALESCE(seq, 0) AS seq, COALESCE(hash, '') AS hash, body FROM bill
 WHERE kind = :kind AND seq > :after AND seq <= :until ORDER BY seq LIMIT 200;
