/*
 * fcgi/acts/bookings_change.c -- what was booked, by its signed link: look, move, cancel, take into
 * a calendar.
 */
#include "fcgi/acts/bookings.h"

#include "domain/base/ical.h"
#include "domain/base/id.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_booking.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_roads.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/visits.h"

#define CALENDAR_BYTES 8000

static enum err mine(struct work *w, struct str token, struct booking_row **out);
static enum err say(struct work *w, uint64_t id, struct booking_mine *out);
static enum err
may_change(struct work *w, const struct booking_row *b, const struct booking_rules *r);
static void as_customer(struct work *w, const struct booking_row *b);

static enum err
mine(struct work *w, struct str token, struct booking_row **out)
{
	uint64_t id;

	TRY(link_shown(w, LINK_BOOKING, token, &id));
	TRY(sql_booking_one(w->db, id, w->arena, out));
	return *out != NULL ? OK : fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
}

enum err
act_booking_mine(struct work *w, struct str token, struct booking_mine *out)
{
	struct booking_row *b;

	TRY(mine(w, token, &b));
	return say(w, b->id, out);
}

static enum err
say(struct work *w, uint64_t id, struct booking_mine *out)
{
	struct booking_settings s;
	struct company_row company;
	struct booking_row *b;
	struct number_row photos;

	TRY(sql_booking_one(w->db, id, w->arena, &b));
	TRY(sql_company(w->db, w->arena, &company));
	TRY(bookings_settings(w, &s));
	TRY(sql_booking_photos(w->db, RECORD_VISIT, id, w->arena, &photos));
	*out = (struct booking_mine){.service = b->service,
	    .street = b->street,
	    .city = b->city,
	    .company = company.name,
	    .phone = company.phone,
	    .accent = company.accent,
	    .language = b->language,
	    .tech = b->tech,
	    .day = b->day,
	    .from_minute = b->from_minute.v,
	    .to_minute = b->to_minute.v,
	    .state = b->state,
	    .asked = b->state == VISIT_SCHEDULED && !b->tech_id.is,
	    .change_hours = s.rules.change_hours,
	    .photos = (uint32_t)photos.number};
	out->may_change = booking_may_change(
	    &s.rules, b->state, bookings_instant(w, b->day, b->from_minute.v), w->now);
	return OK;
}

/* The service as it was booked, though the company may have taken it off the page since. */
enum err
bookings_mine_ask(struct work *w, const struct booking_row *b, struct booking_ask *out)
{
	const struct booking_place p = {b->street, b->city, b->region, b->postcode};
	struct booking_service *as = arena_new(w->arena, struct booking_service);

	*out = (struct booking_ask){.place = p,
	    .property_id = b->property_id,
	    .but_visit = b->id,
	    .service = as,
	    .placed = b->lat_e6.is && b->lng_e6.is,
	    .at = {(int32_t)b->lat_e6.v, (int32_t)b->lng_e6.v}};
	*as = (struct booking_service){
	    .id = b->service_id, .name = b->service, .minutes = b->minutes};
	TRY(bookings_settings(w, &out->settings));
	out->settings.rules.within_km = 0; /* they are a customer by now */
	out->fit = arena_array(w->arena, struct fit, BOARD_TECHS_MAX);
	out->fit_of = arena_array(w->arena, uint64_t, BOARD_TECHS_MAX);
	TRY(tell_route_figures(w, &out->figures));
	return tell_holds(w, &out->holds, &out->holds_n);
}

static enum err
may_change(struct work *w, const struct booking_row *b, const struct booking_rules *r)
{
	if (booking_may_change(r, b->state, bookings_instant(w, b->day, b->from_minute.v), w->now))
		return OK;
	return fail(
	    &w->fault, E_STALE, NULL, "It is too late to change this here. Please call us.");
}

enum err
act_booking_mine_times(
    struct work *w, const struct booking_move_times *q, struct booking_times *out)
{
	struct booking_row *b;
	struct booking_ask x;

	TRY(mine(w, q->token, &b));
	TRY(bookings_mine_ask(w, b, &x));
	TRY(may_change(w, b, &x.settings.rules));
	return bookings_times_of(w, &x, q->from_day, out);
}

enum err
act_booking_move(struct work *w, const struct booking_move *in, struct booking_mine *out)
{
	struct booking_row *b;
	struct visit v;

	TRY(mine(w, in->token, &b));
	TRY(bookings_move(w, b, in->day, in->from_minute, &v));
	TRY(tell_booked(w, &v, v.tech_id.is, false));
	return say(w, b->id, out);
}

