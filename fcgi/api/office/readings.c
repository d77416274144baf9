/*
 * fcgi/api/office/readings.c -- the water of a pool, as the office sees and keeps it.
 */
#include "fcgi/acts/readings.h"

#include "fcgi/api/water.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err water_get(struct work *w, const struct call *c);
static enum err policy_get(struct work *w, const struct call *c);
static enum err policy_put(struct work *w, const struct call *c);
static enum err rules_get(struct work *w, const struct call *c);
static enum err rules_put(struct work *w, const struct call *c);
static enum err reading_make(struct work *w, const struct call *c);
static enum err reading_put(struct work *w, const struct call *c);
static enum err reading_withdraw(struct work *w, const struct call *c);
static enum err reading_back(struct work *w, const struct call *c);
static enum err reading_trust(struct work *w, const struct call *c);
static enum err doubts_list(struct work *w, const struct call *c);
static enum err line(struct work *w, const struct call *c, uint64_t id);

static const struct field policy_fields[] = {
	FIELD_ENUM(struct water_policy, school, fc_school_names),
	FIELD_ENUM(struct water_policy, method, balance_method_names),
	FIELD_ENUM(struct water_policy, units, water_units_names),
	FIELD_ENUM(struct water_policy, kit, test_kit_names),
	FIELD_INT(struct water_policy, fill_ch, 0, 500000),
	FIELD_INT(struct water_policy, fill_cya, 0, 100000),
	FIELD_INT(struct water_policy, fill_salt, 0, 5000000),
	FIELD_INT(struct water_policy, fill_tds, 0, 10000000),
	FIELD_LIST(struct water_policy, rules, rules_n, &measure_rule_shape, MEASURE_RULES_MAX),
	FIELD_LIST(struct water_policy, own, own_n, &own_measure_shape, MEASURE_OWNS),
	FIELD_INT(struct water_policy, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape policy_shape = {"WaterPolicy", sizeof(struct water_policy), policy_fields};

static const struct field pool_rules_fields[] = {
	FIELD_LIST(struct pool_rules, rules, rules_n, &measure_rule_shape, POOL_RULES_MAX),
	FIELD_INT(struct pool_rules, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape pool_rules_shape = {"PoolRules", sizeof(struct pool_rules), pool_rules_fields};

static const struct field doubt_line_fields[] = {
	FIELD_ID(struct doubt_line, id),
	FIELD_ID(struct doubt_line, pool_id),
	FIELD_ID(struct doubt_line, customer_id),
	FIELD_TEXT(struct doubt_line, customer, 1, 120),
	FIELD_TEXT(struct doubt_line, street, 0, 160),
	FIELD_TEXT(struct doubt_line, pool, 0, 80),
	FIELD_ENUM(struct doubt_line, pool_kind, pool_kind_names),
	FIELD_MAYBE_TEXT(struct doubt_line, staff_name, 1, 120),
	FIELD_TIME(struct doubt_line, at),
	FIELD_LIST(struct doubt_line, values, values_n, &water_value_shape, READING_VALUES_MAX),
	FIELD_SET(struct doubt_line, doubts, doubt_names),
	FIELD_INT(struct doubt_line, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape doubt_line_shape = {"DoubtLine", sizeof(struct doubt_line), doubt_line_fields};
static const struct field doubt_page_fields[] = {
	FIELD_LIST(struct doubt_page, rows, rows_n, &doubt_line_shape, DOUBTS_MAX),
	FIELD_MAYBE_ID(struct doubt_page, next),
	FIELD_END
};
static const struct shape doubt_page_shape = {"DoubtPage", sizeof(struct doubt_page), doubt_page_fields};
static const struct field doubt_query_fields[] = {FIELD_MAYBE_ID(struct doubt_query, before), FIELD_END};
static const struct shape doubt_query_shape = {"DoubtQuery", sizeof(struct doubt_query), doubt_query_fields};
static const struct columns doubt_columns = {&doubt_page_shape, "When,Customer,Street,Pool,Read by,Values,Doubtful because",
	"Cuándo,Cliente,Calle,Alberca,Leído por,Valores,Dudoso por", "at,customer,street,pool,staff_name,values,doubts"};

#define SEES MAY(MAY_SEE_CUSTOMERS)
#define EDITS (MAY(MAY_SEE_CUSTOMERS) | MAY(MAY_EDIT_CUSTOMERS))
#define STORY "water.test.mjs"

const struct endpoint office_readings[] = {
	{GET, "/pools/:id/water", .may = SEES, .out = &water_page_shape, .run = water_get,
	    .help = "All that is known of the water of a pool, and what is to come.", .story = STORY},
	{GET, "/pools/:id/water-rules", .may = SEES, .out = &pool_rules_shape, .run = rules_get,
	    .help = "What one pool is measured by otherwise than the others.", .story = STORY},
	{PUT, "/pools/:id/water-rules", .may = EDITS, .body = &pool_rules_shape, .out = &pool_rules_shape,
	    .run = rules_put, .help = "Measure one pool otherwise than the others.", .story = STORY},
	{GET, "/water-policy", .may = SEES, .out = &policy_shape, .run = policy_get,
	    .help = "What the company reads of water, and which ranges it keeps to.", .story = STORY},
	{PUT, "/water-policy", .may = MAY(MAY_MANAGE_COMPANY), .body = &policy_shape, .out = &policy_shape,
	    .run = policy_put, .help = "Change what the company reads of water.", .story = STORY},
	{POST, "/readings", .may = EDITS, .body = &reading_wish_shape, .out = &reading_line_shape, .run = reading_make,
	    .help = "Write down a set of readings by hand.", .story = STORY},
	{PUT, "/readings/:id", .may = EDITS, .body = &reading_edit_shape, .out = &reading_line_shape, .run = reading_put,
	    .help = "Correct a set of readings; what it was is kept.", .story = STORY},
	{POST, "/readings/:id/withdrawals", .may = EDITS, .body = &water_version_shape, .out = &reading_line_shape,
	    .run = reading_withdraw, .help = "Take a set of readings out of the history.", .story = STORY},
	{DELETE, "/readings/:id/withdrawals", .may = EDITS, .out = &reading_line_shape,
	    .run = reading_back, .help = "Let a set of readings count again.", .story = STORY},
	{POST, "/readings/:id/trusts", .may = MAY(MAY_DISPATCH), .body = &water_version_shape, .out = &reading_line_shape,
	    .run = reading_trust, .help = "Somebody looked at a doubtful reading: it is all right.", .story = STORY},
	{GET, "/doubts", .may = MAY(MAY_DISPATCH), .query = &doubt_query_shape, .out = &doubt_page_shape, .run = doubts_list,
	    .help = "Readings that cannot quite be believed.", .story = STORY},
	{GET, "/doubts.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_DISPATCH), .query = &doubt_query_shape, .file = CSV_TYPE, .columns = &doubt_columns, .run = doubts_list,
	    .help = "Readings that cannot quite be believed.", .story = "exports.test.mjs"},
	{0}
};

static enum err
water_get(struct work *w, const struct call *c)
{
	struct water_page *out = arena_new(w->arena, struct water_page);

	TRY(act_water_page(w, c->id, out));
	return reply_shape(c, &water_page_shape, out);
}

static enum err
policy_get(struct work *w, const struct call *c)
{
	struct water_policy out;

	TRY(act_water_policy(w, &out));
	return reply_shape(c, &policy_shape, &out);
}

static enum err
policy_put(struct work *w, const struct call *c)
{
	struct water_policy out;

	TRY(act_water_policy_change(w, c->body, &out));
	return reply_shape(c, &policy_shape, &out);
}

static enum err
rules_get(struct work *w, const struct call *c)
{
	struct pool_rules out;

	TRY(act_pool_rules(w, c->id, &out));
	return reply_shape(c, &pool_rules_shape, &out);
}

static enum err
rules_put(struct work *w, const struct call *c)
{
	struct pool_rules out;

	TRY(act_pool_rules_change(w, c->id, c->body, &out));
	return reply_shape(c, &pool_rules_shape, &out);
}

static enum err
reading_make(struct work *w, const struct call *c)
{
	struct reading_line out;
	uint64_t id;

	TRY(act_reading_put(w, c->body, READ_BY_OFFICE, &id));
	TRY(act_reading_line(w, id, &out));
	return reply_created(c, &reading_line_shape, &out);
}

static enum err
reading_put(struct work *w, const struct call *c)
{
	TRY(act_reading_correct(w, c->id, c->body, false));
	return line(w, c, c->id);
}

static enum err
reading_withdraw(struct work *w, const struct call *c)
{
	const struct reading_version *in = c->body;

	TRY(act_reading_withdraw(w, c->id, in->version, false));
	return line(w, c, c->id);
}

static enum err
reading_back(struct work *w, const struct call *c)
{
	TRY(act_reading_withdraw(w, c->id, 0, true));
	return line(w, c, c->id);
}

static enum err
reading_trust(struct work *w, const struct call *c)
{
	const struct reading_version *in = c->body;

	TRY(act_reading_trust(w, c->id, in->version));
	return line(w, c, c->id);
}

static enum err
doubts_list(struct work *w, const struct call *c)
{
	struct doubt_page out;

	TRY(act_doubts(w, c->query, &out));
	return reply_shape(c, &doubt_page_shape, &out);
}

static enum err
line(struct work *w, const struct call *c, uint64_t id)
{
	struct reading_line out;

	TRY(act_reading_line(w, id, &out));
	return reply_shape(c, &reading_line_shape, &out);
}
