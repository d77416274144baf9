/*
 * fcgi/acts/routes_text.c -- what a plan keeps in its batch: shapes of the body and of a stop's cells, loads as lines of
 * numbers (they are many, and a JSON of them would be over the ceiling of parts).
 */
#include "fcgi/acts/routes.h"

#include "sql/tenant/queries/routes.h"

#define BODY_MAX_BYTES (1024 * 1024)
#define CELLS_MAX_BYTES 8000
#define FIGURES 15
#define SUPPLY (7 + 2 * FIGURES) /* behind all that older plans kept */
#define LOAD_FIGURES (SUPPLY + 2)

const char *const route_kind_names[] = {"day", "week", NULL};
const char *const route_state_names[] = {"", "searching", "ready", "applying", "applied", "undoing", "undone", "cancelled",
    NULL};
const char *const route_row_names[] = {"", "stays", "", "change", "refused", "stale", "applied", "undone", NULL};

static const struct field route_ref_fields[] = {FIELD_ID(struct route_ref, id), FIELD_END};
const struct shape route_ref_shape = {"RouteRef", sizeof(struct route_ref), route_ref_fields};

static const struct field route_wish_fields[] = {
	FIELD_ENUM(struct route_wish, kind, route_kind_names),
	FIELD_DAY(struct route_wish, from_day),
	FIELD_MAYBE_ID(struct route_wish, tech_id),
	FIELD_INT(struct route_wish, same_tech, 0, ROUNDS_LEVELS - 1),
	FIELD_INT(struct route_wish, same_day, 0, ROUNDS_LEVELS - 1),
	FIELD_INT(struct route_wish, even, 0, ROUNDS_LEVELS - 1),
	FIELD_MAYBE_INT(struct route_wish, liked_days, 0, ROUNDS_LEVELS - 1),
	FIELD_INT(struct route_wish, room_minutes, 0, ROUNDS_ROOM_MAX),
	FIELD_BOOL(struct route_wish, scratch),
	FIELD_LIST(struct route_wish, locked, locked_n, &route_ref_shape, ROUTE_LOCKS_MAX),
	FIELD_MAYBE_INT(struct route_wish, seconds, 1, ROUTE_SECONDS_MAX),
	FIELD_MAYBE_INT(struct route_wish, tries, ROUTE_TRIES_MIN, ROUTE_TRIES_MAX),
	FIELD_END
};
const struct shape route_wish_shape = {"RouteWish", sizeof(struct route_wish), route_wish_fields};

#define AMOUNT(s, m) FIELD_INT(s, m, 0, INT64_C(1) << 50)
static const struct field route_figures_fields[] = {
	AMOUNT(struct route_figures, drive_s),
	AMOUNT(struct route_figures, metres),
	AMOUNT(struct route_figures, service_s),
	AMOUNT(struct route_figures, wait_s),
	AMOUNT(struct route_figures, overtime_s),
	AMOUNT(struct route_figures, late_s),
	AMOUNT(struct route_figures, fuel_cents),
	AMOUNT(struct route_figures, paid_s),
	AMOUNT(struct route_figures, lunch_late_s),
	FIELD_INT(struct route_figures, stops, 0, INT32_MAX),
	FIELD_INT(struct route_figures, late_stops, 0, INT32_MAX),
	FIELD_INT(struct route_figures, routes, 0, INT32_MAX),
	FIELD_INT(struct route_figures, legs, 0, INT32_MAX),
	FIELD_INT(struct route_figures, estimated, 0, INT32_MAX),
	FIELD_INT(struct route_figures, lacks, 0, INT32_MAX),
	FIELD_END
};
const struct shape route_figures_shape = {"RouteFigures", sizeof(struct route_figures), route_figures_fields};

static const struct field route_body_fields[] = {
	FIELD_SHAPE(struct route_body, wish, &route_wish_shape),
	FIELD_TEXT(struct route_body, mark, 0, 16),
	FIELD_TEXT(struct route_body, found, 0, ROUTE_TEXT_MAX),
	FIELD_LINES(struct route_body, loads, 0, 8 * ROUTE_TEXT_MAX),
	FIELD_BOOL(struct route_body, search),
	FIELD_INT(struct route_body, slice, 0, 1000),
	FIELD_INT(struct route_body, slices, 0, 1000),
	FIELD_INT(struct route_body, spent_ms, 0, INT32_MAX),
	FIELD_SHAPE(struct route_body, before, &route_figures_shape),
	FIELD_SHAPE(struct route_body, after, &route_figures_shape),
	FIELD_INT(struct route_body, unplaced, 0, INT32_MAX),
	FIELD_INT(struct route_body, outside, 0, INT32_MAX),
	FIELD_INT(struct route_body, left_out, 0, INT32_MAX),
	FIELD_INT(struct route_body, changed, 0, INT32_MAX),
	FIELD_TEXT(struct route_body, problem, 0, 500),
	AMOUNT(struct route_body, start_s),
	AMOUNT(struct route_body, best_s),
	AMOUNT(struct route_body, tries),
	FIELD_END
};
static const struct shape route_body_shape = {"RouteBody", sizeof(struct route_body), route_body_fields};

