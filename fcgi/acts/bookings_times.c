/*
 * fcgi/acts/bookings_times.c -- which times can really be served.
 *
 * A day is looked at as it stands on the board, with what others hold and with what nobody has yet
 * put where it would be put. Then every technician who may go is asked for every window: the place
 * in the day that costs least, ways and lunch counted (domain/dispatch/board). What keeps all
 * promises and the reserve is offered, by whoever it costs least.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_visits.h"

#define UNDECIDED_MAX \
	20 /* more than that waits for somebody on one day: nobody can promise anything there */

#define ON_WAY_S (8 * 60) /* added driving that is still "on their way" */

static enum err where_it_lies(struct work *w, struct booking_ask *x);
static enum err day_lanes(
    struct work *w, struct booking_ask *x, struct day day, struct board_lane **lanes, size_t *n);
static bool works(const struct board_lane *l, struct day day);
static void stand_aside(struct work *w, struct board_lane *lanes, size_t n, uint64_t visit_id);
static enum err take_room(struct work *w, struct booking_ask *x, struct board_lane *lanes, size_t n,
    const struct lane_stop *stop, uint64_t tech_id);
static enum err fit_of(struct work *w, struct booking_ask *x, uint64_t tech_id, struct day day,
    const struct fit **out);
static enum err lane_slots(struct work *w, struct booking_ask *x, struct board_lane *l,
    struct day day, struct booking_slot *out, size_t *n);
static bool within_reach(const struct booking_ask *x, const struct board_lane *lanes, size_t n);

enum err
bookings_ask(
    struct work *w, uint64_t service_id, const struct booking_place *p, struct booking_ask *out)
{
	*out = (struct booking_ask){.place = *p};
	TRY(bookings_settings(w, &out->settings));
	if (!out->settings.rules.open)
		return fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	for (size_t i = 0; i < out->settings.services_n; i++)
		if (out->settings.services[i].id == service_id)
			out->service = &out->settings.services[i];
	if (out->service == NULL)
		return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
	if (!booking_serves(&out->settings.rules, p->postcode))
		return fail(&w->fault, E_INVALID, "postcode",
		    "We do not come to this postcode. Please call us.");
	out->fit = arena_array(w->arena, struct fit, BOARD_TECHS_MAX);
	out->fit_of = arena_array(w->arena, uint64_t, BOARD_TECHS_MAX);
	TRY(tell_route_figures(w, &out->figures));
	TRY(tell_holds(w, &out->holds, &out->holds_n));
	return where_it_lies(w, out);
}

/* The house itself, the middle of what we know of its postcode, or of its town: a map is asked by a
 * job, never here. */
static enum err
where_it_lies(struct work *w, struct booking_ask *x)
{
	struct booking_spot_row *at;
	int64_t lat = 0, lng = 0;
	size_t n;

	TRY(sql_booking_spots_street(w->db, x->place.city, x->place.street, w->arena, &at, &n));
	if (n == 0)
		TRY(sql_booking_spots_postcode(
		    w->db, x->place.city, x->place.postcode, w->arena, &at, &n));
	if (n == 0)
		TRY(sql_booking_spots_city(w->db, x->place.city, w->arena, &at, &n));
	for (size_t i = 0; i < n; i++) {
		lat += at[i].lat_e6;
		lng += at[i].lng_e6;
	}
	x->placed = n > 0;
	if (n > 0)
		x->at = (struct spot){(int32_t)(lat / (int64_t)n), (int32_t)(lng / (int64_t)n)};
	return OK;
}

enum err
bookings_times_of(
    struct work *w, struct booking_ask *x, struct maybe_day from, struct booking_times *out)
{
	const struct booking_rules *r = &x->settings.rules;
	const struct day today = zone_day(w->tenant->zone, w->now),
			 last = day_add(today, (int32_t)r->ahead_days);
	const struct day first = from.is && from.v.n > today.n ? from.v : today;

	*out = (struct booking_times){.from_day = first,
	    .rows = arena_array(
		w->arena, struct booking_time, (size_t)BOOKING_LOOK_DAYS * BOOKING_WINDOWS_MAX),
	    .closed = arena_array(w->arena, struct booking_closed, BOOKING_LOOK_DAYS)};
	for (int32_t d = 0; d < BOOKING_LOOK_DAYS; d++) {
		struct booking_slot *slot =
		    arena_array(w->arena, struct booking_slot, BOOKING_WINDOWS_MAX);
		const struct day day = day_add(first, d);
		struct str rest;
		size_t n = 0;

		if (day.n > last.n)
			return OK;
		TRY(bookings_slots(w, x, day, slot, &n));
		if (x->closed)
			out->closed[out->closed_n++] = (struct booking_closed){day};
		for (size_t i = 0; i < n; i++)
			out->rows[out->rows_n++] = (struct booking_time){day, slot[i].window.from_minute,
			    slot[i].window.to_minute, str_cut(slot[i].tech, ' ', &rest), slot[i].on_way};
	}
	if (first.n + BOOKING_LOOK_DAYS <= last.n)
		out->next = (struct maybe_day){true, day_add(first, BOOKING_LOOK_DAYS)};
	return OK;
}

