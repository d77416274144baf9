/*
 * fcgi/acts/tell_lines.c -- the checklist of one stop: what the service asks each time, what is due again, and what an
 * agreement wants as a line on other visits.
 */
#include "fcgi/acts/tell_day.h"

#include "domain/visits/checklist.h"
#include "domain/visits/due.h"
#include "sql/tenant/queries/agreements.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/services.h"

#define LINES_BYTES_MAX 40000

/* What was ticked at this place before, newest first; read when the first line asks. */
struct ticked {
	struct str *item;
	struct day *day;
	size_t n;
	bool read;
};

static enum err ticked_read(struct work *w, const struct brief_source *s, struct ticked *x);
static struct maybe_day last_done(const struct ticked *x, struct str item);
static enum err asked_add(struct work *w, const struct brief_source *s, struct ticked *x, struct check_lines *out);
static enum err asked_day(struct work *w, const struct agreement *g, struct day visit, struct maybe_day *asked,
    uint64_t *service_id);

enum err
tell_lines(struct work *w, const struct brief_source *s, struct str *out)
{
	struct buf b = buf_open(w->arena, 1024, LINES_BYTES_MAX);
	struct check_lines all = {0}, due = {0};
	struct ticked x = {0};

	TRY(shape_read(&check_lines_shape, s->checklist, w->arena, &all, &w->fault));
	due.rows = arena_array(w->arena, struct check_line, CHECKLIST_MAX);
	for (size_t i = 0; i < all.rows_n; i++) {
		const uint32_t every = all.rows[i].every_days.is ? all.rows[i].every_days.v : 0;

		if (every > 0)
			TRY(ticked_read(w, s, &x));
		if (line_due(every, every > 0 ? last_done(&x, all.rows[i].text) : (struct maybe_day){0}, s->day))
			due.rows[due.rows_n++] = all.rows[i];
	}
	TRY(asked_add(w, s, &x, &due));
	shape_write(&check_lines_shape, &due, &b);
	*out = buf_str(&b);
	return b.full ? fail(&w->fault, E_BUG, NULL, "A checklist does not fit.") : OK;
}

/* Lines that agreements of this place want on whatever visit comes next. */
static enum err
asked_add(struct work *w, const struct brief_source *s, struct ticked *x, struct check_lines *out)
{
	struct agreement *rows;
	size_t n;

	TRY(sql_agreements_of_place(w->db, s->property_id, REPEATS_CHECKLIST, w->arena, &rows, &n));
	for (size_t i = 0; i < n && out->rows_n < CHECKLIST_MAX; i++) {
		struct service_row service;
		struct maybe_day asked;
		uint64_t service_id;

		if (rows[i].pool_id != 0 && s->pool_id != 0 && rows[i].pool_id != s->pool_id)
			continue;
		TRY(asked_day(w, &rows[i], s->day, &asked, &service_id));
		if (!asked.is)
			continue;
		TRY(sql_service_one(w->db, service_id, w->arena, &service));
		TRY(ticked_read(w, s, x));
		if (line_asked(asked, last_done(x, service.name), s->day))
			out->rows[out->rows_n++] = (struct check_line){.text = service.name, .required = true, .reading = STR("")};
	}
	return OK;
}

/* The last day not after the visit that the agreement's rule gave, and by which service. */
static enum err
asked_day(struct work *w, const struct agreement *g, struct day visit, struct maybe_day *asked, uint64_t *service_id)
{
	struct due *due = arena_array(w->arena, struct due, RULE_WINDOW_DAYS);
	const struct due_past past = {0};
	struct agreement calendar = *g;
	struct term *terms;
	size_t n, due_n;

	calendar.repeats = REPEATS_CALENDAR;
	*asked = (struct maybe_day){0};
	TRY(sql_terms_of(w->db, g->id, w->arena, &terms, &n));
	TRY(due_days(&calendar, terms, n, &past, day_add(visit, 1 - RULE_WINDOW_DAYS), visit, due, &due_n, &w->fault));
	if (due_n == 0)
		return OK;
	*asked = (struct maybe_day){true, due[due_n - 1].day};
	*service_id = terms[due[due_n - 1].term].service_id;
	return OK;
}

static enum err
ticked_read(struct work *w, const struct brief_source *s, struct ticked *x)
{
	struct ticked_row *rows;
	size_t n;

	if (x->read)
		return OK;
	x->read = true;
	TRY(sql_ticked_of_place(w->db, s->property_id, s->visit_id, s->day, VISIT_DONE, VISIT_SKIPPED, VISIT_NO_ACCESS, VERB_CHECK,
	    VERB_PHOTO, SYNC_APPLIED, w->arena, &rows, &n));
	x->item = arena_array(w->arena, struct str, n);
	x->day = arena_array(w->arena, struct day, n);
	for (size_t i = 0; i < n; i++) {
		struct verb_body body = {0};

		TRY(shape_read(&verb_body_shape, rows[i].body, w->arena, &body, &w->fault));
		if (!body.item.is || (body.done.is && !body.done.v))
			continue;
		x->item[x->n] = body.item.v;
		x->day[x->n++] = rows[i].day;
	}
	return OK;
}

static struct maybe_day
last_done(const struct ticked *x, struct str item)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_eq(x->item[i], item))
			return (struct maybe_day){true, x->day[i]};
	return (struct maybe_day){0};
}
