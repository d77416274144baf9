/*
 * tests/unit/fcgi/http/session.c -- which requests are our own pages', where they come from, who shares a count.
 */
#include "fcgi/http/session.h"

#include <qrencode.h>
#include <unistd.h>

#include "domain/access/role.h"
#include "fcgi/http/limit.h"
#include "fcgi/http/qr.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

static enum err
origin(
    const char *base, const char *host, const char *from, const char *fetch_site, const char *csrf)
{
	struct config c = {.base_url = base};
	struct request r = {.method = POST, .host = str_of(host), .origin = str_of(from),
	    .fetch_site = str_of(fetch_site), .csrf = str_of(csrf)};
	struct fault f = {OK};
	enum err e = session_check_origin(&r, &c, &f);

	if (e != OK) {
		assert_int_equal(e, E_FORBIDDEN);
		assert_string_equal(f.field, "origin");
	}
	return e;
}

static void
only_our_own_pages_may_change_anything(void **state)
{
	static const char *const base = "http://localhost:8080", *const host = "blue.localhost";
	static const char *const bad[] = {"http://green.localhost:8080",
	    "https://blue.localhost:8080", "http://blue.localhost", "http://blue.localhost:8081",
	    "http://localhost:8080", "null", "http://blue.localhost:8080.evil.example",
	    "http://evil.example", "http://xblue.localhost:8080", "http://blue.localhost:8080/",
	    "http://blue.localhost:80800"};

	(void)state;
	assert_int_equal(origin(base, host, "http://blue.localhost:8080", NULL, "1"), OK);
	assert_int_equal(origin("https://pool.example", "blue.pool.example",
			     "https://blue.pool.example", NULL, "1"),
	    OK);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(origin(base, host, bad[i], NULL, "1"), E_FORBIDDEN);
		assert_int_equal(origin(base, host, bad[i], "same-origin", "1"), E_FORBIDDEN);
	}
	assert_int_equal(origin(base, host, NULL, "same-origin", "1"), OK);
	assert_int_equal(origin(base, host, NULL, "same-site", "1"), E_FORBIDDEN);
	assert_int_equal(origin(base, host, NULL, "cross-site", "1"), E_FORBIDDEN);
	assert_int_equal(origin(base, host, NULL, NULL, "1"), E_FORBIDDEN);
	assert_int_equal(origin(base, host, "http://blue.localhost:8080", NULL, NULL), E_FORBIDDEN);
	assert_int_equal(
	    origin(base, host, "http://blue.localhost:8080", NULL, "yes"), E_FORBIDDEN);
}

