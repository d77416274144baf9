/*
 * fcgi/acts/bookings_make.c -- a time is held, then it is booked: a customer, a place, a job on the
 * board.
 */
#include "fcgi/acts/bookings.h"

#include "domain/messaging/mail.h"
#include "fcgi/acts/tell_board.h"
#include "fcgi/acts/tell_day.h"
#include "fcgi/acts/tell_event.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_place.h"
#include "sql/tenant/queries/company.h"
#include "sql/tenant/queries/contacts.h"
#include "sql/tenant/queries/customers.h"
#include "sql/tenant/queries/day.h"
#include "sql/tenant/queries/edits.h"
#include "sql/tenant/queries/pools.h"
#include "sql/tenant/queries/properties.h"
#include "sql/tenant/queries/visits.h"

#define HOLDS_MAX      300 /* of a company at one time */
#define SOURCE         "Online booking"

static enum err hold_insert(struct work *w, const struct booking_hold *h, uint64_t *id);
static enum err let_go(struct work *w, struct str token);
static enum err taken(struct work *w);
static enum err people(struct work *w, const struct booking_in *in, const struct booking_hold *h,
    struct str phone, struct str email, struct visit *v);
static enum err stranger(struct work *w, const struct booking_in *in, const struct booking_hold *h,
    struct str phone, struct str email, struct visit *v);
static enum err place_new(struct work *w, const struct booking_hold *h, const struct visit *v);
static enum err put_on_board(
    struct work *w, const struct booking_hold *h, uint64_t hold_id, struct visit *v, bool *asked);
static enum err deposit_of(struct work *w, struct booking_hold *h, const struct visit *v);

enum err
act_booking_hold(struct work *w, const struct booking_hold_in *in, struct booking_held *out)
{
	const struct booking_place p = {in->street, in->city, in->region, in->postcode};
	struct booking_hold h;
	struct booking_ask x;
	uint64_t id;

	/* Before anything is looked at: what this visitor held is free again, for this visitor too.
	 */
	if (in->instead.is)
		TRY(let_go(w, in->instead.v));
	TRY(bookings_ask(w, in->service_id, &p, &x));
	if (x.holds_n >= HOLDS_MAX)
		return fail(&w->fault, E_LIMIT, NULL,
		    "Many people are booking at this moment. Please try again in a few minutes.");
	TRY(bookings_hold_of(w, &x, in->day, in->from_minute, &id, &h));
	*out = (struct booking_held){.day = h.day,
	    .from_minute = h.from_minute,
	    .to_minute = h.to_minute,
	    .until = w->now + BOOKING_HOLD_S};
	return bookings_token(w, LINK_HOLD, id, BOOKING_HOLD_S, &out->hold);
}

enum err
bookings_hold_of(struct work *w, struct booking_ask *x, struct day day, uint32_t from_minute,
    uint64_t *id, struct booking_hold *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	struct booking_slot slot[BOOKING_WINDOWS_MAX];
	size_t n = 0;

	if (day.n < today.n || day.n > today.n + (int32_t)x->settings.rules.ahead_days)
		return taken(w);
	TRY(bookings_slots(w, x, day, slot, &n));
	for (size_t i = 0; i < n; i++)
		if (slot[i].window.from_minute == from_minute) {
			*out = (struct booking_hold){x->service->id, x->place.street, x->place.city,
			    x->place.region, x->place.postcode, day, from_minute,
			    slot[i].window.to_minute, x->service->minutes, slot[i].tech_id,
			    x->placed, x->at.lat_udeg, x->at.lon_udeg, {0}, {0}, {0}};
			TRY(tell_day_guard(w, slot[i].tech_id, day));
			return hold_insert(w, out, id);
		}
	return taken(w);
}

static enum err
taken(struct work *w)
{
	return fail(&w->fault, E_STALE, NULL, "This time is not free any more. Choose another.");
}

static enum err
hold_insert(struct work *w, const struct booking_hold *h, uint64_t *id)
{
	*id = work_id(w);
	return sql_batch_insert(w->db, *id, BATCH_BOOKING, BATCH_DRAFT, 0, w->now, 1, 0,
	    (struct maybe_i64){0}, tell_hold_write(w, h));
}

/* A hold that is over, or none of ours, is let go already. */
static enum err
let_go(struct work *w, struct str token)
{
	struct booking_hold_row *row;
	uint64_t id;

	if (link_shown(w, LINK_HOLD, token, &id) != OK) {
		w->fault = (struct fault){0};
		return OK;
	}
	TRY(sql_booking_hold_for_update(w->db, id, BATCH_BOOKING, w->arena, &row));
	if (row == NULL || row->state != BATCH_DRAFT)
		return OK;
	return sql_booking_hold_end(w->db, id, BATCH_UNDONE, w->now, row->body);
}

