/*
 * fcgi/acts/tell_hold.c -- times that are held: by visitors for ten minutes, by the office for two hours.
 *
 * The hour that the office offers in an answer is a hold like that of a visitor: the booking page, the signed links and the
 * receptionist plan around it. The office itself may plan what it likes: it sees whose hour it is.
 */
#include "fcgi/acts/tell_hold.h"

#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/queries/bookings.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/messages.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/services.h"

#define BODY_MAX_BYTES 4000
#define MINUTES_OF_DAY 1440
#define AHEAD_DAYS     60

static enum err kept_rows(struct work *w, struct booking_hold_row **rows, size_t *n);
static enum err keep_checked(struct work *w, uint64_t customer_id, const struct booking_keep *in, struct booking_hold *out);
static enum err free_of_others(struct work *w, uint64_t conversation_id, const struct booking_hold *mine);

static const struct field hold_fields[] = {FIELD_ID(struct booking_hold, service_id),
    FIELD_TEXT(struct booking_hold, street, 0, 160), FIELD_TEXT(struct booking_hold, city, 0, 80),
    FIELD_TEXT(struct booking_hold, region, 0, 40),
    FIELD_TEXT(struct booking_hold, postcode, 0, 16), FIELD_DAY(struct booking_hold, day),
    FIELD_INT(struct booking_hold, from_minute, 0, 1440),
    FIELD_INT(struct booking_hold, to_minute, 0, 1440),
    FIELD_INT(struct booking_hold, minutes, 0, VISIT_MINUTES_MAX),
    FIELD_ID(struct booking_hold, tech_id), FIELD_BOOL(struct booking_hold, placed),
    FIELD_INT(struct booking_hold, lat_e6, -90000000, 90000000),
    FIELD_INT(struct booking_hold, lng_e6, -180000000, 180000000),
    FIELD_MAYBE_ID(struct booking_hold, visit_id), FIELD_MAYBE_ID(struct booking_hold, deposit_id),
    FIELD_MAYBE_ID(struct booking_hold, conversation_id),
    FIELD_END};
static const struct shape hold_shape = {
    "BookingHoldKept", sizeof(struct booking_hold), hold_fields};

enum err
tell_hold_read(struct work *w, struct str body, struct booking_hold *out)
{
	*out = (struct booking_hold){0};
	return shape_read(&hold_shape, body, w->arena, out, &w->fault);
}

struct str
tell_hold_write(struct work *w, const struct booking_hold *h)
{
	struct buf b = buf_open(w->arena, 512, BODY_MAX_BYTES);

	shape_write(&hold_shape, h, &b);
	return buf_str(&b);
}

enum err
tell_day_guard(struct work *w, uint64_t tech_id, struct day day)
{
	struct day_head *head;

	TRY(sql_day_head_for_update(w->db, tech_id, day, w->arena, &head));
	if (head == NULL) {
		enum err e = sql_day_head_insert(w->db, tech_id, day);

		if (e == E_STALE) {
			w->fault = (struct fault){0};
			return fail(
			    &w->fault, E_RETRY, NULL, "The house is busy. Please try again.");
		}
		return e;
	}
	return sql_day_head_bump(w->db, tech_id, day, head->built);
}

enum err
tell_promise_guard(struct work *w, const struct visit *v)
{
	const struct day last = day_add(zone_day(w->tenant->zone, w->now), CARD_AHEAD_DAYS);

	if (!v->tech_id.is || !v->from_minute.is || !v->to_minute.is || v->day.n <= last.n)
		return OK;
	return tell_day_guard(w, v->tech_id.v, v->day);
}

enum err
tell_holds(struct work *w, struct booking_hold_row **rows, size_t *n)
{
	struct booking_hold_row *visitors, *kept;
	size_t visitors_n, kept_n;

	TRY(sql_booking_holds(w->db, BATCH_BOOKING, BATCH_DRAFT, w->now - BOOKING_HOLD_S, w->arena, &visitors, &visitors_n));
	TRY(kept_rows(w, &kept, &kept_n));
	*rows = arena_array(w->arena, struct booking_hold_row, visitors_n + kept_n);
	*n = 0;
	for (size_t i = 0; i < visitors_n; i++)
		(*rows)[(*n)++] = visitors[i];
	for (size_t i = 0; i < kept_n; i++)
		(*rows)[(*n)++] = kept[i];
	return OK;
}

static enum err
kept_rows(struct work *w, struct booking_hold_row **rows, size_t *n)
{
	return sql_booking_holds(w->db, BATCH_KEPT, BATCH_DRAFT, w->now - BOOKING_KEPT_S, w->arena, rows, n);
}

