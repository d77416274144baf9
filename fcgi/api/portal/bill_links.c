/*
 * fcgi/api/portal/bill_links.c -- one bill by its link, for whoever holds the letter: a sum, and paying it. No session.
 */
#include "fcgi/acts/processor.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_bill_links[];
extern const struct shape pay_state_shape; /* pay.c */

static enum err look(struct work *w, const struct call *c);
static enum err begin(struct work *w, const struct call *c);
static enum err state(struct work *w, const struct call *c);
static enum err agree(struct work *w, const struct call *c);

#define TOKEN_MAX 200

struct token_query {
	struct str token;
};
static const struct field token_fields[] = {FIELD_TEXT(struct token_query, token, 1, TOKEN_MAX), FIELD_END};
static const struct shape token_query_shape = {"BillLinkQuery", sizeof(struct token_query), token_fields};
static const struct field begin_fields[] = {FIELD_SECRET(struct token_query, token, 1, TOKEN_MAX), FIELD_END};
static const struct shape begin_shape = {"BillLinkPay", sizeof(struct token_query), begin_fields};

static const struct field link_fields[] = {
	FIELD_INT(struct pay_link, cents, 0, CENTS_MAX),
	FIELD_INT(struct pay_link, pending_cents, 0, CENTS_MAX),
	FIELD_TEXT(struct pay_link, currency, 3, 3),
	FIELD_BOOL(struct pay_link, possible),
	FIELD_BOOL(struct pay_link, banks),
	FIELD_INT(struct pay_link, surcharge_ppm, 0, 30000),
	FIELD_END
};
static const struct shape link_shape = {"BillLink", sizeof(struct pay_link), link_fields};

struct agree_in {
	struct str token;
	int64_t surcharge_cents;
};
static const struct field agree_fields[] = {
	FIELD_SECRET(struct agree_in, token, 1, TOKEN_MAX), FIELD_INT(struct agree_in, surcharge_cents, 0, PAY_MOST_CENTS), FIELD_END};
static const struct shape agree_shape = {"BillLinkAgree", sizeof(struct agree_in), agree_fields};

#define STORY "paylinks.test.mjs"
const struct endpoint portal_bill_links[] = {
	{GET, "/bill-links", .anyone = true, .unpaid = true, .query = &token_query_shape, .out = &link_shape, .run = look,
	    .help = "What is asked for by a mailed link: a sum, nothing else.", .story = STORY},
	{POST, "/bill-links/payments", .anyone = true, .unpaid = true, .body = &begin_shape, .out = &pay_state_shape,
	    .run = begin, .help = "Begin to pay it; the provider's page follows in a moment.", .story = STORY},
	{GET, "/bill-links/payments/:id", .anyone = true, .unpaid = true, .query = &token_query_shape, .out = &pay_state_shape,
	    .run = state, .help = "How far that payment is, and where its page is.", .story = STORY},
	{POST, "/bill-links/payments/:id/agreements", .anyone = true, .unpaid = true, .body = &agree_shape, .out = &pay_state_shape,
	    .run = agree, .help = "The sum was read, with the surcharge of the card that was left for it: pay it.", .story = STORY},
	{0}
};

static enum err
look(struct work *w, const struct call *c)
{
	const struct token_query *q = c->query;
	struct pay_link out;

	TRY(act_pay_link(w, q->token, &out));
	return reply_shape(c, &link_shape, &out);
}

static enum err
begin(struct work *w, const struct call *c)
{
	const struct token_query *in = c->body;
	struct pay_state out;

	TRY(act_pay_link_begin(w, in->token, &out));
	return reply_created(c, &pay_state_shape, &out);
}

static enum err
state(struct work *w, const struct call *c)
{
	const struct token_query *q = c->query;
	struct pay_state out;

	TRY(act_pay_link_state(w, q->token, c->id, &out));
	return reply_shape(c, &pay_state_shape, &out);
}

static enum err
agree(struct work *w, const struct call *c)
{
	const struct agree_in *in = c->body;
	struct pay_state out;

	TRY(act_pay_link_agree(w, in->token, c->id, in->surcharge_cents, &out));
	return reply_created(c, &pay_state_shape, &out);
}
