/*
 * tests/unit/tenancy/keys.c -- sealed values and signed links: by another hand, and against every change.
 */
#include "tenancy/keys.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define NOW INT64_C(1795300000)

static struct arena *arena;
static char key_path[64];

static int
set_up(void **state)
{
	(void)state;
	arena = arena_open(1 << 20, 64 << 20, NULL);
	(void)snprintf(key_path, sizeof(key_path), "/tmp/poolhouse-test-key-%ld", (long)getpid());
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	(void)unlink(key_path);
	arena_close(arena);
	return 0;
}

static void
write_key_file(const char *text, mode_t mode)
{
	int fd;

	(void)unlink(key_path);
	fd = open(key_path, O_CREAT | O_WRONLY | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	assert_int_equal(close(fd), 0);
}

static enum err
open_keys(const char *text, struct keys **out)
{
	struct config c = {.master_key_file = key_path};
	struct fault f = {OK};

	write_key_file(text, 0400);
	return keys_open(&c, arena, out, &f);
}

#define ROOT_A "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define ROOT_B "f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0f"

static struct keys *
keys_with(const char *text)
{
	struct keys *k = NULL;

	assert_int_equal(open_keys(text, &k), OK);
	return k;
}

static struct str
make(struct keys *k, uint64_t tenant, uint32_t version)
{
	struct fault f = {OK};
	struct str wrapped;

	assert_int_equal(keys_make(k, tenant, version, arena, &wrapped, &f), OK);
	assert_int_equal(keys_learn(k, NOW, tenant, version, wrapped, &f), OK);
	return wrapped;
}

static struct str
unhex(struct str hex)
{
	uint8_t *out = arena_array(arena, uint8_t, hex.n / 2 + 1);
	size_t n;

	assert_true(str_unhex(hex, out, hex.n / 2 + 1, &n));
	return (struct str){(const char *)out, n};
}

/* The next line of a .csv without quotes, cut into its cells; false at the end. */
static bool
next_case(FILE *in, struct str *cell, size_t cells)
{
	static char line[4096];
	struct str rest;

	if (fgets(line, sizeof(line), in) == NULL)
		return false;
	rest = str_copy(arena, str_trim(str_of(line)));
	for (size_t i = 0; i < cells; i++)
		cell[i] = str_cut(rest, ',', &rest);
	assert_null(rest.p);
	return true;
}

static uint64_t
number(struct str s)
{
	uint64_t v = 0;

	assert_true(str_u64(s, &v));
	return v;
}

static void
what_another_hand_has_sealed_opens_here(void **state)
{
	FILE *in = fopen("tests/cases/sealed.csv", "re");
	struct str c[12];
	unsigned opened = 0;

	(void)state;
	assert_non_null(in);
	assert_true(next_case(in, c, 12));
	while (next_case(in, c, 12)) {
		struct fault f = {OK};
		struct keys *k =
		    keys_with(str_printf(arena, "%.*s %.*s\n", STR_ARG(c[0]), STR_ARG(c[1])).p);
		struct place at = {
		    number(c[2]), str_copy(arena, c[4]).p, str_copy(arena, c[5]).p, number(c[6])};
		struct str plain, expected = unhex(c[9]);
		enum key_purpose p = (enum key_purpose)number(c[3]);

		if (p != KEY_AUTH)
			assert_int_equal(
			    keys_learn(k, NOW, at.tenant, (uint32_t)number(c[7]), unhex(c[8]), &f),
			    OK);
		assert_int_equal(keys_version(unhex(c[10])), number(c[7]));
		assert_int_equal(
		    keys_unseal(k, NULL, NOW, p, at, unhex(c[10]), arena, &plain, &f), OK);
		assert_true(str_eq(plain, expected));
		opened++;
	}
	(void)fclose(in);
	assert_int_equal(opened, 120);
}

static void
a_link_that_another_hand_has_signed_reads_here(void **state)
{
	FILE *in = fopen("tests/cases/links.csv", "re");
	struct str c[9];
	unsigned read = 0;

	(void)state;
	assert_non_null(in);
	assert_true(next_case(in, c, 9));
	while (next_case(in, c, 9)) {
		struct fault f = {OK};
		struct keys *k = keys_with(str_printf(arena, "%.*s", STR_ARG(c[0])).p);
		struct link l;

		assert_int_equal(
		    keys_learn(k, NOW, number(c[1]), (uint32_t)number(c[2]), unhex(c[3]), &f), OK);
		assert_int_equal(keys_link_read(k, NULL, NOW, number(c[1]),
				     (enum link_purpose)number(c[4]), c[7], arena, &l, &f),
		    OK);
		assert_int_equal(l.object, number(c[5]));
		assert_int_equal(l.expires_at, (int64_t)number(c[6]));
		read++;
	}
	(void)fclose(in);
	assert_int_equal(read, 40);
}

static void
a_sealed_value_opens_in_its_place_only(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct str secret = STR("4711#"), sealed, plain;
	struct place home = {7, "site", "gate_code", 42};
	struct place wrong[] = {{8, "site", "gate_code", 42}, {7, "pool", "gate_code", 42},
	    {7, "site", "alarm_code", 42}, {7, "site", "gate_code", 43},
	    {7, "site", "gate_cod", 42}, {74, "site", "gate_code", 2}};
	struct fault f = {OK};

	(void)state;
	(void)make(k, 7, 1);
	(void)make(k, 8, 1);
	(void)make(k, 74, 1);
	assert_int_equal(keys_seal(k, NULL, NOW, KEY_GATE, home, secret, arena, &sealed, &f), OK);
	assert_int_equal(sealed.n, secret.n + SEAL_OVERHEAD);
	assert_int_equal(keys_unseal(k, NULL, NOW, KEY_GATE, home, sealed, arena, &plain, &f), OK);
	assert_true(str_eq(plain, secret));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		f = (struct fault){OK};
		assert_int_equal(
		    keys_unseal(k, NULL, NOW, KEY_GATE, wrong[i], sealed, arena, &plain, &f),
		    E_BUG);
	}
	for (int p = KEY_FIELDS; p < KEY_PURPOSES; p++) {
		f = (struct fault){OK};
		assert_int_equal(
		    keys_unseal(k, NULL, NOW, (enum key_purpose)p, home, sealed, arena, &plain, &f),
		    p == KEY_GATE ? OK : E_BUG);
	}
}

