/*
 * fcgi/api/portal/pay.c -- a customer pays, and decides what may be drawn from what.
 *
 * Sums come from our own books where a bill is named; the card is typed on the processor's page, never here.
 */
#include "fcgi/acts/methods.h"
#include "fcgi/acts/processor.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_pay[];
extern const struct shape pay_state_shape, pay_methods_shape;

static enum err begin(struct work *w, const struct call *c);
static enum err state(struct work *w, const struct call *c);
static enum err methods(struct work *w, const struct call *c);
static enum err autopay(struct work *w, const struct call *c);
static enum err drop(struct work *w, const struct call *c);

static const struct field wish_fields[] = {
	FIELD_INT(struct pay_wish, cents, 0, PAY_MOST_CENTS),
	FIELD_MAYBE_ID(struct pay_wish, bill_id),
	FIELD_MAYBE_ID(struct pay_wish, method_id),
	FIELD_BOOL(struct pay_wish, keep),
	FIELD_BOOL(struct pay_wish, autopay),
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
	FIELD_END
};
const struct shape pay_state_shape = {"PayState", sizeof(struct pay_state), state_fields};

static const struct field method_fields[] = {
	FIELD_ID(struct method_row, id),
	FIELD_ENUM(struct method_row, kind, pay_method_kind_names),
	FIELD_TEXT(struct method_row, brand, 0, 24),
	FIELD_TEXT(struct method_row, last4, 0, 4),
	FIELD_INT(struct method_row, exp_month, 0, 12),
	FIELD_INT(struct method_row, exp_year, 0, 9999),
	FIELD_BOOL(struct method_row, autopay),
	FIELD_TEXT(struct method_row, stopped, 0, 200),
	FIELD_END
};
static const struct shape method_shape = {"PayMethod", sizeof(struct method_row), method_fields};

struct methods_out {
	struct method_row *rows;
	size_t rows_n;
	struct str consent;
	bool possible, banks;
};
static const struct field methods_fields[] = {
	FIELD_LIST(struct methods_out, rows, rows_n, &method_shape, 20),
	FIELD_TEXT(struct methods_out, consent, 0, 1000),
	FIELD_BOOL(struct methods_out, possible),
	FIELD_BOOL(struct methods_out, banks),
	FIELD_END
};
const struct shape pay_methods_shape = {"PayMethods", sizeof(struct methods_out), methods_fields};

struct autopay_in {
	bool on;
};
static const struct field autopay_fields[] = {FIELD_BOOL(struct autopay_in, on), FIELD_END};
static const struct shape autopay_shape = {"PayAutopay", sizeof(struct autopay_in), autopay_fields};

const struct endpoint portal_pay[] = {
	{POST, "/payments", .signed_in = true, .unpaid = true, .body = &wish_shape, .out = &pay_state_shape, .run = begin,
	    .help = "Begin a payment, or leave a card for later; its page follows in a moment.", .story = "processor.test.mjs"},
	{GET, "/payments/:id", .signed_in = true, .unpaid = true, .out = &pay_state_shape, .run = state,
	    .help = "How far one of their payments is, and where its page is.", .story = "processor.test.mjs"},
	{GET, "/methods", .signed_in = true, .unpaid = true, .out = &pay_methods_shape, .run = methods,
	    .help = "Cards and bank accounts that the customer left, and whether paying here is possible.",
	    .story = "processor.test.mjs"},
	{PUT, "/methods/:id", .signed_in = true, .body = &autopay_shape, .out = &pay_methods_shape, .run = autopay,
	    .help = "Let bills be drawn from it when they are due, or no longer.", .story = "processor.test.mjs"},
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
answer(struct work *w, const struct call *c, const struct methods *m)
{
	struct processor_page p;

	TRY(act_processor(w, &p));
	return reply_shape(c, &pay_methods_shape,
	    &(struct methods_out){m->rows, m->rows_n, m->consent, p.possible && p.ready, p.banks});
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

	TRY(act_method_autopay(w, w->actor.id, c->id, in->on, &out));
	return answer(w, c, &out);
}

static enum err
drop(struct work *w, const struct call *c)
{
	struct methods out;

	TRY(act_method_drop(w, w->actor.id, c->id, &out));
	return answer(w, c, &out);
}
