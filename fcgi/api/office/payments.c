/*
 * fcgi/api/office/payments.c -- money that came, and a customer's account.
 */
#include "fcgi/acts/payments.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err account(struct work *w, const struct call *c);
static enum err payment_take(struct work *w, const struct call *c);
static enum err payment_get(struct work *w, const struct call *c);
static enum err apply(struct work *w, const struct call *c);
static enum err payment_unapply(struct work *w, const struct call *c);
static enum err payment_refund(struct work *w, const struct call *c);
static enum err payment_return(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)
#define ROWS_MAX 500

/* Of fcgi/api/office/bills.c. */
extern const struct shape bill_card_shape;

static const struct field payment_card_fields[] = {
	FIELD_ID(struct payment_card, id),
	FIELD_ENUM(struct payment_card, way, pay_way_names),
	FIELD_ENUM(struct payment_card, state, payment_state_names),
	CENTS(struct payment_card, cents),
	CENTS(struct payment_card, free_cents),
	FIELD_DAY(struct payment_card, day),
	FIELD_TEXT(struct payment_card, reference, 0, 80),
	FIELD_LINES(struct payment_card, note, 0, 400),
	FIELD_TEXT(struct payment_card, reason, 0, 200),
	FIELD_INT(struct payment_card, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape payment_card_shape = {"PaymentCard", sizeof(struct payment_card), payment_card_fields};

static const struct field account_fields[] = {
	FIELD_TEXT(struct account_page, currency, 3, 3),
	CENTS(struct account_page, owed_cents),
	CENTS(struct account_page, free_cents),
	CENTS(struct account_page, current_cents),
	CENTS(struct account_page, days_30_cents),
	CENTS(struct account_page, days_60_cents),
	CENTS(struct account_page, days_90_cents),
	CENTS(struct account_page, older_cents),
	FIELD_LIST(struct account_page, bills, bills_n, &bill_card_shape, ROWS_MAX),
	FIELD_LIST(struct account_page, payments, payments_n, &payment_card_shape, ROWS_MAX),
	FIELD_END
};
static const struct shape account_shape = {"Account", sizeof(struct account_page), account_fields};

static const struct field applied_fields[] = {
	FIELD_ID(struct applied_row, bill_id),
	FIELD_DAY(struct applied_row, day),
	CENTS(struct applied_row, cents),
	FIELD_END
};
static const struct shape applied_shape = {"PaymentApplied", sizeof(struct applied_row), applied_fields};

static const struct field payment_page_fields[] = {
	FIELD_ID(struct payment_page, id),
	FIELD_ID(struct payment_page, customer_id),
	FIELD_ENUM(struct payment_page, way, pay_way_names),
	FIELD_ENUM(struct payment_page, state, payment_state_names),
	CENTS(struct payment_page, cents),
	CENTS(struct payment_page, free_cents),
	FIELD_TEXT(struct payment_page, currency, 3, 3),
	FIELD_DAY(struct payment_page, day),
	FIELD_TEXT(struct payment_page, reference, 0, 80),
	FIELD_LINES(struct payment_page, note, 0, 400),
	FIELD_TEXT(struct payment_page, reason, 0, 200),
	FIELD_LIST(struct payment_page, applied, applied_n, &applied_shape, ROWS_MAX),
	FIELD_INT(struct payment_page, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape payment_page_shape = {"PaymentPage", sizeof(struct payment_page), payment_page_fields};

static const struct field apply_fields[] = {
	FIELD_ID(struct apply_wish, bill_id),
	FIELD_INT(struct apply_wish, cents, 1, CENTS_MAX),
	FIELD_END
};
static const struct shape apply_shape = {"PaymentApply", sizeof(struct apply_wish), apply_fields};

static const struct field payment_wish_fields[] = {
	FIELD_ENUM(struct payment_wish, way, pay_way_names),
	FIELD_INT(struct payment_wish, cents, 1, CENTS_MAX),
	FIELD_DAY(struct payment_wish, day),
	FIELD_TEXT(struct payment_wish, reference, 0, 80),
	FIELD_LINES(struct payment_wish, note, 0, 400),
	FIELD_TEXT(struct payment_wish, reason, 0, 200),
	FIELD_LIST(struct payment_wish, apply, apply_n, &apply_shape, APPLY_MAX),
	FIELD_BOOL(struct payment_wish, keep),
	FIELD_END
};
static const struct shape payment_wish_shape = {"PaymentNew", sizeof(struct payment_wish), payment_wish_fields};

struct unapply_wish {
	uint64_t bill_id;
};
static const struct field unapply_fields[] = {FIELD_ID(struct unapply_wish, bill_id), FIELD_END};
static const struct shape unapply_shape = {"PaymentUnapply", sizeof(struct unapply_wish), unapply_fields};

static const struct field payment_ending_fields[] = {
	FIELD_INT(struct payment_ending, cents, 0, CENTS_MAX),
	FIELD_TEXT(struct payment_ending, reason, 1, 200),
	FIELD_DAY(struct payment_ending, day),
	FIELD_INT(struct payment_ending, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape payment_ending_shape = {"PaymentEnding", sizeof(struct payment_ending),
    payment_ending_fields};

#define STORY "bills.test.mjs"
const struct endpoint office_payments[] = {
	{GET, "/customers/:id/account", .may = MAY(MAY_SEE_BILLS), .out = &account_shape, .run = account,
	    .help = "What a customer owes, how old it is, and what was paid.", .story = STORY},
	{POST, "/customers/:id/payments", .may = MAY(MAY_TAKE_PAYMENTS), .body = &payment_wish_shape,
	    .out = &payment_page_shape, .run = payment_take, .help = "Write down cash, a check, a transfer or a credit.",
	    .story = STORY},
	{GET, "/payments/:id", .may = MAY(MAY_SEE_BILLS), .out = &payment_page_shape, .run = payment_get,
	    .help = "One payment, and what it pays.", .story = STORY},
	{POST, "/payments/:id/applications", .may = MAY(MAY_TAKE_PAYMENTS), .body = &apply_shape,
	    .out = &payment_page_shape, .run = apply, .help = "Let a payment pay a bill.", .story = STORY},
	{POST, "/payments/:id/unapplications", .may = MAY(MAY_TAKE_PAYMENTS), .body = &unapply_shape,
	    .out = &payment_page_shape, .run = payment_unapply, .help = "Take a payment off a bill.", .story = STORY},
	{POST, "/payments/:id/refunds", .may = MAY(MAY_TAKE_PAYMENTS), .body = &payment_ending_shape,
	    .out = &payment_page_shape, .run = payment_refund, .help = "Give free money back to the customer.",
	    .story = STORY},
	{POST, "/payments/:id/returns", .may = MAY(MAY_TAKE_PAYMENTS), .body = &payment_ending_shape,
	    .out = &payment_page_shape, .run = payment_return, .help = "A check bounced: what it paid is open again.",
	    .story = STORY},
	{0}
};

static enum err
account(struct work *w, const struct call *c)
{
	struct account_page out;

	TRY(act_account(w, c->id, &out));
	return reply_shape(c, &account_shape, &out);
}

static enum err
payment_take(struct work *w, const struct call *c)
{
	struct payment_page out;

	TRY(act_payment_take(w, c->id, c->body, &out));
	return reply_created(c, &payment_page_shape, &out);
}

static enum err
payment_get(struct work *w, const struct call *c)
{
	struct payment_page out;

	TRY(act_payment_one(w, c->id, &out));
	return reply_shape(c, &payment_page_shape, &out);
}

static enum err
apply(struct work *w, const struct call *c)
{
	struct payment_page out;

	TRY(act_payment_apply(w, c->id, c->body, &out));
	return reply_created(c, &payment_page_shape, &out);
}

static enum err
payment_unapply(struct work *w, const struct call *c)
{
	const struct unapply_wish *in = c->body;
	struct payment_page out;

	TRY(act_payment_unapply(w, c->id, in->bill_id, &out));
	return reply_created(c, &payment_page_shape, &out);
}

static enum err
payment_refund(struct work *w, const struct call *c)
{
	struct payment_page out;

	TRY(act_payment_refund(w, c->id, c->body, &out));
	return reply_created(c, &payment_page_shape, &out);
}

static enum err
payment_return(struct work *w, const struct call *c)
{
	struct payment_page out;

	TRY(act_payment_return(w, c->id, c->body, &out));
	return reply_created(c, &payment_page_shape, &out);
}
