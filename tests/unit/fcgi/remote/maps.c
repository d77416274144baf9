/* tests/unit/fcgi/remote/maps.c -- what a geocoder's answer says, by both formats; and what is no answer. */
#include "fcgi/remote/maps.h"

#include "tests/unit/test.h"

static const struct maps_question home = {.country = "US"};

static struct maps_found
read_as(enum maps_format format, const char *json, const char *postcode)
{
	struct maps_question q = home;
	struct maps_found out;

	q.postcode = str_of(postcode);
	if (!maps_read(format, str_of(json), &q, &out))
		out.score = UINT32_MAX;
	return out;
}

#define NOMINATIM(address) \
	"[{\"lat\":\"38.631913\",\"lon\":\"-121.434879\",\"place_rank\":30,\"address\":{" address "}}]"

static void
nominatim_is_as_sure_as_its_address(void **state)
{
	static const struct {
		const char *address, *postcode;
		unsigned score;
	} row[] = {
		{NOMINATIM("\"house_number\":\"3526\",\"road\":\"High St\",\"postcode\":\"95838\",\"country_code\":\"us\""), "95838", 95},
		{NOMINATIM("\"house_number\":\"3526\",\"road\":\"High St\",\"postcode\":\"95838-12\",\"country_code\":\"us\""), "95838-1234", 95},
		{NOMINATIM("\"house_number\":\"3526\",\"road\":\"High St\",\"postcode\":\"95815\",\"country_code\":\"us\""), "95838", 70},
		{NOMINATIM("\"road\":\"High St\",\"country_code\":\"us\""), "", 60},
		{NOMINATIM("\"city\":\"Sacramento\",\"country_code\":\"us\""), "", 0},
		{NOMINATIM("\"house_number\":\"1\",\"road\":\"Rue Haute\",\"country_code\":\"fr\""), "", 0},
		{"[]", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct maps_found f = read_as(MAPS_NOMINATIM, row[i].address, row[i].postcode);

		assert_int_equal(f.score, row[i].score);
		assert_int_equal(f.is, row[i].score > 0);
		if (f.is) {
			assert_int_equal(f.lat_e6, 38631913);
			assert_int_equal(f.lng_e6, -121434879);
		}
	}
}

#define MATCH "{\"coordinates\":{\"x\":-121.434879,\"y\":38.631913},\"addressComponents\":{\"zip\":\"95838\"}}"

static void
the_census_is_less_sure_of_one_of_several(void **state)
{
	struct maps_found f = read_as(MAPS_CENSUS, "{\"result\":{\"addressMatches\":[" MATCH "]}}", "95838");

	(void)state;
	assert_int_equal(f.score, 95);
	assert_int_equal(f.lat_e6, 38631913);
	assert_int_equal(f.lng_e6, -121434879);
	assert_int_equal(read_as(MAPS_CENSUS, "{\"result\":{\"addressMatches\":[" MATCH "," MATCH "]}}", "95838").score, 65);
	assert_int_equal(read_as(MAPS_CENSUS, "{\"result\":{\"addressMatches\":[" MATCH "]}}", "95815").score, 70);
	/* Of several, and in another town: not sure enough to drive there. */
	assert_false(read_as(MAPS_CENSUS, "{\"result\":{\"addressMatches\":[" MATCH "," MATCH "]}}", "95815").is);
	assert_int_equal(read_as(MAPS_CENSUS, "{\"result\":{\"addressMatches\":[]}}", "").score, 0);
}

static void
what_makes_no_sense_is_no_answer(void **state)
{
	static const char *const nominatim[] = {"", "{}", "[{\"lat\":\"north\",\"lon\":\"1\"}]", "[{\"lat\":38.6}]", "[{\"lat\"",
	    "<html>", "[{\"lat\":\"1\",\"lat\":\"2\",\"lon\":\"3\"}]"};
	static const char *const census[] = {"", "[]", "{\"result\":{}}", "{\"result\":{\"addressMatches\":[{}]}}",
	    "{\"result\":{\"addressMatches\":[{\"coordinates\":{\"x\":\"1\",\"y\":2}}]}}"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(nominatim); i++)
		assert_int_equal(read_as(MAPS_NOMINATIM, nominatim[i], "").score, UINT32_MAX);
	for (size_t i = 0; i < COUNT_OF(census); i++)
		assert_int_equal(read_as(MAPS_CENSUS, census[i], "").score, UINT32_MAX);
	/* Nowhere on earth, and the point where broken software puts everything. */
	assert_false(read_as(MAPS_NOMINATIM, "[{\"lat\":\"91\",\"lon\":\"1\",\"address\":{\"house_number\":\"1\"}}]", "").is);
	assert_false(read_as(MAPS_NOMINATIM, "[{\"lat\":\"0\",\"lon\":\"0\",\"address\":{\"house_number\":\"1\"}}]", "").is);
}

static void
a_geocoder_has_a_name_that_we_know_and_an_address(void **state)
{
	struct config c = {.geocoder = "nominatim", .geocoder_url = ""};

	(void)state;
	assert_int_equal(maps_format_of(&c), MAPS_NONE);
	c.geocoder_url = "http://127.0.0.1:1";
	assert_int_equal(maps_format_of(&c), MAPS_NOMINATIM);
	c.geocoder = "census";
	assert_int_equal(maps_format_of(&c), MAPS_CENSUS);
	c.geocoder = "oracle";
	assert_int_equal(maps_format_of(&c), MAPS_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nominatim_is_as_sure_as_its_address),
	    cmocka_unit_test(the_census_is_less_sure_of_one_of_several),
	    cmocka_unit_test(what_makes_no_sense_is_no_answer),
	    cmocka_unit_test(a_geocoder_has_a_name_that_we_know_and_an_address),
	};

	return cmocka_run_group_tests_name("fcgi/remote/maps", tests, NULL, NULL);
}
