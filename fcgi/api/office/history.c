/*
 * fcgi/api/office/history.c -- the timeline of a customer, a place, a pool, and the log of changes.
 */
#include "fcgi/acts/history.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err timeline_of_customer(struct work *w, const struct call *c);
static enum err timeline_of_property(struct work *w, const struct call *c);
static enum err timeline_of_pool(struct work *w, const struct call *c);
static enum err changes_of_customer(struct work *w, const struct call *c);

static const struct field timeline_line_fields[] = {
	FIELD_ID(struct timeline_line, id),
	FIELD_TIME(struct timeline_line, at),
	FIELD_ENUM(struct timeline_line, kind, event_kind_names),
	FIELD_BOOL(struct timeline_line, by_staff),
	FIELD_TEXT(struct timeline_line, actor_name, 0, 120),
	FIELD_MAYBE_ID(struct timeline_line, customer_id),
	FIELD_MAYBE_ID(struct timeline_line, property_id),
	FIELD_MAYBE_ID(struct timeline_line, pool_id),
	FIELD_ENUM(struct timeline_line, ref_kind, record_kind_names),
	FIELD_MAYBE_ID(struct timeline_line, ref_id),
	FIELD_LIST(struct timeline_line, values, values_n, &event_value_shape, EVENT_VALUES_MAX),
	FIELD_END
};
static const struct shape timeline_line_shape = {
	"TimelineLine", sizeof(struct timeline_line), timeline_line_fields};
static const struct field timeline_fields[] = {
	FIELD_LIST(struct timeline, rows, rows_n, &timeline_line_shape, TIMELINE_PAGE),
	FIELD_MAYBE_ID(struct timeline, next),
	FIELD_END
};
static const struct shape timeline_shape = {"Timeline", sizeof(struct timeline), timeline_fields};
static const struct columns timeline_columns = {&timeline_shape, "When,What,By,Details",
	"Cuándo,Qué,Por,Detalles", "at,kind,actor_name,values"};

static const struct field timeline_query_fields[] = {
	FIELD_MAYBE_ID(struct history_query, before),
	FIELD_ENUM(struct history_query, kind, event_kind_names),
	FIELD_ENUM(struct history_query, about, record_kind_names),
	FIELD_END
};
static const struct shape timeline_query_shape = {
	"TimelineQuery", sizeof(struct history_query), timeline_query_fields};
static const struct field changes_query_fields[] = {FIELD_MAYBE_ID(struct history_query, before), FIELD_END};
static const struct shape changes_query_shape = {
	"ChangesQuery", sizeof(struct history_query), changes_query_fields};

static const struct field change_line_fields[] = {
	FIELD_ID(struct change_line, id),
	FIELD_TIME(struct change_line, at),
	FIELD_TEXT(struct change_line, actor_name, 0, 120),
	FIELD_ENUM(struct change_line, on_kind, record_kind_names),
	FIELD_ID(struct change_line, on_id),
	FIELD_MAYBE_ID(struct change_line, batch_id),
	FIELD_TEXT(struct change_line, field, 1, 40),
	FIELD_LINES(struct change_line, was, 0, CHANGE_TEXT_MAX),
	FIELD_LINES(struct change_line, became, 0, CHANGE_TEXT_MAX),
	FIELD_END
};
static const struct shape change_line_shape = {"ChangeLine", sizeof(struct change_line), change_line_fields};
static const struct field changes_fields[] = {
	FIELD_LIST(struct changes, rows, rows_n, &change_line_shape, CHANGES_PAGE),
	FIELD_MAYBE_ID(struct changes, next),
	FIELD_END
};
static const struct shape changes_shape = {"Changes", sizeof(struct changes), changes_fields};
static const struct columns changes_columns = {&changes_shape, "When,By,On,Field,Was,Became",
	"Cuándo,Por,En,Campo,Era,Es", "at,actor_name,on_kind,field,was,became"};

const struct endpoint office_history[] = {
	{GET, "/customers/:id/timeline", .may = MAY(MAY_SEE_CUSTOMERS), .query = &timeline_query_shape, .out = &timeline_shape,
	    .run = timeline_of_customer, .help = "What happened to a customer, newest first.", .story = "customers.test.mjs"},
	{GET, "/customers/:id/timeline.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_CUSTOMERS), .query = &timeline_query_shape, .file = CSV_TYPE, .columns = &timeline_columns, .run = timeline_of_customer,
	    .help = "What happened to a customer.", .story = "exports.test.mjs"},
	{GET, "/properties/:id/timeline", .may = MAY(MAY_SEE_CUSTOMERS), .query = &timeline_query_shape, .out = &timeline_shape,
	    .run = timeline_of_property, .help = "What happened at a place, whoever owned it.", .story = "customers.test.mjs"},
	{GET, "/properties/:id/timeline.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_CUSTOMERS), .query = &timeline_query_shape, .file = CSV_TYPE, .columns = &timeline_columns, .run = timeline_of_property,
	    .help = "What happened at a place.", .story = "exports.test.mjs"},
	{GET, "/pools/:id/timeline", .may = MAY(MAY_SEE_CUSTOMERS), .query = &timeline_query_shape, .out = &timeline_shape,
	    .run = timeline_of_pool, .help = "What happened to a pool, whoever owned it.", .story = "customers.test.mjs"},
	{GET, "/pools/:id/timeline.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_CUSTOMERS), .query = &timeline_query_shape, .file = CSV_TYPE, .columns = &timeline_columns, .run = timeline_of_pool,
	    .help = "What happened to a pool.", .story = "exports.test.mjs"},
	{GET, "/customers/:id/changes", .may = MAY(MAY_SEE_CUSTOMERS), .query = &changes_query_shape, .out = &changes_shape,
	    .run = changes_of_customer, .help = "Field by field: what it was, what it became, who, when.", .story = "customers.test.mjs"},
	{GET, "/customers/:id/changes.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_CUSTOMERS), .query = &changes_query_shape, .file = CSV_TYPE, .columns = &changes_columns, .run = changes_of_customer,
	    .help = "The log of changes of a customer.", .story = "exports.test.mjs"},
	{0}
};

static enum err
timeline_of_customer(struct work *w, const struct call *c)
{
	struct timeline out;

	TRY(act_timeline_of_customer(w, c->id, c->query, &out));
	return reply_shape(c, &timeline_shape, &out);
}

static enum err
timeline_of_property(struct work *w, const struct call *c)
{
	struct timeline out;

	TRY(act_timeline_of_property(w, c->id, c->query, &out));
	return reply_shape(c, &timeline_shape, &out);
}

static enum err
timeline_of_pool(struct work *w, const struct call *c)
{
	struct timeline out;

	TRY(act_timeline_of_pool(w, c->id, c->query, &out));
	return reply_shape(c, &timeline_shape, &out);
}

static enum err
changes_of_customer(struct work *w, const struct call *c)
{
	struct changes out;

	TRY(act_changes_of_customer(w, c->id, c->query, &out));
	return reply_shape(c, &changes_shape, &out);
}
