/*
 * tests/unit/domain/base/country.c -- countries are known, and what is proposed there can be used.
 */
#include "domain/base/country.h"

#include <setjmp.h>
#include <stdarg.h>

#include "domain/base/money.h"

#include <cmocka.h>

static void
only_countries_are_countries(void **state)
{
	static const char *const bad[] = {"", "U", "USA", "us", "ZZ", "XX", " U", "S ", "A ", "UK"};

	(void)state;
	assert_true(country_valid(STR("US")));
	assert_true(country_valid(STR("AD")));
	assert_true(country_valid(STR("ZW")));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(country_valid(str_of(bad[i])));
}

static void
what_is_proposed_can_be_used(void **state)
{
	unsigned entries = 0;

	(void)state;
	for (char a = 'A'; a <= 'Z'; a++)
		for (char b = 'A'; b <= 'Z'; b++) {
			char code[2] = {a, b};
			struct str s = {code, 2};
			struct country c = country_entry(s);

			assert_true(currency_valid(str_of(c.currency)));
			assert_true(zone_name_valid(str_of(c.zone)));
			if (c.code[0] == '\0')
				continue;
			assert_true(country_valid(s));
			entries++;
		}
	assert_true(entries >= 25);
}

static void
a_browser_names_its_region(void **state)
{
	char out[3];

	(void)state;
	country_of_languages(STR("es-MX,es;q=0.9,en;q=0.8"), out);
	assert_string_equal(out, "MX");
	country_of_languages(STR("en, en-GB;q=0.9"), out);
	assert_string_equal(out, "GB");
	country_of_languages(STR("en"), out);
	assert_string_equal(out, "");
	country_of_languages(STR(""), out);
	assert_string_equal(out, "");
	country_of_languages(STR("en-ZZ,-,--,;,,"), out);
	assert_string_equal(out, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_countries_are_countries),
	    cmocka_unit_test(what_is_proposed_can_be_used),
	    cmocka_unit_test(a_browser_names_its_region),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
