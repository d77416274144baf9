/*
 * Messages of the payment provider: what is signed is taken, whatever is altered by a bit, a second or a secret is not.
 */
#include "fcgi/http/signature.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tenancy/crypto.h"
#include "tests/unit/test.h"

#define SECRET "whsec_8d3b1f0c2a"
#define NOW INT64_C(1700000000)

static uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
static uint64_t
chance(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static void
sign(const char *secret, int64_t at, struct str body, char out[200])
{
	uint8_t mac[SHA256_BYTES];
	char stamp[24];
	size_t n;

	snprintf(stamp, sizeof(stamp), "%lld", (long long)at);
	const struct crypto_piece text[] = {{stamp, strlen(stamp)}, {".", 1}, {body.p, body.n}};
	assert_int_equal(crypto_hmac_sha256(secret, strlen(secret), text, 3, mac), OK);
	n = (size_t)snprintf(out, 200, "t=%s,v1=", stamp);
	for (size_t i = 0; i < sizeof(mac); i++)
		n += (size_t)snprintf(out + n, 200 - n, "%02x", mac[i]);
}

/* RFC 4231, test case 2. */
static void
the_mac_is_the_one_of_the_rfc(void **state)
{
	static const uint8_t wanted[SHA256_BYTES] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26,
	    0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};
	const struct crypto_piece text[] = {{"what do ya want ", 16}, {"for nothing?", 12}};
	uint8_t mac[SHA256_BYTES];

	(void)state;
	assert_int_equal(crypto_hmac_sha256("Jefe", 4, text, 2, mac), OK);
	assert_memory_equal(mac, wanted, sizeof(mac));
}

static void
what_is_signed_is_taken(void **state)
{
	const struct str body = STR("{\"id\":\"evt_1\"}");
	char good[200], more[500];

	(void)state;
	sign(SECRET, NOW, body, good);
	assert_true(signature_good(STR(SECRET), str_of(good), body, NOW));
	assert_true(signature_good(STR(SECRET), str_of(good), body, NOW + SIGNATURE_AGE_S));
	assert_true(signature_good(STR(SECRET), str_of(good), body, NOW - SIGNATURE_AGE_S));
	/* One secret takes over from another; an unknown scheme and a v1 of somebody else stand beside. */
	assert_true(signature_good(STR("whsec_old," SECRET), str_of(good), body, NOW));
	snprintf(more, sizeof(more), "%s,v1=%064d,v0=abc", good, 7);
	assert_true(signature_good(STR(SECRET), str_of(more), body, NOW));
}

static void
what_is_old_or_of_tomorrow_is_not(void **state)
{
	const struct str body = STR("{}");
	char text[200];

	(void)state;
	sign(SECRET, NOW, body, text);
	assert_false(signature_good(STR(SECRET), str_of(text), body, NOW + SIGNATURE_AGE_S + 1));
	assert_false(signature_good(STR(SECRET), str_of(text), body, NOW - SIGNATURE_AGE_S - 1));
}

static void
nonsense_is_not(void **state)
{
	static const char *const bad[] = {"", "t=", "t=1700000000", "v1=", "t=1700000000,v1=", "t=-1,v1=00", "t=1700000000,v1=zz",
	    "t=99999999999999999999,v1=00", "t=1700000000,t=1700000000,v1=00", ",,,,", "=", "t=1700000000,V1=00"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(signature_good(STR(SECRET), str_of(bad[i]), STR("{}"), NOW));
	assert_false(signature_good(STR(""), STR("t=1700000000,v1=00"), STR("{}"), NOW));
}

/*
 * Bits turned in body, signature or time; cut short; another secret; the secret of somebody else. LONG=1: a million. What
 * leaves the text as it was is no forgery and is not counted.
 */
static void
forged_messages_are_refused(void **state)
{
	const long tries = getenv("LONG") != NULL ? 1000000 : 60000;
	char body[256], signature[200], other[200];
	long accepted = 0, forged = 0;

	(void)state;
	for (long i = 0; i < tries; i++) {
		size_t n = (size_t)snprintf(body, sizeof(body), "{\"id\":\"evt_%llx\",\"account\":\"acct_%llx\",\"n\":%ld}",
		    (unsigned long long)chance(), (unsigned long long)chance(), i);
		const int64_t at = NOW - 200 + (int64_t)(chance() % 400);
		struct str said;

		sign(SECRET, at, (struct str){body, n}, signature);
		if (i % 100 == 0)
			assert_true(signature_good(STR(SECRET), str_of(signature), (struct str){body, n}, NOW));
		said = str_of(signature);
		switch (i % 6) {
		case 0:
			body[chance() % n] ^= (char)(1U << chance() % 8);
			break;
		case 1:
			n -= 1 + chance() % n;
			break;
		case 2: {
			char *p = &signature[16 + chance() % 64];

			*p = *p == '0' ? '1' : '0';
			break;
		}
		case 3:
			signature[2 + 9 - chance() % 2] ^= 1;
			break;
		case 4:
			sign("whsec_of_the_neighbour", at, (struct str){body, n}, other);
			said = str_of(other);
			break;
		default:
			said = str_sub(said, 0, said.n - 1 - chance() % 60);
		}
		forged++;
		accepted += signature_good(STR(SECRET), said, (struct str){body, n}, NOW);
	}
	print_message("# %ld forged messages, %ld accepted\n", forged, accepted);
	assert_int_equal(accepted, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_mac_is_the_one_of_the_rfc),
	    cmocka_unit_test(what_is_signed_is_taken),
	    cmocka_unit_test(what_is_old_or_of_tomorrow_is_not),
	    cmocka_unit_test(nonsense_is_not),
	    cmocka_unit_test(forged_messages_are_refused),
	};

	return cmocka_run_group_tests_name("fcgi/http/signature", tests, NULL, NULL);
}
