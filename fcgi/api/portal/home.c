/*
 * fcgi/api/portal/home.c -- the customer's own account: what is owed, each bill, each payment and what it paid.
 *
 * The shapes leave out what was written for the office: notes of payments, references, who did it.
 */
#include "fcgi/acts/bills.h"
#include "fcgi/acts/payments.h"
#include "fcgi/acts/portal.h"
#include "fcgi/acts/processor.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_home[];
extern const struct shape portal_visit_shape; /* visits.c */

static enum err home_get(struct work *w, const struct call *c);
static enum err bill_get(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, -CENTS_MAX, CENTS_MAX)
#define ROWS_MAX 200
#define APPLIED_MAX 600
#define LINES_MAX 1001

static const struct field card_fields[] = {
	FIELD_ID(struct bill_card, id),
	FIELD_ENUM(struct bill_card, kind, bill_kind_names),
	FIELD_TEXT(struct bill_card, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct bill_card, title, 0, 120),
	FIELD_DAY(struct bill_card, day),
	FIELD_DAY(struct bill_card, due_day),
	CENTS(struct bill_card, total_cents),
	CENTS(struct bill_card, open_cents),
	FIELD_END
};
static const struct shape card_shape = {"PortalBillCard", sizeof(struct bill_card), card_fields};

static const struct field payment_fields[] = {
	FIELD_ID(struct payment_card, id),
	FIELD_ENUM(struct payment_card, way, pay_way_names),
	FIELD_ENUM(struct payment_card, state, payment_state_names),
	CENTS(struct payment_card, cents),
	CENTS(struct payment_card, free_cents),
	FIELD_DAY(struct payment_card, day),
	FIELD_END
};
static const struct shape payment_shape = {"PortalPayment", sizeof(struct payment_card), payment_fields};

static const struct field applied_fields[] = {
	FIELD_ID(struct portal_applied, payment_id),
	FIELD_ID(struct portal_applied, bill_id),
	CENTS(struct portal_applied, cents),
	FIELD_END
};
static const struct shape applied_shape = {"PortalApplied", sizeof(struct portal_applied), applied_fields};

static const struct field portal_account_fields[] = {
	FIELD_ID(struct portal_account, id),
	FIELD_TEXT(struct portal_account, name, 0, 120),
	FIELD_TEXT(struct portal_account, street, 0, 160),
	FIELD_BOOL(struct portal_account, here),
	FIELD_END
};
static const struct shape portal_account_shape = {"PortalAccount", sizeof(struct portal_account), portal_account_fields};

struct home_out {
	struct str currency;
	int64_t owed_cents, free_cents, pending_cents;
	struct portal_visit *next;
	size_t next_n;
	struct portal_visit *past;
	size_t past_n;
	struct bill_card *bills;
	size_t bills_n;
	struct payment_card *payments;
	size_t payments_n;
	struct portal_applied *applied;
	size_t applied_n;
	struct portal_account *accounts;
	size_t accounts_n;
	bool can_pay; /* by card, here */
};
static const struct field home_fields[] = {
	FIELD_TEXT(struct home_out, currency, 3, 3),
	CENTS(struct home_out, owed_cents),
	CENTS(struct home_out, free_cents),
	CENTS(struct home_out, pending_cents),
	FIELD_LIST(struct home_out, next, next_n, &portal_visit_shape, ROWS_MAX),
	FIELD_LIST(struct home_out, past, past_n, &portal_visit_shape, ROWS_MAX),
	FIELD_LIST(struct home_out, bills, bills_n, &card_shape, ROWS_MAX),
	FIELD_LIST(struct home_out, payments, payments_n, &payment_shape, ROWS_MAX),
	FIELD_LIST(struct home_out, applied, applied_n, &applied_shape, APPLIED_MAX),
	FIELD_LIST(struct home_out, accounts, accounts_n, &portal_account_shape, PORTAL_ACCOUNTS_MAX),
	FIELD_BOOL(struct home_out, can_pay),
	FIELD_END
};
static const struct shape home_shape = {"PortalHome", sizeof(struct home_out), home_fields};

static const struct field line_fields[] = {
	FIELD_TEXT(struct charge_row, text, 0, BILL_TEXT_MAX),
	FIELD_DAY(struct charge_row, day),
	FIELD_INT(struct charge_row, quantity_milli, -1000000000, 1000000000),
	CENTS(struct charge_row, unit_cents),
	CENTS(struct charge_row, net_cents),
	FIELD_ID(struct charge_row, visit_id),
	FIELD_END
};
static const struct shape line_shape = {"PortalLine", sizeof(struct charge_row), line_fields};

