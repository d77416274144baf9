/* tests/unit/domain/access/domain.c -- which names may be a company's own domain, and what proves one. */
#include "domain/access/domain.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

#define HOUSE STR("pool.example")

ARENA_OF_EACH_TEST(a)

static void
a_name_is_read_as_people_write_it(void **state)
{
	static const char *const typed[] = {"portal.acme-pools.com", " Portal.ACME-Pools.com ", "https://portal.acme-pools.com/",
	    "http://portal.acme-pools.com/portal/bills?x=1"};

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		struct fault f = {0};
		struct str host;

		assert_int_equal(domain_read(str_of(typed[i]), HOUSE, a, &host, &f), OK);
		assert_true(str_eq(host, STR("portal.acme-pools.com")));
	}
}

static void
no_name_and_the_houses_own_are_refused(void **state)
{
	static const char *const typed[] = {"", "acme", "localhost", "192.168.1.10", "10.0.0.255", "a..com", ".com", "acme.com.", "-a.com", "a-.com",
	    "a_b.com", "acme.com:8080", "user@acme.com", "pisc\xc3\xadna.com", "[::1]", "a.b.c d.com", "acme.1com-", "acme.c",
	    "pool.example", "blue.pool.example", "a.b.pool.example", "POOL.example", "https://blue.pool.example/portal/",
	    "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij1234.com"};

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		struct fault f = {0};
		struct str host;

		if (domain_read(str_of(typed[i]), HOUSE, a, &host, &f) != E_INVALID)
			fail_msg("\"%s\" is a domain", typed[i]);
		assert_string_equal(f.field, "host");
	}
	/* Ends like the house's, and is not below it. */
	struct fault f = {0};
	struct str host;
	assert_int_equal(domain_read(STR("evilpool.example"), HOUSE, a, &host, &f), OK);
	assert_false(domain_below(STR("evilpool.example"), HOUSE));
	assert_true(domain_below(STR("x.pool.example"), HOUSE));
	assert_false(domain_below(STR(".pool.example"), HOUSE));
}

/* Whatever is typed: what comes out can stand in a server_name of nginx, in a question to a name server, and is not ours. */
static void
whatever_is_typed_becomes_a_host_or_is_refused(void **state)
{
	static const char letters[] = "abzAZ09-._/:@ \t\n;{}\"'$#\\%\x01\xc3\xad";
	unsigned seed = 20261130, taken = 0;

	(void)state;
	for (unsigned round = 0; round < 200000; round++) {
		struct arena_mark mark = arena_mark(a);
		struct fault f = {0};
		struct str host;
		char typed[40];
		size_t n = 0, want;

		seed = seed * 1103515245u + 12345u;
		want = 1 + (seed >> 16) % 14;
		while (n < want) {
			seed = seed * 1103515245u + 12345u;
			/* Mostly what names are made of, or nothing would come through. */
			typed[n++] = (seed >> 24) % 4 ? "abc.d-e7"[(seed >> 16) % 8] : letters[(seed >> 16) % (sizeof letters - 1)];
		}
		memcpy(typed + n, (seed >> 28) % 3 ? ".com" : ".pool.example", (seed >> 28) % 3 ? 4 : 13);
		n += (seed >> 28) % 3 ? 4 : 13;
		if (domain_read((struct str){typed, n}, HOUSE, a, &host, &f) == OK) {
			taken++;
			assert_false(domain_below(host, HOUSE));
			assert_true(host.n >= 4 && host.n <= DOMAIN_HOST_MAX && str_find(host, '.') < host.n);
			for (size_t i = 0; i < host.n; i++)
				assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789.-", host.p[i]));
		}
		arena_rewind(a, mark);
	}
	assert_in_range(taken, 1000, 199000);
}

static void
only_the_proof_that_was_given_proves(void **state)
{
	const struct str proof = STR("00112233445566778899aabbccddeeff");

	(void)state;
	assert_true(str_eq(domain_record_name(a, STR("portal.acme.com")), STR("_poolhouse.portal.acme.com")));
	assert_true(domain_says(domain_record(a, proof), proof));
	assert_true(domain_says(STR(" poolhouse=00112233445566778899aabbccddeeff "), proof));
	assert_false(domain_says(STR("poolhouse=00112233445566778899aabbccddeefe"), proof));
	assert_false(domain_says(STR("poolhouse=00112233445566778899aabbccddeeff00"), proof));
	assert_false(domain_says(STR("00112233445566778899aabbccddeeff"), proof));
	assert_false(domain_says(STR("poolhouse="), STR("")));
	assert_false(domain_lapsed(1000, 1000 + DOMAIN_LOST_S - 1));
	assert_true(domain_lapsed(1000, 1000 + DOMAIN_LOST_S));
}

static void
customers_pages_are_there_and_no_others(void **state)
{
	static const char *const there[] = {"portal/", "portal/bill", "portal/enter", "portal/unsubscribe", "book", "book/mine", "book/due",
	    "api/portal/bookings/calendar.ics"};
	static const char *const not[] = {"", "company?cards=done", "subscription", "tech/", "api/tech/calendar.ics", "api/portal/media", "invitation",
	    "reset", "confirm", "book.js", "portal/verify"};

	(void)state;
	for (size_t i = 0; i < sizeof there / sizeof *there; i++)
		assert_true(domain_has(str_of(there[i])));
	for (size_t i = 0; i < sizeof not / sizeof *not; i++)
		assert_false(domain_has(str_of(not[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_read_as_people_write_it),
		cmocka_unit_test(no_name_and_the_houses_own_are_refused),
		cmocka_unit_test(whatever_is_typed_becomes_a_host_or_is_refused),
		cmocka_unit_test(only_the_proof_that_was_given_proves),
		cmocka_unit_test(customers_pages_are_there_and_no_others),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