enum err
act_booking_make(struct work *w, const struct booking_in *in, struct booked *out)
{
	struct booking_hold_row *row;
	struct str phone, email = str_lower(w->arena, in->email);
	struct booking_hold h;
	struct visit v = {0};
	uint64_t id, given_at;
	bool asked;

	if (link_shown(w, LINK_FORM, in->form, &given_at) != OK ||
	    !booking_form_fresh((int64_t)given_at, w->now) || in->website.n > 0) {
		w->fault = (struct fault){0};
		return fail(&w->fault, E_INVALID, "form",
		    "This page stood open for too long. Reload it and try again.");
	}
	TRY(phone_read(in->phone, w->arena, &phone, "phone", &w->fault));
	if (phone.n == 0)
		return fail(&w->fault, E_INVALID, "phone",
		    "Give a telephone number, so that the technician can reach you.");
	if (email.n > 0 && !mail_address_valid(email))
		return fail(&w->fault, E_INVALID, "email", "This is not an e-mail address.");
	if (link_shown(w, LINK_HOLD, in->hold, &id) != OK) {
		w->fault = (struct fault){0};
		return fail(
		    &w->fault, E_STALE, "hold", "This time is not held any more. Choose it again.");
	}
	TRY(sql_booking_hold_for_update(w->db, id, BATCH_BOOKING, w->arena, &row));
	if (row == NULL)
		return taken(w);
	TRY(tell_hold_read(w, row->body, &h));
	/* Sent twice: the first answer again. */
	if (row->state == BATCH_DONE && h.visit_id.is)
		return bookings_answer(w, &h, out);
	if (row->state != BATCH_DRAFT || w->now > row->made_at + BOOKING_HOLD_S)
		return fail(
		    &w->fault, E_STALE, "hold", "This time is not held any more. Choose it again.");
	TRY(bookings_book(w, id, &h, in, phone, email, &v, &asked));
	return bookings_answer(w, &h, out);
}

enum err
bookings_book(struct work *w, uint64_t hold_id, struct booking_hold *h, const struct booking_in *in, struct str phone,
    struct str email, struct visit *v, bool *asked)
{
	if (v->property_id == 0)
		TRY(people(w, in, h, phone, email, v));
	w->actor.kind = ACTOR_CUSTOMER;
	w->actor.id = v->customer_id;
	/* Some write it into the note, below a field that asks for it. */
	const struct str written = hear_gate(in->note, w->arena), code = in->gate.is && in->gate.v.n > 0 ? in->gate.v : written;
	if (code.n > 0)
		TRY(tell_gate(w, v->property_id, code));
	v->note = hear_without(in->note, written, w->arena);
	TRY(put_on_board(w, h, hold_id, v, asked));
	h->visit_id = (struct maybe_u64){true, v->id};
	TRY(deposit_of(w, h, v));
	TRY(sql_booking_hold_end(w->db, hold_id, BATCH_DONE, w->now, tell_hold_write(w, h)));
	/* No form: it was a talk, which has said so. Until a deposit is paid the time is kept, no more. */
	return tell_booked(w, v, !*asked && !h->deposit_id.is, in->form.n == 0);
}

/* Known by number or mail, and the street: theirs. Else somebody new. Nothing of what we know is
 * ever told. */
static enum err
people(struct work *w, const struct booking_in *in, const struct booking_hold *h, struct str phone,
    struct str email, struct visit *v)
{
	struct booking_known_row *known;

	TRY(sql_booking_known_phone(w->db, phone, h->city, h->street, w->arena, &known));
	if (known == NULL && email.n > 0)
		TRY(sql_booking_known_email(w->db, email, h->city, h->street, w->arena, &known));
	if (known == NULL || (v->customer_id != 0 && known->customer_id != v->customer_id))
		return stranger(w, in, h, phone, email, v);
	v->customer_id = known->customer_id;
	v->property_id = known->property_id;
	w->actor.kind = ACTOR_CUSTOMER;
	w->actor.id = v->customer_id;
	return OK;
}

static enum err
stranger(struct work *w, const struct booking_in *in, const struct booking_hold *h,
    struct str phone, struct str email, struct visit *v)
{
	const struct str language = str_of(language_tag(in->language));
	uint64_t by_sms, by_email;

	v->property_id = work_id(w);
	/* A customer whom the receptionist knows has one more place. */
	if (v->customer_id != 0)
		return place_new(w, h, v);
	v->customer_id = work_id(w);
	contact_defaults(RELATION_OWNER, phone.n > 0, email.n > 0, &by_sms, &by_email);
	TRY(sql_customer_insert(w->db, v->customer_id, in->name, CUSTOMER_PERSON, email, language,
	    STANDING_LEAD, STR(SOURCE), STR(""), STR("{}"), w->now));
	w->actor.kind = ACTOR_CUSTOMER;
	w->actor.id = v->customer_id;
	TRY(sql_contact_insert(w->db, work_id(w), v->customer_id, in->name, RELATION_OWNER, phone,
	    email, language, by_sms, by_email, 0));
		TRY(place_new(w, h, v));
	const struct event_value values[] = {{STR("name"), in->name}};
	return tell_event(w, &(struct event){.customer_id = v->customer_id,
				 .kind = EVENT_CUSTOMER_MADE,
				 .ref_kind = RECORD_CUSTOMER,
				 .ref_id = v->customer_id,
				 .values = values,
				 .values_n = 1});
}

