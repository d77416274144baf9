-- Queries of every kind, for the row tests.
-- include tests/rows/gadget.h

-- name: gadget_add :insert
-- in:   uint64_t id, struct str name, enum colour colour, uint8_t small, uint16_t medium, int32_t cents
-- in:   int64_t at, bool live, struct day born, struct str body, struct maybe_i32 m_i32
-- in:   struct maybe_u32 m_u32, struct maybe_i64 m_i64, struct maybe_u64 m_u64, struct maybe_bool m_bool
-- in:   struct maybe_str m_str
INSERT INTO gadget (id, name, colour, small, medium, cents, at, live, born, body, m_i32, m_u32, m_i64, m_u64,
    m_bool, m_str)
  VALUES (:id, :name, :colour, :small, :medium, :cents, :at, :live, :born, :body, :m_i32, :m_u32, :m_i64,
    :m_u64, :m_bool, :m_str);

-- name: gadget :one struct gadget
-- in:   uint64_t id
SELECT id, name, colour, small, medium, cents, at, live, born, body, m_i32, m_u32, m_i64, m_u64, m_bool, m_str,
    version
  FROM gadget WHERE id = :id;

-- name: gadget_line :maybe struct gadget_line
-- in:   uint64_t id
SELECT id, cents, version FROM gadget WHERE id = :id;

-- name: gadget_line_for_update :one struct gadget_line
-- in:   uint64_t id
SELECT id, cents, version FROM gadget WHERE id = :id FOR UPDATE;

-- name: gadgets_from :many struct gadget_line
-- in:   uint64_t from, int32_t cents_max
-- bound: the tests make at most 40
SELECT g.id, g.cents, g.version FROM gadget g WHERE g.id >= :from AND g.cents <= :cents_max ORDER BY g.id;

-- name: gadgets_painted :many struct gadget_line
-- in:   struct maybe_u32 colour
-- bound: the tests make at most 40
SELECT id, cents, version FROM gadget WHERE (:colour IS NULL OR colour = :colour) ORDER BY live, colour, id;

-- name: gadgets_not_of_another :many struct gadget_line
-- in:   struct maybe_u32 colour
-- bound: the tests make at most 40
SELECT id, cents, version FROM gadget WHERE NOT (:colour IS NOT NULL AND colour <> :colour) ORDER BY live, colour, id;

-- name: gadgets_of_two :many struct gadget_line
-- in:   enum colour one, enum colour other
-- bound: the tests make at most 40
SELECT id, cents, version FROM gadget WHERE colour IN (:one, :other) ORDER BY live, colour, id;

-- name: gadgets_for_update :many struct gadget_line
-- in:   uint64_t from
-- bound: the tests make at most 40
SELECT id, cents, version FROM gadget WHERE id >= :from ORDER BY id FOR UPDATE;

-- name: gadget_until_for_update :one struct gadget_line
-- in:   uint64_t from, uint64_t until
SELECT id, cents, version FROM gadget WHERE id BETWEEN :from AND :until ORDER BY id FOR UPDATE;

-- name: gadgets_of_colour :one struct gadget_line
-- in:   enum colour colour
SELECT id, cents, version FROM gadget WHERE colour = :colour;

-- name: gadget_total :one struct gadget_total
SELECT COUNT(*) AS n, COALESCE(SUM(cents), 0) AS cents FROM gadget;

-- name: gadget_maybe_null :one struct gadget_narrow
-- in:   uint64_t id
SELECT m_i32 AS value FROM gadget WHERE id = :id;

-- name: gadget_too_big :one struct gadget_narrow
-- in:   uint64_t id
SELECT cents AS value FROM gadget WHERE id = :id;

-- name: gadget_price :exactly-one
-- in:   uint64_t id, int32_t cents, uint32_t version
-- class: compare
UPDATE gadget SET cents = :cents, version = version + 1 WHERE id = :id AND version = :version;

-- name: gadget_raise :exactly-one
-- in:   uint64_t id, int32_t more
-- class: add
UPDATE gadget SET cents = cents + :more WHERE id = :id;

-- name: gadget_blind :exactly-one
-- in:   uint64_t id, int32_t cents
-- class: own
UPDATE gadget SET cents = :cents WHERE id = :id;

-- name: gadgets_repaint :any
-- in:   enum colour from, enum colour to
-- class: own
UPDATE gadget SET colour = :to WHERE colour = :from;

-- name: gadget_rename :exactly-one
-- in:   uint64_t id, struct str name
-- class: own
UPDATE gadget SET name = :name, live = live WHERE id = :id;

-- What no hand that serves a company may do (ledger_test.c).
-- name: entry_forge :any
-- class: own
-- in:   uint64_t posting_id
UPDATE entry SET cents = cents * 2 WHERE posting_id = :posting_id;

-- name: entry_cut :any
-- class: own
-- in:   uint64_t posting_id
DELETE FROM entry WHERE posting_id = :posting_id;
