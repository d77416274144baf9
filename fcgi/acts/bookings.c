/*
 * fcgi/acts/bookings.c -- the company's rules of booking, and the page as a stranger opens it.
 */
#include "fcgi/acts/bookings.h"

#include "domain/base/setting.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_booking.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_roads.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/routes.h"
#include "sql/tenant/queries/services.h"

#define BODY_MAX_BYTES 40000 /* BOOKING_SERVICES_MAX with all that is said about each */
#define SETTING_NAME   "booking"

static enum err
rules_keep(struct work *w, const struct booking_page_in *in, const struct booking_settings *was);
static enum err number_check(struct work *w, struct maybe_str in, const char *field, struct maybe_str *out);

static const struct field ref_fields[] = {FIELD_ID(struct booking_ref, id),
    FIELD_MAYBE_INT(struct booking_ref, due_months, 0, 60),
    FIELD_MAYBE_TEXT(struct booking_ref, about, 0, BOOKING_ABOUT_MAX), FIELD_END};
static const struct shape ref_shape = {
    "BookingKeptService", sizeof(struct booking_ref), ref_fields};

static const struct field kept_fields[] = {FIELD_BOOL(struct booking_page_in, open),
    FIELD_BOOL(struct booking_page_in, prices),
    FIELD_MAYBE_BOOL(struct booking_page_in, reception),
    FIELD_MAYBE_BOOL(struct booking_page_in, model),
    FIELD_ENUM(struct booking_page_in, confirm, booking_confirm_names),
    FIELD_INT(struct booking_page_in, window_minutes, 0, 480),
    FIELD_INT(struct booking_page_in, notice_hours, 0, 336),
    FIELD_INT(struct booking_page_in, ahead_days, 0, 90),
    FIELD_INT(struct booking_page_in, reserve_minutes, 0, 480),
    FIELD_INT(struct booking_page_in, change_hours, 0, 168),
    FIELD_INT(struct booking_page_in, within_km, 0, 500),
    FIELD_TEXT(struct booking_page_in, postcodes, 0, BOOKING_POSTCODES_MAX),
    FIELD_MAYBE_INT(struct booking_page_in, deposit_cents, 0, 10000000),
    FIELD_MAYBE_BOOL(struct booking_page_in, record), FIELD_MAYBE_TEXT(struct booking_page_in, ring, 0, 24),
    FIELD_MAYBE_TEXT(struct booking_page_in, night, 0, 24), FIELD_MAYBE_INT(struct booking_page_in, ring_from, 0, 1440),
    FIELD_MAYBE_INT(struct booking_page_in, ring_to, 0, 1440), FIELD_MAYBE_INT(struct booking_page_in, ring_days, 0, 127),
    FIELD_LIST(struct booking_page_in, services, services_n, &ref_shape, BOOKING_SERVICES_MAX),
    FIELD_END};
static const struct shape kept_shape = {"BookingKept", sizeof(struct booking_page_in), kept_fields};

enum err
bookings_settings(struct work *w, struct booking_settings *out)
{
	struct booking_page_in kept = {0};
	struct route_setting_row *row;
	struct service_row *all;
	size_t n;

	*out = (struct booking_settings){.rules = BOOKING_USUAL};
	TRY(sql_route_setting(w->db, SETTING_BOOKING, w->arena, &row));
	if (row == NULL)
		return OK;
	TRY(shape_read(&kept_shape, row->body, w->arena, &kept, &w->fault));
	out->id = row->id;
	out->version = row->version;
	out->prices = kept.prices;
	out->reception = kept.reception.is && kept.reception.v;
	out->model = kept.model.is && kept.model.v;
	out->deposit_cents = kept.deposit_cents.is ? kept.deposit_cents.v : 0;
	out->calls = (struct call_rules){kept.record.is && kept.record.v, kept.ring.is ? kept.ring.v : STR(""), kept.ring_from.v, kept.ring_to.v,
	    kept.ring_days.v, kept.night.is ? kept.night.v : STR("")};
	out->rules = (struct booking_rules){kept.open, kept.confirm, kept.window_minutes,
	    kept.notice_hours, kept.ahead_days, kept.reserve_minutes, kept.change_hours,
	    kept.within_km, kept.postcodes};
	TRY(sql_services(w->db, false, w->arena, &all, &n));
	out->services = arena_array(w->arena, struct booking_service, kept.services_n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < kept.services_n; k++)
			if (all[i].id == kept.services[k].id)
				out->services[out->services_n++] =
				    (struct booking_service){all[i].id, all[i].name, all[i].kind, all[i].minutes,
					kept.prices ? all[i].price_cents : 0,
					kept.services[k].due_months.v, kept.services[k].about.is ? kept.services[k].about.v : STR("")};
	return OK;
}

