/*
 * fcgi/api/office/processor.c -- the company at its payment processor; money of a card or bank goes back.
 */
#include "fcgi/acts/payments.h"
#include "fcgi/acts/processor.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_processor[];

static enum err get(struct work *w, const struct call *c);
static enum err connect(struct work *w, const struct call *c);
static enum err link(struct work *w, const struct call *c);
static enum err refund(struct work *w, const struct call *c);

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
	{0}
};

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
