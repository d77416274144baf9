/*
 * tenancy/ctl_subscriptions.c -- poolctl subscriptions: what the house asks of its companies, and
 * who has paid.
 */
#include <inttypes.h>

#include "sql/control/queries/subscriptions.h"
#include "tenancy/ctl.h"
#include "tenancy/work.h"

static enum err subscriptions(struct operator* op, struct words w);
static enum err list(struct operator* op, struct words w);
static enum err show(struct operator* op, struct words w);
static enum err begin(struct operator* op, struct words w);
static enum err terms(struct operator* op, struct words w);
static enum err drop(struct operator* op, struct words w);
static enum err
one(struct operator* op, struct words w, struct tenant_row *t, struct subscription_row **row);

#define TRIAL_DAYS_MAX 3650
#define CENTS_MOST     100000000

const struct command command_subscriptions = {"subscriptions",
    "list | show SLUG | begin SLUG [--cents N] [--trial-days N] | change SLUG [--cents N] "
    "[--trial-days N] | free SLUG",
    "What companies pay this house. begin: ask it of one that pays nothing; --trial-days counts "
    "from now; free: ask nothing.",
    NEEDS_CONTROL, subscriptions};

static enum err
subscriptions(struct operator* op, struct words w)
{
	static const struct {
		const char *name;
		enum err (*run)(struct operator* op, struct words w);
	} verbs[] = {
	    {"list", list}, {"show", show}, {"begin", begin}, {"change", terms}, {"free", drop}};
	struct words rest = {w.n - 1, w.word + 1};

	for (size_t i = 0; w.n > 0 && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, w.word[0]) == 0)
			return verbs[i].run(op, rest);
	return fail(op->fault, E_INVALID, "words", "Which of the verbs?");
}

static enum err
list_one(struct operator* op, const struct tenant_row *t, void *ctx)
{
	const struct subscription_facts f = {
	    t->billed, t->trial_ends_at, t->paid_until, t->unpaid_since, t->ended_at};
	const int64_t *now = ctx;
	int64_t until;

	(void)op;
	if (t->status != TENANT_LIVE && t->status != TENANT_SUSPENDED)
		return OK;
	const enum subscription_standing is = subscription_stands(&f, *now, &until);

	printf("%-40.*s %-10s %12" PRId64 " %.*s\n", STR_ARG(t->slug.is ? t->slug.v : STR("-")),
	    subscription_standing_names[is], until, STR_ARG(t->name));
	return OK;
}

static enum err
list(struct operator* op, struct words w)
{
	int64_t now, ms;

	TRY(words_done(op, &w, 0));
	now_read(&now, &ms);
	printf("%-40s %-10s %12s %s\n", "slug", "stands", "until", "name");
	return ctl_walk(op, list_one, &now);
}

static enum err
one(struct operator* op, struct words w, struct tenant_row *t, struct subscription_row **row)
{
	TRY(words_done(op, &w, 1));
	TRY(ctl_tenant(op, w.n > 0 ? w.word[0] : NULL, t));
	return sql_subscription_of(op->control, t->id, op->arena, row);
}

static enum err
show(struct operator* op, struct words w)
{
	struct subscription_bill_row *bill;
	struct subscription_row *row;
	struct tenant_row t;
	int64_t now, ms;
	size_t n;

	TRY(one(op, w, &t, &row));
	if (row == NULL) {
		printf("%s pays nothing\n", w.word[0]);
		return OK;
	}
	now_read(&now, &ms);
	TRY(list_one(op, &t, &now));
	printf("a month   %" PRId64 " %.*s\n", row->cents, STR_ARG(row->currency));
	printf(
	    "trial to  %" PRId64 "\npaid to   %" PRId64 "\n", row->trial_ends_at, row->paid_until);
	printf("missing   %" PRId64 "\nends      %" PRId64 "\n", row->unpaid_since, row->ended_at);
	printf("there     %.*s\n", STR_ARG(row->customer.is ? row->customer.v : STR("-")));
	TRY(sql_subscription_bills_of(op->control, t.id, op->arena, &bill, &n));
	for (size_t i = 0; i < n; i++)
		printf("bill      %-20.*s %10" PRId64 " %.*s %s %" PRId64 "\n",
		    STR_ARG(bill[i].number), bill[i].cents, STR_ARG(bill[i].currency),
		    subscription_bill_state_names[bill[i].state % SUBSCRIPTION_BILL_STATES],
		    bill[i].made_at);
	return OK;
}

/* Numbers of the command; what is not said is the house's own setting, or what stands. */
static enum err
numbers(struct operator* op, struct words *w, uint64_t *cents, uint64_t *days, bool *has_days)
{
	const char *c = words_value(w, "--cents"), *d = words_value(w, "--trial-days");

	*has_days = d != NULL;
	if (c != NULL)
		TRY(words_number(op, c, CENTS_MOST, cents));
	return d == NULL ? OK : words_number(op, d, TRIAL_DAYS_MAX, days);
}

static enum err
begin(struct operator* op, struct words w)
{
	uint64_t cents = op->config->plan_cents, days = op->config->plan_trial_days;
	struct subscription_row *row;
	struct tenant_row t;
	int64_t now, ms;
	bool has_days;

	TRY(numbers(op, &w, &cents, &days, &has_days));
	TRY(one(op, w, &t, &row));
	if (row != NULL)
		return fail(
		    op->fault, E_INVALID, "status", "%s has a subscription already.", w.word[0]);
	if (cents == 0)
		return fail(op->fault, E_INVALID, "words",
		    "How much a month? --cents, or the setting plan_cents.");
	now_read(&now, &ms);
	TRY(sql_subscription_begin(op->control, t.id, (int64_t)cents,
	    str_of(op->config->plan_currency), now + (int64_t)days * 86400));
	printf("%s pays %" PRIu64 " %s a month, %" PRIu64 " days from now on\n", w.word[0], cents,
	    op->config->plan_currency, days);
	return OK;
}

/* A price that the processor knows already stays what was agreed there; this is what the next
 * subscription is sold for. */
static enum err
terms(struct operator* op, struct words w)
{
	uint64_t cents = 0, days = 0;
	struct subscription_row *row;
	struct tenant_row t;
	int64_t now, ms;
	bool has_days;

	TRY(numbers(op, &w, &cents, &days, &has_days));
	TRY(one(op, w, &t, &row));
	if (row == NULL)
		return fail(
		    op->fault, E_NOT_FOUND, "status", "%s pays nothing. See begin.", w.word[0]);
	now_read(&now, &ms);
	TRY(sql_subscription_terms_set(op->control, t.id, cents > 0 ? (int64_t)cents : row->cents,
	    has_days ? now + (int64_t)days * 86400 : row->trial_ends_at, row->version));
	printf("%s is changed\n", w.word[0]);
	return OK;
}

static enum err
drop(struct operator* op, struct words w)
{
	struct subscription_row *row;
	struct tenant_row t;
	uint64_t changed;

	TRY(one(op, w, &t, &row));
	TRY(sql_subscription_drop(op->control, t.id, &changed));
	printf("%s pays nothing%s\n", w.word[0],
	    row != NULL && row->reference.is ? "; end its subscription at the payment provider too"
					     : "");
	return OK;
}
