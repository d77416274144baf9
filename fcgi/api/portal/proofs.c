/*
 * fcgi/api/portal/proofs.c -- anybody may check a sealed document, without a session.
 */
#include "fcgi/acts/proofs.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint portal_proofs[];

static enum err check(struct work *w, const struct call *c);
static enum err keys(struct work *w, const struct call *c);

struct proof_in {
	struct str proof;
};
static const struct field proof_in_fields[] = {
	FIELD_LINES(struct proof_in, proof, 1, PROOF_CHECK_MAX),
	FIELD_END
};
static const struct shape proof_in_shape = {"ProofIn", sizeof(struct proof_in), proof_in_fields};

static const struct field verdict_fields[] = {
	FIELD_BOOL(struct proof_verdict, valid),
	FIELD_TEXT(struct proof_verdict, why, 0, 300),
	FIELD_MAYBE_TEXT(struct proof_verdict, kind, 1, 16),
	FIELD_MAYBE_TEXT(struct proof_verdict, company, 1, PROOF_COMPANY_MAX),
	FIELD_MAYBE_TEXT(struct proof_verdict, kid, 1, PROOF_KID_LETTERS),
	FIELD_MAYBE_TIME(struct proof_verdict, issued_at),
	FIELD_MAYBE_TEXT(struct proof_verdict, body, 1, PROOF_CHECK_MAX),
	FIELD_END
};
static const struct shape verdict_shape = {"ProofVerdict", sizeof(struct proof_verdict), verdict_fields};

static const struct field key_line_fields[] = {
	FIELD_TEXT(struct proof_key_line, kid, 1, PROOF_KID_LETTERS),
	FIELD_TEXT(struct proof_key_line, public_key, 64, 64),
	FIELD_TIME(struct proof_key_line, from),
	FIELD_MAYBE_TIME(struct proof_key_line, until),
	FIELD_TEXT(struct proof_key_line, certificate, 128, 128),
	FIELD_END
};
static const struct shape key_line_shape = {"ProofKey", sizeof(struct proof_key_line), key_line_fields};

static const struct field keys_fields[] = {
	FIELD_TEXT(struct proof_keys, company, 1, PROOF_COMPANY_MAX),
	FIELD_TEXT(struct proof_keys, house, 64, 64),
	FIELD_MAYBE_INT(struct proof_keys, sealed_nights, 1, INT32_MAX),
	FIELD_MAYBE_TIME(struct proof_keys, sealed_at),
	FIELD_MAYBE_TEXT(struct proof_keys, sealed_hash, 128, 128),
	FIELD_LIST(struct proof_keys, keys, keys_n, &key_line_shape, PROOF_KEYS_MAX),
	FIELD_END
};
static const struct shape keys_shape = {"ProofKeys", sizeof(struct proof_keys), keys_fields};

const struct endpoint portal_proofs[] = {
	{.method = POST, .path = "/proof-checks", .anyone = true, .body = &proof_in_shape, .body_max = 900 * 1024,
	    .out = &verdict_shape, .run = check,
	    .help = "Is this sealed document whole? Says so, and what it says itself; nothing else.",
	    .story = "proofs.test.mjs"},
	{.method = GET, .path = "/proof-keys", .anyone = true, .out = &keys_shape, .run = keys,
	    .help = "The company's public keys, each certified by the house, and the last night whose ledger was sealed; also at /.well-known/pool-keys.json.",
	    .story = "proofs.test.mjs"},
	{0},
};

static enum err
check(struct work *w, const struct call *c)
{
	const struct proof_in *in = c->body;
	struct proof_verdict v;

	TRY(act_proof_check(w, in->proof, &v));
	return reply_shape(c, &verdict_shape, &v);
}

static enum err
keys(struct work *w, const struct call *c)
{
	struct proof_keys k;

	TRY(act_proof_keys(w, &k));
	return reply_shape(c, &keys_shape, &k);
}
