/*
 * fcgi/acts/parts.c -- load, decide, save, tell: a part is missing at a stop.
 */
#include "fcgi/acts/parts.h"

#include "domain/dispatch/board.h"
#include "domain/routing/matrix.h"
#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_fact.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/acts/tell_visits.h"
#include "sql/tenant/queries/alerts.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/visits.h"

#define NOTE_MAX 1000
#define WORD_LEAST 3 /* "a 4 O" finds nothing */

const char *const part_way_names[] = {"", "van", "fetch", "day", NULL};

static enum err alert_of(struct work *w, uint64_t id, bool changes, struct alert_row *out, struct visit *v, struct str *text);
static enum err items_like(struct work *w, struct str text, struct maybe_u64 wanted, struct part_choices *out);
static unsigned likeness(struct str name, struct str text);
static enum err vans_with(struct work *w, const struct visit *v, uint64_t item_id, struct part_choices *out);
static enum err van_of(struct work *w, const struct visit *v, const struct stock_line_row *s, const struct board_lane *l,
    bool placed, struct spot at, struct part_van *out);
static enum err days_for(struct work *w, const struct visit *v, struct part_choices *out);
static enum err carry(struct work *w, const struct visit *from, struct day day, uint64_t tech_id, struct str note,
    struct visit *out);
static enum err fetch_takes(struct work *w, const struct visit *v, struct maybe_u32 there, uint32_t *minutes);
static enum err fetch(struct work *w, const struct visit *was, struct str what, struct maybe_u32 minutes, struct visit *out);
static enum err told(struct work *w, const struct visit *was, struct visit *is);
static struct str note_with(struct work *w, struct str note, struct str line);

enum err
act_part_choices(struct work *w, uint64_t alert_id, const struct part_query *q, struct part_choices *out)
{
	struct alert_row alert;
	struct visit v;

	*out = (struct part_choices){0};
	TRY(alert_of(w, alert_id, false, &alert, &v, &out->text));
	TRY(fetch_takes(w, &v, (struct maybe_u32){0}, &out->fetch_minutes));
	out->version = alert.version;
	out->begun = v.state == VISIT_STARTED;
	TRY(items_like(w, out->text, q->item_id, out));
	if (out->item_id.is)
		TRY(vans_with(w, &v, out->item_id.v, out));
	return days_for(w, &v, out);
}

enum err
act_part_choose(struct work *w, uint64_t alert_id, const struct part_choice *in, struct visit_line *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct alert_row alert;
	struct visit v, is;
	struct str text, note;

	TRY(alert_of(w, alert_id, true, &alert, &v, &text));
	if (in->way != PART_FETCH && !in->tech_id.is)
		return fail(&w->fault, E_INVALID, "tech_id", "This value is missing.");
	note = str_printf(w->arena, "%s: %.*s", words_say(w->tenant->language, "Bring"), STR_ARG(text));
	if (in->way == PART_VAN) {
		struct stock_row *has;

		TRY(sql_stock_for_update(w->db, in->tech_id.v, in->item_id.is ? in->item_id.v : 0, w->arena, &has));
		if (has == NULL || has->amount_x100 <= 0)
			return fail(&w->fault, E_STALE, NULL, "This van has none any more.");
		TRY(carry(w, &v, today.n > v.day.n ? today : v.day, in->tech_id.v, note, &is));
	} else if (in->way == PART_DAY) {
		if (!in->day.is || in->day.v.n <= today.n)
			return fail(&w->fault, E_INVALID, "day", "This day is over.");
		TRY(carry(w, &v, in->day.v, in->tech_id.v, note, &is));
	} else {
		TRY(fetch(w, &v, text, in->minutes, &is));
	}
	TRY(told(w, &v, &is));
	TRY(sql_alert_close(w->db, alert_id, (struct maybe_i64){true, w->now}, w->actor.id, in->version));
	TRY(tell_live(w));
	return tell_visit_line(w, is.id, out);
}

