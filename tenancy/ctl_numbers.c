/*
 * tenancy/ctl_numbers.c -- poolctl numbers: which number a company texts from. Whose it is is known before a schema is opened:
 * what comes in for that number is the company's.
 */
#include "sql/control/queries/accounts.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/ctl.h"
#include "tenancy/work.h"

static enum err numbers(struct operator* op, struct words w);
static enum err give(struct operator* op, const struct tenant_row *row, struct str number);

const struct command command_numbers = {"numbers", "SLUG NUMBER",
    "Give a company the number that its texts come from and go to, as the provider knows it: +16025550119.",
    NEEDS_CONTROL, numbers};

static enum err
numbers(struct operator* op, struct words w)
{
	struct tenant_row row;
	struct str number;

	TRY(words_done(op, &w, 2));
	if (w.n != 2)
		return fail(op->fault, E_INVALID, "words", "Which company, and which number?");
	TRY(ctl_tenant(op, w.word[0], &row));
	TRY(phone_read(str_of(w.word[1]), op->arena, &number, "number", op->fault));
	if (number.n == 0 || str_find(number, 'x') < number.n)
		return fail(op->fault, E_INVALID, "number", "This is not a telephone number.");
	TRY(give(op, &row, number));
	printf("%.*s texts from %.*s\n", STR_ARG(row.slug.v), STR_ARG(number));
	return OK;
}

/* The company first: a number that leads nowhere is worse than one that is not yet led. */
static enum err
give(struct operator* op, const struct tenant_row *row, struct str number)
{
	const struct str account = str_printf(op->arena, "sms:%.*s", STR_ARG(number));
	struct account_tenant *whose;
	const struct tenant *tenant;
	struct house *house;
	struct desk desk = {.arena = op->arena};
	struct cdb *control;
	struct work w;
	uint64_t changed;

	TRY(house_open(op->config, op->proc, &house, op->fault));
	now_read(&desk.now, &desk.now_ms);
	desk.house = house;
	TRY(house_control(house, &control, op->fault));
	TRY(sql_account_tenant(op->control, account, op->arena, &whose));
	if (whose != NULL && whose->tenant_id != row->id)
		return fail(op->fault, E_INVALID, "number", "This number belongs to another company.");
	TRY(tenant_of_id(house->tenants, control, row->id, desk.now, &tenant, op->fault));
	TRY(work_open(&desk, tenant, DB_WRITE, &w));
	enum err e = work_close(&w, sql_number_put(w.db, work_id(&w), SETTING_TEXTS, number, &changed));
	if (e != OK) {
		*op->fault = w.fault;
		return e;
	}
	house_close(house);
	return sql_account_put(op->control, account, row->id, &changed);
}