enum err
bookings_slots(
    struct work *w, struct booking_ask *x, struct day day, struct booking_slot *out, size_t *n)
{
	struct board_lane *lanes;
	size_t lanes_n;

	*n = 0;
	TRY(day_lanes(w, x, day, &lanes, &lanes_n));
	if (!within_reach(x, lanes, lanes_n))
		return fail(&w->fault, E_INVALID, "postcode",
		    "This is too far away for us. Please call us.");
	for (size_t i = 0; i < lanes_n; i++)
		TRY(lane_slots(w, x, &lanes[i], day, out, n));
	/* In the order of the clock. */
	for (size_t i = 1; i < *n; i++)
		for (size_t k = i;
		     k > 0 && out[k - 1].window.from_minute > out[k].window.from_minute; k--) {
			const struct booking_slot later = out[k - 1];

			out[k - 1] = out[k];
			out[k] = later;
		}
	return OK;
}

/* The board's day, with what is held and what nobody has yet. Nobody there: too much is undecided.
 */
static enum err
day_lanes(
    struct work *w, struct booking_ask *x, struct day day, struct board_lane **lanes, size_t *n)
{
	struct board_row *nobody;
	size_t nobody_n;

	TRY(tell_board(w, day, (struct maybe_u64){0}, lanes, n, &nobody, &nobody_n));
	stand_aside(w, *lanes, *n, x->but_visit);
	for (size_t i = 0; i < x->holds_n; i++) {
		struct booking_hold h;

		TRY(tell_hold_read(w, x->holds[i].body, &h));
		if (h.day.n != day.n)
			continue;
		const struct lane_stop stop = {.id = x->holds[i].id,
		    .state = VISIT_SCHEDULED,
		    .minutes = h.minutes,
		    .from_minute = {true, h.from_minute},
		    .to_minute = {true, h.to_minute},
		    .on_way_s = -1,
		    .started_s = -1,
		    .ended_s = -1,
		    .placed = h.placed,
		    .at = {(int32_t)h.lat_e6, (int32_t)h.lng_e6}};
		TRY(take_room(w, x, *lanes, *n, &stop, h.tech_id));
	}
	x->closed = true;
	for (size_t i = 0; i < *n && x->closed; i++)
		x->closed = !works(&(*lanes)[i], day);
	if (nobody_n > UNDECIDED_MAX)
		*n = 0;
	for (size_t i = 0; i < nobody_n && *n > 0; i++) {
		const struct lane_stop stop = {.id = nobody[i].id,
		    .state = VISIT_SCHEDULED,
		    .minutes = nobody[i].minutes,
		    .from_minute = nobody[i].from_minute,
		    .to_minute = nobody[i].to_minute,
		    .on_way_s = -1,
		    .started_s = -1,
		    .ended_s = -1,
		    .placed = nobody[i].lat_e6.is && nobody[i].lng_e6.is,
		    .at = {nobody[i].lat_e6.v, nobody[i].lng_e6.v}};

		if (nobody[i].state == VISIT_SCHEDULED && nobody[i].id != x->but_visit)
			TRY(take_room(w, x, *lanes, *n, &stop, 0));
	}
	return OK;
}

/* Nobody said when they work: then on working days. Whoever has a part of a day off works in the rest of it. */
static bool
works(const struct board_lane *l, struct day day)
{
	return l->said ? l->work_minutes > 0 : day_weekday(day) < SATURDAY && l->off.n == 0;
}

static void
stand_aside(struct work *w, struct board_lane *lanes, size_t n, uint64_t visit_id)
{
	for (size_t i = 0; i < n && visit_id != 0; i++) {
		struct lane_stop *stop =
		    arena_array(w->arena, struct lane_stop, lanes[i].lane.stops);
		size_t kept = 0;

		for (size_t k = 0; k < lanes[i].lane.stops; k++)
			if (lanes[i].lane.stop[k].id != visit_id)
				stop[kept++] = lanes[i].lane.stop[k];
		if (kept < lanes[i].lane.stops) {
			lanes[i].lane.stop = stop;
			lanes[i].lane.stops = kept;
		}
	}
}