enum err
tell_kept(struct work *w, struct booking_kept **out, size_t *n)
{
	struct booking_hold_row *rows;

	TRY(kept_rows(w, &rows, n));
	*out = arena_array(w->arena, struct booking_kept, *n);
	for (size_t i = 0; i < *n; i++) {
		struct booking_hold h;

		TRY(tell_hold_read(w, rows[i].body, &h));
		(*out)[i] = (struct booking_kept){h.conversation_id.v, h.day, h.from_minute, h.tech_id, rows[i].made_at + BOOKING_KEPT_S};
	}
	return OK;
}

enum err
tell_keep(struct work *w, uint64_t conversation_id, uint64_t customer_id, const struct booking_keep *in)
{
	struct booking_hold h;

	TRY(keep_checked(w, customer_id, in, &h));
	h.conversation_id = (struct maybe_u64){true, conversation_id};
	/* Before anything is looked at: of two at once the second looks again, and finds the first. */
	TRY(tell_day_guard(w, in->tech_id, in->day));
	TRY(free_of_others(w, conversation_id, &h));
	TRY(tell_kept_end(w, conversation_id, false));
	return sql_batch_insert(w->db, work_id(w), BATCH_KEPT, BATCH_DRAFT, w->actor.id, w->now, 1, 0, (struct maybe_i64){0},
	    tell_hold_write(w, &h));
}

static enum err
keep_checked(struct work *w, uint64_t customer_id, const struct booking_keep *in, struct booking_hold *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct property_row place;
	struct service_row service;
	struct reply_name_row *tech;
	enum err e = sql_property_one(w->db, in->property_id, w->arena, &place);

	if (tell_absent(w, e) || (e == OK && place.customer_id != customer_id))
		return fail(&w->fault, E_INVALID, "property_id", "This property does not exist.");
	TRY(e);
	e = sql_service_one(w->db, in->service_id, w->arena, &service);
	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "service_id", "This service does not exist.");
	TRY(e);
	TRY(sql_thread_typist(w->db, in->tech_id, w->arena, &tech));
	if (tech == NULL)
		return fail(&w->fault, E_INVALID, "tech_id", "This person does not work here.");
	if (in->day.n < today.n || in->day.n > today.n + AHEAD_DAYS)
		return fail(&w->fault, E_INVALID, "day", "This day is over.");
	const uint32_t last = in->minute + BOOKING_KEPT_MINUTES;

	*out = (struct booking_hold){.service_id = in->service_id, .street = place.street, .city = place.city, .region = place.region,
	    .postcode = place.postcode, .day = in->day, .from_minute = in->minute,
	    .to_minute = last > MINUTES_OF_DAY ? MINUTES_OF_DAY : last, .minutes = service.minutes, .tech_id = in->tech_id,
	    .placed = place.lat_e6.is && place.lng_e6.is, .lat_e6 = place.lat_e6.v, .lng_e6 = place.lng_e6.v};
	return OK;
}

/* The same hour of the same person is offered to one customer. What a visitor holds is a window with room in it, and is planned around. */
static enum err
free_of_others(struct work *w, uint64_t conversation_id, const struct booking_hold *mine)
{
	struct booking_hold_row *rows;
	size_t n;

	TRY(kept_rows(w, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct booking_hold h;

		TRY(tell_hold_read(w, rows[i].body, &h));
		if (h.conversation_id.v != conversation_id && h.tech_id == mine->tech_id && h.day.n == mine->day.n &&
		    h.from_minute < mine->from_minute + mine->minutes && mine->from_minute < h.from_minute + h.minutes)
			return fail(&w->fault, E_STALE, "keep", "This hour is kept for somebody else. Choose another.");
	}
	return OK;
}

enum err
tell_kept_end(struct work *w, uint64_t conversation_id, bool booked)
{
	struct booking_hold_row *rows, *row;
	size_t n;

	TRY(kept_rows(w, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct booking_hold h;

		TRY(tell_hold_read(w, rows[i].body, &h));
		if (h.conversation_id.v != conversation_id)
			continue;
		TRY(sql_booking_hold_for_update(w->db, rows[i].id, BATCH_KEPT, w->arena, &row));
		if (row != NULL && row->state == BATCH_DRAFT)
			TRY(sql_booking_hold_end(w->db, row->id, booked ? BATCH_DONE : BATCH_UNDONE, w->now, row->body));
	}
	return OK;
}
