/*
 * fcgi/api/portal/bookings.c -- the public booking page: anybody may ask, nobody may ask too often.
 *
 * There is no session here, and none is read: who has a hold or a booking has its signed token.
 */
#include "fcgi/acts/bookings.h"
#include "fcgi/acts/files.h"
#include "fcgi/acts/services.h"
#include "fcgi/http/limit.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_bookings[];

static enum err open_(struct work *w, const struct call *c);
static enum err times(struct work *w, const struct call *c);
static enum err hold(struct work *w, const struct call *c);
static enum err make(struct work *w, const struct call *c);
static enum err mine(struct work *w, const struct call *c);
static enum err mine_times(struct work *w, const struct call *c);
static enum err move(struct work *w, const struct call *c);
static enum err cancel(struct work *w, const struct call *c);
static enum err calendar(struct work *w, const struct call *c);
static enum err photo(struct work *w, const struct call *c);
static enum err due(struct work *w, const struct call *c);
static enum err due_times(struct work *w, const struct call *c);
static enum err due_book(struct work *w, const struct call *c);

#define TOKEN_MAX 400

static const struct field service_fields[] = {FIELD_ID(struct booking_service, id),
    FIELD_TEXT(struct booking_service, name, 0, 80),
    FIELD_ENUM(struct booking_service, kind, service_kind_names),
    FIELD_INT(struct booking_service, minutes, 0, VISIT_MINUTES_MAX),
    FIELD_INT(struct booking_service, price_cents, 0, INT64_C(100000000)),
    FIELD_TEXT(struct booking_service, about, 0, BOOKING_ABOUT_MAX), FIELD_END};
static const struct shape service_shape = {
    "BookingService", sizeof(struct booking_service), service_fields};

static const struct field open_fields[] = {FIELD_BOOL(struct booking_open, open),
    FIELD_TEXT(struct booking_open, company, 0, 120), FIELD_TEXT(struct booking_open, phone, 0, 24),
    FIELD_TEXT(struct booking_open, accent, 0, 7), FIELD_TEXT(struct booking_open, currency, 0, 3),
    FIELD_TEXT(struct booking_open, language, 0, 2), FIELD_TEXT(struct booking_open, zone, 0, 64),
    FIELD_BOOL(struct booking_open, prices), FIELD_BOOL(struct booking_open, at_once),
    FIELD_INT(struct booking_open, change_hours, 0, 168),
    FIELD_INT(struct booking_open, deposit_cents, 0, INT64_C(100000000)),
    FIELD_LIST(struct booking_open, services, services_n, &service_shape, BOOKING_SERVICES_MAX),
    FIELD_TEXT(struct booking_open, form, 0, TOKEN_MAX), FIELD_END};
static const struct shape open_shape = {"BookingOpen", sizeof(struct booking_open), open_fields};

static const struct field times_query_fields[] = {FIELD_ID(struct booking_times_query, service_id),
    FIELD_TEXT(struct booking_times_query, street, 1, 160),
    FIELD_TEXT(struct booking_times_query, city, 1, 80),
    FIELD_TEXT(struct booking_times_query, region, 0, 40),
    FIELD_TEXT(struct booking_times_query, postcode, 1, 16),
    FIELD_MAYBE_DAY(struct booking_times_query, from_day), FIELD_END};
static const struct shape times_query_shape = {
    "BookingTimesQuery", sizeof(struct booking_times_query), times_query_fields};

static const struct field time_fields[] = {FIELD_DAY(struct booking_time, day),
    FIELD_INT(struct booking_time, from_minute, 0, 1440),
    FIELD_INT(struct booking_time, to_minute, 0, 1440),
    FIELD_TEXT(struct booking_time, tech, 0, 120), FIELD_BOOL(struct booking_time, on_way),
    FIELD_END};
static const struct shape time_shape = {"BookingTime", sizeof(struct booking_time), time_fields};
static const struct field closed_fields[] = {FIELD_DAY(struct booking_closed, day), FIELD_END};
static const struct shape closed_shape = {
    "BookingClosed", sizeof(struct booking_closed), closed_fields};
static const struct field times_fields[] = {
    FIELD_LIST(
	struct booking_times, rows, rows_n, &time_shape, BOOKING_LOOK_DAYS *BOOKING_WINDOWS_MAX),
    FIELD_LIST(struct booking_times, closed, closed_n, &closed_shape, BOOKING_LOOK_DAYS),
    FIELD_DAY(struct booking_times, from_day), FIELD_MAYBE_DAY(struct booking_times, next),
    FIELD_END};