/* Even when two companies share one data key by mistake, the place still parts them. */
static void
ten_thousand_values_swapped_between_places_refuse(void **state)
{
	static const char *const tables[] = {"site", "staff", "job", "employee"};
	static const char *const columns[] = {"payload", "ssn", "password", "gate_code"};
	struct keys *k = keys_with(ROOT_A);
	struct place at[64];
	struct str sealed[64], plain;
	unsigned refused = 0;

	(void)state;
	for (size_t i = 0; i < 64; i++) {
		struct fault f = {OK};

		at[i] =
		    (struct place){1 + i % 4, tables[i / 4 % 4], columns[i / 16 % 4], 10 + i / 32};
		assert_int_equal(
		    keys_seal(k, NULL, NOW, KEY_AUTH, at[i], STR("x"), arena, &sealed[i], &f), OK);
	}
	while (refused < 10000) {
		size_t i = random_u32() % 64, j = random_u32() % 64;
		struct arena_mark m = arena_mark(arena);
		struct fault f = {OK};

		if (i == j)
			continue;
		assert_int_equal(
		    keys_unseal(k, NULL, NOW, KEY_AUTH, at[i], sealed[j], arena, &plain, &f),
		    E_BUG);
		arena_rewind(arena, m);
		refused++;
	}
}

static void
every_flipped_bit_of_a_sealed_value_refuses(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct place at = {7, "staff", "totp_secret", 42};
	struct str sealed, plain;
	struct fault f = {OK};

	(void)state;
	(void)make(k, 7, 1);
	assert_int_equal(keys_seal(k, NULL, NOW, KEY_FIELDS, at, STR("twenty random bytes!"), arena,
			     &sealed, &f),
	    OK);
	for (size_t bit = 0; bit < sealed.n * 8; bit++) {
		char *bad = arena_array(arena, char, sealed.n);

		memcpy(bad, sealed.p, sealed.n);
		bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
		f = (struct fault){OK};
		assert_int_not_equal(keys_unseal(k, NULL, NOW, KEY_FIELDS, at,
					 (struct str){bad, sealed.n}, arena, &plain, &f),
		    OK);
	}
	for (size_t n = 0; n < sealed.n; n++) {
		f = (struct fault){OK};
		assert_int_not_equal(keys_unseal(k, NULL, NOW, KEY_FIELDS, at,
					 (struct str){sealed.p, n}, arena, &plain, &f),
		    OK);
	}
}

