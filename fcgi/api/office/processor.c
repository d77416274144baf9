/*
 * fcgi/api/office/processor.c -- the company at its payment processor; money of a card or bank goes back; what customers
 * left there and allow us to draw.
 */
#include "fcgi/acts/methods.h"
#include "fcgi/acts/payments.h"
#include "fcgi/acts/processor.h"
#include "fcgi/api/cards.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_processor[];

static enum err get(struct work *w, const struct call *c);
static enum err connect(struct work *w, const struct call *c);
static enum err link(struct work *w, const struct call *c);
static enum err refund(struct work *w, const struct call *c);
static enum err methods(struct work *w, const struct call *c);
static enum err allow(struct work *w, const struct call *c);

static const struct field processor_fields[] = {
	FIELD_BOOL(struct processor_page, possible),
	FIELD_BOOL(struct processor_page, asked),
	FIELD_BOOL(struct processor_page, ready),
	FIELD_BOOL(struct processor_page, banks),
	FIELD_TEXT(struct processor_page, missing, 0, 400),
	FIELD_MAYBE_DAY(struct processor_page, checked),
	FIELD_INT(struct processor_page, unexplained_cents, -CENTS_MAX, CENTS_MAX),
	FIELD_TEXT(struct processor_page, unexplained, 0, 400),
	FIELD_END
};
static const struct shape processor_shape = {"Processor", sizeof(struct processor_page), processor_fields};

struct link_out {
	struct str url; /* "" while it is not made yet */
};
static const struct field link_fields[] = {FIELD_TEXT(struct link_out, url, 0, 1000), FIELD_END};
static const struct shape link_shape = {"ProcessorLink", sizeof(struct link_out), link_fields};

struct refund_in {
	int64_t cents;
	struct str reason;
	uint32_t version;
};
static const struct field refund_fields[] = {
	FIELD_INT(struct refund_in, cents, 1, CENTS_MAX),
	FIELD_TEXT(struct refund_in, reason, 1, 200),
	FIELD_INT(struct refund_in, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape refund_shape = {"ProviderRefund", sizeof(struct refund_in), refund_fields};

/* ---- what a customer left for us to draw from ---- */

static const struct field agreed_fields[] = {
	FIELD_LINES(struct autopay_consent, words, 0, 3000),
	FIELD_TEXT(struct autopay_consent, ip, 0, 46),
	FIELD_TIME(struct autopay_consent, at),
	FIELD_MAYBE_TEXT(struct autopay_consent, how, 0, 12),
	FIELD_END
};
static const struct shape agreed_shape = {"PayAgreed", sizeof(struct autopay_consent), agreed_fields};
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
	FIELD_SHAPE(struct method_page, agreed, &agreed_shape),
	FIELD_END
};
static const struct shape method_shape = {"CustomerMethod", sizeof(struct method_page), method_fields};
static const struct field methods_fields[] = {
	FIELD_LIST(struct methods, rows, rows_n, &method_shape, 20),
	FIELD_TEXT(struct methods, consent, 0, 1000),
	FIELD_LIST(struct methods, place, place_n, &portal_place_shape, AUTOPAY_PLACES_MAX),
	FIELD_END
};
static const struct shape methods_shape = {"CustomerMethods", sizeof(struct methods), methods_fields};

struct allow_in {
	bool on;
	uint64_t kinds;
	struct place_id *places;
	size_t places_n;
	enum autopay_how how;
};
static const struct field allow_fields[] = {
	FIELD_BOOL(struct allow_in, on),
	FIELD_SET(struct allow_in, kinds, autopay_kind_names),
	FIELD_LIST(struct allow_in, places, places_n, &place_id_shape, AUTOPAY_PLACES_MAX),
	FIELD_ENUM(struct allow_in, how, autopay_how_names),
	FIELD_END
};
static const struct shape allow_shape = {"CustomerAutopay", sizeof(struct allow_in), allow_fields};

#define STORY "processor.test.mjs"
const struct endpoint office_processor[] = {
	{GET, "/processor", .may = MAY(MAY_SEE_BILLS), .out = &processor_shape, .run = get,
	    .help = "Whether customers can pay by card here, and whether the provider agrees with our book.", .story = STORY},
	{POST, "/processor/connections", .may = MAY(MAY_MANAGE_COMPANY), .out = &processor_shape, .run = connect,
	    .help = "Open the company's account at the payment provider, or go on with its form.", .story = STORY},
	{POST, "/processor/links", .may = MAY(MAY_MANAGE_COMPANY), .out = &link_shape, .run = link,
	    .help = "The way to that form, once.", .story = STORY},
	{POST, "/payments/:id/provider-refunds", .may = MAY(MAY_TAKE_PAYMENTS), .body = &refund_shape, .run = refund,
	    .help = "Give money of a card or bank payment back through the provider.", .story = STORY},
	{GET, "/customers/:id/methods", .may = MAY(MAY_SEE_BILLS), .out = &methods_shape, .run = methods,
	    .help = "Cards and bank accounts that a customer left, what may be drawn from each, and what was agreed to.", .story = STORY},
	{PUT, "/customers/:id/methods/:id2", .may = MAY(MAY_TAKE_PAYMENTS), .body = &allow_shape, .out = &methods_shape,
	    .run = allow, .help = "Write down what a customer allows us to draw, or that they allow it no longer.", .story = STORY},
	{0}
};

static enum err
methods(struct work *w, const struct call *c)
{
	struct methods out;

	TRY(act_methods(w, c->id, &out));
	return reply_shape(c, &methods_shape, &out);
}

static enum err
allow(struct work *w, const struct call *c)
{
	const struct allow_in *in = c->body;
	struct methods out;

	if (in->on && in->how == AUTOPAY_BY_PORTAL)
		return fail(&w->fault, E_INVALID, "how", "Say how the customer agreed.");
	TRY(act_method_autopay(w, c->id, c->id2,
	    &(struct autopay_wish){in->on, {in->kinds, in->places, in->places_n}, in->how}, &out));
	return reply_shape(c, &methods_shape, &out);
}

static enum err
get(struct work *w, const struct call *c)
{
	struct processor_page out;

	TRY(act_processor(w, &out));
	return reply_shape(c, &processor_shape, &out);
}

static enum err
connect(struct work *w, const struct call *c)
{
	struct processor_page out;

	TRY(act_processor_connect(w, &out));
	return reply_created(c, &processor_shape, &out);
}

static enum err
link(struct work *w, const struct call *c)
{
	struct link_out out;

	TRY(act_processor_link_take(w, &out.url));
	return reply_created(c, &link_shape, &out);
}

static enum err
refund(struct work *w, const struct call *c)
{
	const struct refund_in *in = c->body;

	TRY(act_payment_refund_order(w, c->id, in->cents, in->reason, in->version));
	return reply_nothing(c);
}
