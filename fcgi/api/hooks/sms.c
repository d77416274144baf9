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
static enum err heard_now(struct work *w, void *form);
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
		TRY(signed_inside(d, t, &f, heard_now));
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
heard_now(struct work *w, void *form)
{
	const struct form *f = form;
	struct text_media media[MEDIA_MAX];
	uint64_t pictures = 0;
	size_t n = 0;

	if (!str_u64(form_value(f, "NumMedia"), &pictures))
		pictures = 0;
	for (; n < pictures && n < MEDIA_MAX; n++)
		media[n] = (struct text_media){form_value(f, str_printf(w->arena, "MediaUrl%zu", n).p),
		    form_value(f, str_printf(w->arena, "MediaContentType%zu", n).p)};
	return act_text_heard(w, &(struct heard){.medium = MEDIUM_SMS, .from = form_value(f, "From"), .key = form_value(f, "MessageSid"),
	    .body = str_trim(form_value(f, "Body")), .answered = form_value(f, "OptOutType").n > 0}, media, n);
}

static enum err
told(struct work *w, void *form)
{
	const struct form *f = form;

	return act_message_told(w, form_value(f, "MessageSid"), form_value(f, "MessageStatus"), form_value(f, "ErrorCode"));
}