/* Where it would be put: with that technician, or (0) with whoever it costs least. */
static enum err
take_room(struct work *w, struct booking_ask *x, struct board_lane *lanes, size_t n,
    const struct lane_stop *stop, uint64_t tech_id)
{
	/* Ways are large, and made anew whenever a lane is asked: none of them outlives this. */
	const struct arena_mark here = arena_mark(w->arena);
	struct lane_offer least = {.cost = INT64_MAX};
	struct board_lane *best = NULL;

	for (size_t i = 0; i < n; i++) {
		struct lane_offer o;

		if ((tech_id != 0 && lanes[i].tech_id != tech_id) ||
		    lanes[i].lane.stops >= LANE_STOPS_MAX)
			continue;
		TRY(tell_lane_ways(w, &x->figures, stop, &lanes[i].lane));
		TRY(lane_offer(&lanes[i].lane, stop, w->arena, &o, &w->fault));
		if (best == NULL || o.cost < least.cost) {
			best = &lanes[i];
			least = o;
		}
	}
	arena_rewind(w->arena, here);
	if (best != NULL)
		best->lane = booking_with(&best->lane, stop, &least, w->arena);
	return OK;
}

/* Nobody's start is known, or the place is not: then nothing speaks against it. */
static bool
within_reach(const struct booking_ask *x, const struct board_lane *lanes, size_t n)
{
	struct maybe_i64 metres = {0};

	for (size_t i = 0; i < n && x->placed; i++)
		if (lanes[i].lane.placed) {
			const int64_t m = spot_distance_m(lanes[i].lane.start, x->at);

			if (!metres.is || m < metres.v)
				metres = (struct maybe_i64){true, m};
		}
	return booking_near(&x->settings.rules, metres);
}

static enum err
lane_slots(struct work *w, struct booking_ask *x, struct board_lane *l, struct day day,
    struct booking_slot *out, size_t *n)
{
	const int64_t earliest = w->now + (int64_t)x->settings.rules.notice_hours * 3600,
		      zero = bookings_instant(w, day, 0);
	struct booking_window window[BOOKING_WINDOWS_MAX];
	const struct fit *fit;
	bool ways = false;
	size_t windows;

	if (l->lane.stops >= LANE_STOPS_MAX || (!l->said && day_weekday(day) >= SATURDAY))
		return OK;
	windows = booking_windows(&x->settings.rules, l->lane.from_s, l->lane.to_s,
	    earliest > zero ? (int32_t)(earliest - zero > 2 * 86400 ? 2 * 86400 : earliest - zero)
			    : 0,
	    window);
	if (windows == 0)
		return OK;
	TRY(fit_of(w, x, l->tech_id, day, &fit));
	const struct arena_mark here = arena_mark(w->arena);
	for (size_t i = 0; i < windows; i++) {
		const struct maybe_u32 from = {true, window[i].from_minute},
				       to = {true, window[i].to_minute};
		struct lane_stop fresh = {.state = VISIT_SCHEDULED,
		    .minutes = x->service->minutes,
		    .from_minute = from,
		    .to_minute = to,
		    .on_way_s = -1,
		    .started_s = -1,
		    .ended_s = -1,
		    .placed = x->placed,
		    .at = x->at};
		struct fault not_told = {0};
		struct lane_offer o;
		size_t at = 0;

		if (!fit->works_here || wish_day(&fit->wish, day, &not_told) != OK ||
		    fit_tech(fit, day, from, to, &not_told) != OK)
			continue;
		if (!ways)
			TRY(tell_lane_ways(w, &x->figures, &fresh, &l->lane));
		ways = true;
		TRY(lane_offer(&l->lane, &fresh, w->arena, &o, &w->fault));
		if (!booking_kept(&x->settings.rules, &l->lane, &window[i], &o))
			continue;
		while (at < *n && out[at].window.from_minute != window[i].from_minute)
			at++;
		if (at < *n && out[at].at.cost <= o.cost)
			continue;
		if (at == *n && *n == BOOKING_WINDOWS_MAX)
			continue;
		*n += at == *n;
		out[at] = (struct booking_slot){window[i], l->tech_id, l->name, o,
		    x->placed && l->lane.stops > 0 && o.drive_s <= ON_WAY_S};
	}
	arena_rewind(w->arena, here);
	return OK;
}

static enum err
fit_of(
    struct work *w, struct booking_ask *x, uint64_t tech_id, struct day day, const struct fit **out)
{
	for (size_t i = 0; i < x->fits; i++)
		if (x->fit_of[i] == tech_id) {
			*out = &x->fit[i];
			return OK;
		}
	if (x->fits == BOARD_TECHS_MAX)
		return fail(&w->fault, E_LIMIT, NULL,
		    "This is too much for one look. Choose fewer days, or one technician.");
	/* From its first day on: those that follow ask the same rows. */
	TRY(tell_fit_read(w, x->property_id, x->service->id, (struct maybe_u64){true, tech_id}, day,
	    &x->fit[x->fits]));
	x->fit_of[x->fits] = tech_id;
	*out = &x->fit[x->fits++];
	return OK;
}

enum err
act_booking_times(struct work *w, const struct booking_times_query *q, struct booking_times *out)
{
	const struct booking_place p = {q->street, q->city, q->region, q->postcode};
	struct booking_ask x;

	TRY(bookings_ask(w, q->service_id, &p, &x));
	return bookings_times_of(w, &x, q->from_day, out);
}