static const struct field route_stop_kept_fields[] = {
	FIELD_ID(struct route_stop, customer_id),
	FIELD_TEXT(struct route_stop, customer, 0, 120),
	FIELD_TEXT(struct route_stop, street, 0, 160),
	FIELD_TEXT(struct route_stop, city, 0, 80),
	FIELD_INT(struct route_stop, lat_e6, -90000000, 90000000),
	FIELD_INT(struct route_stop, lng_e6, -180000000, 180000000),
	FIELD_INT(struct route_stop, minutes, 0, VISIT_MINUTES_MAX),
	FIELD_MAYBE_INT(struct route_stop, from_minute, 0, 1440),
	FIELD_MAYBE_INT(struct route_stop, to_minute, 0, 1440),
	FIELD_INT(struct route_stop, version, 0, INT32_MAX),
	FIELD_MAYBE_ID(struct route_stop, was_tech),
	FIELD_MAYBE_ID(struct route_stop, to_tech),
	FIELD_INT(struct route_stop, was_days, 0, 1 << ROUNDS_DAYS_MAX),
	FIELD_INT(struct route_stop, to_days, 0, 1 << ROUNDS_DAYS_MAX),
	FIELD_INT(struct route_stop, was_seq, 0, UINT16_MAX),
	FIELD_INT(struct route_stop, to_seq, 0, UINT16_MAX),
	FIELD_INT(struct route_stop, was_at, 0, ROUNDS_STOPS_MAX),
	FIELD_INT(struct route_stop, to_at, 0, ROUNDS_STOPS_MAX),
	FIELD_BOOL(struct route_stop, fixed),
	FIELD_BOOL(struct route_stop, locked),
	FIELD_BOOL(struct route_stop, was_by_hand),
	FIELD_BOOL(struct route_stop, estimated),
	FIELD_INT(struct route_stop, saves_s, -1000000, 1000000),
	FIELD_INT(struct route_stop, saves_m, -100000000, 100000000),
	FIELD_ENUM(struct route_stop, reason, round_reason_names),
	FIELD_TEXT(struct route_stop, near, 0, 120),
	FIELD_INT(struct route_stop, near_m, 0, INT32_MAX),
	FIELD_LINES(struct route_stop, undo, 0, 2000),
	FIELD_END
};
static const struct shape route_stop_kept_shape = {"RouteStopKept", sizeof(struct route_stop), route_stop_kept_fields};

static const struct field route_order_fields[] = {FIELD_ID(struct route_order, plan_id), FIELD_END};
const struct shape route_order_shape = {"RouteOrder", sizeof(struct route_order), route_order_fields};

static void numbers_of(const struct route_load *l, int64_t n[LOAD_FIGURES]);
static void figures_out(const struct route_figures *f, int64_t *n);
static void figures_in(const int64_t *n, struct route_figures *f);

enum err
routes_body_read(struct work *w, struct str text, struct route_body *out)
{
	memset(out, 0, sizeof(*out));
	return shape_read(&route_body_shape, text, w->arena, out, &w->fault);
}

enum err
routes_body_save(struct work *w, const struct route_plan_row *row, enum batch_state state, const struct route_body *b)
{
	struct buf out = buf_open(w->arena, 4096, BODY_MAX_BYTES);
	const bool ended = state != BATCH_DRAFT && state != BATCH_RUNNING && state != BATCH_UNDOING;

	shape_write(&route_body_shape, b, &out);
	if (out.full)
		return fail(&w->fault, E_LIMIT, "from_day", "That is more than one plan can hold. Plan one technician, or fewer days.");
	return sql_route_plan_save(w->db, row->id, state, row->total, row->done, row->failed, buf_str(&out),
	    (struct maybe_i64){ended, w->now}, (struct maybe_i64){state == BATCH_UNDONE, w->now});
}

enum err
routes_cells_read(struct work *w, const struct route_cells_row *row, struct route_stop *out)
{
	memset(out, 0, sizeof(*out));
	TRY(shape_read(&route_stop_kept_shape, row->cells, w->arena, out, &w->fault));
	out->n = row->n;
	out->state = row->state;
	out->record_id = row->record_id;
	out->problem = row->problem;
	return OK;
}

