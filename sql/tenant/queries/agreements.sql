-- Agreements and their terms.
-- include sql/tenant/schedule.h

-- name: agreement_one :one struct agreement
-- in:   uint64_t id
SELECT id, customer_id, property_id, pool_id, repeats, starts_day, ends_day, made_until, closed_at, version
  FROM agreement WHERE id = :id;

-- The guard row of an agreement: whoever makes its visits or changes its terms locks it first and writes it.
-- name: agreement_for_update :one struct agreement
-- in:   uint64_t id
SELECT id, customer_id, property_id, pool_id, repeats, starts_day, ends_day, made_until, closed_at, version
  FROM agreement WHERE id = :id FOR UPDATE;

-- name: agreements_of_customer :many struct agreement
-- in:   uint64_t customer_id
SELECT id, customer_id, property_id, pool_id, repeats, starts_day, ends_day, made_until, closed_at, version
  FROM agreement WHERE customer_id = :customer_id ORDER BY closed_at IS NOT NULL, starts_day, id LIMIT 200;

-- name: agreements_of_place :many struct agreement
-- in:   uint64_t property_id, enum repeats repeats
SELECT id, customer_id, property_id, pool_id, repeats, starts_day, ends_day, made_until, closed_at, version
  FROM agreement WHERE property_id = :property_id AND repeats = :repeats AND closed_at IS NULL ORDER BY id LIMIT 50;

-- name: agreements_behind :many struct schedule_id_row
-- in:   struct day before
SELECT id FROM agreement FORCE INDEX (made)
 WHERE closed_at IS NULL AND (made_until IS NULL OR made_until < :before) LIMIT 100;

-- name: agreement_insert :insert
-- in:   uint64_t id, uint64_t customer_id, uint64_t property_id, uint64_t pool_id, enum repeats repeats
-- in:   struct day starts_day, struct maybe_day ends_day
INSERT INTO agreement (id, customer_id, property_id, pool_id, repeats, starts_day, ends_day)
VALUES (:id, :customer_id, :property_id, :pool_id, :repeats, :starts_day, :ends_day);

-- name: agreement_touch :exactly-one
-- class: compare
-- in:   uint64_t id, uint32_t version
UPDATE agreement SET version = version + 1 WHERE id = :id AND version = :version;

-- name: agreement_end :exactly-one
-- class: compare
-- in:   uint64_t id, struct maybe_day ends_day, struct maybe_i64 closed_at, uint32_t version
UPDATE agreement SET ends_day = :ends_day, closed_at = :closed_at, version = version + 1
 WHERE id = :id AND version = :version;

-- Nobody edits these two by hand, so a form that is open keeps its version.
-- name: agreement_made :exactly-one
-- class: own
-- in:   uint64_t id, struct maybe_day made_until, struct maybe_i64 closed_at
UPDATE agreement SET made_until = :made_until, closed_at = :closed_at WHERE id = :id;

-- name: terms_of :many struct term
-- in:   uint64_t agreement_id
SELECT from_day, kind, held, until_day, rule, anchor_day, every_days, service_id, tech_id, seq, from_minute, to_minute,
       minutes, rate_kind, with_chemicals, rate_cents, skip_policy, anyway, version
  FROM term WHERE agreement_id = :agreement_id ORDER BY from_day LIMIT 200;

-- What began on that day, if anything, is replaced: term_with (domain/customers/agreement.h) says by what.
-- name: term_put :any
-- class: own
-- in:   uint64_t agreement_id, struct day from_day, enum term_kind kind, bool held, struct maybe_day until_day
-- in:   struct str rule, struct day anchor_day, uint32_t every_days, uint64_t service_id
-- in:   struct maybe_u64 tech_id, uint32_t seq, struct maybe_u32 from_minute, struct maybe_u32 to_minute
-- in:   uint32_t minutes, enum rate_kind rate_kind, bool with_chemicals, int64_t rate_cents
-- in:   enum skip_policy skip_policy, bool anyway
INSERT INTO term (agreement_id, from_day, kind, held, until_day, rule, anchor_day, every_days, service_id, tech_id, seq,
                  from_minute, to_minute, minutes, rate_kind, with_chemicals, rate_cents, skip_policy, anyway)
VALUES (:agreement_id, :from_day, :kind, :held, :until_day, :rule, :anchor_day, :every_days, :service_id, :tech_id, :seq,
        :from_minute, :to_minute, :minutes, :rate_kind, :with_chemicals, :rate_cents, :skip_policy, :anyway)
    ON DUPLICATE KEY UPDATE kind = :kind, held = :held, until_day = :until_day, rule = :rule, anchor_day = :anchor_day,
        every_days = :every_days, service_id = :service_id, tech_id = :tech_id, seq = :seq,
        from_minute = :from_minute, to_minute = :to_minute, minutes = :minutes, rate_kind = :rate_kind,
        with_chemicals = :with_chemicals, rate_cents = :rate_cents, skip_policy = :skip_policy, anyway = :anyway,
        version = version + 1;

-- name: term_drop :any
-- class: own
-- in:   uint64_t agreement_id, struct day from_day
DELETE FROM term WHERE agreement_id = :agreement_id AND from_day = :from_day;

-- name: place_one :maybe struct place_row
-- in:   uint64_t id
SELECT id, customer_id, not_days, never_techs, same_tech, usual_tech_id, from_minute, to_minute, archived_at IS NOT NULL AS archived
  FROM property WHERE id = :id;

-- name: pool_of_place :maybe struct schedule_id_row
-- in:   uint64_t id, uint64_t property_id
SELECT id FROM pool WHERE id = :id AND property_id = :property_id AND archived_at IS NULL;
