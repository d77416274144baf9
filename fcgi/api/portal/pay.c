/*
 * fcgi/api/portal/pay.c -- a customer pays, and decides what may be drawn from what.
 *
 * Sums come from our own books where a bill is named; the card is typed on the processor's page, never here.
 */
#include "fcgi/acts/methods.h"
#include "fcgi/acts/processor.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_pay[];
extern const struct shape pay_state_shape, pay_methods_shape;

static enum err begin(struct work *w, const struct call *c);
static enum err state(struct work *w, const struct call *c);
static enum err agree(struct work *w, const struct call *c);
static enum err methods(struct work *w, const struct call *c);
static enum err autopay(struct work *w, const struct call *c);
static enum err drop(struct work *w, const struct call *c);

static const struct field wish_fields[] = {
	FIELD_INT(struct pay_wish, cents, 0, PAY_MOST_CENTS),
	FIELD_MAYBE_ID(struct pay_wish, bill_id),
	FIELD_MAYBE_ID(struct pay_wish, method_id),
	FIELD_BOOL(struct pay_wish, keep),
	FIELD_BOOL(struct pay_wish, autopay),
	FIELD_MAYBE_INT(struct pay_wish, surcharge_cents, 0, PAY_MOST_CENTS),
	FIELD_END
};
static const struct shape wish_shape = {"PayNew", sizeof(struct pay_wish), wish_fields};

static const struct field state_fields[] = {
	FIELD_ID(struct pay_state, id),
	FIELD_ENUM(struct pay_state, state, payment_state_names),
	FIELD_ENUM(struct pay_state, way, pay_way_names),
	FIELD_INT(struct pay_state, cents, 0, CENTS_MAX),
	FIELD_TEXT(struct pay_state, currency, 3, 3),
	FIELD_TEXT(struct pay_state, reason, 0, 200),
	FIELD_MAYBE_TEXT(struct pay_state, url, 0, 4000),
	FIELD_BOOL(struct pay_state, asks),
	FIELD_BOOL(struct pay_state, card_is_bank),
	FIELD_TEXT(struct pay_state, card, 0, 24),
	FIELD_TEXT(struct pay_state, card_last4, 0, 4),
	FIELD_INT(struct pay_state, surcharge_cents, 0, PAY_MOST_CENTS),
	FIELD_END
};
const struct shape pay_state_shape = {"PayState", sizeof(struct pay_state), state_fields};

struct agree_in {
	int64_t surcharge_cents;
};
static const struct field agree_fields[] = {FIELD_INT(struct agree_in, surcharge_cents, 0, PAY_MOST_CENTS), FIELD_END};
static const struct shape agree_shape = {"PayAgree", sizeof(struct agree_in), agree_fields};

static const struct field method_fields[] = {
	FIELD_ID(struct method_page, id),
	FIELD_ENUM(struct method_page, kind, pay_method_kind_names),
	FIELD_TEXT(struct method_page, brand, 0, 24),
	FIELD_TEXT(struct method_page, last4, 0, 4),
	FIELD_INT(struct method_page, exp_month, 0, 12),
	FIELD_INT(struct method_page, exp_year, 0, 9999),
	FIELD_BOOL(struct method_page, autopay),
	FIELD_SET(struct method_page, kinds, autopay_kind_names),
	FIELD_LIST(struct method_page, places, places_n, &place_id_shape, AUTOPAY_PLACES_MAX),
	FIELD_TEXT(struct method_page, stopped, 0, 200),
	FIELD_INT(struct method_page, surcharge_ppm, 0, 30000),
	FIELD_LINES(struct method_page, consent, 0, 3000),
	FIELD_END
};
static const struct shape method_shape = {"PayMethod", sizeof(struct method_page), method_fields};

struct methods_out {
	struct method_page *rows;
	size_t rows_n;
	struct str consent;
	struct portal_place *places;
	size_t places_n;
	bool possible, banks;
	uint32_t surcharge_ppm;
};
static const struct field methods_fields[] = {
	FIELD_LIST(struct methods_out, rows, rows_n, &method_shape, 20),
	FIELD_TEXT(struct methods_out, consent, 0, 1000),
	FIELD_LIST(struct methods_out, places, places_n, &portal_place_shape, AUTOPAY_PLACES_MAX),
	FIELD_BOOL(struct methods_out, possible),
	FIELD_BOOL(struct methods_out, banks),
	FIELD_INT(struct methods_out, surcharge_ppm, 0, 30000),
	FIELD_END
};
const struct shape pay_methods_shape = {"PayMethods", sizeof(struct methods_out), methods_fields};