static const struct shape times_shape = {
    "BookingTimes", sizeof(struct booking_times), times_fields};

static const struct field hold_fields[] = {FIELD_ID(struct booking_hold_in, service_id),
    FIELD_TEXT(struct booking_hold_in, street, 1, 160),
    FIELD_TEXT(struct booking_hold_in, city, 1, 80),
    FIELD_TEXT(struct booking_hold_in, region, 0, 40),
    FIELD_TEXT(struct booking_hold_in, postcode, 1, 16), FIELD_DAY(struct booking_hold_in, day),
    FIELD_INT(struct booking_hold_in, from_minute, 0, 1440),
    FIELD_MAYBE_TEXT(struct booking_hold_in, instead, 0, TOKEN_MAX), FIELD_END};
static const struct shape hold_shape = {
    "BookingHoldIn", sizeof(struct booking_hold_in), hold_fields};

static const struct field held_fields[] = {FIELD_TEXT(struct booking_held, hold, 0, TOKEN_MAX),
    FIELD_DAY(struct booking_held, day), FIELD_INT(struct booking_held, from_minute, 0, 1440),
    FIELD_INT(struct booking_held, to_minute, 0, 1440), FIELD_TIME(struct booking_held, until),
    FIELD_END};
static const struct shape held_shape = {"BookingHeld", sizeof(struct booking_held), held_fields};

static const struct field make_fields[] = {FIELD_TEXT(struct booking_in, hold, 1, TOKEN_MAX),
    FIELD_TEXT(struct booking_in, form, 1, TOKEN_MAX), FIELD_TEXT(struct booking_in, name, 1, 120),
    FIELD_TEXT(struct booking_in, phone, 1, 40), FIELD_TEXT(struct booking_in, email, 0, 254),
    FIELD_ENUM(struct booking_in, language, language_tags),
    FIELD_LINES(struct booking_in, note, 0, 800), FIELD_MAYBE_TEXT(struct booking_in, gate, 0, 60),
    FIELD_TEXT(struct booking_in, website, 0, 200), FIELD_END};
static const struct shape make_shape = {"BookingIn", sizeof(struct booking_in), make_fields};

static const struct field booked_fields[] = {FIELD_TEXT(struct booked, token, 0, TOKEN_MAX),
    FIELD_BOOL(struct booked, asked), FIELD_DAY(struct booked, day),
    FIELD_INT(struct booked, from_minute, 0, 1440), FIELD_INT(struct booked, to_minute, 0, 1440),
    FIELD_TEXT(struct booked, service, 0, 80), FIELD_TEXT(struct booked, company, 0, 120),
    FIELD_INT(struct booked, deposit_cents, 0, INT64_C(100000000)),
    FIELD_TEXT(struct booked, pay, 0, 600), FIELD_END};
static const struct shape booked_shape = {"Booked", sizeof(struct booked), booked_fields};

struct token_in {
	struct str token;
};
static const struct field token_fields[] = {
    FIELD_TEXT(struct token_in, token, 1, TOKEN_MAX), FIELD_END};
static const struct shape token_shape = {"BookingToken", sizeof(struct token_in), token_fields};
static const struct field token_query_fields[] = {
    FIELD_TEXT(struct token_in, token, 1, TOKEN_MAX), FIELD_END};
static const struct shape token_query_shape = {
    "BookingTokenQuery", sizeof(struct token_in), token_query_fields};

static const struct field mine_fields[] = {FIELD_TEXT(struct booking_mine, service, 0, 80),
    FIELD_TEXT(struct booking_mine, street, 0, 160), FIELD_TEXT(struct booking_mine, city, 0, 80),
    FIELD_TEXT(struct booking_mine, company, 0, 120), FIELD_TEXT(struct booking_mine, phone, 0, 24),
    FIELD_TEXT(struct booking_mine, accent, 0, 7), FIELD_TEXT(struct booking_mine, language, 0, 2),
    FIELD_MAYBE_TEXT(struct booking_mine, tech, 0, 120), FIELD_DAY(struct booking_mine, day),
    FIELD_INT(struct booking_mine, from_minute, 0, 1440),
    FIELD_INT(struct booking_mine, to_minute, 0, 1440),
    FIELD_ENUM(struct booking_mine, state, visit_state_names),
    FIELD_BOOL(struct booking_mine, asked), FIELD_BOOL(struct booking_mine, may_change),
    FIELD_INT(struct booking_mine, change_hours, 0, 168),
    FIELD_INT(struct booking_mine, photos, 0, INT32_MAX), FIELD_END};