enum err
act_booking_page(struct work *w, struct booking_page *out)
{
	const struct booking_settings none = {0};
	struct booking_settings s = none;
	struct service_row *all;
	size_t n;

	TRY(bookings_settings(w, &s));
	TRY(sql_services(w->db, false, w->arena, &all, &n));
	*out = (struct booking_page){.open = s.rules.open,
	    .prices = s.prices,
	    .reception = {true, s.reception},
	    .model = {true, s.model},
	    .deposit_cents = {true, s.deposit_cents},
	    .record = {true, s.calls.record},
	    .ring = {true, s.calls.person},
	    .night = {true, s.calls.night},
	    .ring_from = {true, s.calls.from_minute},
	    .ring_to = {true, s.calls.to_minute},
	    .ring_days = {true, (uint32_t)s.calls.days},
	    .model_there = *w->house->config->model_url != '\0' && *w->house->config->model_name != '\0',
	    .model_most = w->house->config->model_day_questions,
	    .confirm = s.rules.confirm,
	    .window_minutes = s.rules.window_minutes,
	    .notice_hours = s.rules.notice_hours,
	    .ahead_days = s.rules.ahead_days,
	    .reserve_minutes = s.rules.reserve_minutes,
	    .change_hours = s.rules.change_hours,
	    .within_km = s.rules.within_km,
	    .postcodes = s.rules.postcodes,
	    .version = s.version};
	TRY(reception_used(w, &out->model_today));
	out->services = arena_array(w->arena, struct booking_choice, n);
	for (size_t i = 0; i < n; i++) {
		struct booking_choice *c = &out->services[out->services_n++];

		*c = (struct booking_choice){.id = all[i].id, .name = all[i].name};
		for (size_t k = 0; k < s.services_n; k++)
			if (s.services[k].id == all[i].id) {
				c->on = true;
				c->due_months = (struct maybe_u32){true, s.services[k].due_months};
				c->about = (struct maybe_str){true, s.services[k].about};
			}
	}
	out->url = company_url(w, "book");
	out->script = str_printf(w->arena, "<script src=\"%.*s\" async></script>",
	    STR_ARG(company_url(w, "book.js")));
	return OK;
}

enum err
act_booking_page_change(struct work *w, const struct booking_page_in *in, struct booking_page *out)
{
	const struct booking_rules rules = {.postcodes = in->postcodes};
	struct booking_page_in fresh = *in;
	struct booking_settings was;
	struct service_row *all;
	size_t n;

	TRY(booking_rules_check(&rules, &w->fault));
	TRY(number_check(w, in->ring, "ring", &fresh.ring));
	TRY(number_check(w, in->night, "night", &fresh.night));
	TRY(sql_services(w->db, false, w->arena, &all, &n));
	for (size_t k = 0; k < in->services_n; k++) {
		bool there = false;

		for (size_t i = 0; i < n; i++)
			there |= all[i].id == in->services[k].id;
		if (!there)
			return fail(
			    &w->fault, E_INVALID, "services", "This service does not exist.");
	}
	if (in->open && in->services_n == 0)
		return fail(&w->fault, E_INVALID, "services",
		    "Choose at least one service that can be booked.");
	TRY(bookings_settings(w, &was));
	if (was.version != in->version)
		return fail(&w->fault, E_STALE, NULL,
		    "Somebody else changed this just now. Reload and look again.");
	TRY(rules_keep(w, &fresh, &was));
	TRY(audit(w, "booking.rules", "setting", 0, in->open ? STR("open") : STR("closed")));
	return act_booking_page(w, out);
}

/* A number that can be rung, as the provider writes it. */
static enum err
number_check(struct work *w, struct maybe_str in, const char *field, struct maybe_str *out)
{
	struct str number = STR("");

	if (in.is && in.v.n > 0) {
		TRY(phone_read(in.v, w->arena, &number, field, &w->fault));
		if (str_find(number, 'x') < number.n)
			return fail(&w->fault, E_INVALID, field, "This is not a telephone number.");
	}
	*out = (struct maybe_str){true, number};
	return OK;
}

static enum err
rules_keep(struct work *w, const struct booking_page_in *in, const struct booking_settings *was)
{
	struct buf b = buf_open(w->arena, 1024, BODY_MAX_BYTES);

	shape_write(&kept_shape, in, &b);
	if (b.full)
		return fail(&w->fault, E_LIMIT, "services", "That is enough said.");
	if (was->id != 0)
		return sql_route_setting_change(w->db, was->id, buf_str(&b), was->version);
	return sql_route_setting_insert(
	    w->db, work_id(w), SETTING_BOOKING, STR(SETTING_NAME), buf_str(&b));
}

enum err
act_booking_open(struct work *w, struct booking_open *out)
{
	struct booking_settings s;
	struct company_row company;

	TRY(bookings_settings(w, &s));
	TRY(sql_company(w->db, w->arena, &company));
	*out = (struct booking_open){.open = s.rules.open,
	    .company = company.name,
	    .phone = company.phone,
	    .accent = company.accent,
	    .currency = company.currency,
	    .language = company.language,
	    .zone = company.zone,
	    .prices = s.prices,
	    .at_once = s.rules.confirm == BOOKING_AT_ONCE,
	    .change_hours = s.rules.change_hours,
	    .services = s.services,
	    .services_n = s.rules.open ? s.services_n : 0};
	TRY(bookings_deposit(w, &s, &out->deposit_cents));
	return bookings_token(w, LINK_FORM, (uint64_t)w->now, BOOKING_FORM_MAX_S, &out->form);
}

enum err
bookings_token(
    struct work *w, enum link_purpose p, uint64_t object, int64_t ttl_s, struct str *token)
{
	struct str url;

	TRY(link_show(w, p, object, ttl_s, "book", &url));
	(void)str_cut(url, '#', token);
	return OK;
}

int64_t
bookings_instant(const struct work *w, struct day day, uint32_t minute)
{
	struct civil c;

	day_civil(day_add(day, (int32_t)(minute / 1440)), &c);
	c.hour = (uint8_t)(minute % 1440 / 60);
	c.minute = (uint8_t)(minute % 60);
	return zone_instant(w->tenant->zone, &c);
}