enum err
bookings_move(struct work *w, const struct booking_row *b, struct day day, uint32_t from_minute, struct visit *v)
{
	struct booking_slot slot[BOOKING_WINDOWS_MAX];
	const struct booking_slot *wanted = NULL;
	struct booking_ask x;
	struct visit was;
	size_t n = 0;

	TRY(bookings_mine_ask(w, b, &x));
	TRY(may_change(w, b, &x.settings.rules));
	if (day.n > zone_day(w->tenant->zone, w->now).n + (int32_t)x.settings.rules.ahead_days)
		return fail(&w->fault, E_STALE, NULL, "This time is not free any more. Choose another.");
	TRY(bookings_slots(w, &x, day, slot, &n));
	for (size_t i = 0; i < n; i++)
		if (slot[i].window.from_minute == from_minute)
			wanted = &slot[i];
	if (wanted == NULL)
		return fail(&w->fault, E_STALE, NULL, "This time is not free any more. Choose another.");
	as_customer(w, b);
	TRY(tell_day_guard(w, wanted->tech_id, day));
	TRY(sql_visit_for_update(w->db, b->id, w->arena, v));
	was = *v;
	v->day = day;
	v->from_minute = (struct maybe_u32){true, wanted->window.from_minute};
	v->to_minute = (struct maybe_u32){true, wanted->window.to_minute};
	if (x.settings.rules.confirm == BOOKING_BY_OFFICE || !x.placed)
		visit_give(v, (struct maybe_u64){0});
	v->by_hand = true;
	TRY(sql_visit_save(w->db, v->id, v->occurs_day, v->day, v->tech_id, v->seq, v->from_minute, v->to_minute, v->minutes,
	    v->state, v->by_hand, v->skip_reason, v->note, v->version));
	v->version++;
	if (!v->tech_id.is) {
		TRY(tell_visit(w, &was, v, &(struct visit_said){.verb = VERB_MOVED}));
	} else {
		const struct board_offer to = {.tech_id = wanted->tech_id, .tech = wanted->tech, .late = STR(""), .at = wanted->at};

		TRY(tell_assign(w, v, &was, &to, &(struct visit_said){.verb = VERB_MOVED}));
	}
	char text[DAY_LETTERS + 1];
	day_write(v->day, text);
	const struct event_value values[] = {{STR("day"), str_of(text)}};
	return tell_event(w, &(struct event){.customer_id = v->customer_id, .property_id = v->property_id,
	    .kind = EVENT_VISIT_MOVED, .ref_kind = RECORD_VISIT, .ref_id = v->id, .values = values, .values_n = 1});
}

enum err
act_booking_cancel(struct work *w, struct str token, struct booking_mine *out)
{
	struct booking_row *b;

	TRY(mine(w, token, &b));
	if (b->state != VISIT_CANCELLED)
		TRY(bookings_cancel(w, b));
	return say(w, b->id, out);
}

enum err
bookings_cancel(struct work *w, const struct booking_row *b)
{
	struct booking_settings settings;

	TRY(bookings_settings(w, &settings));
	TRY(may_change(w, b, &settings.rules));
	return bookings_call_off(w, b, str_of(words_say(ENGLISH, "The customer cancelled.")));
}

enum err
bookings_call_off(struct work *w, const struct booking_row *b, struct str reason)
{
	const struct step s = {.verb = VERB_CANCEL, .at = w->now, .reason = reason};
	struct visit v, was;

	as_customer(w, b);
	TRY(sql_visit_for_update(w->db, b->id, w->arena, &v));
	was = v;
	TRY(visit_step(&v, &s, &w->fault));
	TRY(sql_visit_step_save(w->db, v.id, v.state, v.by_hand, v.on_way_at, v.started_at, v.ended_at, v.confirmed_at, v.flag,
	    v.skip_reason));
	v.version++;
	TRY(tell_visit(w, &was, &v, &(struct visit_said){.verb = VERB_CANCEL}));
	TRY(tell_event(w, &(struct event){.customer_id = v.customer_id, .property_id = v.property_id,
	    .kind = EVENT_VISIT_SKIPPED, .ref_kind = RECORD_VISIT, .ref_id = v.id,
	    .values = &(struct event_value){STR("reason"), s.reason}, .values_n = 1}));
	return tell_standing(w, v.customer_id);
}

static void
as_customer(struct work *w, const struct booking_row *b)
{
	w->actor.kind = ACTOR_CUSTOMER;
	w->actor.id = b->customer_id;
}

enum err
act_booking_file(struct work *w, struct str token, struct str *out)
{
	struct buf b = buf_open(w->arena, 1024, CALENDAR_BYTES);
	struct company_row company;
	char id[ID_LETTERS + 1];
	struct booking_row *x;

	TRY(mine(w, token, &x));
	TRY(sql_company(w->db, w->arena, &company));
	id_write(x->id, id);
	buf_add(&b, STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Poolhouse//Booking//"
			"EN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n"));
	ical_line(&b, "UID", str_printf(w->arena, "%s@%s", id, w->tenant->slug));
	ical_instant(&b, "DTSTAMP", w->now);
	ical_line(&b, "SEQUENCE", str_printf(w->arena, "%u", x->version));
	ical_line(&b, "STATUS",
	    x->state == VISIT_CANCELLED ? STR("CANCELLED")
	    : x->tech_id.is             ? STR("CONFIRMED")
					: STR("TENTATIVE"));
	ical_text(&b, "SUMMARY",
	    str_printf(w->arena, "%.*s: %.*s", STR_ARG(company.name), STR_ARG(x->service)));
	ical_text(&b, "LOCATION",
	    str_printf(w->arena, "%.*s, %.*s", STR_ARG(x->street), STR_ARG(x->city)));
	ical_instant(&b, "DTSTART", bookings_instant(w, x->day, x->from_minute.v));
	ical_instant(&b, "DTEND", bookings_instant(w, x->day, x->to_minute.v));
	ical_line(&b, "TRANSP", STR("TRANSPARENT"));
	buf_add(&b, STR("END:VEVENT\r\nEND:VCALENDAR\r\n"));
	*out = buf_str(&b);
	return b.full ? E_BUG : OK;
}

enum err
act_booking_owner(struct work *w, struct str token, uint64_t *visit_id)
{
	struct number_row photos;
	struct booking_row *b;

	TRY(mine(w, token, &b));
	TRY(sql_booking_photos(w->db, RECORD_VISIT, b->id, w->arena, &photos));
	if (photos.number >= BOOKING_PHOTOS_MAX)
		return fail(&w->fault, E_LIMIT, "file", "You can add six photos.");
	as_customer(w, b);
	*visit_id = b->id;
	return OK;
}