static const struct shape mine_shape = {"BookingMine", sizeof(struct booking_mine), mine_fields};

static const struct field move_times_fields[] = {
    FIELD_TEXT(struct booking_move_times, token, 1, TOKEN_MAX),
    FIELD_MAYBE_DAY(struct booking_move_times, from_day), FIELD_END};
static const struct shape move_times_shape = {
    "BookingMoveTimes", sizeof(struct booking_move_times), move_times_fields};
static const struct field move_fields[] = {FIELD_TEXT(struct booking_move, token, 1, TOKEN_MAX),
    FIELD_DAY(struct booking_move, day), FIELD_INT(struct booking_move, from_minute, 0, 1440),
    FIELD_END};
static const struct shape move_shape = {"BookingMove", sizeof(struct booking_move), move_fields};

static const struct field photo_fields[] = {
    FIELD_ID(struct file_row, id), FIELD_INT(struct file_row, bytes, 0, INT32_MAX), FIELD_END};
static const struct shape photo_shape = {"BookingPhoto", sizeof(struct file_row), photo_fields};

static const struct field due_fields[] = {FIELD_TEXT(struct due_open, company, 0, 120), FIELD_TEXT(struct due_open, phone, 0, 24),
    FIELD_TEXT(struct due_open, accent, 0, 7), FIELD_TEXT(struct due_open, currency, 0, 3), FIELD_TEXT(struct due_open, zone, 0, 64),
    FIELD_TEXT(struct due_open, language, 0, 2), FIELD_TEXT(struct due_open, service, 0, 80), FIELD_TEXT(struct due_open, street, 0, 160),
    FIELD_TEXT(struct due_open, city, 0, 80), FIELD_INT(struct due_open, price_cents, 0, INT64_C(100000000)),
    FIELD_INT(struct due_open, deposit_cents, 0, INT64_C(100000000)), FIELD_END};
static const struct shape due_shape = {"DueOpen", sizeof(struct due_open), due_fields};

#define STORY .story = "bookings.test.mjs"
const struct endpoint portal_bookings[] = {
    {GET, "/bookings", .anyone = true, .out = &open_shape, .run = open_,
	.help = "May anybody book here, and what; with the form's signed time.", STORY},
    {POST, "/bookings/times", .anyone = true, .body = &times_query_shape, .out = &times_shape,
	.run = times, .help = "The times of some days that can really be served at an address.",
	STORY},
    {POST, "/bookings/holds", .anyone = true, .body = &hold_shape, .out = &held_shape, .run = hold,
	.help = "Keep one of these times for ten minutes.", STORY},
    {POST, "/bookings", .anyone = true, .body = &make_shape, .out = &booked_shape, .run = make,
	.help = "Book a time that is held.", STORY},
    {GET, "/bookings/mine", .anyone = true, .query = &token_query_shape, .out = &mine_shape,
	.run = mine, .help = "What was booked, for whoever has its link.", STORY},
    {POST, "/bookings/mine/times", .anyone = true, .body = &move_times_shape, .out = &times_shape,
	.run = mine_times, .help = "To which times a booking could be moved.", STORY},
    {POST, "/bookings/mine/moves", .anyone = true, .body = &move_shape, .out = &mine_shape,
	.run = move, .help = "Move a booking to another time.", STORY},
    {POST, "/bookings/mine/cancellations", .anyone = true, .body = &token_shape, .out = &mine_shape,
	.run = cancel, .help = "Cancel a booking.", STORY},
    {GET, "/bookings/calendar.ics", .anyone = true, .query = &token_query_shape,
	.file = "text/calendar; charset=utf-8", .run = calendar,
	.help = "A booking as a calendar file.", STORY},
    {POST, "/bookings/photos", .anyone = true, .upload = true, .query = &token_query_shape,
	.out = &photo_shape, .run = photo,
	.help = "A photo of what was booked for, by whoever has its link.", STORY},
    {GET, "/due", .anyone = true, .query = &token_query_shape, .out = &due_shape, .run = due,
	.help = "Work that is due again at a place, for whoever has its link.", STORY},
    {POST, "/due/times", .anyone = true, .body = &move_times_shape, .out = &times_shape,
	.run = due_times, .help = "The times for it that can really be served.", STORY},
    {POST, "/due", .anyone = true, .body = &move_shape, .out = &booked_shape, .run = due_book,
	.help = "Book it: a time, and nothing else.", STORY},
    {0}};

