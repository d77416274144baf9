/* tests/unit/fcgi/remote/push.c -- RFC 8291's own example, byte for byte; keys that are none. */
#include "fcgi/remote/push.h"

#include "tests/unit/test.h"

/* Appendix A of RFC 8291. */
#define PLAIN  "When I grow up, I want to be a watermelon"
#define AS_KEY "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
#define UA_PUB "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
#define SECRET "BTBZMqHH6r4Tts7J_aSIgg"
#define SALT   "DGv6ra1nlYgDCS1FRnbzlw"
#define BODY                                                                                                   \
	"DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"                                     \
	"mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"                                     \
	"pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"

static void
the_example_of_the_standard_is_sealed_to_its_bytes(void **state)
{
	struct arena *a = arena_open(64 * 1024, 1024 * 1024, NULL);
	uint8_t d[P256_SCALAR], salt[PUSH_SALT], want[256];
	struct push_to to = {.address = STR("")};
	struct fault f = {0};
	struct p256 once;
	struct str body;
	size_t n;

	(void)state;
	assert_true(str_unbase64url(STR(AS_KEY), d, sizeof(d), &n) && n == sizeof(d));
	assert_true(str_unbase64url(STR(UA_PUB), to.point, sizeof(to.point), &n) && n == PUSH_POINT);
	assert_true(str_unbase64url(STR(SECRET), to.secret, sizeof(to.secret), &n) && n == PUSH_SECRET);
	assert_true(str_unbase64url(STR(SALT), salt, sizeof(salt), &n) && n == PUSH_SALT);
	assert_int_equal(crypto_p256(d, &once), OK);
	assert_int_equal(push_seal(a, &to, &once, salt, STR(PLAIN), &body, &f), OK);
	assert_true(str_unbase64url(STR(BODY), want, sizeof(want), &n));
	assert_int_equal(body.n, n);
	assert_memory_equal(body.p, want, n);
	to.point[64] ^= 1; /* beside the curve */
	assert_int_equal(push_seal(a, &to, &once, salt, STR(PLAIN), &body, &f), E_INVALID);
	assert_string_equal(f.field, "p256dh");
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_example_of_the_standard_is_sealed_to_its_bytes)};

	return cmocka_run_group_tests_name("remote/push", tests, NULL, NULL);
}
