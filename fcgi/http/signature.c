#include "fcgi/http/signature.h"

#include <string.h>

#include "tenancy/crypto.h"

#define HEX_LETTERS (2 * SHA256_BYTES)
#define SIGNATURES_MOST 16

static bool hex_read(struct str text, uint8_t out[SHA256_BYTES]);
static bool time_read(struct str text, int64_t *out);

bool
signature_good(struct str secrets, struct str signature, struct str body, int64_t now)
{
	uint8_t given[SIGNATURES_MOST][SHA256_BYTES], wanted[SHA256_BYTES];
	struct str stamp = STR_NONE, rest = signature;
	bool good = false;
	size_t n = 0;
	int64_t at = 0;

	while (rest.n > 0) {
		struct str value, part = str_cut(rest, ',', &rest), name = str_cut(part, '=', &value);

		if (str_eq(name, STR("t"))) {
			if (stamp.n > 0 || !time_read(value, &at))
				return false;
			stamp = value;
		} else if (str_eq(name, STR("v1")) && n < SIGNATURES_MOST && hex_read(value, given[n])) {
			n++;
		}
	}
	if (stamp.n == 0 || n == 0 || at > now + SIGNATURE_AGE_S || at < now - SIGNATURE_AGE_S)
		return false;
	while (secrets.n > 0) {
		struct str secret = str_cut(secrets, ',', &secrets);
		const struct crypto_piece text[] = {{stamp.p, stamp.n}, {".", 1}, {body.p, body.n}};

		if (secret.n == 0 || crypto_hmac_sha256(secret.p, secret.n, text, 3, wanted) != OK)
			continue;
		for (size_t i = 0; i < n; i++)
			good |= crypto_same(given[i], wanted, SHA256_BYTES);
	}
	return good;
}

static bool
hex_read(struct str text, uint8_t out[SHA256_BYTES])
{
	if (text.n != HEX_LETTERS)
		return false;
	for (size_t i = 0; i < HEX_LETTERS; i++) {
		const char c = text.p[i];
		const int v = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (v < 0)
			return false;
		out[i / 2] = (uint8_t)(i % 2 == 0 ? v << 4 : out[i / 2] | v);
	}
	return true;
}

static bool
time_read(struct str text, int64_t *out)
{
	uint64_t v = 0;

	if (text.n == 0 || text.n > 12 || !str_u64(text, &v))
		return false;
	*out = (int64_t)v;
	return true;
}