/* A visitor tries some times; a network of a town's school tries many. What costs much is counted
 * closer. */
static const struct limit limit_times = {
    .what = "booking-times", .window_s = 3600, .per_address = 240, .per_network = 2000};
static const struct limit limit_holds = {
    .what = "booking-holds", .window_s = 3600, .per_address = 30, .per_network = 300};
static const struct limit limit_makes = {
    .what = "bookings", .window_s = 3600, .per_address = 6, .per_network = 60};
static const struct limit limit_photos = {
    .what = "booking-photos", .window_s = 3600, .per_address = 40, .per_network = 400};

static enum err
counted(struct work *w, const struct limit *l)
{
	return limit_hit(w->house, &w->from, w->now, l, &w->fault);
}

static enum err
open_(struct work *w, const struct call *c)
{
	struct booking_open out;

	TRY(act_booking_open(w, &out));
	return reply_shape(c, &open_shape, &out);
}

static enum err
times(struct work *w, const struct call *c)
{
	struct booking_times out;

	TRY(counted(w, &limit_times));
	TRY(act_booking_times(w, c->body, &out));
	return reply_shape(c, &times_shape, &out);
}

static enum err
hold(struct work *w, const struct call *c)
{
	struct booking_held out;

	TRY(counted(w, &limit_holds));
	TRY(act_booking_hold(w, c->body, &out));
	return reply_created(c, &held_shape, &out);
}

static enum err
make(struct work *w, const struct call *c)
{
	struct booked out;

	TRY(counted(w, &limit_makes));
	TRY(act_booking_make(w, c->body, &out));
	return reply_created(c, &booked_shape, &out);
}

static enum err
mine(struct work *w, const struct call *c)
{
	const struct token_in *q = c->query;
	struct booking_mine out;

	TRY(act_booking_mine(w, q->token, &out));
	return reply_shape(c, &mine_shape, &out);
}

static enum err
mine_times(struct work *w, const struct call *c)
{
	struct booking_times out;

	TRY(counted(w, &limit_times));
	TRY(act_booking_mine_times(w, c->body, &out));
	return reply_shape(c, &times_shape, &out);
}

static enum err
move(struct work *w, const struct call *c)
{
	struct booking_mine out;

	TRY(counted(w, &limit_holds));
	TRY(act_booking_move(w, c->body, &out));
	return reply_created(c, &mine_shape, &out);
}

static enum err
cancel(struct work *w, const struct call *c)
{
	const struct token_in *in = c->body;
	struct booking_mine out;

	TRY(act_booking_cancel(w, in->token, &out));
	return reply_created(c, &mine_shape, &out);
}

static enum err
calendar(struct work *w, const struct call *c)
{
	const struct token_in *q = c->query;
	struct str text;

	TRY(act_booking_file(w, q->token, &text));
	return reply_file(c, "text/calendar; charset=utf-8", "booking.ics", text);
}

static enum err
photo(struct work *w, const struct call *c)
{
	const struct token_in *q = c->query;
	struct file_new on = {.on_kind = RECORD_VISIT, .name = STR("")};
	struct part part[PARTS_MAX];
	struct file_row out;
	size_t n;

	TRY(counted(w, &limit_photos));
	TRY(act_booking_owner(w, q->token, &on.on_id));
	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			TRY(act_file_add(w, &on, part[i].filename, part[i].data, &out));
			return reply_created(c, &photo_shape, &out);
		}
	return fail(&w->fault, E_INVALID, "file", "The form holds no file.");
}

static enum err
due(struct work *w, const struct call *c)
{
	const struct token_in *q = c->query;
	struct due_open out;

	TRY(act_due_open(w, q->token, &out));
	return reply_shape(c, &due_shape, &out);
}

static enum err
due_times(struct work *w, const struct call *c)
{
	struct booking_times out;

	TRY(counted(w, &limit_times));
	TRY(act_due_times(w, c->body, &out));
	return reply_shape(c, &times_shape, &out);
}

static enum err
due_book(struct work *w, const struct call *c)
{
	struct booked out;

	TRY(counted(w, &limit_makes));
	TRY(act_due_book(w, c->body, &out));
	return reply_created(c, &booked_shape, &out);
}