static enum err
alert_of(struct work *w, uint64_t id, bool changes, struct alert_row *out, struct visit *v, struct str *text)
{
	struct alert_row *row;
	struct alert_body body;

	TRY(sql_alert_one(w->db, id, w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_NOT_FOUND, NULL, "This does not exist.");
	if (row->kind != ALERT_MISSING_PART || row->visit_id == 0)
		return fail(&w->fault, E_INVALID, "id", "This is not about a missing part.");
	if (row->closed_at.is)
		return fail(&w->fault, E_STALE, NULL, "Somebody has seen to this already.");
	TRY(tell_alert_body_read(w, row->body, &body));
	TRY(changes ? sql_visit_for_update(w->db, row->visit_id, w->arena, v) : sql_visit_one(w->db, row->visit_id, w->arena, v));
	*out = *row;
	*text = body.text;
	return OK;
}

/* The company's own items whose names share most words with what was said. */
static enum err
items_like(struct work *w, struct str text, struct maybe_u64 wanted, struct part_choices *out)
{
	unsigned best[PART_ITEMS_MAX] = {0};
	struct item_row *all;
	size_t n;

	TRY(sql_items_all(w->db, w->arena, &all, &n));
	out->items = arena_array(w->arena, struct part_item, PART_ITEMS_MAX + 1);
	for (size_t i = 0; i < n; i++) {
		const unsigned like = all[i].archived_at.is ? 0 : likeness(all[i].name, text);
		size_t at = out->items_n < PART_ITEMS_MAX ? out->items_n : PART_ITEMS_MAX;

		if (wanted.is && wanted.v == all[i].id)
			out->item_id = wanted;
		if (like == 0)
			continue;
		while (at > 0 && best[at - 1] < like)
			at--;
		if (at == PART_ITEMS_MAX)
			continue;
		for (size_t k = out->items_n < PART_ITEMS_MAX ? out->items_n : PART_ITEMS_MAX - 1; k > at; k--) {
			best[k] = best[k - 1];
			out->items[k] = out->items[k - 1];
		}
		best[at] = like;
		out->items[at] = (struct part_item){all[i].id, all[i].name};
		if (out->items_n < PART_ITEMS_MAX)
			out->items_n++;
	}
	if (wanted.is && !out->item_id.is)
		return fail(&w->fault, E_INVALID, "item_id", "This does not exist.");
	if (!out->item_id.is && out->items_n > 0)
		out->item_id = (struct maybe_u64){true, out->items[0].id};
	return OK;
}

/* How many words of the name stand in the text; letters' case does not matter. */
static unsigned
likeness(struct str name, struct str text)
{
	unsigned n = 0;

	while (name.n > 0) {
		struct str rest, word = str_trim(str_cut(name, ' ', &rest));
		bool found = false;

		for (size_t i = 0; word.n >= WORD_LEAST && i + word.n <= text.n && !found; i++)
			found = str_eq_nocase(str_sub(text, i, word.n), word);
		n += found;
		name = rest;
	}
	return n;
}

static enum err
vans_with(struct work *w, const struct visit *v, uint64_t item_id, struct part_choices *out)
{
	struct brief_source place;
	struct stock_line_row *rows;
	struct board_lane *lanes;
	size_t n, lanes_n;

	TRY(sql_brief_source(w->db, v->id, w->arena, &place));
	TRY(sql_stock_lines(w->db, (struct maybe_u64){0}, w->arena, &rows, &n));
	TRY(tell_board(w, v->day, (struct maybe_u64){0}, &lanes, &lanes_n, NULL, NULL));
	out->vans = arena_array(w->arena, struct part_van, PART_VANS_MAX + 1);
	for (size_t i = 0; i < n; i++) {
		struct part_van van;
		size_t at = out->vans_n, lane = 0;

		if (rows[i].item_id != item_id || rows[i].amount_x100 <= 0)
			continue;
		if (rows[i].place_id == 0)
			out->warehouse_x100 = rows[i].amount_x100;
		while (lane < lanes_n && lanes[lane].tech_id != rows[i].place_id)
			lane++;
		if (lane == lanes_n || (v->tech_id.is && v->tech_id.v == rows[i].place_id))
			continue;
		TRY(van_of(w, v, &rows[i], &lanes[lane], place.lat_e6.is && place.lng_e6.is,
		    (struct spot){place.lat_e6.v, place.lng_e6.v}, &van));
		while (at > 0 && out->vans[at - 1].drive_s > van.drive_s)
			at--;
		for (size_t k = out->vans_n; k > at; k--)
			out->vans[k] = out->vans[k - 1];
		out->vans[at] = van;
		if (out->vans_n < PART_VANS_MAX)
			out->vans_n++;
	}
	return OK;
}

static enum err
van_of(struct work *w, const struct visit *v, const struct stock_line_row *s, const struct board_lane *l, bool placed,
    struct spot at, struct part_van *out)
{
	struct route_figure_settings figures;
	struct visit as = *v;
	struct spot ends[2] = {{0}, at};
	struct ways ways;
	bool known;
	enum err e;

	lane_whereabouts(&l->lane, &known, &ends[0]);
	TRY(tell_route_figures(w, &figures));
	ways = ways_estimate(ends, 2, &figures.pace, w->arena);
	*out = (struct part_van){.tech_id = l->tech_id, .tech = l->name, .colour = l->colour, .amount_x100 = s->amount_x100,
	    .unit = s->unit, .drive_s = known && placed ? ways_at(&ways, 0, 1).seconds : LANE_UNKNOWN_WAY_S, .why_not = STR("")};
	as.tech_id = (struct maybe_u64){true, l->tech_id};
	as.state = VISIT_SCHEDULED;
	as.from_minute = as.to_minute = (struct maybe_u32){0}; /* the window follows the new time */
	e = tell_fits(w, &as, false);
	if (e != E_INVALID)
		return e;
	out->why_not = words_fault(w->arena, w->actor.language, &w->fault);
	w->fault = (struct fault){0};
	return OK;
}

static enum err
days_for(struct work *w, const struct visit *v, struct part_choices *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);

	out->days = arena_array(w->arena, struct part_day, PART_DAYS_MAX);
	for (int32_t d = 1; d <= PART_DAYS && out->days_n < PART_DAYS_MAX; d++) {
		struct board_offers offers;
		struct visit as = *v;

		as.day = day_add(today, d);
		as.state = VISIT_SCHEDULED;
		as.from_minute = as.to_minute = (struct maybe_u32){0};
		TRY(tell_offers(w, &as, (struct maybe_u64){0}, &offers));
		if (offers.rows_n > 0 && offers.rows[0].at.overtime_s == 0)
			out->days[out->days_n++] = (struct part_day){as.day, offers.rows[0].tech_id, offers.rows[0].tech,
			    offers.rows[0].at.begin_s};
	}
	return OK;
}