static void
a_nonce_does_not_repeat(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct place at = {7, "a", "b", 1};
	struct str one, two;
	struct fault f = {OK};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(
		    keys_seal(k, NULL, NOW, KEY_AUTH, at, STR("same"), arena, &one, &f), OK);
		assert_int_equal(
		    keys_seal(k, NULL, NOW, KEY_AUTH, at, STR("same"), arena, &two, &f), OK);
		assert_memory_not_equal(one.p + 4, two.p + 4, 24);
	}
}

static void
a_shredded_tenant_cannot_be_read(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct place at = {7, "a", "b", 1};
	struct str sealed, plain;
	struct fault f = {OK};

	(void)state;
	(void)make(k, 7, 1);
	assert_int_equal(keys_seal(k, NULL, NOW, KEY_FIELDS, at, STR("x"), arena, &sealed, &f), OK);
	keys_forget(k, 7);
	assert_int_equal(
	    keys_unseal(k, NULL, NOW, KEY_FIELDS, at, sealed, arena, &plain, &f), E_NOT_FOUND);
}

static void
a_data_key_is_forgotten_after_a_minute(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct place at = {7, "a", "b", 1};
	struct str sealed;
	struct fault f = {OK};

	(void)state;
	(void)make(k, 7, 1);
	assert_int_equal(keys_seal(k, NULL, NOW + KEYS_CACHE_S - 1, KEY_FIELDS, at, STR("x"), arena,
			     &sealed, &f),
	    OK);
	assert_int_equal(
	    keys_seal(k, NULL, NOW + KEYS_CACHE_S, KEY_FIELDS, at, STR("x"), arena, &sealed, &f),
	    E_NOT_FOUND);
	f = (struct fault){OK};
	assert_int_equal(
	    keys_seal(k, NULL, NOW - 1, KEY_FIELDS, at, STR("x"), arena, &sealed, &f), E_NOT_FOUND);
}

static void
the_cache_keeps_64_keys_and_drops_the_oldest(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct str sealed, wrapped;

	(void)state;
	for (uint64_t t = 1; t <= KEYS_CACHED + 1; t++) {
		struct fault f = {OK};

		assert_int_equal(keys_make(k, t, 1, arena, &wrapped, &f), OK);
		assert_int_equal(keys_learn(k, NOW + (int64_t)t / 8, t, 1, wrapped, &f), OK);
	}
	for (uint64_t t = 1; t <= KEYS_CACHED + 1; t++) {
		struct fault f = {OK};

		assert_int_equal(keys_seal(k, NULL, NOW + 10, KEY_FIELDS,
				     (struct place){t, "a", "b", 1}, STR("x"), arena, &sealed, &f),
		    t == 1 ? E_NOT_FOUND : OK);
	}
}

static void
a_new_data_key_seals_and_the_old_one_still_opens(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct place at = {7, "a", "b", 1};
	struct str before, after, plain;
	struct fault f = {OK};

	(void)state;
	(void)make(k, 7, 1);
	assert_int_equal(
	    keys_seal(k, NULL, NOW, KEY_FIELDS, at, STR("old"), arena, &before, &f), OK);
	(void)make(k, 7, 2);
	assert_int_equal(
	    keys_seal(k, NULL, NOW, KEY_FIELDS, at, STR("new"), arena, &after, &f), OK);
	assert_int_equal(keys_version(before), 1);
	assert_int_equal(keys_version(after), 2);
	assert_true(keys_behind(k, KEY_FIELDS, 2, before));
	assert_false(keys_behind(k, KEY_FIELDS, 2, after));
	assert_int_equal(keys_unseal(k, NULL, NOW, KEY_FIELDS, at, before, arena, &plain, &f), OK);
	assert_true(str_eq(plain, STR("old")));
}