static const struct field tax_fields[] = {
	FIELD_TEXT(struct bill_tax, name, 0, 120),
	FIELD_INT(struct bill_tax, rate_ppm, 0, TAX_RATE_MAX),
	CENTS(struct bill_tax, tax_cents),
	FIELD_END
};
static const struct shape tax_shape = {"PortalTax", sizeof(struct bill_tax), tax_fields};

static const struct field paid_fields[] = {
	FIELD_ENUM(struct applied_row, way, pay_way_names),
	FIELD_DAY(struct applied_row, day),
	CENTS(struct applied_row, cents),
	FIELD_END
};
static const struct shape paid_shape = {"PortalPaid", sizeof(struct applied_row), paid_fields};

static const struct field bill_fields[] = {
	FIELD_ID(struct bill_page, id),
	FIELD_ENUM(struct bill_page, kind, bill_kind_names),
	FIELD_ENUM(struct bill_page, state, bill_state_names),
	FIELD_TEXT(struct bill_page, number, 0, BILL_NUMBER_MAX),
	FIELD_TEXT(struct bill_page, currency, 3, 3),
	FIELD_TEXT(struct bill_page, title, 0, 120),
	FIELD_LINES(struct bill_page, note, 0, 2000),
	FIELD_DAY(struct bill_page, day),
	FIELD_DAY(struct bill_page, due_day),
	CENTS(struct bill_page, opening_cents),
	CENTS(struct bill_page, net_cents),
	CENTS(struct bill_page, tax_cents),
	CENTS(struct bill_page, total_cents),
	CENTS(struct bill_page, open_cents),
	FIELD_LIST(struct bill_page, lines, lines_n, &line_shape, LINES_MAX),
	FIELD_LIST(struct bill_page, taxes, taxes_n, &tax_shape, TAX_RULES_MAX),
	FIELD_LIST(struct bill_page, paid, paid_n, &paid_shape, ROWS_MAX),
	FIELD_LIST(struct bill_page, moves, moves_n, &bill_move_shape, BILL_MOVES_MAX + 1),
	FIELD_END
};
static const struct shape bill_shape = {"PortalBill", sizeof(struct bill_page), bill_fields};

const struct endpoint portal_home[] = {
	{GET, "/home", .signed_in = true, .out = &home_shape, .run = home_get,
	    .help = "What a customer wants to see first: visits, what is owed, bills and payments.", .story = "portal.test.mjs"},
	{GET, "/bills/:id", .signed_in = true, .out = &bill_shape, .run = bill_get,
	    .help = "One bill with its lines, and what was paid of it.", .story = "portal.test.mjs"},
	{0}
};

/* Drafts and what was taken back are not shown. */
static void
shown(struct account_page *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->bills_n; i++)
		if (a->bills[i].state == BILL_ISSUED && (a->bills[i].kind == BILL_INVOICE || a->bills[i].kind == BILL_STATEMENT))
			a->bills[n++] = a->bills[i];
	a->bills_n = n;
}

static enum err
home_get(struct work *w, const struct call *c)
{
	struct portal_applications applied;
	struct portal_visits next, past;
	struct portal_accounts accounts;
	struct processor_page processor;
	struct account_page account;
	int64_t pending = 0;

	TRY(act_portal_accounts(w, &accounts));
	TRY(act_portal_next(w, &next));
	TRY(act_portal_past(w, (struct maybe_day){0}, &past));
	TRY(act_account(w, w->actor.id, &account));
	TRY(act_portal_applied(w, &applied));
	TRY(act_processor(w, &processor));
	shown(&account);
	for (size_t i = 0; i < account.payments_n; i++)
		if (account.payments[i].state == PAYMENT_PENDING)
			pending += account.payments[i].cents;
	struct home_out out = {account.currency, account.owed_cents, account.free_cents, pending, next.rows, next.rows_n,
	    past.rows, past.rows_n, account.bills, account.bills_n, account.payments, account.payments_n, applied.rows,
	    applied.rows_n, accounts.rows, accounts.rows_n, processor.possible && processor.ready};
	return reply_shape(c, &home_shape, &out);
}

static enum err
bill_get(struct work *w, const struct call *c)
{
	struct bill_page out;

	TRY(act_portal_bill(w, c->id));
	TRY(act_bill_one(w, c->id, &out));
	return reply_shape(c, &bill_shape, &out);
}