/* The visit itself goes; one that is under way stays as it is, and another one follows it with its note. */
static enum err
carry(struct work *w, const struct visit *from, struct day day, uint64_t tech_id, struct str note, struct visit *out)
{
	const struct visit_move m = {.day = day, .tech_id = {true, tech_id}};
	struct board_offer at = {.tech_id = tech_id};
	struct board_offers offers;
	struct visit was;

	*out = *from;
	if (from->state == VISIT_STARTED) {
		*out = (struct visit){.id = work_id(w), .customer_id = from->customer_id, .property_id = from->property_id,
		    .pool_id = from->pool_id, .service_id = from->service_id, .day = day, .seq = VISIT_SEQ_MAX,
		    .from_minute = from->from_minute, .to_minute = from->to_minute, .minutes = from->minutes,
		    .state = VISIT_SCHEDULED, .source = VISIT_OF_FOLLOW_UP, .by_hand = true, .skip_reason = STR(""),
		    .note = STR(""), .flag = STR(""), .why_who = STR(""), .version = 1};
		out->note = note_with(w, from->note, note);
		TRY(sql_visit_insert(w->db, out->id, out->agreement_id, out->occurs_day, out->customer_id, out->property_id,
		    out->pool_id, out->service_id, out->day, out->tech_id, out->seq, out->from_minute, out->to_minute,
		    out->minutes, out->state, out->source, out->by_hand, out->note, out->why_who));
		TRY(tell_visit(w, NULL, out, &(struct visit_said){.verb = VERB_MADE}));
	}
	was = *out;
	TRY(visit_move(out, &m, zone_day(w->tenant->zone, w->now), &w->fault));
	out->from_minute = out->to_minute = (struct maybe_u32){0};
	TRY(tell_fits(w, out, false));
	TRY(tell_offers(w, out, (struct maybe_u64){0}, &offers));
	for (size_t i = 0; i < offers.rows_n; i++)
		if (offers.rows[i].tech_id == tech_id)
			at = offers.rows[i];
	at.by_hand = true;
	out->from_minute = was.from_minute;
	out->to_minute = was.to_minute;
	if (from->state != VISIT_STARTED) {
		out->note = note_with(w, from->note, note);
		TRY(sql_visit_save(w->db, was.id, was.occurs_day, was.day, was.tech_id, was.seq, was.from_minute, was.to_minute,
		    was.minutes, was.state, true, was.skip_reason, out->note, was.version));
		out->version = was.version + 1;
	}
	return tell_assign(w, out, &was, &at, NULL);
}

