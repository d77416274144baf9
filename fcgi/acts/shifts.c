/*
 * fcgi/acts/shifts.c -- load, decide, save, tell: many visits at once.
 *
 * Looking and doing are the same walk; only its last step writes. So what was shown is what happens, unless
 * somebody changed a visit in between: then its version refuses, and nothing at all is moved.
 */
#include "fcgi/acts/shifts.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/shifts.h"
#include "sql/tenant/queries/visits.h"

#define BODY_MAX_BYTES 2000

/* What a visit was, and the version that the shift left it with. */
struct shift_was {
	struct day day;
	struct maybe_u64 tech_id;
	uint32_t seq;
	bool by_hand;
	uint32_t version;
};
static const struct field shift_was_fields[] = {
	FIELD_DAY(struct shift_was, day),
	FIELD_MAYBE_ID(struct shift_was, tech_id),
	FIELD_INT(struct shift_was, seq, 0, UINT16_MAX),
	FIELD_BOOL(struct shift_was, by_hand),
	FIELD_INT(struct shift_was, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape shift_was_shape = {"ShiftWas", sizeof(struct shift_was), shift_was_fields};

static const struct field shift_body_fields[] = {
	FIELD_DAY(struct shift_wish, from_day),
	FIELD_DAY(struct shift_wish, to_day),
	FIELD_MAYBE_ID(struct shift_wish, tech_id),
	FIELD_INT(struct shift_wish, by_days, -SHIFT_BY_MAX, SHIFT_BY_MAX),
	FIELD_MAYBE_ID(struct shift_wish, to_tech_id),
	FIELD_END
};
static const struct shape shift_body_shape = {"ShiftBody", sizeof(struct shift_wish), shift_body_fields};

static enum err check(struct work *w, const struct shift_wish *in);
static enum err look(struct work *w, const struct shift_wish *in, struct visit *v, struct shift_visit *row);
static enum err loads_read(struct work *w, const struct shift_wish *in, struct shift *out);
static void load_add(struct shift *out, struct day day, struct maybe_u64 tech, int64_t visits, int64_t minutes);
static enum err apply(struct work *w, const struct shift_wish *in, const struct visit *was, const struct visit *is,
    struct shift *out);
static enum err put_back(struct work *w, const struct shift_visit_row *row, struct tech_day *days, size_t *days_n,
    bool *done);
static void day_add_of(const struct visit *v, struct tech_day *days, size_t *n);

enum err
act_shift(struct work *w, const struct shift_wish *in, struct shift *out)
{
	struct visit *was, *is;
	size_t n;

	TRY(check(w, in));
	TRY(sql_visits_to_shift(w->db, in->from_day, in->to_day, in->tech_id, VISIT_SCHEDULED, w->arena, &was, &n));
	if (n > SHIFT_MAX)
		return fail(&w->fault, E_LIMIT, "to_day",
		    "That is more than %d visits. Choose fewer days, or one technician.", SHIFT_MAX);
	*out = (struct shift){.rows = arena_array(w->arena, struct shift_visit, n), .rows_n = n};
	TRY(loads_read(w, in, out));
	is = arena_array(w->arena, struct visit, n);
	for (size_t i = 0; i < n; i++) {
		is[i] = was[i];
		TRY(look(w, in, &is[i], &out->rows[i]));
		if (!out->rows[i].moves) {
			out->stayed++;
			continue;
		}
		out->moved++;
		load_add(out, was[i].day, was[i].tech_id, -1, -(int64_t)was[i].minutes);
		load_add(out, is[i].day, is[i].tech_id, 1, is[i].minutes);
	}
	if (in->dry)
		return OK;
	if (out->moved == 0)
		return fail(&w->fault, E_INVALID, "from_day", "There is nothing to move.");
	return apply(w, in, was, is, out);
}

enum err
act_shift_undo(struct work *w, uint64_t batch_id, struct shift_undo *out)
{
	struct shift_visit_row *rows;
	struct shift_row batch;
	struct tech_day *days;
	size_t n, days_n = 0;

	TRY(sql_shift_for_update(w->db, batch_id, BATCH_SHIFT, w->arena, &batch));
	if (batch.undone_at.is)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	TRY(sql_shift_rows(w->db, batch_id, ROW_DONE, w->arena, &rows, &n));
	*out = (struct shift_undo){0};
	days = arena_array(w->arena, struct tech_day, 2 * n);
	for (size_t i = 0; i < n; i++) {
		uint64_t changed;
		bool done;

		TRY(put_back(w, &rows[i], days, &days_n, &done));
		out->undone += done;
		out->left += !done;
		if (done)
			TRY(sql_shift_row_undone(w->db, batch_id, rows[i].n, ROW_UNDONE, &changed));
	}
	TRY(tell_days(w, days, days_n));
	TRY(sql_shift_undone(w->db, batch_id, BATCH_UNDONE, out->left, w->now));
	return audit(w, "visits.shift_undone", "batch", batch_id, str_printf(w->arena, "%u", out->undone));
}

static enum err
check(struct work *w, const struct shift_wish *in)
{
	if (in->to_day.n < in->from_day.n)
		return fail(&w->fault, E_INVALID, "to_day", "The last day is before the first.");
	if (in->to_day.n - in->from_day.n >= SHIFT_DAYS_MAX)
		return fail(&w->fault, E_INVALID, "to_day", "This is too much for one look. Choose fewer days, or one technician.");
	if (in->by_days == 0 && !in->to_tech_id.is)
		return fail(&w->fault, E_INVALID, "by_days", "Say where they go: another day, or somebody else.");
	return OK;
}

/* What would become of one visit; a reason against it is shown, and it stays unless somebody insists. */
static enum err
look(struct work *w, const struct shift_wish *in, struct visit *v, struct shift_visit *row)
{
	const struct visit_move m = {day_add(v->day, in->by_days), in->to_tech_id.is ? in->to_tech_id : v->tech_id,
	    {true, v->seq}};
	enum err e;

	*row = (struct shift_visit){.visit_id = v->id, .customer_id = v->customer_id, .day = v->day, .to_day = m.day,
	    .tech_id = v->tech_id, .to_tech_id = m.tech_id, .problem = STR("")};
	e = visit_move(v, &m, zone_day(w->tenant->zone, w->now), &w->fault);
	bool possible = e == OK;
	if (e == OK)
		e = tell_fits(w, v, false);
	if (e != OK && e != E_INVALID && e != E_STALE)
		return e;
	if (e != OK) {
		row->problem = words_fault(w->arena, w->actor.language, &w->fault);
		w->fault = (struct fault){0};
	}
	/* Insisting does not send somebody who does not work here any more. */
	if (e != OK && possible && in->anyway.is && in->anyway.v) {
		e = tell_fits(w, v, true);
		if (e != OK && e != E_INVALID)
			return e;
		w->fault = (struct fault){0};
	}
	row->moves = e == OK;
	return OK;
}

static enum err
loads_read(struct work *w, const struct shift_wish *in, struct shift *out)
{
	const struct day from = in->by_days < 0 ? day_add(in->from_day, in->by_days) : in->from_day;
	const struct day to = in->by_days > 0 ? day_add(in->to_day, in->by_days) : in->to_day;
	struct visit_load *rows;
	size_t n;

	TRY(sql_visit_loads(w->db, from, to, VISIT_DONE, VISIT_SKIPPED, VISIT_CANCELLED, w->arena, &rows, &n));
	out->loads = arena_array(w->arena, struct shift_load, SHIFT_LOADS_MAX);
	for (size_t i = 0; i < n && i < SHIFT_LOADS_MAX; i++)
		out->loads[out->loads_n++] = (struct shift_load){rows[i].day, rows[i].tech_id, rows[i].visits, rows[i].visits,
		    rows[i].minutes, rows[i].minutes};
	return OK;
}

static void
load_add(struct shift *out, struct day day, struct maybe_u64 tech, int64_t visits, int64_t minutes)
{
	size_t i = 0;

	while (i < out->loads_n && (out->loads[i].day.n != day.n || out->loads[i].tech_id.is != tech.is ||
	    (tech.is && out->loads[i].tech_id.v != tech.v)))
		i++;
	if (i == SHIFT_LOADS_MAX)
		return;
	if (i == out->loads_n)
		out->loads[out->loads_n++] = (struct shift_load){.day = day, .tech_id = tech};
	out->loads[i].visits_after += visits;
	out->loads[i].minutes_after += minutes;
}

static enum err
apply(struct work *w, const struct shift_wish *in, const struct visit *was, const struct visit *is, struct shift *out)
{
	struct buf body = buf_open(w->arena, 256, BODY_MAX_BYTES);
	struct tech_day *days = arena_array(w->arena, struct tech_day, 2 * out->rows_n);
	uint64_t batch = work_id(w);
	size_t days_n = 0;
	uint32_t n = 0;

	shape_write(&shift_body_shape, in, &body);
	TRY(sql_shift_insert(w->db, batch, BATCH_SHIFT, BATCH_DONE, w->actor.id, w->now, out->moved, buf_str(&body)));
	for (size_t i = 0; i < out->rows_n; i++) {
		const struct visit *v = &is[i];
		const struct shift_was cells = {was[i].day, was[i].tech_id, was[i].seq, was[i].by_hand, was[i].version + 1};
		struct buf b = buf_open(w->arena, 128, BODY_MAX_BYTES);
		char day[DAY_LETTERS + 1], from[DAY_LETTERS + 1];

		if (!out->rows[i].moves)
			continue;
		TRY(sql_visit_save(w->db, v->id, v->occurs_day, v->day, v->tech_id, v->seq, v->from_minute, v->to_minute,
		    v->minutes, v->state, true, v->skip_reason, v->note, v->version));
		day_add_of(&was[i], days, &days_n);
		day_add_of(v, days, &days_n);
		shape_write(&shift_was_shape, &cells, &b);
		TRY(sql_shift_row_insert(w->db, batch, ++n, ROW_DONE, v->id, buf_str(&b)));
		day_write(v->day, day);
		day_write(was[i].day, from);
		const struct event_value values[] = {{STR("day"), str_of(day)}, {STR("from"), str_of(from)}};
		TRY(tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
		    .pool_id = v->pool_id, .kind = EVENT_VISIT_MOVED, .ref_kind = RECORD_VISIT, .ref_id = v->id,
		    .values = values, .values_n = 2}));
	}
	out->batch_id = (struct maybe_u64){true, batch};
	TRY(tell_days(w, days, days_n));
	return audit(w, "visits.shifted", "batch", batch, str_printf(w->arena, "%u", out->moved));
}

static enum err
put_back(struct work *w, const struct shift_visit_row *row, struct tech_day *days, size_t *days_n, bool *done)
{
	struct shift_was was;
	struct visit v;
	enum err e = sql_visit_one(w->db, row->record_id, w->arena, &v);

	*done = false;
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	memset(&was, 0, sizeof(was));
	TRY(shape_read(&shift_was_shape, row->cells, w->arena, &was, &w->fault));
	if (v.state != VISIT_SCHEDULED || v.version != was.version)
		return OK;
	TRY(sql_visit_save(w->db, v.id, v.occurs_day, was.day, was.tech_id, was.seq, v.from_minute, v.to_minute, v.minutes,
	    v.state, was.by_hand, v.skip_reason, v.note, v.version));
	day_add_of(&v, days, days_n);
	v.day = was.day;
	v.tech_id = was.tech_id;
	day_add_of(&v, days, days_n);
	*done = true;
	return OK;
}

static void
day_add_of(const struct visit *v, struct tech_day *days, size_t *n)
{
	days[(*n)++] = (struct tech_day){v->tech_id.is ? v->tech_id.v : 0, v->day};
}
