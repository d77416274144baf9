/*
 * fcgi/acts/bookings_due.c -- work that is due again (a filter, the yearly check): offered to the customer, booked with one tap.
 *
 * Found by the visit that it follows: its name makes the message once, ever, and the link speaks for its place alone.
 */
#include "fcgi/acts/bookings.h"

#include "fcgi/acts/tell_link.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/customers.h"

#define LOOK_BACK_DAYS 7 /* a house that stood still for some days tells them late, not never */
#define LINK_DUE_S (45 * 86400)

static enum err due_of(struct work *w, struct str token, struct due_row **out);
static enum err offer(struct work *w, const struct due_row *d);
static struct day months_ago(struct day day, uint32_t months);

enum err
act_due_work(struct work *w)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct booking_settings s;

	TRY(bookings_settings(w, &s));
	for (size_t i = 0; s.rules.open && i < s.services_n; i++) {
		struct due_row *row;
		size_t n;

		if (s.services[i].due_months == 0)
			continue;
		const struct day last = months_ago(today, s.services[i].due_months);
		TRY(sql_due_visits(w->db, s.services[i].id, day_add(last, -LOOK_BACK_DAYS), last, VISIT_DONE, VISIT_SCHEDULED, VISIT_ON_WAY, VISIT_STARTED,
		    w->arena, &row, &n));
		for (size_t k = 0; k < n; k++)
			TRY(offer(w, &row[k]));
	}
	return OK;
}

/* The same day of that month, or its last. */
static struct day
months_ago(struct day day, uint32_t months)
{
	struct civil c;
	struct day out;
	int32_t month;

	day_civil(day, &c);
	month = c.year * 12 + c.month - 1 - (int32_t)months;
	for (unsigned d = c.mday; d > 28; d--)
		if (day_of(month / 12, (unsigned)(month % 12) + 1, d, &out))
			return out;
	return day_of(month / 12, (unsigned)(month % 12) + 1, c.mday <= 28 ? c.mday : 28, &out) ? out : day;
}

static enum err
offer(struct work *w, const struct due_row *d)
{
	const struct str place = str_printf(w->arena, "%.*s, %.*s", STR_ARG(str_sub(d->street, 0, 100)), STR_ARG(str_sub(d->city, 0, 50)));
	struct str url;

	TRY(link_show(w, LINK_DUE, d->id, LINK_DUE_S, "book/due", &url));
	const struct template_value values[] = {{STR("service"), d->service}, {STR("place"), place}, {STR("url"), url}};
	return tell_occasion(w, &(struct occurrence){.occasion = OCCASION_DUE, .customer_id = d->customer_id,
	    .key = str_printf(w->arena, "due:%llu", (unsigned long long)d->id), .values = {values, values}, .values_n = 3,
	    .ref_kind = RECORD_VISIT, .ref_id = d->id, .service_id = d->service_id}, NULL);
}

static enum err
due_of(struct work *w, struct str token, struct due_row **out)
{
	uint64_t id;

	TRY(link_shown(w, LINK_DUE, token, &id));
	TRY(sql_due_visit(w->db, id, w->arena, out));
	return *out != NULL ? OK : fail(&w->fault, E_NOT_FOUND, NULL, "There is nothing here.");
}

enum err
act_due_open(struct work *w, struct str token, struct due_open *out)
{
	struct company_row company;
	struct due_row *d;
	struct booking_settings s;

	TRY(due_of(w, token, &d));
	TRY(bookings_settings(w, &s));
	TRY(sql_company(w->db, w->arena, &company));
	*out = (struct due_open){.company = company.name, .phone = company.phone, .accent = company.accent, .currency = company.currency,
	    .zone = company.zone, .language = d->language, .service = d->service, .street = d->street, .city = d->city};
	TRY(bookings_deposit(w, &s, &out->deposit_cents));
	for (size_t i = 0; i < s.services_n; i++)
		if (s.services[i].id == d->service_id)
			out->price_cents = s.services[i].price_cents;
	return OK;
}

/* As strangers are asked, but the place is known, and nobody asks whether it is near enough. */
static enum err
ask_of(struct work *w, const struct due_row *d, struct booking_ask *x)
{
	const struct booking_place p = {d->street, d->city, d->region, d->postcode};

	TRY(bookings_ask(w, d->service_id, &p, x));
	x->property_id = d->property_id;
	return OK;
}

enum err
act_due_times(struct work *w, const struct booking_move_times *q, struct booking_times *out)
{
	struct booking_ask x;
	struct due_row *d;

	TRY(due_of(w, q->token, &d));
	TRY(ask_of(w, d, &x));
	return bookings_times_of(w, &x, q->from_day, out);
}

enum err
act_due_book(struct work *w, const struct booking_move *in, struct booked *out)
{
	const struct str none = STR("");
	struct number_row waiting;
	struct booking_hold h;
	struct booking_ask x;
	struct visit v = {0};
	struct due_row *d;
	uint64_t id;
	bool asked;

	TRY(due_of(w, in->token, &d));
	TRY(sql_due_waits(w->db, d->property_id, d->service_id, zone_day(w->tenant->zone, w->now), VISIT_SCHEDULED, VISIT_ON_WAY, VISIT_STARTED,
	    w->arena, &waiting));
	if (waiting.number > 0)
		return fail(&w->fault, E_STALE, NULL, "This is booked already. Thank you.");
	TRY(ask_of(w, d, &x));
	TRY(bookings_hold_of(w, &x, in->day, in->from_minute, &id, &h));
	v.customer_id = d->customer_id;
	v.property_id = d->property_id;
	const struct booking_in who = {.hold = none, .form = none, .name = d->customer, .phone = none, .email = none,
	    .language = language_of(d->language), .note = none, .website = none};
	TRY(bookings_book(w, id, &h, &who, none, none, &v, &asked));
	return bookings_answer(w, &h, out);
}