static void
a_new_root_wraps_the_same_data_key(void **state)
{
	struct keys *old = keys_with("1 " ROOT_A),
		    *both = keys_with("1 " ROOT_A "\n2 " ROOT_B "\n"),
		    *fresh = keys_with("2 " ROOT_B);
	struct place at = {7, "a", "b", 1}, auth = {7, "staff", "password", 9};
	struct str wrapped = make(old, 7, 1), rewrapped, sealed, proof, plain;
	struct fault f = {OK};

	(void)state;
	assert_int_equal(
	    keys_seal(old, NULL, NOW, KEY_FIELDS, at, STR("x"), arena, &sealed, &f), OK);
	assert_int_equal(
	    keys_seal(old, NULL, NOW, KEY_AUTH, auth, STR("y"), arena, &proof, &f), OK);
	assert_int_equal(keys_root_version(both), 2);
	assert_int_equal(keys_learn(fresh, NOW, 7, 1, wrapped, &f), E_BUG);
	f = (struct fault){OK};
	assert_int_equal(keys_rewrap(both, both, 7, 1, wrapped, arena, &rewrapped, &f), OK);
	assert_int_equal(keys_version(rewrapped), 2);
	/* Killed between writing and marking, the walk does the same row again: nothing is lost. */
	assert_int_equal(keys_rewrap(both, both, 7, 1, rewrapped, arena, &rewrapped, &f), OK);
	assert_int_equal(keys_learn(fresh, NOW, 7, 1, rewrapped, &f), OK);
	assert_int_equal(
	    keys_unseal(fresh, NULL, NOW, KEY_FIELDS, at, sealed, arena, &plain, &f), OK);
	/* What the old root sealed for sign-in opens while it is still in the file, and is known as behind. */
	assert_true(keys_behind(both, KEY_AUTH, 0, proof));
	assert_int_equal(
	    keys_unseal(both, NULL, NOW, KEY_AUTH, auth, proof, arena, &plain, &f), OK);
	assert_int_equal(
	    keys_unseal(fresh, NULL, NOW, KEY_AUTH, auth, proof, arena, &plain, &f), E_NOT_FOUND);
	f = (struct fault){OK};
	assert_int_equal(keys_rewrap(both, both, 8, 1, wrapped, arena, &rewrapped, &f), E_BUG);
	f = (struct fault){OK};
	assert_int_equal(keys_rewrap(both, both, 7, 2, wrapped, arena, &rewrapped, &f), E_BUG);
}

static void
a_database_password_follows_from_root_and_account(void **state)
{
	char one[DB_PASSWORD_LETTERS + 1], two[DB_PASSWORD_LETTERS + 1];
	struct keys *k = keys_with("1 " ROOT_A "\n2 " ROOT_B);

	(void)state;
	keys_db_password(keys_with(ROOT_A), "pool_t000123", one);
	/* BLAKE2b by Python's hashlib, as in tests/cases/sealed.py */
	assert_string_equal(one, "3fbe86d64948cf99a7ecbc56368b7b1c");
	keys_db_password(keys_with(ROOT_A), "pool_t000124", two);
	assert_string_not_equal(one, two);
	keys_db_password(k, "pool_t000123", two);
	assert_string_not_equal(one, two);
	assert_true(keys_db_password_before(k, 1, "pool_t000123", two));
	assert_string_equal(one, two);
	assert_false(keys_db_password_before(k, 2, "pool_t000123", two));
}

static void
a_root_key_file_is_refused_unless_it_is_one(void **state)
{
	static const char *const bad[] = {"", "\n", "00", ROOT_A "0", ROOT_A " 1", "0 " ROOT_A,
	    "65536 " ROOT_A, "1 " ROOT_A "\n1 " ROOT_B, ROOT_A "\n" ROOT_B, "x " ROOT_A,
	    "1 zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
	    "1 " ROOT_A "\n2 " ROOT_A "\n3 " ROOT_A "\n4 " ROOT_A "\n5 " ROOT_A};
	struct config c = {.master_key_file = key_path};
	struct fault f = {OK};
	struct keys *k;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(open_keys(bad[i], &k), E_INVALID);
	write_key_file(ROOT_A, 0440);
	assert_int_equal(keys_open(&c, arena, &k, &f), E_INVALID);
	assert_string_equal(f.field, "master_key_file");
	c.master_key_file = "/nonexistent/key";
	assert_int_equal(keys_open(&c, arena, &k, &f), E_INVALID);
}

