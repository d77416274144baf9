/*
 * tests/unit/tenancy/slug.c -- addresses of companies: which may be, and what a name becomes.
 */
#include "tenancy/tenant.h"

#include "tests/unit/test.h"

static void
these_addresses_may_be(void **state)
{
	static const char *const good[] = {"abc", "a1b", "desert-blue", "pool-4-you", "x-y",
	    "abcdefghijabcdefghijabcdefghijabcdefghij", "poolhouse-of-ann", "spare-time"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		if (tenant_slug_check(str_of(good[i]), NULL) != OK)
			fail_msg("%s is refused", good[i]);
}

static void
these_addresses_may_not_be(void **state)
{
	static const char *const bad[] = {"", "a", "ab", "1abc", "-abc", "abc-", "ab--cd", "Abc",
	    "ab c", "ab_c", "ab.c", "xn--pool", "caf\xc3\xa9", "www", "api", "admin", "mail",
	    "poolhouse", "mta-sts", "abcdefghijabcdefghijabcdefghijabcdefghijk", "ab/c", "ab\nc",
	    "abc`"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct fault f = {0};

		if (tenant_slug_check(str_of(bad[i]), &f) != E_INVALID)
			fail_msg("%s is taken", bad[i]);
		assert_string_equal(f.field, "slug");
	}
	assert_int_equal(tenant_slug_check((struct str){"ab\0c", 4}, NULL), E_INVALID);
}

static void
a_name_becomes_an_address(void **state)
{
	static const struct {
		const char *name, *slug;
	} row[] = {
	    {"Desert Blue Pool Care, LLC", "desert-blue-pool-care"},
	    {"Desert Blue Pool Care L.L.C.", "desert-blue-pool-care"},
	    {"Bob's Pools", "bobs-pools"},
	    {"Bob\xe2\x80\x99s Pools", "bobs-pools"},
	    {"Piscinas N\xc3\xba\xc3\xb1"
	     "ez & Hijos S.L.",
		"piscinas-nunez-hijos"},
	    {"  Blue -- Lagoon  ", "blue-lagoon"},
	    {"4 Seasons Pools", "pools-4-seasons-pools"},
	    {"Q", "q-pools"},
	    {"Admin", "admin-pools"},
	    {"", "my-pools"},
	    {"\xe6\xb3\xb3\xe6\xb1\xa0", "my-pools"},
	    {"Acme Inc", "acme"},
	    {"Co", "co-pools"},
	    {"The Very Long Name Of A Company That Cleans Pools",
		"the-very-long-name-of-a-company-that"},
	};
	struct arena *a = arena_open(4096, 65536, NULL);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct str slug = tenant_slug_suggest(a, str_of(row[i].name));

		assert_string_equal(slug.p, row[i].slug);
	}
	arena_close(a);
}

/* Whatever is typed as a name, the proposal is one that the check accepts. */
static void
every_proposal_is_accepted(void **state)
{
	struct arena *a = arena_open(4096, 65536, NULL);
	uint32_t x = 2463534242u;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct arena_mark mark = arena_mark(a);
		char name[64];
		size_t n = 0;

		x ^= x << 13, x ^= x >> 17, x ^= x << 5;
		n = x % sizeof name;
		for (size_t i = 0; i < n; i++) {
			x ^= x << 13, x ^= x >> 17, x ^= x << 5;
			/* Half of them letters, hyphens and points, half any byte. */
			name[i] =
			    (char)(x & 0x100 ? "abz-. ,019LCinc"[x % 15] : (int)(x >> 9 & 0xff));
		}
		struct str slug = tenant_slug_suggest(a, (struct str){name, n});
		if (tenant_slug_check(slug, NULL) != OK)
			fail_msg("\"%.*s\" became %s", (int)n, name, slug.p);
		arena_rewind(a, mark);
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(these_addresses_may_be),
	    cmocka_unit_test(these_addresses_may_not_be),
	    cmocka_unit_test(a_name_becomes_an_address),
	    cmocka_unit_test(every_proposal_is_accepted),
	};

	return cmocka_run_group_tests_name("tenancy/slug", tests, NULL, NULL);
}