struct str
routes_cells_write(struct arena *a, const struct route_stop *s)
{
	struct buf out = buf_open(a, 512, CELLS_MAX_BYTES);

	shape_write(&route_stop_kept_shape, s, &out);
	return buf_str(&out);
}

void
routes_figures_add(struct route_figures *sum, const struct tally *t)
{
	sum->drive_s += t->drive_s;
	sum->metres += t->metres;
	sum->service_s += t->service_s;
	sum->wait_s += t->wait_s;
	sum->overtime_s += t->overtime_s;
	sum->late_s += t->late_s;
	sum->stops += t->stops;
	sum->late_stops += t->late_stops;
	sum->routes += t->stops > 0;
	sum->legs += t->legs;
	sum->estimated += t->estimated;
	sum->paid_s += t->paid_s;
	sum->lunch_late_s += t->lunch_late_s;
	sum->lacks += (uint32_t)t->over;
}

struct str
routes_loads_write(struct arena *a, const struct route_load *l, size_t n)
{
	struct buf out = buf_open(a, 4096, BODY_MAX_BYTES / 2);

	for (size_t i = 0; i < n; i++) {
		int64_t v[LOAD_FIGURES];

		numbers_of(&l[i], v);
		for (size_t k = 0; k < LOAD_FIGURES; k++) {
			if (i + k > 0)
				buf_char(&out, k == 0 ? '\n' : ' ');
			if (k == 0)
				buf_u64(&out, l[i].tech_id);
			else
				buf_i64(&out, v[k]);
		}
	}
	return buf_str(&out);
}

size_t
routes_loads_read(struct arena *a, struct str text, struct route_load **out)
{
	size_t n = 0, max = 1;
	struct str rest = text, line;

	for (size_t i = 0; i < text.n; i++)
		max += text.p[i] == '\n';
	*out = arena_array(a, struct route_load, max);
	while (rest.p != NULL && rest.n > 0) {
		int64_t v[LOAD_FIGURES] = {0};
		struct route_load *l = &(*out)[n];
		struct str one;

		line = str_cut(rest, '\n', &rest);
		one = str_cut(line, ' ', &line);
		if (!str_u64(one, &l->tech_id))
			break;
		for (size_t k = 1; k < LOAD_FIGURES && line.p != NULL; k++) {
			one = str_cut(line, ' ', &line);
			if (!str_i64(one, &v[k]))
				v[k] = 0;
		}
		l->day = (uint32_t)v[1];
		l->from_minute = (uint32_t)v[2];
		l->to_minute = (uint32_t)v[3];
		l->before_ends = (uint32_t)v[4];
		l->after_ends = (uint32_t)v[5];
		l->lunch = (struct maybe_u32){v[6] > 0, (uint32_t)(v[6] > 0 ? v[6] - 1 : 0)};
		figures_in(v + 7, &l->before);
		figures_in(v + 7 + FIGURES, &l->after);
		l->supply = (struct maybe_u32){v[SUPPLY] > 0, (uint32_t)(v[SUPPLY] > 0 ? v[SUPPLY] - 1 : 0)};
		l->supply_after = (uint32_t)v[SUPPLY + 1];
		n++;
	}
	return n;
}

static void
numbers_of(const struct route_load *l, int64_t n[LOAD_FIGURES])
{
	memset(n, 0, LOAD_FIGURES * sizeof(*n));
	n[1] = l->day;
	n[2] = l->from_minute;
	n[3] = l->to_minute;
	n[4] = l->before_ends;
	n[5] = l->after_ends;
	n[6] = l->lunch.is ? l->lunch.v + 1 : 0;
	figures_out(&l->before, n + 7);
	figures_out(&l->after, n + 7 + FIGURES);
	n[SUPPLY] = l->supply.is ? l->supply.v + 1 : 0;
	n[SUPPLY + 1] = l->supply_after;
}

static void
figures_out(const struct route_figures *f, int64_t *n)
{
	const int64_t all[FIGURES] = {f->drive_s, f->metres, f->service_s, f->wait_s, f->overtime_s, f->late_s, f->fuel_cents,
	    f->paid_s, f->lunch_late_s, f->stops, f->late_stops, f->routes, f->legs, f->estimated, f->lacks};

	memcpy(n, all, sizeof(all));
}

static void
figures_in(const int64_t *n, struct route_figures *f)
{
	*f = (struct route_figures){n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], (uint32_t)n[9], (uint32_t)n[10],
	    (uint32_t)n[11], (uint32_t)n[12], (uint32_t)n[13], (uint32_t)n[14]};
}