/* ---- links ---- */

static struct str
link_text(struct keys *k, uint64_t tenant, enum link_purpose p, uint64_t object)
{
	struct link l = {.tenant = tenant, .purpose = p, .object = object, .expires_at = NOW + 900};
	struct fault f = {OK};
	struct str text;

	assert_int_equal(keys_link_write(k, NULL, NOW, &l, arena, &text, &f), OK);
	return text;
}

static enum err
link_try(struct keys *k, int64_t now, uint64_t tenant, enum link_purpose p, struct str text)
{
	struct arena_mark m = arena_mark(arena);
	struct fault f = {OK};
	struct link l;
	enum err e = keys_link_read(k, NULL, now, tenant, p, text, arena, &l, &f);

	if (e != OK)
		assert_string_equal(f.field, "link");
	arena_rewind(arena, m);
	return e;
}

static void
a_link_says_what_it_was_made_for(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct link in = {.tenant = 7,
			.purpose = LINK_RESET,
			.object = 99,
			.expires_at = NOW + 900},
		    out;
	struct fault f = {OK};
	struct str text;

	(void)state;
	(void)make(k, 7, 1);
	assert_int_equal(keys_link_write(k, NULL, NOW, &in, arena, &text, &f), OK);
	assert_int_equal(keys_link_read(k, NULL, NOW, 7, LINK_RESET, text, arena, &out, &f), OK);
	assert_int_equal(out.object, 99);
	assert_int_equal(out.expires_at, NOW + 900);
	assert_memory_equal(out.nonce, in.nonce, sizeof(in.nonce));
}

static void
no_link_with_a_flipped_bit_is_accepted(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	size_t tries = 0;

	(void)state;
	(void)make(k, 7, 1);
	for (uint64_t i = 0; i < 100; i++) {
		struct str text = link_text(k, 7, LINK_RESET, i);
		char bad[256];

		assert_int_equal(link_try(k, NOW, 7, LINK_RESET, text), OK);
		memcpy(bad, text.p, text.n);
		for (size_t bit = 0; bit < text.n * 8; bit++, tries++) {
			bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
			assert_int_equal(
			    link_try(k, NOW, 7, LINK_RESET, (struct str){bad, text.n}), E_INVALID);
			bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
		}
		for (size_t n = 0; n < text.n; n++, tries++)
			assert_int_equal(
			    link_try(k, NOW, 7, LINK_RESET, (struct str){bad, n}), E_INVALID);
	}
	assert_true(tries > 70000);
}

static void
no_link_made_of_noise_is_accepted(void **state)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct keys *k = keys_with(ROOT_A);

	(void)state;
	(void)make(k, 7, 1);
	for (int i = 0; i < 100000; i++) {
		char text[128];
		size_t n = 0;

		text[n++] = 'v';
		text[n++] = '1';
		text[n++] = '.';
		text[n++] = '1';
		text[n++] = '.';
		while (n < 5 + 44)
			text[n++] = letters[random_u32() % 64];
		text[n++] = '.';
		while (n < 5 + 44 + 1 + 43)
			text[n++] = letters[random_u32() % 64];
		assert_int_equal(link_try(k, NOW, 7, LINK_RESET, (struct str){text, n}), E_INVALID);
	}
}

static void
purposes_and_tenants_of_links_never_interchange(void **state)
{
	struct keys *k = keys_with(ROOT_A);

	(void)state;
	(void)make(k, 7, 1);
	(void)make(k, 8, 1);
	for (int made = LINK_CONFIRM_EMAIL; made < LINK_PURPOSES; made++) {
		struct str text = link_text(k, 7, (enum link_purpose)made, 5);

		for (int used = LINK_CONFIRM_EMAIL; used < LINK_PURPOSES; used++)
			assert_int_equal(link_try(k, NOW, 7, (enum link_purpose)used, text),
			    made == used ? OK : E_INVALID);
		assert_int_equal(link_try(k, NOW, 8, (enum link_purpose)made, text), E_INVALID);
		assert_int_equal(link_try(k, NOW, 9, (enum link_purpose)made, text), E_INVALID);
	}
}

