/*
 * tenancy/ctl_numbers.c -- poolctl numbers: which number a company texts from. Whose it is is known before a schema is opened:
 * what comes in for that number is the company's.
 */
#include "sql/control/queries/accounts.h"
#include "sql/tenant/queries/messages.h"
#include "tenancy/ctl.h"
#include "tenancy/work.h"

#define TOKEN_MAX 80

/* A company's own account at the provider. */
struct own_account {
	bool given;
	struct str account, service, token; /* empty: the house's */
};

static enum err numbers(struct operator* op, struct words w);
static enum err give(struct operator* op, const struct tenant_row *row, struct str number, const struct own_account *own);
static enum err own_read(struct operator* op, struct words *w, struct own_account *own);
static enum err own_keep(struct work *w, const struct own_account *own);
static bool named(struct str s, const char *with);

const struct command command_numbers = {"numbers", "SLUG NUMBER [--account AC... --token-file FILE] [--service MG...] [--house]",
    "Give a company the number that its texts and calls come from and go to, as the provider knows it: +16025550119. With an account "
    "of its own there (a subaccount), texts leave by it, and only its token signs what comes in; --house: the house's again.",
    NEEDS_CONTROL, numbers};

static enum err
numbers(struct operator* op, struct words w)
{
	struct own_account own;
	struct tenant_row row;
	struct str number;

	TRY(own_read(op, &w, &own));
	TRY(words_done(op, &w, 2));
	if (w.n != 2)
		return fail(op->fault, E_INVALID, "words", "Which company, and which number?");
	TRY(ctl_tenant(op, w.word[0], &row));
	TRY(phone_read(str_of(w.word[1]), op->arena, &number, "number", op->fault));
	if (number.n == 0 || str_find(number, 'x') < number.n)
		return fail(op->fault, E_INVALID, "number", "This is not a telephone number.");
	TRY(give(op, &row, number, &own));
	printf("%.*s texts from %.*s\n", STR_ARG(row.slug.v), STR_ARG(number));
	return OK;
}

static enum err
own_read(struct operator* op, struct words *w, struct own_account *own)
{
	const bool house = words_flag(w, "--house");
	const char *account = words_value(w, "--account"), *service = words_value(w, "--service"), *file = words_value(w, "--token-file");
	char token[TOKEN_MAX + 2];
	size_t n = 0;
	FILE *f;

	*own = (struct own_account){house || account != NULL, str_of(account), str_of(service), STR("")};
	if (account == NULL && (service != NULL || file != NULL))
		return fail(op->fault, E_INVALID, "account", "Whose account is that? Say --account as well.");
	if (account == NULL)
		return OK;
	if (house || !named(own->account, "AC") || (service != NULL && !named(own->service, "MG")))
		return fail(op->fault, E_INVALID, "account", "An account is AC and 32 letters, a messaging service MG and 32 letters.");
	f = file != NULL ? fopen(file, "r") : NULL;
	if (f != NULL) {
		n = fread(token, 1, TOKEN_MAX + 1, f);
		(void)fclose(f);
	}
	own->token = str_copy(op->arena, str_trim((struct str){token, n}));
	if (own->token.n < 16 || own->token.n > TOKEN_MAX)
		return fail(op->fault, E_INVALID, "token-file", "There is no token in that file.");
	return OK;
}

static bool
named(struct str s, const char *with)
{
	if (s.n != 34 || !str_starts(s, str_of(with)))
		return false;
	for (size_t i = 2; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return true;
}

/* Sealed under the row that it stands in. */
static enum err
own_keep(struct work *w, const struct own_account *own)
{
	struct maybe_str secret = {0};
	struct chosen_row *row;
	uint64_t changed;

	if (!own->given)
		return OK;
	TRY(sql_chosen_for_update(w->db, SETTING_TEXTS, STR(""), w->arena, &row));
	if (row == NULL)
		return fail(&w->fault, E_BUG, NULL, "The number of the company is not there.");
	secret.is = own->token.n > 0;
	if (secret.is)
		TRY(work_seal(w, KEY_PROVIDER, "setting", "secret", row->id, own->token, &secret.v));
	return sql_number_account(w->db, row->id, own->account, own->service, secret, &changed);
}

/* The company first: a number that leads nowhere is worse than one that is not yet led. */
static enum err
give(struct operator* op, const struct tenant_row *row, struct str number, const struct own_account *own)
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
	enum err e = sql_number_put(w.db, work_id(&w), SETTING_TEXTS, number, &changed);
	if (e == OK)
		e = own_keep(&w, own);
	e = work_close(&w, e);
	if (e != OK) {
		*op->fault = w.fault;
		return e;
	}
	house_close(house);
	return sql_account_put(op->control, account, row->id, &changed);
}
