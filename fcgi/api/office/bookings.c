/*
 * fcgi/api/office/bookings.c -- how the company lets people book.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_bookings[];

static enum err page_get(struct work *w, const struct call *c);
static enum err page_put(struct work *w, const struct call *c);

#define RULES(s) \
	FIELD_BOOL(s, open), FIELD_BOOL(s, prices), FIELD_MAYBE_BOOL(s, reception), FIELD_MAYBE_BOOL(s, model), FIELD_ENUM(s, confirm, booking_confirm_names), \
	    FIELD_INT(s, window_minutes, 30, 480), FIELD_INT(s, notice_hours, 0, 336), \
	    FIELD_INT(s, ahead_days, 1, 90), FIELD_INT(s, reserve_minutes, 0, 480), \
	    FIELD_INT(s, change_hours, 0, 168), FIELD_INT(s, within_km, 0, 500), \
	    FIELD_TEXT(s, postcodes, 0, BOOKING_POSTCODES_MAX), FIELD_MAYBE_INT(s, deposit_cents, 0, 10000000), FIELD_MAYBE_BOOL(s, record), FIELD_MAYBE_TEXT(s, ring, 0, 40), \
	    FIELD_MAYBE_TEXT(s, night, 0, 40), FIELD_MAYBE_INT(s, ring_from, 0, 1440), FIELD_MAYBE_INT(s, ring_to, 0, 1440), \
	    FIELD_MAYBE_INT(s, ring_days, 0, 127)

static const struct field choice_fields[] = {FIELD_ID(struct booking_choice, id),
    FIELD_TEXT(struct booking_choice, name, 0, 80), FIELD_BOOL(struct booking_choice, on),
    FIELD_MAYBE_INT(struct booking_choice, due_months, 0, 60),
    FIELD_MAYBE_TEXT(struct booking_choice, about, 0, BOOKING_ABOUT_MAX), FIELD_END};
static const struct shape choice_shape = {
    "BookingChoice", sizeof(struct booking_choice), choice_fields};
static const struct field page_fields[] = {RULES(struct booking_page),
    FIELD_LIST(struct booking_page, services, services_n, &choice_shape, 200),
    FIELD_TEXT(struct booking_page, url, 0, 200), FIELD_TEXT(struct booking_page, script, 0, 300),
    FIELD_BOOL(struct booking_page, model_there), FIELD_INT(struct booking_page, model_today, 0, INT32_MAX),
    FIELD_INT(struct booking_page, model_most, 0, INT32_MAX),
    FIELD_INT(struct booking_page, version, 0, INT32_MAX), FIELD_END};
static const struct shape page_shape = {"BookingPage", sizeof(struct booking_page), page_fields};

static const struct field ref_fields[] = {FIELD_ID(struct booking_ref, id),
    FIELD_MAYBE_INT(struct booking_ref, due_months, 0, 60),
    FIELD_MAYBE_TEXT(struct booking_ref, about, 0, BOOKING_ABOUT_MAX), FIELD_END};
static const struct shape ref_shape = {"BookingRef", sizeof(struct booking_ref), ref_fields};
static const struct field page_in_fields[] = {RULES(struct booking_page_in),
    FIELD_LIST(struct booking_page_in, services, services_n, &ref_shape, BOOKING_SERVICES_MAX),
    FIELD_INT(struct booking_page_in, version, 0, INT32_MAX), FIELD_END};
static const struct shape page_in_shape = {
    "BookingPageIn", sizeof(struct booking_page_in), page_in_fields};

const struct endpoint office_bookings[] = {
    {GET, "/booking", .may = MAY(MAY_SEE_BOARD), .out = &page_shape, .run = page_get,
	.help = "How people book online: what, where, how soon, and what stays free.",
	.story = "bookings.test.mjs"},
    {PUT, "/booking", .may = MAY(MAY_MANAGE_COMPANY), .body = &page_in_shape, .out = &page_shape,
	.run = page_put, .help = "Change how people book online.", .story = "bookings.test.mjs"},
    {0}};

static enum err
page_get(struct work *w, const struct call *c)
{
	struct booking_page out;

	TRY(act_booking_page(w, &out));
	return reply_shape(c, &page_shape, &out);
}

static enum err
page_put(struct work *w, const struct call *c)
{
	struct booking_page out;

	TRY(act_booking_page_change(w, c->body, &out));
	return reply_shape(c, &page_shape, &out);
}