static void
a_link_ends_at_its_second(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct link l = {.tenant = 7, .purpose = LINK_RESET, .object = 1, .expires_at = NOW + 10};
	struct fault f = {OK};
	struct str text;

	(void)state;
	(void)make(k, 7, 1);
	assert_int_equal(keys_link_write(k, NULL, NOW, &l, arena, &text, &f), OK);
	assert_int_equal(link_try(k, NOW + 9, 7, LINK_RESET, text), OK);
	assert_int_equal(link_try(k, NOW + 10, 7, LINK_RESET, text), E_INVALID);
}

static void
an_index_finds_the_same_value_of_the_same_column(void **state)
{
	struct keys *k = keys_with(ROOT_A);
	struct str a, b;
	struct fault f = {OK};

	(void)state;
	(void)make(k, 7, 1);
	(void)make(k, 8, 1);
	assert_int_equal(
	    keys_index(k, NULL, NOW, 7, "phone", STR("+15205550100"), arena, &a, &f), OK);
	assert_int_equal(a.n, 16);
	assert_int_equal(
	    keys_index(k, NULL, NOW, 7, "phone", STR("+15205550100"), arena, &b, &f), OK);
	assert_true(str_eq(a, b));
	assert_int_equal(
	    keys_index(k, NULL, NOW, 7, "phon", STR("e+15205550100"), arena, &b, &f), OK);
	assert_false(str_eq(a, b));
	assert_int_equal(
	    keys_index(k, NULL, NOW, 8, "phone", STR("+15205550100"), arena, &b, &f), OK);
	assert_false(str_eq(a, b));
}

/* The key of a phone's day: the same when it is asked for again, another one for another phone, day or company. */
static void
a_phone_has_one_key_a_day_and_no_other_phone_has_it(void **state)
{
	static const struct {
		uint64_t tenant, device;
		int32_t day;
	} asked[] = {{7, 5, 20000}, {7, 5, 20000}, {7, 6, 20000}, {7, 5, 20001}, {8, 5, 20000}};
	uint8_t key[5][PHONE_KEY_BYTES];
	struct keys *k = keys_with(ROOT_A);
	struct fault f = {OK};
	uint32_t version;

	(void)state;
	(void)make(k, 7, 1);
	(void)make(k, 8, 1);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(keys_phone(k, NULL, NOW, asked[i].tenant, asked[i].device, (struct day){asked[i].day}, arena, key[i],
		    &version, &f), OK);
		assert_int_equal(version, 1);
		for (size_t j = 0; j < i; j++)
			assert_true((memcmp(key[i], key[j], PHONE_KEY_BYTES) == 0) == (i == 1 && j == 0));
	}
	/* A newer data key is a newer day key, and says so. */
	(void)make(k, 7, 2);
	assert_int_equal(keys_phone(k, NULL, NOW, 7, 5, (struct day){20000}, arena, key[1], &version, &f), OK);
	assert_true(version == 2 && memcmp(key[0], key[1], PHONE_KEY_BYTES) != 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		what_another_hand_has_sealed_opens_here, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_link_that_another_hand_has_signed_reads_here, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_sealed_value_opens_in_its_place_only, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		ten_thousand_values_swapped_between_places_refuse, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		every_flipped_bit_of_a_sealed_value_refuses, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_nonce_does_not_repeat, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_shredded_tenant_cannot_be_read, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_phone_has_one_key_a_day_and_no_other_phone_has_it, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_data_key_is_forgotten_after_a_minute, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		the_cache_keeps_64_keys_and_drops_the_oldest, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_new_data_key_seals_and_the_old_one_still_opens, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_new_root_wraps_the_same_data_key, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_database_password_follows_from_root_and_account, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_root_key_file_is_refused_unless_it_is_one, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_link_says_what_it_was_made_for, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		no_link_with_a_flipped_bit_is_accepted, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(no_link_made_of_noise_is_accepted, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		purposes_and_tenants_of_links_never_interchange, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(a_link_ends_at_its_second, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		an_index_finds_the_same_value_of_the_same_column, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
