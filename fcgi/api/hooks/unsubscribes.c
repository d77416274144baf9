/*
 * fcgi/api/hooks/unsubscribes.c -- one click in a program for mail ends news (RFC 8058): a form without a cookie, known by the
 * token of the address alone.
 */
#include "fcgi/acts/contacts.h"
#include "fcgi/http/form.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "sql/control/queries/tenants.h"

extern const struct endpoint hook_unsubscribes[];

static enum err end(struct desk *d, const struct call *c);

#define ATTEMPTS 3

struct unsubscribe_query {
	struct str company, token;
};
static const struct field query_fields[] = {FIELD_TEXT(struct unsubscribe_query, company, 1, 63),
	FIELD_TEXT(struct unsubscribe_query, token, 1, 200), FIELD_END};
static const struct shape query_shape = {"UnsubscribeQuery", sizeof(struct unsubscribe_query), query_fields};

const struct endpoint hook_unsubscribes[] = {
	{.method = POST, .path = "/unsubscribes", .anyone = true, .query = &query_shape, .body_max = FORM_BYTES, .run_desk = end,
	    .help = "One click in a program for mail ends news.", .story = "messages.test.mjs"},
	{0}
};

/* Committed before it is answered; a lost race is run again, as everywhere. */
static enum err
end(struct desk *d, const struct call *c)
{
	const struct unsubscribe_query *q = c->query;
	const struct tenant *t;
	struct tenant_row *row;
	struct form f;

	TRY(form_read(c->request->body, d->arena, &f, &d->fault));
	if (!str_eq(form_value(&f, "List-Unsubscribe"), STR("One-Click")))
		return fail(&d->fault, E_INVALID, "List-Unsubscribe", "This value is not valid.");
	TRY(sql_tenant_by_slug(d->control, q->company, d->arena, &row));
	if (row == NULL)
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(tenant_of_id(d->house->tenants, d->control, row->id, d->now, &t, &d->fault));
	for (unsigned attempt = 1;; attempt++) {
		struct work w;
		enum err e = work_open(d, t, DB_WRITE, &w);

		if (e == OK)
			e = work_close(&w, act_contact_no_news(&w, q->token));
		if (e == OK)
			return reply_nothing(c);
		if (e != E_RETRY || attempt == ATTEMPTS) {
			d->fault = w.fault;
			return e;
		}
	}
}
