/*
 * domain/billing/ledger.c -- postings that balance, and the folds that follow from them.
 */
#include "domain/billing/ledger.h"

#include <assert.h>

const char *const account_names[] = {"", "receivable", "unapplied", "cash", "clearing", "bank", "revenue", "tax",
    "credits", "bad_debt", "fees", NULL};
const char *const posting_kind_names[] = {"", "issue", "void", "pay", "credit", "apply", "unapply", "refund",
    "return", "write_off", "fee", "payout", "transfer", NULL};
const char *const pay_way_names[] = {"", "cash", "check", "transfer", "card", "ach", "credit", NULL};
const char *const ageing_by_names[] = {"due", "document", NULL};

static_assert(sizeof(account_names) / sizeof(char *) == ACCOUNTS + 1, "each has its name");
static_assert(sizeof(posting_kind_names) / sizeof(char *) == POSTING_KINDS + 1, "each has its name");
static_assert(sizeof(pay_way_names) / sizeof(char *) == PAY_WAYS + 1, "each has its name");
static_assert(sizeof(ageing_by_names) / sizeof(char *) == AGEING_WAYS + 1, "each has its name");

static void open_posting(struct posting *p, enum posting_kind kind, struct day day);
static void add(struct posting *p, struct entry e);
static enum account held_at(enum pay_way way);
static enum err positive(int64_t cents, struct fault *f);
static void sort(struct open_item *open, size_t n);
static enum age age_of(int32_t days);

enum err
posting_issue(uint64_t customer_id, uint64_t bill_id, int64_t net_cents, int64_t tax_cents, struct day day,
    struct posting *p, struct fault *f)
{
	int64_t total;

	TRY(cents_add(net_cents, tax_cents, &total, f));
	if (total < 0)
		return fail(f, E_INVALID, "amount", "A bill cannot be below zero. Give a credit instead.");
	open_posting(p, POSTING_ISSUE, day);
	add(p, (struct entry){ACCOUNT_RECEIVABLE, customer_id, bill_id, 0, total});
	add(p, (struct entry){ACCOUNT_REVENUE, customer_id, bill_id, 0, -net_cents});
	add(p, (struct entry){ACCOUNT_TAX, customer_id, bill_id, 0, -tax_cents});
	return OK;
}

enum err
posting_pay(uint64_t customer_id, uint64_t payment_id, enum pay_way way, int64_t cents, struct day day,
    struct posting *p, struct fault *f)
{
	TRY(positive(cents, f));
	open_posting(p, way == PAY_CREDIT ? POSTING_CREDIT : POSTING_PAY, day);
	add(p, (struct entry){held_at(way), customer_id, 0, payment_id, cents});
	add(p, (struct entry){ACCOUNT_UNAPPLIED, customer_id, 0, payment_id, -cents});
	return OK;
}

enum err
posting_apply(uint64_t customer_id, const struct open_item *payment, const struct open_item *document,
    int64_t cents, struct day day, struct posting *p, struct fault *f)
{
	TRY(positive(cents, f));
	if (cents > payment->cents)
		return fail(f, E_INVALID, "amount", "This is more than is left of the payment.");
	if (cents > document->cents)
		return fail(f, E_INVALID, "amount", "This is more than the bill still asks for.");
	open_posting(p, POSTING_APPLY, day);
	add(p, (struct entry){ACCOUNT_UNAPPLIED, customer_id, document->id, payment->id, cents});
	add(p, (struct entry){ACCOUNT_RECEIVABLE, customer_id, document->id, payment->id, -cents});
	return OK;
}

enum err
posting_unapply(uint64_t customer_id, uint64_t payment_id, uint64_t bill_id, int64_t applied_cents,
    int64_t cents, struct day day, struct posting *p, struct fault *f)
{
	TRY(positive(cents, f));
	if (cents > applied_cents)
		return fail(f, E_INVALID, "amount", "This is more than the payment pays of this bill.");
	open_posting(p, POSTING_UNAPPLY, day);
	add(p, (struct entry){ACCOUNT_RECEIVABLE, customer_id, bill_id, payment_id, cents});
	add(p, (struct entry){ACCOUNT_UNAPPLIED, customer_id, bill_id, payment_id, -cents});
	return OK;
}

enum err
posting_give_back(enum posting_kind kind, uint64_t customer_id, const struct open_item *payment, enum pay_way way,
    int64_t cents, struct day day, struct posting *p, struct fault *f)
{
	assert(kind == POSTING_REFUND || kind == POSTING_RETURN);
	TRY(positive(cents, f));
	if (cents > payment->cents)
		return fail(f, E_INVALID, "amount", "This is more than is left of the payment.");
	open_posting(p, kind, day);
	add(p, (struct entry){ACCOUNT_UNAPPLIED, customer_id, 0, payment->id, cents});
	add(p, (struct entry){held_at(way), customer_id, 0, payment->id, -cents});
	return OK;
}

enum err
posting_write_off(uint64_t customer_id, const struct open_item *document, struct day day, struct posting *p,
    struct fault *f)
{
	TRY(positive(document->cents, f));
	open_posting(p, POSTING_WRITE_OFF, day);
	add(p, (struct entry){ACCOUNT_BAD_DEBT, customer_id, document->id, 0, document->cents});
	add(p, (struct entry){ACCOUNT_RECEIVABLE, customer_id, document->id, 0, -document->cents});
	return OK;
}

