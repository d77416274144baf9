/*
 * fcgi/api/hooks/mail.c -- mails that a provider took in for us, in Mailgun's format: the whole mail in one field of a form, signed.
 *
 * Nothing of it is read here but its envelope: a job does (fcgi/jobs/inbox.c).
 */
#include "domain/messaging/mail.h"
#include "fcgi/acts/mails.h"
#include "fcgi/http/form.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "tenancy/crypto.h"

extern const struct endpoint hook_mail[];

static enum err came(struct desk *d, const struct call *c);
static bool field(const struct call *c, struct arena *a, const char *name, size_t max, struct str *out);
static bool is_signed(struct desk *d, struct str at, struct str token, struct str signature);

#define SIGNED_AGE_S 300

const struct endpoint hook_mail[] = {
	{.method = POST, .path = "/mail", .anyone = true, .body_max = UPLOAD_MAX, .run_desk = came,
	    .help = "A mail that came in for a company, signed by the provider.", .story = "messages.test.mjs"},
	{0}
};

/* An address that nobody has is answered like any other: the provider would only come again. */
static enum err
came(struct desk *d, const struct call *c)
{
	struct str at, token, signature, to, from, raw;
	bool known;

	if (d->house->config->mail_in_secret[0] == '\0' || d->house->config->mail_in[0] == '\0')
		return fail(&d->fault, E_NOT_FOUND, NULL, "There is nothing here.");
	if (!field(c, d->arena, "timestamp", 20, &at) || !field(c, d->arena, "token", 100, &token) ||
	    !field(c, d->arena, "signature", 64, &signature) || !is_signed(d, at, token, signature))
		return fail(&d->fault, E_INVALID, "signature", "This mail is not signed by the provider.");
	if (!field(c, d->arena, "recipient", MAIL_ADDRESS_MAX, &to) || !mail_address_valid(to))
		return fail(&d->fault, E_INVALID, "recipient", "This is not an e-mail address.");
	if (!field(c, d->arena, "body-mime", LETTER_RAW_MAX, &raw) || raw.n == 0)
		return fail(&d->fault, E_INVALID, "body-mime", "This is required.");
	if (!field(c, d->arena, "sender", MAIL_ADDRESS_MAX, &from) || !mail_address_valid(from))
		from = STR("");
	TRY(act_mail_arrive(d, to, from, raw, &known));
	return reply_nothing(c);
}

/* A form of either kind; its mail may hold any bytes. */
static bool
field(const struct call *c, struct arena *a, const char *name, size_t max, struct str *out)
{
	struct str rest, type = str_trim(str_cut(c->request->content_type, ';', &rest));

	if (str_eq_nocase(type, STR("multipart/form-data"))) {
		struct part part[PARTS_MAX];
		size_t n;

		if (multipart_parse(c->request->content_type, c->request->body, part, &n, NULL) != OK)
			return false;
		for (size_t i = 0; i < n; i++)
			if (str_eq(part[i].name, str_of(name)) && part[i].data.n <= max) {
				*out = part[i].data;
				return true;
			}
		return false;
	}
	return form_bytes(c->request->body, name, a, max, out);
}

/* hex(HMAC-SHA-256(key, timestamp token)); a token is good once, because the mail's own name is. Source  Mailgun, "Securing webhooks" */
static bool
is_signed(struct desk *d, struct str at, struct str token, struct str signature)
{
	const struct str key = str_of(d->house->config->mail_in_secret);
	const struct crypto_piece text[] = {{at.p, at.n}, {token.p, token.n}};
	uint8_t want[SHA256_BYTES], got[SHA256_BYTES];
	uint64_t s;
	size_t n;

	if (!str_u64(at, &s) || !str_unhex(signature, got, sizeof(got), &n) || n != sizeof(got))
		return false;
	if ((int64_t)s < d->now - SIGNED_AGE_S || (int64_t)s > d->now + SIGNED_AGE_S)
		return false;
	return crypto_hmac_sha256(key.p, key.n, text, 2, want) == OK && crypto_same(want, got, sizeof(want));
}
