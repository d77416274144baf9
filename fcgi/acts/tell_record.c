/*
 * fcgi/acts/tell_record.c -- the timeline, the log of changes, and a customer's standing: what every act
 * upon a record says in its own transaction.
 */
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_search.h"

#include "domain/customers/agreement.h"
#include "sql/tenant/queries/timeline.h"

#define DETAIL_MAX 1000
#define NAME_MAX 20

static struct str cut(struct str s, size_t max);

static const struct field event_value_fields[] = {
	FIELD_TEXT(struct event_value, name, 1, NAME_MAX),
	FIELD_TEXT(struct event_value, value, 0, EVENT_VALUE_MAX),
	FIELD_END
};
const struct shape event_value_shape = {"EventValue", sizeof(struct event_value), event_value_fields};

static const struct field event_detail_fields[] = {
	FIELD_LIST(struct event_detail, rows, rows_n, &event_value_shape, EVENT_VALUES_MAX),
	FIELD_END
};
const struct shape event_detail_shape = {"EventDetail", sizeof(struct event_detail), event_detail_fields};

enum err
tell_event(struct work *w, const struct event *e)
{
	struct event_value values[EVENT_VALUES_MAX];
	struct event_detail d = {values, e->values_n < EVENT_VALUES_MAX ? e->values_n : EVENT_VALUES_MAX};
	struct str who;
	struct buf b;

	for (size_t i = 0; i < d.rows_n; i++)
		values[i] = (struct event_value){e->values[i].name, audit_cut(w->arena, e->values[i].value, EVENT_VALUE_MAX)};
	/* Escapes can make it longer than the column: then the last values are left out. */
	do {
		b = buf_open(w->arena, 256, DETAIL_MAX);
		shape_write(&event_detail_shape, &d, &b);
	} while (b.full && d.rows_n-- > 0);
	TRY(tell_actor(w, &who));
	/* The kinds up to this one change what can be found, up to the next what a technician reads. */
	if (e->customer_id != 0 && e->kind <= EVENT_TAGS_CHANGED)
		TRY(tell_search(w, e->customer_id));
	if (e->customer_id != 0 && e->kind <= EVENT_CODES_CHANGED)
		TRY(tell_brief(w, e->customer_id));
	return sql_event_insert(w->db, work_id(w), e->customer_id, e->property_id, e->pool_id, e->at != 0 ? e->at : w->now, e->kind,
	    w->actor.kind, w->actor.id, who, e->ref_kind, e->ref_id, buf_str(&b));
}

enum err
tell_change(struct work *w, const struct record *on, const struct field_change *c, size_t n, size_t *changed)
{
	struct str who = STR_NONE;
	size_t told = 0;

	for (size_t i = 0; i < n; i++) {
		if (str_eq(c[i].was, c[i].became))
			continue;
		told++;
		if (c[i].how == CHANGE_TOLD)
			continue;
		if (who.p == NULL)
			TRY(tell_actor(w, &who));
		TRY(sql_change_insert(w->db, work_id(w), on->customer_id, on->kind, on->id, on->batch_id, w->now,
		    w->actor.kind, w->actor.id, who, str_of(c[i].field),
		    c[i].how == CHANGE_SEALED ? STR("") : cut(c[i].was, CHANGE_TEXT_MAX),
		    c[i].how == CHANGE_SEALED ? STR("") : cut(c[i].became, CHANGE_TEXT_MAX)));
	}
	if (changed != NULL)
		*changed = told;
	return OK;
}

enum err
tell_edit(struct work *w, const struct record *on, const struct event *e, const struct field_change *c, size_t n)
{
	struct event_value values[EVENT_VALUES_MAX];
	struct buf list = buf_open(w->arena, 64, 1024);
	struct event said = *e;
	size_t changed;

	TRY(tell_change(w, on, c, n, &changed));
	if (changed == 0)
		return OK;
	for (size_t i = 0; i < n; i++)
		if (!str_eq(c[i].was, c[i].became))
			buf_printf(&list, "%s%s", list.n > 0 ? ", " : "", c[i].field);
	said.values_n = 0;
	for (size_t i = 0; i < e->values_n && i + 1 < EVENT_VALUES_MAX; i++)
		values[said.values_n++] = e->values[i];
	values[said.values_n++] = (struct event_value){STR("fields"), buf_str(&list)};
	said.values = values;
	return tell_event(w, &said);
}

enum err
tell_standing(struct work *w, uint64_t customer_id)
{
	struct standing_row *row;

	TRY(sql_standing_for_update(w->db, customer_id, zone_day(w->tenant->zone, w->now), TERM_WORKS, w->arena,
	    &row));
	if (row == NULL)
		return OK;
	const struct standing_facts f = {row->archived, row->open, row->routed, row->served};
	enum customer_standing is = standing_of(&f);
	return is == row->standing ? OK : sql_standing_set(w->db, customer_id, is);
}

/* At most so many characters; what was typed keeps its line ends, so that it can be put back. */
static struct str
cut(struct str s, size_t max)
{
	size_t chars = 0;

	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xc0) != 0x80 && chars++ == max)
			return str_sub(s, 0, i);
	return s.p == NULL ? STR("") : s;
}
