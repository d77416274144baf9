#include "fcgi/api/hooks/signed.h"

#include "fcgi/acts/tell_message.h"
#include "sql/control/queries/accounts.h"

#define ATTEMPTS 3

struct token {
	struct str text;
};

static enum err company_of(struct desk *d, struct str number, const struct tenant **t);
static enum err token_of(struct work *w, void *ctx);

enum err
signed_form(struct desk *d, const struct call *c, struct str path, const char *name, const struct str *number, struct form *f,
    const struct tenant **t)
{
	const struct config *config = d->house->config;
	struct token token = {str_of(config->sms_token)};

	if (config->sms_token[0] == '\0')
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(form_read(c->request->body, d->arena, f, &d->fault));
	TRY(company_of(d, number != NULL ? *number : form_value(f, name), t));
	if (*t != NULL)
		TRY(signed_inside(d, *t, &token, token_of));
	if (!form_signed(f, token.text, str_printf(d->arena, "%s%.*s", config->base_url, STR_ARG(path)), c->request->sms_signature, d->arena))
		return fail(&d->fault, E_INVALID, "signature", "This message is not signed by the provider of texts.");
	return OK;
}

static enum err
company_of(struct desk *d, struct str number, const struct tenant **t)
{
	struct account_tenant *whose;

	*t = NULL;
	TRY(sql_account_tenant(d->control, str_printf(d->arena, "sms:%.*s", STR_ARG(str_sub(number, 0, 40))), d->arena, &whose));
	return whose == NULL ? OK : tenant_of_id(d->house->tenants, d->control, whose->tenant_id, d->now, t, &d->fault);
}

static enum err
token_of(struct work *w, void *ctx)
{
	struct token *token = ctx;
	struct texting_account own;

	TRY(tell_texting_account(w, &own));
	if (own.account.n > 0)
		token->text = own.token;
	return OK;
}

enum err
signed_inside(struct desk *d, const struct tenant *t, void *ctx, enum err (*run)(struct work *w, void *ctx))
{
	for (unsigned attempt = 1;; attempt++) {
		struct work w;
		enum err e = work_open(d, t, DB_WRITE, &w);

		if (e == OK) {
			w.actor.kind = ACTOR_SYSTEM;
			e = run(&w, ctx);
			e = work_close(&w, e);
		}
		if (e == OK)
			return OK;
		if (e != E_RETRY || attempt == ATTEMPTS) {
			d->fault = w.fault;
			return e;
		}
	}
}