struct autopay_in {
	bool on;
	uint64_t kinds;
	struct place_id *places;
	size_t places_n;
};
static const struct field autopay_fields[] = {
	FIELD_BOOL(struct autopay_in, on),
	FIELD_SET(struct autopay_in, kinds, autopay_kind_names),
	FIELD_LIST(struct autopay_in, places, places_n, &place_id_shape, AUTOPAY_PLACES_MAX),
	FIELD_END
};
static const struct shape autopay_shape = {"PayAutopay", sizeof(struct autopay_in), autopay_fields};

const struct endpoint portal_pay[] = {
	{POST, "/payments", .signed_in = true, .unpaid = true, .body = &wish_shape, .out = &pay_state_shape, .run = begin,
	    .help = "Begin a payment, or leave a card for later; its page follows in a moment.", .story = "processor.test.mjs"},
	{GET, "/payments/:id", .signed_in = true, .unpaid = true, .out = &pay_state_shape, .run = state,
	    .help = "How far one of their payments is, and where its page is.", .story = "processor.test.mjs"},
	{POST, "/payments/:id/agreements", .signed_in = true, .unpaid = true, .body = &agree_shape, .out = &pay_state_shape, .run = agree,
	    .help = "The sum was read, with the surcharge of the card that was left for it: pay it.", .story = "processor.test.mjs"},
	{GET, "/methods", .signed_in = true, .unpaid = true, .out = &pay_methods_shape, .run = methods,
	    .help = "Cards and bank accounts that the customer left, and whether paying here is possible.",
	    .story = "processor.test.mjs"},
	{PUT, "/methods/:id", .signed_in = true, .body = &autopay_shape, .out = &pay_methods_shape, .run = autopay,
	    .help = "Let what is due be drawn from it, whole or by place and kind of charge, or no longer.", .story = "processor.test.mjs"},
	{DELETE, "/methods/:id", .signed_in = true, .out = &pay_methods_shape, .run = drop,
	    .help = "Take a card or bank account away.", .story = "processor.test.mjs"},
	{0}
};

static enum err
begin(struct work *w, const struct call *c)
{
	struct pay_state out;

	TRY(act_pay_begin(w, w->actor.id, c->body, &out));
	return reply_created(c, &pay_state_shape, &out);
}

static enum err
state(struct work *w, const struct call *c)
{
	struct pay_state out;

	TRY(act_pay_state(w, w->actor.id, c->id, &out));
	return reply_shape(c, &pay_state_shape, &out);
}

static enum err
agree(struct work *w, const struct call *c)
{
	const struct agree_in *in = c->body;
	struct pay_state out;

	TRY(act_pay_agree(w, w->actor.id, c->id, in->surcharge_cents, &out));
	return reply_created(c, &pay_state_shape, &out);
}

static enum err
answer(struct work *w, const struct call *c, const struct methods *m)
{
	struct processor_page p;

	TRY(act_processor(w, &p));
	return reply_shape(c, &pay_methods_shape,
	    &(struct methods_out){m->rows, m->rows_n, m->consent, m->place, m->place_n, p.possible && p.ready, p.banks,
	        m->surcharge_ppm});
}

static enum err
methods(struct work *w, const struct call *c)
{
	struct methods out;

	TRY(act_methods(w, w->actor.id, &out));
	return answer(w, c, &out);
}

static enum err
autopay(struct work *w, const struct call *c)
{
	const struct autopay_in *in = c->body;
	struct methods out;

	TRY(act_method_autopay(w, w->actor.id, c->id,
	    &(struct autopay_wish){in->on, {in->kinds, in->places, in->places_n}, AUTOPAY_BY_PORTAL}, &out));
	return answer(w, c, &out);
}

static enum err
drop(struct work *w, const struct call *c)
{
	struct methods out;

	TRY(act_method_drop(w, w->actor.id, c->id, &out));
	return answer(w, c, &out);
}
