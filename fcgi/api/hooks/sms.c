/*
 * fcgi/api/hooks/sms.c -- what the provider of texts tells us: a text for a company, what became of one of ours.
 *
 * Signed over the address that it was given and all that it says; whose it is follows from the number that was written to.
 */
#include "fcgi/acts/messages.h"
#include "fcgi/http/form.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "sql/control/queries/accounts.h"

extern const struct endpoint hook_sms[];

static enum err heard(struct desk *d, const struct call *c);
static enum err receipt(struct desk *d, const struct call *c);
static enum err read(struct desk *d, const struct call *c, const char *path, struct form *f);
static enum err company_of(struct desk *d, struct str number, const struct tenant **t);
static enum err hear(struct work *w, const struct form *f);
static enum err told(struct work *w, const struct form *f);
static enum err inside(struct desk *d, const struct tenant *t, const struct form *f,
    enum err (*run)(struct work *w, const struct form *f));

#define ATTEMPTS 3
#define EMPTY STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>")

const struct endpoint hook_sms[] = {
	{.method = POST, .path = "/sms", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = heard,
	    .help = "A text to a company's number, signed by the provider.", .story = "messages.test.mjs"},
	{.method = POST, .path = "/sms-receipts", .anyone = true, .body_max = FORM_BYTES, .file = "text/xml", .run_desk = receipt,
	    .help = "What became of a text of ours, signed by the provider.", .story = "messages.test.mjs"},
	{0}
};

/* A number that is no company's is answered like any other: the provider would only come again. */
static enum err
heard(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct form f;

	TRY(read(d, c, "/api/hook/sms", &f));
	TRY(company_of(d, form_value(&f, "To"), &t));
	if (t != NULL)
		TRY(inside(d, t, &f, hear));
	return reply_file(c, "text/xml", NULL, EMPTY);
}

static enum err
receipt(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct form f;

	TRY(read(d, c, "/api/hook/sms-receipts", &f));
	TRY(company_of(d, form_value(&f, "From"), &t));
	if (t != NULL)
		TRY(inside(d, t, &f, told));
	return reply_file(c, "text/xml", NULL, EMPTY);
}

static enum err
read(struct desk *d, const struct call *c, const char *path, struct form *f)
{
	const struct config *config = d->house->config;
	const struct str url = str_printf(d->arena, "%s%s", config->base_url, path);

	if (config->sms_token[0] == '\0')
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	TRY(form_read(c->request->body, d->arena, f, &d->fault));
	if (!form_signed(f, str_of(config->sms_token), url, c->request->sms_signature, d->arena))
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
hear(struct work *w, const struct form *f)
{
	const struct str body = str_trim(form_value(f, "Body")), pictures = form_value(f, "NumMedia");
	struct conversation_row c;
	uint64_t media = 0;
	struct str text = body;
	bool fresh;

	if (str_u64(pictures, &media) && media > 0)
		text = str_printf(w->arena, "%.*s%s[%llu]", STR_ARG(body), body.n > 0 ? "\n" : "", (unsigned long long)media);
	return tell_heard(w, &(struct heard){.medium = MEDIUM_SMS, .from = form_value(f, "From"), .key = form_value(f, "MessageSid"),
	    .body = text, .answered = form_value(f, "OptOutType").n > 0}, &c, &fresh, NULL);
}

static enum err
told(struct work *w, const struct form *f)
{
	return act_message_told(w, form_value(f, "MessageSid"), form_value(f, "MessageStatus"), form_value(f, "ErrorCode"));
}

/* Committed before it is answered; a lost race is run again, as everywhere. */
static enum err
inside(struct desk *d, const struct tenant *t, const struct form *f, enum err (*run)(struct work *w, const struct form *f))
{
	for (unsigned attempt = 1;; attempt++) {
		struct work w;
		enum err e = work_open(d, t, DB_WRITE, &w);

		if (e == OK) {
			w.actor.kind = ACTOR_SYSTEM;
			e = run(&w, f);
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
