/*
 * tests/unit/tenancy/credential.c -- passwords, tokens, time-based codes, recovery codes.
 */
#include "tenancy/credential.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "tenancy/crypto.h"
#include "tests/unit/arena.h"

ARENA_OF_EACH_TEST(arena)

static const uint8_t rfc_secret[TOTP_SECRET_BYTES + 1] = "12345678901234567890";

/* Source: RFC 6238 appendix B (SHA-1); the last six of its eight digits. */
static void
codes_are_those_of_rfc_6238(void **state)
{
	static const struct {
		int64_t at;
		uint32_t code;
	} rfc[] = {{59, 287082}, {1111111109, 81804}, {1111111111, 50471}, {1234567890, 5924},
	    {2000000000, 279037}, {INT64_C(20000000000), 353130}};

	(void)state;
	for (size_t i = 0; i < sizeof(rfc) / sizeof(rfc[0]); i++)
		assert_int_equal(totp_code(rfc_secret, rfc[i].at / 30), rfc[i].code);
}

/* Source: RFC 2202 section 3, cases 1, 2 and 6. */
static void
hmac_sha1_is_that_of_rfc_2202(void **state)
{
	uint8_t out[SHA1_BYTES], key[80];

	(void)state;
	memset(key, 0x0b, 20);
	assert_int_equal(crypto_hmac_sha1(key, 20, "Hi There", 8, out), OK);
	assert_string_equal(
	    str_hex(arena, out, sizeof(out)).p, "b617318655057264e28bc0b6fb378c8ef146be00");
	assert_int_equal(crypto_hmac_sha1("Jefe", 4, "what do ya want for nothing?", 28, out), OK);
	assert_string_equal(
	    str_hex(arena, out, sizeof(out)).p, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
	memset(key, 0xaa, 80);
	assert_int_equal(crypto_hmac_sha1(key, 80,
			     "Test Using Larger Than Block-Size Key - Hash Key First", 54, out),
	    OK);
	assert_string_equal(
	    str_hex(arena, out, sizeof(out)).p, "aa4ae5e15272d00e95705637ce8a3b55ed402112");
}

/* Debian's oathtool is another hand; without it this test says that it was skipped. */
static void
codes_are_those_of_oathtool(void **state)
{
	(void)state;
	if (access("/usr/bin/oathtool", X_OK) != 0)
		skip();
	for (int i = 0; i < 20; i++) {
		uint8_t secret[TOTP_SECRET_BYTES];
		int64_t at = 1700000000 + (int64_t)(random_u32() % 400000000);
		char line[32];
		FILE *tool;

		totp_secret_make(secret);
		tool =
		    popen(str_printf(arena, "/usr/bin/oathtool --totp --base32 --now '@%lld' %.*s",
			      (long long)at, STR_ARG(str_base32(arena, secret, sizeof(secret))))
			      .p,
			"re");
		assert_non_null(tool);
		assert_non_null(fgets(line, sizeof(line), tool));
		assert_int_equal(pclose(tool), 0);
		assert_int_equal(totp_code(secret, at / 30), strtoul(line, NULL, 10));
	}
}

static struct str
code_at(int64_t at)
{
	return str_printf(arena, "%06u", totp_code(rfc_secret, at / 30));
}

static void
a_code_works_half_a_minute_around_and_only_once(void **state)
{
	int64_t now = 1795300010, step = 0;

	(void)state;
	assert_true(totp_verify(rfc_secret, code_at(now), now, 0, &step));
	assert_int_equal(step, now / 30);
	assert_false(totp_verify(rfc_secret, code_at(now), now, step, &step));
	assert_true(totp_verify(rfc_secret, code_at(now + 30), now, step, &step));
	assert_int_equal(step, now / 30 + 1);
	assert_false(totp_verify(rfc_secret, code_at(now), now, step, &step));
	assert_true(totp_verify(rfc_secret, code_at(now - 30), now, 0, &step));
	assert_false(totp_verify(rfc_secret, code_at(now - 60), now, 0, &step));
	assert_false(totp_verify(rfc_secret, code_at(now + 60), now, 0, &step));
	assert_false(totp_verify(rfc_secret, STR(""), now, 0, &step));
	assert_false(totp_verify(rfc_secret, STR("12345"), now, 0, &step));
	assert_false(totp_verify(
	    rfc_secret, str_printf(arena, "%.*s0", STR_ARG(code_at(now))), now, 0, &step));
}

static void
a_uri_names_company_and_person(void **state)
{
	(void)state;
	assert_string_equal(totp_uri(arena, STR("Blue & Co"), STR("ana@example.com"), rfc_secret).p,
	    "otpauth://totp/Blue%20%26%20Co:ana@example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	    "&issuer=Blue%20%26%20Co");
}

static void
a_password_hash_knows_its_password(void **state)
{
	struct str hash;
	struct fault f = {OK};
	bool right;

	(void)state;
	assert_int_equal(password_hash(STR("four salamanders swim"), arena, &hash, &f), OK);
	assert_true(str_starts(hash, STR("$argon2id$v=19$m=65536,t=3,p=1$")));
	assert_false(password_stale(hash));
	assert_true(password_stale(STR("$argon2id$v=19$m=4096,t=3,p=1$FAbLZQ2BYe7KVHooXiQ3SA$"
				       "Zh3WIdenVgyo4FioKS+NXb1u6RZ/xsE2e48BCy03wLc")));
	assert_int_equal(password_verify(STR("four salamanders swim"), hash, &right, &f), OK);
	assert_true(right);
	assert_int_equal(password_verify(STR("four salamanders swam"), hash, &right, &f), OK);
	assert_false(right);
	assert_int_equal(password_verify(STR(""), hash, &right, &f), OK);
	assert_false(right);
}

static double
verify_ms(struct str hash)
{
	struct timespec a, b;
	struct fault f = {OK};
	bool right;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
	assert_int_equal(password_verify(STR("any password at all"), hash, &right, &f), OK);
	assert_false(right);
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
	return (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
}

/* CPU time, best of three: an account that is not there costs within a fifth of one that is. */
static void
an_unknown_account_costs_the_same_work(void **state)
{
	struct str hash;
	struct fault f = {OK};
	double known = 1e9, unknown = 1e9;

	(void)state;
	assert_int_equal(password_hash(STR("four salamanders swim"), arena, &hash, &f), OK);
	/* The least of several is the work itself; a busy machine only needs more of them. */
	for (int i = 0; i < 3 || (i < 12 && !(unknown > known * 0.8 && unknown < known * 1.25)); i++) {
		double k = verify_ms(hash), u = verify_ms(STR_NONE);

		known = k < known ? k : known;
		unknown = u < unknown ? u : unknown;
	}
	assert_true(unknown > known * 0.8 && unknown < known * 1.25);
}

static enum err
check(struct password_list *l, const char *password, bool second)
{
	struct fault f = {OK};
	enum err e = password_check(l, str_of(password), second,
	    STR("salamander@bluewater.example"), STR("Bluewater Pools"), &f);

	if (e != OK)
		assert_string_equal(f.field, "password");
	return e;
}

static void
a_password_needs_length_and_nothing_else(void **state)
{
	char long_one[PASSWORD_MAX + 2];

	(void)state;
	assert_int_equal(check(NULL, "kq7hzmw", true), E_INVALID);
	assert_int_equal(check(NULL, "kq7hzmwt", true), OK);
	assert_int_equal(check(NULL, "kq7hzmwtkq7hzm", false), E_INVALID);
	assert_int_equal(check(NULL, "kq7hzmwtkq7hzmw", false), OK);
	assert_int_equal(check(NULL, "ñandú año ñu", true), OK);
	assert_int_equal(check(NULL, "ñññúñé ñ", true), OK);
	assert_int_equal(check(NULL, "\xff\xfe" "abcdefgh", true), E_INVALID);
	for (size_t i = 0; i < sizeof(long_one); i++)
		long_one[i] = (char)('!' + i % 90);
	long_one[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(check(NULL, long_one, true), E_INVALID);
	long_one[PASSWORD_MAX] = '\0';
	assert_int_equal(check(NULL, long_one, true), OK);
}

static void
what_is_guessed_first_is_refused(void **state)
{
	static const char *const bad[] = {"password", "PASSWORD", "Password123!", "12345678",
	    "87654321", "1234567890", "aaaaaaaa", "abcdefgh", "letmein2026", "!!!iloveyou!!!",
	    "salamander", "salamander@bluewater.example", "BLUEWATER pools", "swimmingpool1"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(check(NULL, bad[i], true), E_INVALID);
	assert_int_equal(check(NULL, "password12345678", false), E_INVALID);
	assert_int_equal(check(NULL, "password is a bad word", false), OK);
}

static void
a_list_of_common_passwords_is_read_and_bounded(void **state)
{
	char path[64];
	struct password_list *l;
	struct fault f = {OK};
	FILE *out;

	(void)state;
	(void)snprintf(path, sizeof(path), "/tmp/poolhouse-test-words-%ld", (long)getpid());
	out = fopen(path, "we");
	assert_non_null(out);
	(void)fprintf(out, "zebrastripe\n\n  Kangaroos \n%0300d\nlastwordnonewline", 7);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(password_list_load(path, arena, &l, &f), OK);
	assert_int_equal(check(l, "ZebraStripe", true), E_INVALID);
	assert_int_equal(check(l, "kangaroos", true), E_INVALID);
	assert_int_equal(check(l, "kangaroos99", true), E_INVALID);
	assert_int_equal(check(l, "lastwordnonewline", true), E_INVALID);
	assert_int_equal(check(l, "zebrastripes", true), OK);
	assert_int_equal(check(NULL, "kangaroos", true), OK);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(password_list_load(path, arena, &l, &f), E_INVALID);
	f = (struct fault){OK};
	assert_int_equal(password_list_load("", arena, &l, &f), OK);
	assert_int_equal(check(l, "password", true), E_INVALID);
}

static void
only_the_hash_of_a_token_is_kept(void **state)
{
	struct token a, b;
	uint8_t hash[HASH_BYTES];

	(void)state;
	token_make(&a);
	token_make(&b);
	assert_int_equal(strlen(a.text), 43);
	assert_string_not_equal(a.text, b.text);
	assert_true(token_hash(str_of(a.text), hash));
	assert_true(same_bytes(hash, a.hash, HASH_BYTES));
	assert_false(same_bytes(hash, b.hash, HASH_BYTES));
	assert_false(token_hash(STR(""), hash));
	assert_false(token_hash(str_sub(str_of(a.text), 0, 42), hash));
	a.text[5] = '+';
	assert_false(token_hash(str_of(a.text), hash));
}

static void
a_recovery_code_is_read_as_people_type(void **state)
{
	struct token t;
	uint8_t hash[HASH_BYTES], other[HASH_BYTES];
	char typed[64];
	size_t n = 0;

	(void)state;
	recovery_make(&t);
	assert_int_equal(strlen(t.text), 19);
	assert_true(recovery_hash(str_of(t.text), hash));
	assert_memory_equal(hash, t.hash, HASH_BYTES);
	for (size_t i = 0; t.text[i] != '\0'; i++) {
		if (t.text[i] == '-')
			typed[n++] = ' ';
		else if (t.text[i] == '0')
			typed[n++] = 'O';
		else if (t.text[i] == '1')
			typed[n++] = 'l';
		else
			typed[n++] = (char)(t.text[i] >= 'a' ? t.text[i] - 32 : t.text[i]);
	}
	assert_true(recovery_hash((struct str){typed, n}, other));
	assert_memory_equal(hash, other, HASH_BYTES);
	assert_false(recovery_hash(STR("0123-4567-89ab-cde"), hash));
	assert_false(recovery_hash(STR("0123-4567-89ab-cdef0"), hash));
	assert_false(recovery_hash(STR("u123-4567-89ab-cdef"), hash));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(codes_are_those_of_rfc_6238, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(hmac_sha1_is_that_of_rfc_2202, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(codes_are_those_of_oathtool, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_code_works_half_a_minute_around_and_only_once, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(a_uri_names_company_and_person, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(a_password_hash_knows_its_password, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		an_unknown_account_costs_the_same_work, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_password_needs_length_and_nothing_else, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(what_is_guessed_first_is_refused, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_list_of_common_passwords_is_read_and_bounded, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(only_the_hash_of_a_token_is_kept, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		a_recovery_code_is_read_as_people_type, open_arena, close_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
