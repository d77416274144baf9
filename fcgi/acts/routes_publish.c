/*
 * fcgi/acts/routes_publish.c -- load, decide, save, tell: a plan becomes true, or goes back.
 *
 * A day is one transaction: every visit is saved against the version that the plan was made from, so one that somebody
 * touched meanwhile refuses the whole. A week is a job, some agreements at a time, each row of the plan being its own
 * cursor: whatever is killed, a row is applied whole or waits. The way back is the same walk over the same rows.
 */
#include "fcgi/acts/routes.h"

#include "domain/visits/recurrence.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/routes.h"
#include "sql/tenant/queries/visits.h"

#define SOME 20
#define UNDO_MAX_BYTES 2000

/* What a week's row replaced: a term that began on that very day, or the order on the route. */
struct term_was {
	bool replaced;              /* there was a term of that day: below */
	bool order_only;
	struct day from_day;        /* of the term whose order changed */
	struct str rule;
	struct day anchor_day;
	struct maybe_u64 tech_id;
	uint32_t seq;
	uint64_t service_id;
	struct maybe_u32 from_minute, to_minute;
	uint32_t minutes;
	enum rate_kind rate_kind;
	bool with_chemicals;
	int64_t rate_cents;
	enum skip_policy skip_policy;
	struct maybe_bool anyway; /* absent in what older plans kept */
};
static const struct field term_was_fields[] = {
	FIELD_BOOL(struct term_was, replaced),
	FIELD_BOOL(struct term_was, order_only),
	FIELD_DAY(struct term_was, from_day),
	FIELD_TEXT(struct term_was, rule, 0, RULE_TEXT_MAX),
	FIELD_DAY(struct term_was, anchor_day),
	FIELD_MAYBE_ID(struct term_was, tech_id),
	FIELD_INT(struct term_was, seq, 0, UINT16_MAX),
	FIELD_ID(struct term_was, service_id),
	FIELD_MAYBE_INT(struct term_was, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct term_was, to_minute, 0, 1440),
	FIELD_INT(struct term_was, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_ENUM(struct term_was, rate_kind, rate_kind_names),
	FIELD_BOOL(struct term_was, with_chemicals),
	FIELD_INT(struct term_was, rate_cents, INT64_MIN / 1024, INT64_MAX / 1024),
	FIELD_ENUM(struct term_was, skip_policy, skip_policy_names),
	FIELD_MAYBE_BOOL(struct term_was, anyway),
	FIELD_END
};
static const struct shape term_was_shape = {"TermWas", sizeof(struct term_was), term_was_fields};

/* What a day's visit had to fetch before, if the plan changed that. */
struct errand_was {
	struct str text;
	uint32_t minutes;
};
static const struct field errand_was_fields[] = {
	FIELD_TEXT(struct errand_was, text, 0, VISIT_FETCH_MAX),
	FIELD_INT(struct errand_was, minutes, 0, SUPPLY_MINUTES_MAX),
	FIELD_END
};
static const struct shape errand_was_shape = {"ErrandWas", sizeof(struct errand_was), errand_was_fields};

static enum err facts_hold(struct work *w, const struct route_body *b, struct route_facts *facts);
static bool differs(const struct route_stop *s);
static bool errand_differs(const struct route_facts *f, const struct route_stop *s, const struct route_errand *to);
static enum err publish_day(struct work *w, const struct route_plan_row *row, const struct route_body *b,
    const struct route_facts *facts, uint32_t *moved);
static enum err publish_visit(struct work *w, const struct route_body *b, struct route_stop *s, const struct route_errand *to);
static void day_touched(struct maybe_u64 tech, struct day day, struct tech_day *days, size_t *n);
static enum err undo_day(struct work *w, struct route_plan_row *row, struct day day);
static enum err undo_visit(struct work *w, const struct route_stop *s, bool *done);
static enum err publish_agreement(struct work *w, const struct route_body *b, struct route_stop *s);
static enum err new_term(struct work *w, const struct route_body *b, const struct agreement *g, struct route_stop *s);
static enum err undo_agreement(struct work *w, const struct route_body *b, const struct route_stop *s, bool *done);
static enum err reseq(struct work *w, uint64_t agreement_id, struct day from, uint32_t seq);
static void as_it_was(struct route_stop *s);
static enum err told(struct work *w, const struct route_stop *s, enum event_kind kind, struct day day);
static enum err count_rows(struct work *w, uint64_t id, enum row_state state, uint32_t *n);
static struct str keep(struct arena *a, const struct term_was *t);
static struct day first_day(const struct route_body *b, uint32_t days);

enum err
act_route_publish(struct work *w, uint64_t id, const struct route_publishing *in, struct route_plan *out)
{
	struct route_plan_row row;
	struct route_facts facts;
	struct route_body b;
	uint32_t moved = 0;

	TRY(sql_route_plan_for_update(w->db, id, BATCH_ROUTES, w->arena, &row));
	TRY(routes_body_read(w, row.body, &b));
	if (row.state != BATCH_DRY || row.version != in->version)
		return fail(&w->fault, E_STALE, NULL, "This plan is not at that point any more. Reload and look again.");
	TRY(facts_hold(w, &b, &facts));
	row.done = row.failed = 0;
	if (b.wish.kind == ROUTE_DAY) {
		TRY(publish_day(w, &row, &b, &facts, &moved));
		row.total = row.done = moved;
		TRY(routes_body_save(w, &row, BATCH_DONE, &b));
	} else {
		uint32_t changes, stays, refused;

		TRY(count_rows(w, id, ROW_CHANGE, &changes));
		TRY(count_rows(w, id, ROW_WAITING, &stays));
		TRY(count_rows(w, id, ROW_SKIP, &refused));
		row.total = moved = changes + stays + refused;
		TRY(routes_body_save(w, &row, BATCH_RUNNING, &b));
		TRY(tell(w, "routes_publish", &route_order_shape, &(struct route_order){id}));
	}
	TRY(audit(w, "routes.published", "batch", id, str_printf(w->arena, "%u", b.changed)));
	return act_route_one(w, id, true, out);
}

enum err
act_route_undo(struct work *w, uint64_t id, struct route_plan *out)
{
	struct route_plan_row row;
	struct route_body b;

	TRY(sql_route_plan_for_update(w->db, id, BATCH_ROUTES, w->arena, &row));
	TRY(routes_body_read(w, row.body, &b));
	if (row.state == BATCH_UNDONE)
		return fail(&w->fault, E_STALE, NULL, "This was undone already.");
	if (row.state != BATCH_DONE)
		return fail(&w->fault, E_STALE, NULL, "This plan is not at that point any more. Reload and look again.");
	row.failed = row.done = 0;
	if (b.wish.kind == ROUTE_DAY) {
		TRY(undo_day(w, &row, b.wish.from_day));
		TRY(routes_body_save(w, &row, BATCH_UNDONE, &b));
	} else {
		TRY(count_rows(w, id, ROW_DONE, &row.total));
		TRY(routes_body_save(w, &row, BATCH_UNDOING, &b));
		TRY(tell(w, "routes_publish", &route_order_shape, &(struct route_order){id}));
	}
	TRY(audit(w, "routes.undone", "batch", id, STR("")));
	return act_route_one(w, id, true, out);
}

enum err
routes_publish_some(struct work *w, uint64_t plan_id)
{
	struct route_cells_row *rows;
	struct route_plan_row row;
	struct route_body b;
	size_t n = 0;

	TRY(sql_route_plan_for_update(w->db, plan_id, BATCH_ROUTES, w->arena, &row));
	TRY(routes_body_read(w, row.body, &b));
	if (row.state != BATCH_RUNNING && row.state != BATCH_UNDOING)
		return OK;
	/* Changes before mere order, so that a moved customer is told by the same rows that moved. */
	static const enum row_state forth[] = {ROW_CHANGE, ROW_WAITING, ROW_SKIP}, back[] = {ROW_DONE, ROW_DONE, ROW_DONE};
	for (int k = 0; k < 3 && n == 0; k++)
		TRY(sql_route_cells_in_state(w->db, plan_id, row.state == BATCH_RUNNING ? forth[k] : back[k], SOME, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct route_stop s;
		bool done = true;

		TRY(routes_cells_read(w, &rows[i], &s));
		if (row.state == BATCH_RUNNING) {
			TRY(publish_agreement(w, &b, &s));
		} else {
			TRY(undo_agreement(w, &b, &s, &done));
			s.state = done ? ROW_UNDONE : ROW_WRONG;
		}
		row.failed += s.state == ROW_WRONG;
		TRY(sql_route_cells_state(w->db, plan_id, s.n, s.state, s.problem, routes_cells_write(w->arena, &s)));
	}
	row.done += (uint32_t)n;
	if (n == 0)
		return routes_body_save(w, &row, row.state == BATCH_RUNNING ? BATCH_DONE : BATCH_UNDONE, &b);
	TRY(routes_body_save(w, &row, row.state, &b));
	return tell(w, "routes_publish", &route_order_shape, &(struct route_order){plan_id});
}

/* Whatever changed since the plan was counted, its figures are not true any more. */
static enum err
facts_hold(struct work *w, const struct route_body *b, struct route_facts *facts)
{
	char mark[17];

	TRY(routes_facts(w, w->arena, &b->wish, facts));
	snprintf(mark, sizeof(mark), "%016llx", (unsigned long long)rounds_mark(&facts->rounds));
	if (!str_eq(b->mark, str_of(mark)))
		return fail(&w->fault, E_STALE, "mark", "Something in this plan changed since it was made. Plan again, it takes a moment.");
	return OK;
}

static bool
differs(const struct route_stop *s)
{
	return !s->fixed && (s->state == ROW_CHANGE || s->to_seq != s->was_seq);
}

static enum err
publish_day(struct work *w, const struct route_plan_row *row, const struct route_body *b, const struct route_facts *facts,
    uint32_t *moved)
{
	struct route_cells_row *rows;
	struct route_load *loads;
	struct route_stop *all;
	struct tech_day *days;
	size_t n, days_n = 0, loads_n = routes_loads_read(w->arena, b->loads, &loads);

	TRY(sql_route_cells(w->db, row->id, w->arena, &rows, &n));
	days = arena_array(w->arena, struct tech_day, 2 * n);
	all = arena_array(w->arena, struct route_stop, n);
	for (size_t i = 0; i < n; i++)
		TRY(routes_cells_read(w, &rows[i], &all[i]));
	for (size_t i = 0; i < n; i++) {
		struct route_stop s = all[i];

		const struct route_errand to = routes_errand(w, facts, loads, loads_n, all, n, &s);
		const bool fetch = errand_differs(facts, &s, &to);

		if (!differs(&s) && !fetch)
			continue;
		TRY(publish_visit(w, b, &s, fetch ? &to : NULL));
		day_touched(s.was_tech, b->wish.from_day, days, &days_n);
		day_touched(s.to_tech, b->wish.from_day, days, &days_n);
		TRY(sql_route_cells_state(w->db, row->id, s.n, ROW_DONE, STR(""), routes_cells_write(w->arena, &s)));
		++*moved;
	}
	return tell_days(w, days, days_n);
}

static bool
errand_differs(const struct route_facts *f, const struct route_stop *s, const struct route_errand *to)
{
	uint32_t i = 0;

	while (i < f->rounds.stops && f->row[i].id != s->record_id)
		i++;
	if (i == f->rounds.stops || s->fixed)
		return false;
	/* What was fetched stands as it is, until there is more to fetch. */
	if (f->row[i].fetched && to->text.n == 0)
		return false;
	return !str_eq(f->row[i].errand, to->text) || (to->text.n > 0 && f->row[i].errand_minutes != to->minutes);
}

/* Whose day changed, each once. */
static void
day_touched(struct maybe_u64 tech, struct day day, struct tech_day *days, size_t *n)
{
	size_t i = 0;

	while (i < *n && days[i].tech_id != tech.v)
		i++;
	if (tech.is && i == *n)
		days[(*n)++] = (struct tech_day){tech.v, day};
}

static enum err
publish_visit(struct work *w, const struct route_body *b, struct route_stop *s, const struct route_errand *to)
{
	const bool moves = s->state == ROW_CHANGE;
	struct visit v;

	TRY(sql_visit_one(w->db, s->record_id, w->arena, &v));
	if (moves)
		v.tech_id = s->to_tech;
	else
		as_it_was(s);
	TRY(sql_visit_save(w->db, v.id, v.occurs_day, v.day, v.tech_id, s->to_seq, v.from_minute, v.to_minute, v.minutes, v.state,
	    v.by_hand || moves, v.skip_reason, v.note, s->version));
	s->version++;
	s->undo = STR("");
	if (to != NULL) {
		struct buf out = buf_open(w->arena, 256, UNDO_MAX_BYTES);

		shape_write(&errand_was_shape, &(struct errand_was){v.errand, v.errand_minutes}, &out);
		s->undo = buf_str(&out);
		TRY(sql_visit_fetch(w->db, v.id, to->text, to->minutes));
		s->version++;
	}
	return moves ? told(w, s, EVENT_VISIT_MOVED, b->wish.from_day) : OK;
}

static enum err
undo_day(struct work *w, struct route_plan_row *row, struct day day)
{
	struct route_cells_row *rows;
	struct tech_day *days;
	size_t n, days_n = 0;

	TRY(sql_route_cells_in_state(w->db, row->id, ROW_DONE, ROUNDS_STOPS_MAX, w->arena, &rows, &n));
	days = arena_array(w->arena, struct tech_day, 2 * n);
	row->total = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		struct route_stop s;
		bool done;

		TRY(routes_cells_read(w, &rows[i], &s));
		TRY(undo_visit(w, &s, &done));
		day_touched(s.was_tech, day, days, &days_n);
		day_touched(s.to_tech, day, days, &days_n);
		row->done++;
		row->failed += !done;
		TRY(sql_route_cells_state(w->db, row->id, s.n, done ? ROW_UNDONE : ROW_WRONG, STR(""), rows[i].cells));
	}
	return tell_days(w, days, days_n);
}

static enum err
undo_visit(struct work *w, const struct route_stop *s, bool *done)
{
	struct visit v;
	enum err e = sql_visit_one(w->db, s->record_id, w->arena, &v);

	*done = false;
	if (tell_absent(w, e))
		return OK;
	TRY(e);
	if (v.state != VISIT_SCHEDULED || v.version != s->version)
		return OK;
	if (s->undo.n > 0) {
		struct errand_was was = {STR(""), 0};

		if (str_starts(s->undo, STR("{"))) /* older plans kept the words alone, and there was nothing before */
			TRY(shape_read(&errand_was_shape, s->undo, w->arena, &was, &w->fault));
		TRY(sql_visit_fetch(w->db, v.id, was.text, was.minutes));
	}
	TRY(sql_visit_save(w->db, v.id, v.occurs_day, v.day, s->was_tech, s->was_seq, v.from_minute, v.to_minute, v.minutes,
	    v.state, s->was_by_hand, v.skip_reason, v.note, v.version + (s->undo.n > 0)));
	*done = true;
	return OK;
}

/* One agreement: other terms from the day on, or the same with another place on the route. */
static enum err
publish_agreement(struct work *w, const struct route_body *b, struct route_stop *s)
{
	struct agreement g;
	struct term *terms;
	uint64_t rows;
	size_t n, at;
	enum err e = sql_agreement_for_update(w->db, s->record_id, w->arena, &g);

	if (e != OK && !tell_absent(w, e))
		return e;
	if (e != OK || g.version != s->version || g.closed_at.is) {
		s->state = ROW_WRONG;
		s->problem = str_of(words_say(w->tenant->language, "Somebody else changed this just now. Reload and look again."));
		return OK;
	}
	if (s->state == ROW_CHANGE) {
		e = new_term(w, b, &g, s);
		if (e != E_INVALID && e != E_STALE)
			return e;
		/* Asked before anything was written: a hold begins that day, or it ends before. */
		s->state = ROW_WRONG;
		s->problem = words_fault(w->arena, w->tenant->language, &w->fault);
		w->fault = (struct fault){0};
		return OK;
	}
	as_it_was(s);
	s->state = ROW_DONE;
	s->undo = STR("");
	if (s->to_seq == s->was_seq)
		return OK;
	TRY(sql_terms_of(w->db, g.id, w->arena, &terms, &n));
	at = terms_at(terms, n, b->wish.from_day);
	if (at == n)
		return OK;
	s->undo = keep(w->arena, &(struct term_was){.order_only = true, .from_day = terms[at].from_day,
	    .anchor_day = terms[at].anchor_day, .rule = STR(""), .rate_kind = RATE_STOP, .service_id = terms[at].service_id,
	    .seq = terms[at].seq});
	TRY(sql_term_reseq(w->db, g.id, terms[at].from_day, s->to_seq, &rows));
	TRY(sql_agreement_touch(w->db, g.id, s->version++));
	return reseq(w, g.id, b->wish.from_day, s->to_seq);
}

static enum err
new_term(struct work *w, const struct route_body *b, const struct agreement *g, struct route_stop *s)
{
	struct term_was was = {.rule = STR(""), .rate_kind = RATE_STOP};
	struct term *terms, t;
	uint32_t weekdays = (s->to_days | s->to_days >> 7) & 127;
	size_t n, at;

	TRY(sql_terms_of(w->db, g->id, w->arena, &terms, &n));
	TRY(agreement_may_change(g, n, b->wish.from_day, zone_day(w->tenant->zone, w->now), &w->fault));
	at = terms_at(terms, n, b->wish.from_day);
	if (at == n)
		return fail(&w->fault, E_BUG, "terms", "An agreement of a plan has no terms.");
	t = terms[at];
	t.held = false;
	t.until_day = (struct maybe_day){0};
	was.replaced = t.from_day.n == b->wish.from_day.n;
	was = (struct term_was){was.replaced, false, t.from_day, t.rule, t.anchor_day, t.tech_id, t.seq, t.service_id,
	    t.from_minute, t.to_minute, t.minutes, t.rate_kind, t.with_chemicals, t.rate_cents, t.skip_policy, {true, t.anyway}};
	t.from_day = b->wish.from_day;
	t.tech_id = s->to_tech;
	t.seq = s->to_seq;
	if (s->to_days != s->was_days) {
		TRY(rule_on(t.rule, weekdays, w->arena, &t.rule, &w->fault));
		/* The first of the new days says which of two weeks is week A. */
		t.anchor_day = first_day(b, s->to_days);
	}
	TRY(tell_term(w, g->id, &t));
	TRY(sql_agreement_touch(w->db, g->id, s->version++));
	TRY(tell_visits(w, g->id, (struct maybe_day){true, t.from_day}));
	TRY(told(w, s, EVENT_AGREEMENT_CHANGED, t.from_day));
	TRY(tell_standing(w, g->customer_id));
	s->undo = keep(w->arena, &was);
	s->state = ROW_DONE;
	return OK;
}

static enum err
undo_agreement(struct work *w, const struct route_body *b, const struct route_stop *s, bool *done)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct day from = b->wish.from_day.n > today.n ? b->wish.from_day : today;
	struct term_was was;
	struct agreement g;
	uint64_t rows;
	enum err e;
	bool gone;

	*done = true;
	if (s->undo.n == 0)
		return OK;
	memset(&was, 0, sizeof(was));
	TRY(shape_read(&term_was_shape, s->undo, w->arena, &was, &w->fault));
	e = sql_agreement_for_update(w->db, s->record_id, w->arena, &g);
	if (e != OK && !tell_absent(w, e))
		return e;
	*done = e == OK && g.version == s->version && !g.closed_at.is;
	if (!*done)
		return OK;
	TRY(sql_agreement_touch(w->db, g.id, g.version));
	if (was.order_only) {
		TRY(sql_term_reseq(w->db, g.id, was.from_day, was.seq, &rows));
		return reseq(w, g.id, from, was.seq);
	}
	if (was.replaced)
		TRY(tell_term(w, g.id, &(struct term){.from_day = was.from_day, .kind = TERM_WORKS, .rule = was.rule,
		    .anchor_day = was.anchor_day, .service_id = was.service_id, .tech_id = was.tech_id, .seq = was.seq,
		    .from_minute = was.from_minute, .to_minute = was.to_minute, .minutes = was.minutes,
		    .rate_kind = was.rate_kind, .with_chemicals = was.with_chemicals, .rate_cents = was.rate_cents,
		    .skip_policy = was.skip_policy, .anyway = was.anyway.is && was.anyway.v}));
	else
		TRY(tell_term_gone(w, g.id, b->wish.from_day, TERM_WORKS, &gone));
	TRY(tell_visits(w, g.id, (struct maybe_day){true, from}));
	TRY(told(w, s, EVENT_AGREEMENT_CHANGED, from));
	return tell_standing(w, g.customer_id);
}

