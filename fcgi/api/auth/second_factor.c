/*
 * fcgi/api/auth/second_factor.c -- set the second factor up, give it up, and the codes for a lost phone.
 */
#include "fcgi/acts/credentials.h"
#include "fcgi/api/auth/answer.h"
#include "fcgi/http/qr.h"

extern const struct endpoint auth_second_factor[];

static enum err offer(struct work *w, const struct call *c);
static enum err confirm(struct work *w, const struct call *c);
static enum err remove_factor(struct work *w, const struct call *c);
static enum err recovery(struct work *w, const struct call *c);

struct offer_out {
	struct str secret, uri, qr;
};

struct code_in {
	struct str code;
};

static const struct field offer_fields[] = {
	FIELD_TEXT(struct offer_out, secret, 32, 32),
	FIELD_TEXT(struct offer_out, uri, 1, 2048),
	FIELD_TEXT(struct offer_out, qr, 1, 200000),
	FIELD_END
};
static const struct shape offer_shape = {"TotpOffer", sizeof(struct offer_out), offer_fields};

static const struct field code_fields[] = {
	FIELD_TEXT(struct code_in, code, 1, 40),
	FIELD_END
};
static const struct shape code_shape = {"Code", sizeof(struct code_in), code_fields};

static const struct field removal_fields[] = {
	FIELD_SECRET(struct removal, password, 1, 128),
	FIELD_TEXT(struct removal, code, 1, 40),
	FIELD_END
};
static const struct shape removal_shape = {"Removal", sizeof(struct removal), removal_fields};

static const struct field recovery_code_fields[] = {
	FIELD_TEXT(struct recovery_code, code, 19, 19),
	FIELD_END
};
static const struct shape recovery_code_shape = {
	"RecoveryCode", sizeof(struct recovery_code), recovery_code_fields};
static const struct field recovery_codes_fields[] = {
	FIELD_LIST(struct recovery_codes, codes, codes_n, &recovery_code_shape, 10),
	FIELD_END
};
static const struct shape recovery_codes_shape = {
	"RecoveryCodes", sizeof(struct recovery_codes), recovery_codes_fields};

const struct endpoint auth_second_factor[] = {
	{.method = POST, .path = "/totp", .signed_in = true, .half = true, .out = &offer_shape, .run = offer,
	    .help = "A secret for an authenticator, as text and as a QR code; it counts once a code was shown.",
	    .story = "second-factor.test.mjs"},
	{.method = POST, .path = "/totp/confirmations", .signed_in = true, .half = true, .body = &code_shape,
	    .out = &recovery_codes_shape, .run = confirm,
	    .help = "Show a code of that authenticator; the session rises, ten recovery codes are shown once.",
	    .story = "second-factor.test.mjs"},
	{.method = POST, .path = "/totp/removals", .signed_in = true, .body = &removal_shape, .run = remove_factor,
	    .help = "Give the second factor up, where the role allows it.", .story = "second-factor.test.mjs"},
	{.method = POST, .path = "/recovery-codes", .signed_in = true, .out = &recovery_codes_shape, .run = recovery,
	    .help = "Ten new recovery codes; the old ones stop working.", .story = "second-factor.test.mjs"},
	{0}
};

static enum err
offer(struct work *w, const struct call *c)
{
	struct totp_offer o;
	struct offer_out out;

	TRY(act_totp_offer(w, &o));
	out = (struct offer_out){.secret = o.secret, .uri = o.uri};
	TRY(qr_svg(w->arena, o.uri, &out.qr));
	return reply_created(c, &offer_shape, &out);
}

static enum err
confirm(struct work *w, const struct call *c)
{
	const struct code_in *in = c->body;
	struct recovery_codes out;

	TRY(count_guess(w));
	TRY(act_totp_confirm(w, in->code, &out));
	TRY(session_raise(w, c->reply, true));
	return reply_created(c, &recovery_codes_shape, &out);
}

static enum err
remove_factor(struct work *w, const struct call *c)
{
	bool counted = false;
	enum err e;

	TRY(count_guess(w));
	e = act_totp_remove(w, c->body, &counted);
	if (e != OK)
		return counted ? answer_refusal(w, c) : e;
	TRY(session_raise(w, c->reply, false));
	return reply_nothing(c);
}

static enum err
recovery(struct work *w, const struct call *c)
{
	struct recovery_codes out;

	TRY(act_recovery_codes(w, &out));
	return reply_created(c, &recovery_codes_shape, &out);
}