enum err
posting_void(const struct posting *issued, const struct open_item *document, struct day day, struct posting *p,
    struct fault *f)
{
	assert(issued->kind == POSTING_ISSUE);
	if (issued->n > 0 && issued->entry[0].cents != document->cents)
		return fail(f, E_INVALID, "document", "Something of this bill is paid already. Take the payment off it first.");
	open_posting(p, POSTING_VOID, day);
	for (size_t i = 0; i < issued->n; i++) {
		struct entry e = issued->entry[i];

		e.cents = -e.cents;
		add(p, e);
	}
	return OK;
}

enum err
posting_fee(uint64_t customer_id, uint64_t payment_id, int64_t cents, struct day day, struct posting *p,
    struct fault *f)
{
	TRY(cents_add(cents, 0, &cents, f));
	open_posting(p, POSTING_FEE, day);
	add(p, (struct entry){ACCOUNT_FEES, customer_id, 0, payment_id, cents});
	add(p, (struct entry){ACCOUNT_CLEARING, customer_id, 0, payment_id, -cents});
	return OK;
}

enum err
posting_payout(int64_t cents, struct day day, struct posting *p, struct fault *f)
{
	TRY(cents_add(cents, 0, &cents, f));
	open_posting(p, POSTING_PAYOUT, day);
	add(p, (struct entry){ACCOUNT_BANK, 0, 0, 0, cents});
	add(p, (struct entry){ACCOUNT_CLEARING, 0, 0, 0, -cents});
	return OK;
}

enum err
posting_transfer(enum account account, uint64_t id, uint64_t from, uint64_t to, int64_t cents, struct day day,
    struct posting *p, struct fault *f)
{
	const bool bill = account == ACCOUNT_RECEIVABLE;

	assert(bill || account == ACCOUNT_UNAPPLIED);
	TRY(cents_add(cents, 0, &cents, f));
	open_posting(p, POSTING_TRANSFER, day);
	add(p, (struct entry){account, from, bill ? id : 0, bill ? 0 : id, -cents});
	add(p, (struct entry){account, to, bill ? id : 0, bill ? 0 : id, cents});
	return OK;
}

enum err
posting_check(const struct posting *p, struct maybe_day closed, struct fault *f)
{
	__int128 sum = 0;

	if (p->n > POSTING_ENTRIES_MAX)
		return fail(f, E_BUG, NULL, NULL);
	for (size_t i = 0; i < p->n; i++) {
		const struct entry *e = &p->entry[i];

		sum += e->cents;
		if ((e->account == ACCOUNT_RECEIVABLE && e->bill_id == 0) ||
		    (e->account == ACCOUNT_UNAPPLIED && e->payment_id == 0))
			return fail(f, E_BUG, NULL, NULL);
	}
	if (sum != 0)
		return fail(f, E_BUG, NULL, NULL);
	if (closed.is && p->day.n <= closed.v.n)
		return fail(f, E_INVALID, "day", "This period is closed. Choose a day behind it.");
	return OK;
}

int64_t
ledger_spread(struct open_item *open, size_t n, int64_t free_cents, struct applied *out, size_t *out_n)
{
	*out_n = 0;
	sort(open, n);
	for (size_t i = 0; i < n && free_cents > 0; i++) {
		int64_t cents = open[i].cents < free_cents ? open[i].cents : free_cents;

		if (cents <= 0)
			continue;
		out[(*out_n)++] = (struct applied){open[i].id, cents};
		free_cents -= cents;
	}
	return free_cents;
}

void
ageing_add(const struct open_item *open, size_t n, struct day as_of, enum ageing_by by, int64_t cents[AGES])
{
	for (size_t i = 0; i < n; i++) {
		struct day from = by == AGEING_BY_DUE ? open[i].due_day : open[i].day;

		cents[age_of(as_of.n - from.n)] += open[i].cents;
	}
}

static void
open_posting(struct posting *p, enum posting_kind kind, struct day day)
{
	*p = (struct posting){.kind = kind, .day = day};
}

/* An entry of nothing says nothing. */
static void
add(struct posting *p, struct entry e)
{
	if (e.cents != 0)
		p->entry[p->n++] = e;
}

static enum account
held_at(enum pay_way way)
{
	switch (way) {
	case PAY_CARD:
	case PAY_ACH:
		return ACCOUNT_CLEARING;
	case PAY_CREDIT:
		return ACCOUNT_CREDITS;
	case PAY_CASH:
	case PAY_CHECK:
	case PAY_TRANSFER:
	case PAY_WAYS:
		break;
	}
	return ACCOUNT_CASH;
}

static enum err
positive(int64_t cents, struct fault *f)
{
	if (cents <= 0)
		return fail(f, E_INVALID, "amount", "The amount must be above zero.");
	return cents_add(cents, 0, &cents, f);
}

/* By insertion: a customer has few open documents, and they come nearly sorted from the database. */
static void
sort(struct open_item *open, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct open_item x = open[i];
		size_t j = i;

		for (; j > 0 && (open[j - 1].due_day.n > x.due_day.n ||
			            (open[j - 1].due_day.n == x.due_day.n && open[j - 1].id > x.id)); j--)
			open[j] = open[j - 1];
		open[j] = x;
	}
}

static enum age
age_of(int32_t days)
{
	if (days <= 0)
		return AGE_CURRENT;
	if (days <= 30)
		return AGE_30;
	if (days <= 60)
		return AGE_60;
	return days <= 90 ? AGE_90 : AGE_OLDER;
}