/* Its coming visits take another place in their days. */
static enum err
reseq(struct work *w, uint64_t agreement_id, struct day from, uint32_t seq)
{
	struct tech_day *days = arena_array(w->arena, struct tech_day, TECH_DAYS_MAX);
	size_t n = 0;
	uint64_t rows;

	TRY(sql_visits_reseq(w->db, agreement_id, from, seq, VISIT_SCHEDULED, &rows));
	TRY(tell_days_of_agreement(w, agreement_id, days, &n));
	return tell_days(w, days, n);
}

/* What was refused keeps person and day; its place on the route may be another. */
static void
as_it_was(struct route_stop *s)
{
	s->to_tech = s->was_tech;
	s->to_days = s->was_days;
}

static enum err
told(struct work *w, const struct route_stop *s, enum event_kind kind, struct day day)
{
	char text[DAY_LETTERS + 1];

	day_write(day, text);
	const struct event_value v[] = {{STR("day"), str_of(text)}, {STR("from"), str_of(text)}};
	return tell_event(w, &(struct event){.customer_id = s->customer_id, .kind = kind,
	    .ref_kind = kind == EVENT_VISIT_MOVED ? RECORD_VISIT : RECORD_AGREEMENT, .ref_id = s->record_id, .values = v,
	    .values_n = kind == EVENT_VISIT_MOVED ? 2 : 1});
}

static enum err
count_rows(struct work *w, uint64_t id, enum row_state state, uint32_t *n)
{
	struct route_cells_row *rows;
	size_t k;

	TRY(sql_route_cells_in_state(w->db, id, state, ROUNDS_STOPS_MAX, w->arena, &rows, &k));
	*n = (uint32_t)k;
	return OK;
}

static struct str
keep(struct arena *a, const struct term_was *t)
{
	struct buf out = buf_open(a, 512, UNDO_MAX_BYTES);

	shape_write(&term_was_shape, t, &out);
	return buf_str(&out);
}

/* The first day of these that is not before the plan begins to hold; the weeks of the plan repeat. */
static struct day
first_day(const struct route_body *b, uint32_t days)
{
	const struct day monday = day_add(b->wish.from_day, -(int32_t)day_weekday(b->wish.from_day));
	const int32_t length = days >> 7 != 0 ? 14 : 7;

	for (int32_t d = 0; d < 28; d++)
		if ((days >> (d % length) & 1) != 0 && monday.n + d >= b->wish.from_day.n)
			return day_add(monday, d);
	return b->wish.from_day;
}