/*
 * The way by the supply house instead of straight to the stop, and the time there; from the stop and back, if the
 * technician is there already. In whole five minutes.
 */
static enum err
fetch_takes(struct work *w, const struct visit *v, struct maybe_u32 there, uint32_t *minutes)
{
	enum { HERE, HOUSE, STOP };
	struct route_figure_settings figures;
	struct brief_source place;
	struct board_lane *lanes;
	struct spot at[3] = {{0}};
	struct ways ways;
	bool known = false;
	size_t n;
	int32_t s;

	TRY(tell_route_figures(w, &figures));
	*minutes = there.is ? there.v : figures.supply_minutes > 0 ? figures.supply_minutes : PART_FETCH_MIN;
	TRY(sql_brief_source(w->db, v->id, w->arena, &place));
	if (!figures.has_supply || !place.lat_e6.is || !place.lng_e6.is) {
		*minutes += (v->state == VISIT_STARTED ? 2U : 1U) * LANE_UNKNOWN_WAY_S / 60; /* as the board counts it */
		*minutes = (*minutes + 4) / 5 * 5;
		return OK;
	}
	at[HOUSE] = figures.supply;
	at[STOP] = at[HERE] = (struct spot){place.lat_e6.v, place.lng_e6.v};
	if (v->state != VISIT_STARTED && v->tech_id.is) {
		TRY(tell_board(w, v->day, v->tech_id, &lanes, &n, NULL, NULL));
		for (size_t i = 0; i < n; i++)
			if (lanes[i].tech_id == v->tech_id.v)
				lane_whereabouts(&lanes[i].lane, &known, &at[HERE]);
		if (!known)
			at[HERE] = at[STOP];
	}
	ways = ways_estimate(at, 3, &figures.pace, w->arena);
	s = ways_at(&ways, HERE, HOUSE).seconds + ways_at(&ways, HOUSE, STOP).seconds - ways_at(&ways, HERE, STOP).seconds;
	*minutes += s > 0 ? (uint32_t)s / 60 : 0;
	*minutes = (*minutes + 4) / 5 * 5;
	return OK;
}

/* A stop before this one; who is at work already is away from it so long. */
static enum err
fetch(struct work *w, const struct visit *was, struct str what, struct maybe_u32 minutes, struct visit *out)
{
	uint32_t around;

	*out = *was;
	if (was->state == VISIT_STARTED) {
		TRY(fetch_takes(w, was, minutes, &around));
		if (out->minutes + around > VISIT_MINUTES_MAX)
			return fail(&w->fault, E_INVALID, "minutes", "This is longer than a day.");
		out->minutes += around;
		TRY(sql_visit_save(w->db, out->id, out->occurs_day, out->day, out->tech_id, out->seq, out->from_minute,
		    out->to_minute, out->minutes, out->state, true, out->skip_reason, out->note, was->version));
		out->version++;
	}
	return tell_fetch(w, out, what, minutes);
}

/* In the customer's timeline, and in their hands. */
static enum err
told(struct work *w, const struct visit *was, struct visit *is)
{
	char day[DAY_LETTERS + 1];
	bool moved;

	day_write(is->day, day);
	TRY(tell_window_follows(w, is, &moved));
	if (is->id == was->id && is->day.n == was->day.n && !moved && is->tech_id.v == was->tech_id.v)
		return OK;
	TRY(tell_event(w, &(struct event){.customer_id = is->customer_id, .property_id = is->property_id,
	    .pool_id = is->pool_id, .kind = EVENT_VISIT_MOVED, .ref_kind = RECORD_VISIT, .ref_id = is->id,
	    .values = &(struct event_value){STR("day"), str_of(day)}, .values_n = 1}));
	return is->id != was->id || is->day.n != was->day.n || moved ? tell_window(w, is) : OK;
}

static struct str
note_with(struct work *w, struct str note, struct str line)
{
	struct str both = note.n == 0 ? line : str_printf(w->arena, "%.*s\n%.*s", STR_ARG(line), STR_ARG(note));

	/* So many bytes are never more characters; a letter is not cut in two. */
	if (both.n > NOTE_MAX)
		for (both.n = NOTE_MAX; ((unsigned char)both.p[both.n] & 0xc0) == 0x80;)
			both.n--;
	return both;
}