static enum err
place_new(struct work *w, const struct booking_hold *h, const struct visit *v)
{
	TRY(sql_property_insert(w->db, v->property_id, v->customer_id, h->street, h->city, h->region, h->postcode));
	TRY(sql_pool_insert(w->db, work_id(w), v->property_id, POOL_POOL, STR("")));
	return tell_place(w, v->property_id);
}

/*
 * With the technician for whom it was held, if the company confirms at once and that day still
 * keeps all its promises; else with nobody: the office confirms it by giving it to somebody, and
 * the suggestion stands on it.
 */
static enum err
put_on_board(
    struct work *w, const struct booking_hold *h, uint64_t hold_id, struct visit *v, bool *asked)
{
	const struct booking_place p = {h->street, h->city, h->region, h->postcode};
	struct booking_slot slot[BOOKING_WINDOWS_MAX];
	const struct booking_slot *mine = NULL;
	struct booking_ask x;
	struct str why = STR("");
	size_t n = 0;

	TRY(bookings_ask(w, h->service_id, &p, &x));
	x.property_id = v->property_id;
	for (size_t i = 0; i < x.holds_n; i++)
		if (x.holds[i].id == hold_id)
			x.holds[i--] = x.holds[--x.holds_n];
	TRY(bookings_slots(w, &x, h->day, slot, &n));
	for (size_t i = 0; i < n; i++)
		if (slot[i].window.from_minute == h->from_minute)
			mine = &slot[i];
	*v = (struct visit){.id = work_id(w),
	    .customer_id = v->customer_id,
	    .property_id = v->property_id,
	    .service_id = h->service_id,
	    .day = h->day,
	    .seq = VISIT_SEQ_MAX,
	    .from_minute = {true, h->from_minute},
	    .to_minute = {true, h->to_minute},
	    .minutes = h->minutes,
	    .state = VISIT_SCHEDULED,
	    .source = VISIT_OF_BOOKING,
	    .by_hand = true,
	    .note = v->note,
	    .skip_reason = STR(""),
	    .flag = STR(""),
	    .why_who = STR(""),
	    .version = 1};
	*asked = mine == NULL || !x.placed || x.settings.rules.confirm == BOOKING_BY_OFFICE;
	if (mine != NULL)
		why = str_printf(
		    w->arena, "%.*s, +%d min", STR_ARG(mine->tech), (mine->at.drive_s + 30) / 60);
	TRY(sql_visit_insert(w->db, v->id, v->agreement_id, v->occurs_day, v->customer_id,
	    v->property_id, v->pool_id, v->service_id, v->day, v->tech_id, v->seq, v->from_minute,
	    v->to_minute, v->minutes, v->state, v->source, v->by_hand, v->note,
	    *asked ? why : STR("")));
	if (*asked) {
		TRY(tell_visit(w, NULL, v, &(struct visit_said){.verb = VERB_MADE}));
	} else {
		const struct board_offer to = {
		    .tech_id = mine->tech_id, .tech = mine->tech, .late = STR(""), .at = mine->at};

		TRY(tell_day_guard(w, mine->tech_id, h->day));
		TRY(tell_assign(w, v, NULL, &to, &(struct visit_said){.verb = VERB_MADE}));
	}
	const struct event_value values[] = {{STR("what"), x.service->name}};
	TRY(tell_event(w, &(struct event){.customer_id = v->customer_id,
			      .property_id = v->property_id,
			      .kind = EVENT_VISIT_ASKED,
			      .ref_kind = RECORD_VISIT,
			      .ref_id = v->id,
			      .values = values,
			      .values_n = 1}));
	return tell_standing(w, v->customer_id);
}

static enum err
deposit_of(struct work *w, struct booking_hold *h, const struct visit *v)
{
	struct booking_settings s;
	struct str service = STR("");
	int64_t cents;

	TRY(bookings_settings(w, &s));
	TRY(bookings_deposit(w, &s, &cents));
	if (cents == 0)
		return OK;
	for (size_t i = 0; i < s.services_n; i++)
		if (s.services[i].id == h->service_id)
			service = s.services[i].name;
	h->deposit_id.is = true;
	return bookings_deposit_ask(w, v, service, cents, &h->deposit_id.v);
}

enum err
bookings_answer(struct work *w, const struct booking_hold *h, struct booked *out)
{
	const uint64_t visit_id = h->visit_id.v;
	struct company_row company;
	struct booking_row *b;

	TRY(sql_booking_one(w->db, visit_id, w->arena, &b));
	if (b == NULL)
		return taken(w);
	TRY(sql_company(w->db, w->arena, &company));
	*out = (struct booked){.asked = !b->tech_id.is,
	    .day = b->day,
	    .from_minute = b->from_minute.v,
	    .to_minute = b->to_minute.v,
	    .service = b->service,
	    .company = company.name,
	    .pay = STR("")};
	if (h->deposit_id.is)
		TRY(bookings_deposit_link(w, h->deposit_id.v, &out->deposit_cents, &out->pay));
	return bookings_token(w, LINK_BOOKING, visit_id, tell_booking_ttl(w, b->day), &out->token);
}
