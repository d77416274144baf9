/*
 * fcgi/acts/readings.h -- the water: what the company wants to know, what was read, what it means.
 *
 * Ids are made by whoever writes (a phone without signal); the same id again is answered with what stands there.
 */
#ifndef FCGI_ACTS_READINGS_H
#define FCGI_ACTS_READINGS_H

#include "fcgi/acts/tell_water.h"
#include "sql/tenant/water.h"
#include "tenancy/work.h"

extern const char *const reading_source_names[];

struct reading_wish {
	struct maybe_u64 id;
	uint64_t pool_id;
	struct maybe_u64 visit_id;
	struct maybe_i64 at; /* absent: now */
	struct maybe_u32 took_s, replaced_l;
	struct water_value *values;
	size_t values_n;
};

struct reading_edit {
	struct maybe_i64 at;
	struct maybe_u32 replaced_l;
	struct water_value *values;
	size_t values_n;
	uint32_t version;
};

struct reading_version {
	uint32_t version;
};

struct reading_line {
	uint64_t id, pool_id;
	struct maybe_u64 visit_id;
	struct maybe_str staff_name;
	enum reading_source source;
	int64_t at;
	uint32_t took_s, replaced_l;
	struct water_value *values;
	size_t values_n;
	uint64_t doubts;
	bool doubtful;
	struct maybe_i64 withdrawn_at;
	uint32_t version;
};

struct dose_line {
	uint64_t id, item_id;
	struct maybe_u64 visit_id;
	struct maybe_str staff_name;
	struct str item;
	enum item_unit unit;
	int64_t holds_x100;
	enum chemical chemical;
	struct maybe_i64 planned_x100;
	int64_t given_x100;
	struct str reason;
	uint64_t marks; /* bits of enum dose_mark */
	int64_t at;
	struct maybe_i64 undone_at;
	uint32_t version;
};

/* What holds for one measure of one pool. */
struct band_line {
	enum measure measure;
	bool asked, required, due;
	uint32_t every_days;
	bool own;
	int32_t low, aim_low, aim_high, high, least, most;
	uint32_t decimals;
};

/* The last value of a measure; fresh: it may still be reckoned with. */
struct known_line {
	enum measure measure;
	int32_t x100;
	enum reading_how how;
	int64_t at;
	bool fresh;
};

struct product_line {
	uint64_t id;
	struct str name;
	enum chemical chemical;
	uint32_t strength_x100;
	enum item_unit unit;
	int64_t holds_x100;
	uint32_t most_x100, wait_minutes;
	struct str label_url;
	bool unwanted; /* by the people of this place: no plan takes it */
};

struct forecast_line {
	enum forecast_method method;
	uint32_t rests_on;
	int32_t likely, least, most;
	struct maybe_day day; /* of the next visit; absent: a week from the last reading */
};

struct drain_line {
	enum measure measure;
	uint32_t rests_on;
	int32_t a_year;
	struct day likely, least, most;
};

#define PAGE_READINGS 60
#define PAGE_DOSES 180
#define PAGE_DRAINS 3

struct water_page {
	uint64_t pool_id;
	struct str name;
	enum pool_kind kind;
	enum pool_sanitiser sanitiser;
	bool indoor;
	uint32_t volume_l; /* 0: unknown */
	enum fc_school school;
	enum balance_method method;
	enum water_units units;
	int32_t fill_ch, fill_cya, fill_salt, fill_tds;
	struct own_measure *own;
	size_t own_n;
	struct band_line *bands;
	size_t bands_n;
	struct known_line *known;
	size_t known_n;
	struct reading_line *readings; /* newest first */
	size_t readings_n;
	struct dose_line *doses; /* newest first */
	size_t doses_n;
	struct product_line *products;
	size_t products_n;
	uint64_t refused; /* bits of enum chemical: kinds that are not wanted here */
	struct forecast_line forecast;
	struct drain_line *drains;
	size_t drains_n;
	uint32_t rules_version; /* of the pool's own; 0: it has none */
};

struct doubt_line {
	uint64_t id, pool_id, customer_id;
	struct str customer, street, pool;
	enum pool_kind pool_kind;
	struct maybe_str staff_name;
	int64_t at;
	struct water_value *values;
	size_t values_n;
	uint64_t doubts;
	uint32_t version;
};
#define DOUBTS_MAX 100

struct doubt_page {
	struct doubt_line *rows; /* the newest first */
	size_t rows_n;
	struct maybe_u64 next;
};

struct doubt_query {
	struct maybe_u64 before;
};

/* act_water_policy -- with all that is usual where the company has said nothing */
must_use enum err act_water_policy(struct work *w, struct water_policy *out);
/* Errors  those of rules_check; E_INVALID "own" twice the same or none of the six; E_STALE */
must_use enum err act_water_policy_change(struct work *w, const struct water_policy *in, struct water_policy *out);
must_use enum err act_pool_rules(struct work *w, uint64_t pool_id, struct pool_rules *out);
must_use enum err act_pool_rules_change(struct work *w, uint64_t pool_id, const struct pool_rules *in,
    struct pool_rules *out);

/* act_water_page -- all of one pool's water: rules, readings, doses, products, what is to come. Errors E_NOT_FOUND */
must_use enum err act_water_page(struct work *w, uint64_t pool_id, struct water_page *out);
/* act_water_mine -- is it a pool where whoever does this work has a stop today or tomorrow? Errors E_NOT_FOUND */
must_use enum err act_water_mine(struct work *w, uint64_t pool_id);

/*
 * act_reading_put -- a set of readings, marked quietly where it cannot be believed
 *
 * source  in   READ_BY_TECH: the visit must be a stop of this person, of the last seven days
 * id      out  as sent, or a new one
 *
 * Errors  E_INVALID a measure's name, "values" none, "visit_id", "at" in the future; E_STALE the id is another pool's
 */
must_use enum err act_reading_put(struct work *w, const struct reading_wish *in, enum reading_source source,
    uint64_t *id);
/* act_reading_correct -- the log of changes keeps what it was. mine: only a set of one's own. Errors as above; E_STALE */
must_use enum err act_reading_correct(struct work *w, uint64_t id, const struct reading_edit *in, bool mine);
/* act_reading_withdraw -- it counts no more; `back`: it does again, whatever the version. Errors E_STALE */
must_use enum err act_reading_withdraw(struct work *w, uint64_t id, uint32_t version, bool back);
must_use enum err act_reading_line(struct work *w, uint64_t id, struct reading_line *out);

must_use enum err act_doubts(struct work *w, const struct doubt_query *q, struct doubt_page *out);
/* act_reading_trust -- somebody looked: it is no longer on the list. Errors E_STALE */
must_use enum err act_reading_trust(struct work *w, uint64_t id, uint32_t version);

#endif
