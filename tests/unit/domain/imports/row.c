/* tests/unit/domain/imports/row.c -- a row becomes values; what cannot be read becomes a problem of its cell. */
#include "domain/imports/row.h"

#include "domain/base/words.h"
#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)
static const struct import_habits habits = {UNIT_US_GALLONS, {"USD", 3}};

/* The values of a table's first row. */
static enum err
first(const char *bytes, struct import_values *v)
{
	struct csv_table t;
	struct table_row row;
	struct mapping m;
	bool more = false;

	assert_int_equal(table_open(str_of(bytes), arena, &t, NULL), OK);
	mapping_guess(t.header, t.columns, arena, &m);
	assert_int_equal(table_next(&t, arena, &row, &more, NULL), OK);
	assert_true(more);
	return row_values(&m, &row, &habits, arena, v, NULL);
}

static void
says(struct str got, const char *want)
{
	assert_string_equal(str_copy(arena, got).p, want);
}

static void
a_full_row_becomes_values(void **state)
{
	struct import_values v;

	(void)state;
	assert_int_equal(first("First Name;Last Name;Company;Email;Phone;Street;Address 2;City;State;Zip;Lat;Lng;Gate Code;Dog;"
			       "Tech Notes;Notes;Tags;Gallons;Surface;Sanitizer;Customer ID;Rate;Service Day;Technician;Status\n"
			       " Ana ;D\xc3\xad" "az;;ANA@Example.com;(916) 555-0123;1 High St;Unit 2;Sacramento;CA;95838;"
			       "38,631913;-121.4348794;#12;Rex;bell;owes;vip, VIP |north;18,500 gal;Pebble Tec;salt water;77;"
			       "\"$1,150.50/mo\";Mon/Thu;Bob;Active\n", &v), OK);
	assert_null(v.problem);
	says(v.name, "Ana D\xc3\xad" "az");
	says(v.contact, "Ana D\xc3\xad" "az");
	assert_true(v.kind == CUSTOMER_PERSON && !v.unnamed);
	says(v.email, "ana@example.com");
	says(v.phone, "+19165550123");
	says(v.street, "1 High St, Unit 2");
	says(v.postcode, "95838");
	assert_true(v.lat_e6.is && v.lat_e6.v == 38631913 && v.lng_e6.is && v.lng_e6.v == -121434879);
	says(v.gate_code, "#12");
	assert_int_equal(v.tags, 2);
	assert_true(v.pool && v.volume_l.is);
	assert_int_equal(v.volume_l.v, 70030);
	assert_true(v.surface == SURFACE_PEBBLE && v.sanitiser == SANITISER_SALT && v.pool_kind == POOL_POOL);
	assert_true(v.rate_cents.is && v.rate_cents.v == 115050);
	assert_int_equal(v.service_days, 1U << MONDAY | 1U << THURSDAY);
	says(v.technician, "Bob");
	assert_int_equal(v.status, STATUS_ACTIVE);
}

static void
each_bad_cell_is_a_problem_in_words_and_the_rest_is_kept(void **state)
{
	static const struct {
		const char *bytes;
		enum import_field field;
		const char *why;
	} row[] = {
		{"name,email\nAna,ana(at)x\n", IMPORT_EMAIL, "This is not an e-mail address."},
		{"name;email\nAna;a@x.com, b@x.com\n", IMPORT_EMAIL, "Only the first of several addresses is taken."},
		{"name,phone\nAna,12\n", IMPORT_PHONE,
		    "A telephone number has ten digits; one of another country begins with + and its country."},
		{"name,lat,lng\nAna,91,0\n", IMPORT_LAT, "A latitude lies between -90 and 90, a longitude between -180 and 180."},
		{"name,lat,lng\nAna,1,-181\n", IMPORT_LNG, "A latitude lies between -90 and 90, a longitude between -180 and 180."},
		{"name,lat,lng\nAna,here,1\n", IMPORT_LAT, "\"here\" is not a number."},
		{"name,lat,lng\nAna,1,\n", IMPORT_LNG, "A place needs both its coordinates."},
		{"name,gallons\nAna,big\n", IMPORT_VOLUME, "We do not know what \"big\" means here."},
		{"name,gallons\nAna,1.2.3\n", IMPORT_VOLUME, "\"1.2.3\" is not a number."},
		{"name,gallons\nAna,99999999\n", IMPORT_VOLUME, "This is more water than any pool holds."},
		{"name,rate\nAna,a lot\n", IMPORT_RATE, "\"a lot\" is not a number."},
		{"name,service day\nAna,Mon someday\n", IMPORT_SERVICE_DAY, "We do not know what \"someday\" means here."},
		{"name,status\nAna,perhaps\n", IMPORT_STATUS, "We do not know what \"perhaps\" means here."},
		{"name,surface\nAna,moss\n", IMPORT_SURFACE, "We do not know what \"moss\" means here."},
		{"name,zip\nAna,95838-95838-95838\n", IMPORT_POSTCODE, "This is longer than 16 characters."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct import_values v;

		assert_int_equal(first(row[i].bytes, &v), OK);
		says(v.name, "Ana");
		assert_non_null(v.problem);
		assert_null(v.problem->next);
		assert_int_equal(v.problem->field, row[i].field);
		assert_true(v.problem->column >= 1 && v.problem->column <= 2);
		assert_string_equal(words_fault(arena, ENGLISH, &v.problem->fault).p, row[i].why);
		assert_string_not_equal(words_fault(arena, SPANISH, &v.problem->fault).p, row[i].why);
	}
}

static void
who_is_found_by_name_company_or_street(void **state)
{
	struct import_values v;

	(void)state;
	assert_int_equal(first("company,name\nHOA Lakeside,Ana\n", &v), OK);
	says(v.name, "HOA Lakeside");
	says(v.contact, "Ana");
	assert_int_equal(v.kind, CUSTOMER_BUSINESS);
	assert_int_equal(first("name,street\n,1 High St\n", &v), OK);
	says(v.name, "1 High St");
	assert_true(v.unnamed && !v.pool);
	assert_int_equal(first("name,street,city\n ,,Reno\n", &v), E_INVALID);
}

static void
an_address_on_one_line_is_taken_apart(void **state)
{
	struct import_values v;

	(void)state;
	assert_int_equal(first("name,address\nAna,\"1 High St, Unit 2, Elk Grove, CA 95624-1234\"\n", &v), OK);
	says(v.street, "1 High St, Unit 2");
	says(v.city, "Elk Grove");
	says(v.region, "CA");
	says(v.postcode, "95624-1234");
	assert_int_equal(first("name,address\nAna,\"Calle Mayor, 5, Madrid\"\n", &v), OK);
	says(v.street, "Calle Mayor, 5, Madrid");
	assert_int_equal(v.city.n, 0);
}

static void
numbers_are_read_as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		unsigned decimals;
		bool is;
		int64_t want;
	} row[] = {
		{"0", 2, true, 0}, {"12", 2, true, 1200}, {"1,234", 2, true, 123400}, {"1.234", 3, true, 1234},
		{"1,234.5", 2, true, 123450}, {"1.234,56", 2, true, 123456}, {"1,5", 1, true, 15}, {"1.234.567", 0, true, 1234567},
		{"-0.005", 2, true, -1}, {"0.004", 2, true, 0}, {"0.0049", 2, true, 0}, {"2.5", 0, true, 3}, {".5", 1, true, 5},
		{"5.", 1, true, 50}, {"+7", 0, true, 7}, {"", 0, false, 0}, {"-", 0, false, 0}, {".", 2, false, 0},
		{"1,23,456", 0, false, 0}, {"1.2.3", 0, false, 0}, {"1,234,56.7", 0, false, 0}, {"1 2", 0, false, 0},
		{"1e5", 0, false, 0}, {"1234567890123456", 0, false, 0}, {"1,2345,678", 0, false, 0}, {"1.2,3.4", 1, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		int64_t got = 0;

		if (number_read(str_of(row[i].text), row[i].decimals, &got) != row[i].is || got != row[i].want)
			fail_msg("\"%s\": %lld", row[i].text, (long long)got);
	}
}