static void
an_address_shares_its_count_with_its_neighbours_only(void **state)
{
	static const struct {
		const char *ip, *address, *network;
	} cases[] = {{"203.0.113.9", "203.0.113.9", "203.0.113.0/24"},
	    {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::/48"}, {"::1", "::", "::/48"},
	    {"255.255.255.255", "255.255.255.255", "255.255.255.0/24"}};
	static const char *const bad[] = {"", "x", "1.2.3", "1.2.3.4.5", "12345::", "unix:"};
	char address[SUBJECT_MAX], network[SUBJECT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(address_subjects(cases[i].ip, address, network));
		assert_string_equal(address, cases[i].address);
		assert_string_equal(network, cases[i].network);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(address_subjects(bad[i], address, network));
}

static void
fill(const char *ip, const char *agent, const struct geo *g, struct from *out)
{
	struct request r = {.remote_addr = str_of(ip), .user_agent = str_of(agent)};

	from_fill(g, &r, out);
}

static void
an_absent_or_broken_database_of_addresses_changes_nothing(void **state)
{
	char path[64];
	FILE *f;
	struct from from;

	(void)state;
	(void)snprintf(path, sizeof(path), "/tmp/poolhouse-test-geo-%ld", (long)getpid());
	f = fopen(path, "we");
	assert_non_null(f);
	for (int i = 0; i < 5000; i++)
		(void)fputc(i * 37 % 251, f);
	assert_int_equal(fclose(f), 0);
	const char *const files[] = {"", "/nonexistent/city.mmdb", path, "/etc/hostname", "/tmp"};

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct config c = {.geo_city_file = files[i], .geo_anonymous_file = files[i]};
		struct geo *g = geo_open(&c, arena);

		fill("203.0.113.9", "agent", g, &from);
		assert_string_equal(from.ip, "203.0.113.9");
		assert_string_equal(from.country, "");
		assert_false(from.anonymous);
	}
	assert_int_equal(unlink(path), 0);
}

static void
what_a_browser_says_of_itself_is_cut_and_printable(void **state)
{
	char longest[400];
	struct from from;

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	fill("203.0.113.9", longest, NULL, &from);
	assert_int_equal(strlen(from.agent), sizeof(from.agent) - 1);
	fill("203.0.113.9", "a\r\nb\x01\xc3\xa9" "c", NULL, &from);
	assert_string_equal(from.agent, "abc");
	fill("not an address", "a", NULL, &from);
	assert_string_equal(from.ip, "");
	fill("1.2.3.4, 5.6.7.8", "a", NULL, &from);
	assert_string_equal(from.ip, "");
	fill("unix:", "a", NULL, &from);
	assert_string_equal(from.ip, "");
}

static void
who_sees_pay_owes_a_second_factor_until_it_was_shown(void **state)
{
	(void)state;
	assert_true(session_half(role_entry(ROLE_OWNER)->may, false));
	assert_false(session_half(role_entry(ROLE_OWNER)->may, true));
	assert_false(session_half(role_entry(ROLE_TECHNICIAN)->may, false));
	assert_int_equal(session_door(ACTOR_STAFF, role_entry(ROLE_TECHNICIAN)->may), TECH);
	assert_int_equal(session_door(ACTOR_STAFF, role_entry(ROLE_OWNER)->may), OFFICE);
	assert_int_equal(session_door(ACTOR_CUSTOMER, 0), PORTAL);
}

#define MODULES_MAX 200

/* The drawing read back: dark[y][x] of every "Mx yhnv1h-nz". */
static void
read_drawing(struct str svg, bool dark[MODULES_MAX][MODULES_MAX])
{
	const char *p = strstr(svg.p, "<path d=\"");

	assert_non_null(p);
	for (p += 9; *p == 'M';) {
		char *end;
		long x = strtol(p + 1, &end, 10), y = strtol(end, &end, 10), n;

		assert_int_equal(*end, 'h');
		n = strtol(end + 1, &end, 10);
		assert_int_equal(strncmp(end, "v1h-", 4), 0);
		assert_int_equal(strtol(end + 4, &end, 10), n);
		assert_int_equal(*end, 'z');
		for (long i = x; i < x + n; i++) {
			assert_true(i < MODULES_MAX && y < MODULES_MAX);
			dark[y][i] = true;
		}
		p = end + 1;
	}
	assert_int_equal(strcmp(p, "\"/></svg>"), 0);
}

static void
what_is_drawn_is_the_code_with_its_quiet_zone(void **state)
{
	static const char text[] =
	    "otpauth://totp/Blue:ana@example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Blue";
	static bool dark[MODULES_MAX][MODULES_MAX];
	struct str svg, none = {"a\0b", 3};
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	(void)state;
	assert_non_null(q);
	assert_int_equal(qr_svg(arena, str_of(text), &svg), OK);
	assert_true(str_starts(svg,
	    str_printf(arena, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"",
		q->width + 8, q->width + 8)));
	memset(dark, 0, sizeof(dark));
	read_drawing(svg, dark);
	for (int y = 0; y < q->width + 8; y++)
		for (int x = 0; x < q->width + 8; x++) {
			bool inside = x >= 4 && y >= 4 && x < q->width + 4 && y < q->width + 4;

			assert_int_equal(
			    dark[y][x], inside && (q->data[(y - 4) * q->width + x - 4] & 1) != 0);
		}
	QRcode_free(q);
	assert_int_equal(qr_svg(arena, none, &svg), E_BUG);
	assert_int_equal(qr_svg(arena, STR(""), &svg), E_BUG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		only_our_own_pages_may_change_anything, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		an_address_shares_its_count_with_its_neighbours_only, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		an_absent_or_broken_database_of_addresses_changes_nothing, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		what_a_browser_says_of_itself_is_cut_and_printable, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		who_sees_pay_owes_a_second_factor_until_it_was_shown, open_arena, close_arena),
	    cmocka_unit_test_setup_teardown(
		what_is_drawn_is_the_code_with_its_quiet_zone, open_arena, close_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
