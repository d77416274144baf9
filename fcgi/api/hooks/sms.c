/*
 * fcgi/api/hooks/sms.c -- what the provider of texts tells us: a text for a company, what became of one of ours.
 *
 * Signed over the address that it was given and all that it says (signed.h).
 */
#include "fcgi/acts/messages.h"
#include "fcgi/api/hooks/signed.h"
#include "fcgi/http/reply.h"

extern const struct endpoint hook_sms[];

static enum err heard(struct desk *d, const struct call *c);
static enum err receipt(struct desk *d, const struct call *c);
static enum err hear(struct work *w, void *form);
static enum err told(struct work *w, void *form);

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

	TRY(signed_form(d, c, STR("/api/hook/sms"), "To", NULL, &f, &t));
	if (t != NULL)
		TRY(signed_inside(d, t, &f, hear));
	return reply_file(c, "text/xml", NULL, EMPTY);
}

static enum err
receipt(struct desk *d, const struct call *c)
{
	const struct tenant *t;
	struct form f;

	TRY(signed_form(d, c, STR("/api/hook/sms-receipts"), "From", NULL, &f, &t));
	if (t != NULL)
		TRY(signed_inside(d, t, &f, told));
	return reply_file(c, "text/xml", NULL, EMPTY);
}

static enum err
hear(struct work *w, void *form)
{
	const struct form *f = form;
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
told(struct work *w, void *form)
{
	const struct form *f = form;

	return act_message_told(w, form_value(f, "MessageSid"), form_value(f, "MessageStatus"), form_value(f, "ErrorCode"));
}
