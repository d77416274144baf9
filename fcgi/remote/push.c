#include "fcgi/remote/push.h"

#include "fcgi/remote/call.h"
#include "tenancy/keys.h"

#define RECORD 4096
#define HEAD (PUSH_SALT + 4 + 1 + P256_POINT)
#define TOKEN_LIVES_S 43200 /* Apple refuses more than a day */
#define SAY_SEALED "The push could not be sealed."

static enum err once_made(struct p256 *out, struct fault *f);
static enum err judge(const struct call_answer *answer, bool *gone, struct fault *f);

enum err
push_send(struct arena *a, const struct config *c, const struct push_message *m, bool *gone, struct fault *f)
{
	const struct str own = str_of(c->push_url);
	const struct str contact = str_of(c->push_contact && *c->push_contact ? c->push_contact : c->base_url);
	struct str origin, token, body;
	struct call_answer answer;
	uint8_t salt[PUSH_SALT];
	struct p256 once;

	*gone = false;
	if (!push_address(m->to.address, own, &origin))
		return fail(f, E_INVALID, "address", "This is not an address of a push service.");
	TRY(once_made(&once, f));
	random_bytes(salt, sizeof(salt));
	TRY(push_seal(a, &m->to, &once, salt, m->text, &body, f));
	TRY(push_token(a, &m->sign, origin, contact, m->now, &token, f));
	const struct call_header header[] = {
	    {"Authorization", token},
	    {"TTL", str_printf(a, "%u", m->keep_s)},
	    {"Urgency", STR("high")},
	    {"Content-Type", STR("application/octet-stream")},
	    {"Content-Encoding", STR("aes128gcm")},
	    {"Topic", m->topic},
	};
	const struct call_http call = {.reach = push_own(m->to.address, own) ? CALL_OPERATOR : CALL_PUBLIC,
	    .method = "POST", .url = m->to.address, .header = header, .headers = m->topic.n > 0 ? 6 : 5, .body = body};

	TRY(call_http(a, &call, &answer, f));
	return judge(&answer, gone, f);
}

enum err
push_seal(struct arena *a, const struct push_to *to, const struct p256 *once, const uint8_t salt[PUSH_SALT],
    struct str text, struct str *body, struct fault *f)
{
	uint8_t shared[P256_SCALAR], ikm[32], key[16], nonce[12], info[14 + 2 * P256_POINT] = "WebPush: info";
	const size_t n = text.n + 1;
	uint8_t *plain = arena_array(a, uint8_t, n), *out = arena_array(a, uint8_t, HEAD + n + AES_TAG);

	if (text.n > PUSH_TEXT_MAX)
		return fail(f, E_INVALID, "text", "Must be at most %lld characters.", (long long)PUSH_TEXT_MAX);
	memcpy(info + 14, to->point, P256_POINT);
	memcpy(info + 14 + P256_POINT, once->q, P256_POINT);
	if (crypto_p256_shared(once, to->point, shared) != OK)
		return fail(f, E_INVALID, "p256dh", "This is not a key of a phone.");
	memcpy(plain, text.p, text.n);
	plain[text.n] = 2; /* the last record, and no padding */
	memcpy(out, salt, PUSH_SALT);
	memcpy(out + PUSH_SALT, (const uint8_t[]){0, 0, RECORD >> 8, RECORD & 255, P256_POINT}, 5);
	memcpy(out + PUSH_SALT + 5, once->q, P256_POINT);
	if (crypto_hkdf(to->secret, PUSH_SECRET, shared, sizeof(shared), info, sizeof(info), ikm, sizeof(ikm)) != OK ||
	    crypto_hkdf(salt, PUSH_SALT, ikm, sizeof(ikm), "Content-Encoding: aes128gcm", 28, key, sizeof(key)) != OK ||
	    crypto_hkdf(salt, PUSH_SALT, ikm, sizeof(ikm), "Content-Encoding: nonce", 24, nonce, sizeof(nonce)) != OK ||
	    crypto_aes128gcm(key, nonce, plain, n, out + HEAD) != OK)
		return fail(f, E_AWAY, NULL, SAY_SEALED);
	*body = (struct str){(const char *)out, HEAD + n + AES_TAG};
	return OK;
}

enum err
push_token(struct arena *a, const struct p256 *sign, struct str origin, struct str contact, int64_t now,
    struct str *out, struct fault *f)
{
	static const char head[] = "{\"typ\":\"JWT\",\"alg\":\"ES256\"}";
	uint8_t raw[P256_SIGNATURE];
	const struct str claims = str_printf(a, "{\"aud\":\"%.*s\",\"exp\":%lld,\"sub\":\"%.*s\"}", STR_ARG(origin),
	    (long long)(now + TOKEN_LIVES_S), STR_ARG(contact));
	const struct str text = str_printf(a, "%s.%s", str_base64url(a, head, sizeof(head) - 1).p,
	    str_base64url(a, claims.p, claims.n).p);

	if (crypto_es256(sign, text.p, text.n, raw) != OK)
		return fail(f, E_AWAY, NULL, SAY_SEALED);
	*out = str_printf(a, "vapid t=%s.%s, k=%s", text.p, str_base64url(a, raw, sizeof(raw)).p,
	    str_base64url(a, sign->q, P256_POINT).p);
	return OK;
}

/* A pair for one message. A number that is none on the curve comes once in four thousand million times. */
static enum err
once_made(struct p256 *out, struct fault *f)
{
	uint8_t d[P256_SCALAR];

	for (int tries = 0; tries < 3; tries++) {
		random_bytes(d, sizeof(d));
		if (crypto_p256(d, out) == OK)
			return OK;
	}
	return fail(f, E_AWAY, NULL, SAY_SEALED);
}

static enum err
judge(const struct call_answer *answer, bool *gone, struct fault *f)
{
	switch (answer->status) {
	case 200:
	case 201:
	case 202:
	case 204:
		return OK;
	case 404:
	case 410:
		*gone = true;
		return OK;
	case 429:
		f->retry_after_s = answer->retry_after_s > 0 ? answer->retry_after_s : 60;
		return fail(f, E_LIMIT, NULL, "The push service wants us to ask less often.");
	case 400:
	case 401:
	case 403:
	case 413:
		return fail(f, E_FORBIDDEN, NULL, "The push service refuses us (status %d).", answer->status);
	default:
		f->retry_after_s = answer->retry_after_s;
		return fail(f, E_AWAY, NULL, "The push service answers with status %d.", answer->status);
	}
}
