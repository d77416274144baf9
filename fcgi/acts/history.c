/*
 * fcgi/acts/history.c -- load: what happened to a customer, a property, a pool.
 */
#include "fcgi/acts/history.h"

#include "domain/visits/reason.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/merges.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/readings.h"
#include "sql/tenant/queries/timeline.h"

static enum err page_of(struct work *w, const struct event_row *rows, size_t n, struct timeline *out);
static const struct event_value *why_said(struct work *w, const struct event_detail *d);
static enum err measured(struct work *w, uint64_t reading_id, struct event_detail *d);
static enum err with_taken(struct work *w, uint64_t id, struct str *ids);
static uint64_t before(const struct history_query *q);
static struct maybe_u64 unless_zero(uint64_t id);

enum err
act_timeline_of_customer(struct work *w, uint64_t id, const struct history_query *q, struct timeline *out)
{
	struct customer_row owner;
	struct event_row *rows;
	struct str ids;
	size_t n;

	TRY(sql_customer_one(w->db, id, w->arena, &owner));
	TRY(with_taken(w, id, &ids));
	TRY(ids.n == 0 ? sql_timeline_of_customer(w->db, id, before(q), q->kind, q->about, w->arena, &rows, &n)
	               : sql_timeline_of_merged(w->db, ids, before(q), q->kind, q->about, w->arena, &rows, &n));
	return page_of(w, rows, n, out);
}

enum err
act_timeline_of_property(struct work *w, uint64_t id, const struct history_query *q, struct timeline *out)
{
	struct property_row owner;
	struct event_row *rows;
	size_t n;

	TRY(sql_property_one(w->db, id, w->arena, &owner));
	TRY(sql_timeline_of_property(w->db, id, before(q), q->kind, q->about, w->arena, &rows, &n));
	return page_of(w, rows, n, out);
}

enum err
act_timeline_of_pool(struct work *w, uint64_t id, const struct history_query *q, struct timeline *out)
{
	struct pool_row owner;
	struct event_row *rows;
	size_t n;

	TRY(sql_pool_one(w->db, id, w->arena, &owner));
	TRY(sql_timeline_of_pool(w->db, id, before(q), q->kind, q->about, w->arena, &rows, &n));
	return page_of(w, rows, n, out);
}

static enum err
page_of(struct work *w, const struct event_row *rows, size_t n, struct timeline *out)
{
	struct timeline t = {.rows_n = n < TIMELINE_PAGE ? n : TIMELINE_PAGE};

	t.rows = arena_array(w->arena, struct timeline_line, t.rows_n);
	for (size_t i = 0; i < t.rows_n; i++) {
		const struct event_row *r = &rows[i];
		struct event_detail d;

		TRY(shape_read(&event_detail_shape, r->detail, w->arena, &d, &w->fault));
		if (r->kind == EVENT_READING_TAKEN && d.rows_n == 0)
			TRY(measured(w, r->ref_id, &d));
		d.rows = why_said(w, &d);
		t.rows[i] = (struct timeline_line){r->id, r->at, r->kind, r->actor_kind == ACTOR_STAFF, r->actor_name,
		    unless_zero(r->customer_id), unless_zero(r->property_id), unless_zero(r->pool_id), r->ref_kind,
		    unless_zero(r->ref_id), d.rows, d.rows_n};
	}
	if (n > TIMELINE_PAGE)
		t.next = (struct maybe_u64){true, rows[TIMELINE_PAGE - 1].id};
	*out = t;
	return OK;
}

/* A reason that was tapped is read in the reader's language. */
static const struct event_value *
why_said(struct work *w, const struct event_detail *d)
{
	struct event_value *v;

	for (size_t i = 0; i < d->rows_n; i++) {
		if (!str_eq(d->rows[i].name, STR("reason")))
			continue;
		v = arena_array(w->arena, struct event_value, d->rows_n);
		memcpy(v, d->rows, d->rows_n * sizeof(*v));
		v[i].value = reason_say(v[i].value, w->actor.language);
		return v;
	}
	return d->rows;
}

/* A phone says its readings one by one, and the line came with the first: what it read stands in the set. */
static enum err
measured(struct work *w, uint64_t reading_id, struct event_detail *d)
{
	struct event_value *value = arena_new(w->arena, struct event_value);
	struct water_value *values;
	struct reading_row row;
	size_t n;
	const enum err e = sql_reading_one(w->db, reading_id, w->arena, &row);

	if (tell_absent(w, e))
		return OK;
	TRY(e);
	TRY(tell_values_read(w, row.body, &values, &n));
	*value = (struct event_value){STR("text"), audit_cut(w->arena, tell_values_say(w, values, n), EVENT_VALUE_MAX)};
	*d = (struct event_detail){value, 1};
	return OK;
}

enum err
act_changes_of_customer(struct work *w, uint64_t id, const struct history_query *q, struct changes *out)
{
	struct customer_row owner;
	struct change_row *rows;
	struct changes c = {0};
	struct str ids;
	size_t n;

	TRY(sql_customer_one(w->db, id, w->arena, &owner));
	TRY(with_taken(w, id, &ids));
	TRY(ids.n == 0 ? sql_changes_of_customer(w->db, id, before(q), w->arena, &rows, &n)
	               : sql_changes_of_merged(w->db, ids, before(q), w->arena, &rows, &n));
	c.rows_n = n < CHANGES_PAGE ? n : CHANGES_PAGE;
	c.rows = arena_array(w->arena, struct change_line, c.rows_n);
	for (size_t i = 0; i < c.rows_n; i++)
		c.rows[i] = (struct change_line){rows[i].id, rows[i].at, rows[i].actor_name, rows[i].on_kind, rows[i].on_id,
		    unless_zero(rows[i].batch_id), rows[i].field, rows[i].was, rows[i].became};
	if (n > CHANGES_PAGE)
		c.next = (struct maybe_u64){true, rows[CHANGES_PAGE - 1].id};
	*out = c;
	return OK;
}

/* with_taken -- the customer and those who went into them, "[1,2]"; "" if it is they alone: a line keeps its customer */
static enum err
with_taken(struct work *w, uint64_t id, struct str *ids)
{
	struct took_row row;

	TRY(sql_merge_took(w->db, id, w->arena, &row));
	*ids = STR("");
	if (row.took.n > 2)
		*ids = str_printf(w->arena, "[%llu,%.*s", (unsigned long long)id, STR_ARG(str_sub(row.took, 1, row.took.n)));
	return OK;
}

static uint64_t
before(const struct history_query *q)
{
	return q->before.is ? q->before.v : 0;
}

static struct maybe_u64
unless_zero(uint64_t id)
{
	return (struct maybe_u64){id != 0, id};
}