static void
volumes_are_litres_whatever_their_unit(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t want;
	} row[] = {
		{"name,volume\nA,20000\n", 75708}, {"name,volume\nA,75 m3\n", 75000}, {"name,volume\nA,\"75,5 m\xc2\xb3\"\n", 75500},
		{"name,litros\nA,75000\n", 75000}, {"name,litros\nA,100 gal\n", 379}, {"name,volume,volume unit\nA,70,m3\n", 70000},
		{"name,gallons\nA,1\n", 4}, {"name,gallons\nA,2641720\n", 9999998},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct import_values v;

		assert_int_equal(first(row[i].bytes, &v), OK);
		assert_true(v.volume_l.is);
		assert_int_equal(v.volume_l.v, row[i].want);
	}
}

/* The file lies beside the checkout, or beside the folder of several, where there is one; it is no part of the house. */
static void
the_homes_of_sacramento_are_guessed_and_read(void **state)
{
	FILE *in = fopen("../shared/data/sacramento-homes.csv", "re");
	char *bytes = arena_alloc(arena, 1 << 18, 1);
	unsigned homes = 0;
	struct csv_table t;
	struct table_row row;
	struct mapping m;
	bool more = true;

	(void)state;
	if (in == NULL)
		in = fopen("../../shared/data/sacramento-homes.csv", "re");
	if (in == NULL) {
		print_message("# skipped: there is no ../shared/data/sacramento-homes.csv beside this checkout\n");
		skip();
	}
	size_t n = fread(bytes, 1, 1 << 18, in);

	fclose(in);
	assert_int_equal(table_open((struct str){bytes, n}, arena, &t, NULL), OK);
	mapping_guess(t.header, t.columns, arena, &m);
	assert_int_equal(mapping_check(&m, NULL), OK);
	for (struct arena_mark mark = arena_mark(arena); more; arena_rewind(arena, mark)) {
		struct import_values v;

		assert_int_equal(table_next(&t, arena, &row, &more, NULL), OK);
		if (!more)
			break;
		assert_int_equal(row.odd, 0);
		assert_int_equal(row_values(&m, &row, &habits, arena, &v, NULL), OK);
		assert_null(v.problem);
		assert_true(v.street.n > 0 && v.city.n > 0 && v.lat_e6.is && v.lng_e6.is);
		assert_true(v.lat_e6.v > 38000000 && v.lat_e6.v < 39500000 && v.lng_e6.v > -122000000 && v.lng_e6.v < -120000000);
		homes++;
	}
	assert_int_equal(homes, 985);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_full_row_becomes_values),
	    cmocka_unit_test(each_bad_cell_is_a_problem_in_words_and_the_rest_is_kept),
	    cmocka_unit_test(who_is_found_by_name_company_or_street),
	    cmocka_unit_test(an_address_on_one_line_is_taken_apart),
	    cmocka_unit_test(numbers_are_read_as_people_write_them),
	    cmocka_unit_test(volumes_are_litres_whatever_their_unit),
	    cmocka_unit_test(the_homes_of_sacramento_are_guessed_and_read),
	};

	return cmocka_run_group_tests_name("domain/imports/row", tests, open_arena, close_arena);
}
