/*
 * fcgi/api/hooks/postmark.c -- what Postmark posts: a mail that came in, what became of one that we sent by it.
 *
 * It signs nothing: it signs in, with the name and the password of the address that it was given (mail_in_login). What it says of a
 * mail of ours counts for the sealed name that went along with it (fcgi/remote/mail.c), whatever address it says beside.
 *
 * Source  Postmark, "Inbound webhook", "Bounce webhook", "Spam complaint webhook", "Subscription change webhook", "Bounce types"; what
 *         the fake says has the types of the vendor's own library (tests/laws/postmark.sh)
 */
#include "domain/messaging/mail.h"
#include "fcgi/acts/mails.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "tenancy/crypto.h"

extern const struct endpoint hook_postmark[];

static enum err came(struct desk *d, const struct call *c);
static enum err came_back(struct desk *d, const struct call *c);
static enum err signed_in(struct desk *d, const struct call *c);
static bool return_of(struct desk *d, struct str report, struct mail_return *out);
static bool bounce_of(struct desk *d, struct str report, struct mail_return *out);
static struct str word(struct desk *d, struct str report, const char *name);
static enum err taken(const struct call *c);

#define RETURN_BYTES (256 * 1024)
#define WHY_MAX      2000

const struct endpoint hook_postmark[] = {
	{.method = POST, .path = "/postmark", .anyone = true, .body_max = LETTER_POST_MAX, .file = "text/plain", .run_desk = came,
	    .help = "A mail that came in for a company, from Postmark, which signs in.", .story = "messages.test.mjs"},
	{.method = POST, .path = "/postmark-returns", .anyone = true, .body_max = RETURN_BYTES, .file = "text/plain", .run_desk = came_back,
	    .help = "What became of a mail of ours, from Postmark, which signs in.", .story = "messages.test.mjs"},
	{0}
};

/* Who wrote it stands in the mail; an address that nobody has is answered like any other, for it would only come again. */
static enum err
came(struct desk *d, const struct call *c)
{
	const struct str body = c->request->body;
	struct str to, from, raw;
	bool known;

	TRY(signed_in(d, c));
	if (!json_bytes(body, "OriginalRecipient", d->arena, MAIL_ADDRESS_MAX, &to) || !mail_address_valid(to))
		return fail(&d->fault, E_INVALID, "OriginalRecipient", "This is not an e-mail address.");
	if (!json_bytes(body, "RawEmail", d->arena, LETTER_RAW_MAX, &raw) || raw.n == 0)
		return fail(&d->fault, E_INVALID, "RawEmail", "This is required.");
	if (!json_bytes(body, "From", d->arena, MAIL_ADDRESS_MAX, &from) || !mail_address_valid(from))
		from = STR("");
	TRY(act_mail_arrive(d, to, from, raw, &known));
	return taken(c);
}

static enum err
came_back(struct desk *d, const struct call *c)
{
	const struct str report = c->request->body;
	struct str metadata, inlet;
	struct mail_return r;

	TRY(signed_in(d, c));
	if (word(d, report, "RecordType").n == 0)
		return fail(&d->fault, E_INVALID, "RecordType", "This is required.");
	if (!return_of(d, report, &r) || !json_member(report, "Metadata", &metadata))
		return taken(c);
	inlet = word(d, metadata, "inlet");
	if (inlet.n > 0)
		TRY(act_mail_returned(d, str_printf(d->arena, "%.*s@%s", STR_ARG(inlet), d->house->config->mail_in), &r));
	return taken(c);
}

/* RFC 7617. With 401 it comes again, so that a wrong setting loses nothing; with 403 it would not. */
static enum err
signed_in(struct desk *d, const struct call *c)
{
	const struct str login = str_of(d->house->config->mail_in_login), is = c->request->authorization;
	struct buf want = buf_open(d->arena, 64, 4 * login.n / 3 + 16);

	if (login.n == 0 || d->house->config->mail_in[0] == '\0')
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	buf_add(&want, STR("Basic "));
	mail_base64(&want, (const unsigned char *)login.p, login.n);
	if (is.n != want.n || !crypto_same(is.p, want.p, want.n))
		return fail(&d->fault, E_SIGNED_OUT, "authorization", "The provider of mails is to sign in.");
	return OK;
}

static bool
return_of(struct desk *d, struct str report, struct mail_return *out)
{
	const struct str record = word(d, report, "RecordType");
	struct str suppressed;

	*out = (struct mail_return){.status = STR(""), .why = STR("")};
	if (str_eq(record, STR("Bounce")))
		return bounce_of(d, report, out);
	if (str_eq(record, STR("SpamComplaint"))) {
		out->what = RETURN_COMPLAINT;
		return true;
	}
	/* The reader's own click; what Postmark concludes from a bounce or a complaint it reports as that. */
	out->what = RETURN_NO_NEWS;
	return str_eq(record, STR("SubscriptionChange")) && str_eq(word(d, report, "SuppressionReason"), STR("ManualSuppression")) &&
	    json_member(report, "SuppressSending", &suppressed) && str_eq(suppressed, STR("true"));
}

/* As RFC 3463 would say it. Who answers by a machine has got the mail. */
static bool
bounce_of(struct desk *d, struct str report, struct mail_return *out)
{
	static const struct {
		const char *type, *status;
	} known[] = {
		{"HardBounce", "5.1.1"}, {"BadEmailAddress", "5.1.3"}, {"ManuallyDeactivated", "5.1.1"},
		{"SoftBounce", "5.2.2"}, {"DnsError", "5.3.0"}, {"Unknown", "5.5.0"}, {"Unconfirmed", "5.7.0"}, {"SMTPApiError", "5.7.0"},
		{"TemplateRenderingFailed", "5.6.0"}, {"VirusNotification", "5.6.0"}, {"DMARCPolicy", "5.7.1"}, {"SpamNotification", "5.7.1"},
		{"Blocked", "5.7.1"}, {"ChallengeVerification", "5.7.1"},
		{"Transient", "4.4.1"},
	};
	const struct str type = word(d, report, "Type"), details = word(d, report, "Details");

	if (str_eq(type, STR("SpamComplaint")) || str_eq(type, STR("Unsubscribe"))) {
		out->what = str_eq(type, STR("Unsubscribe")) ? RETURN_NO_NEWS : RETURN_COMPLAINT;
		return true;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(type, str_of(known[i].type))) {
			*out = (struct mail_return){RETURN_BOUNCE, str_of(known[i].status),
			    details.n > 0 ? details : word(d, report, "Description")};
			return true;
		}
	return false;
}

/* Of one line: what another mail server said may have many. */
static struct str
word(struct desk *d, struct str report, const char *name)
{
	struct buf line = buf_open(d->arena, 64, WHY_MAX);
	struct str is;

	if (!json_bytes(report, name, d->arena, WHY_MAX, &is))
		return STR("");
	is = letter_clean(d->arena, is, WHY_MAX);
	for (size_t i = 0; i < is.n; i++)
		buf_char(&line, is.p[i] == '\n' ? ' ' : is.p[i]);
	return buf_str(&line);
}

/* It takes 200 for a yes, and nothing else. */
static enum err
taken(const struct call *c)
{
	return reply_file(c, "text/plain", NULL, STR("ok\n"));
}
