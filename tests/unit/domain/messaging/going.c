/*
 * tests/unit/domain/messaging/going.c -- now, later or never: nights of both clocks, STOP before everything, ceilings; and
 * that in whatever order things happen, nothing is said to a number between its STOP and its START.
 */
#include "domain/messaging/going.h"
#include "domain/messaging/sms.h"

#include <stdlib.h>

#include "tests/unit/test.h"

static struct arena *a;
static const struct zone *new_york, *chicago;

static const struct zone *
zone_named(const char *name)
{
	static char bytes[ZONE_FILE_MAX + 1];
	struct zone *z = NULL;
	struct fault f = {0};
	char path[200];
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	file = fopen(path, "rb");
	assert_non_null(file);
	n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	assert_int_equal(zone_parse(str_of(name), (struct str){bytes, n}, a, &z, &f), OK);
	return z;
}

static int
open_arena(void **state)
{
	(void)state;
	a = arena_open(1 << 16, 1 << 24, NULL);
	new_york = zone_named("America/New_York");
	chicago = zone_named("America/Chicago");
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_close(a);
	return 0;
}

static int64_t
at(const struct zone *z, int mday, int hour, int minute)
{
	const struct civil c = {2026, 6, (uint8_t)mday, (uint8_t)hour, (uint8_t)minute, 0};

	return zone_instant(z, &c);
}

static void
nobody_is_texted_at_night_on_either_clock(void **state)
{
	const struct zone *const both[] = {new_york, chicago}, *const one[] = {new_york, NULL};

	(void)state;
	assert_int_equal(quiet_until(one, at(new_york, 3, 12, 0)), at(new_york, 3, 12, 0));
	assert_int_equal(quiet_until(one, at(new_york, 3, 20, 59)), at(new_york, 3, 20, 59));
	assert_int_equal(quiet_until(one, at(new_york, 3, 21, 0)), at(new_york, 4, 8, 0));
	assert_int_equal(quiet_until(one, at(new_york, 3, 7, 59)), at(new_york, 3, 8, 0));
	/* Eight in New York is seven in Chicago. */
	assert_int_equal(quiet_until(both, at(new_york, 3, 8, 0)), at(chicago, 3, 8, 0));
	assert_int_equal(quiet_until(both, at(chicago, 3, 20, 30)), at(chicago, 4, 8, 0));
}

static void
what_may_go_now_later_or_never(void **state)
{
	struct going_facts f = {.medium = MEDIUM_SMS, .occasion = OCCASION_TOMORROW, .known = true,
	    .now = at(new_york, 3, 22, 0), .zone = {new_york, NULL}};
	const char *why;
	int64_t when;

	(void)state;
	assert_int_equal(going(&f, &when, &why), GO_LATER);
	assert_int_equal(when, at(new_york, 4, 8, 0));
	f.medium = MEDIUM_EMAIL;
	assert_int_equal(going(&f, &when, &why), GO_NOW);
	f.medium = MEDIUM_SMS;
	f.occasion = OCCASION_WRITTEN; /* somebody answers: now */
	assert_int_equal(going(&f, &when, &why), GO_NOW);
	f.to_address = TEXTS_OF_NUMBER_MAX;
	assert_int_equal(going(&f, &when, &why), GO_NOW);
	f.occasion = OCCASION_ON_WAY;
	assert_int_equal(going(&f, &when, &why), GO_ASK);
	f.to_address = 0;
	f.of_company = TEXTS_OF_COMPANY_MAX;
	assert_int_equal(going(&f, &when, &why), GO_ASK);
	f.of_company = 0;
	f.known = false;
	assert_int_equal(going(&f, &when, &why), GO_NEVER);
	f.known = true;
	f.stopped = true;
	for (enum occasion o = 1; o < OCCASIONS; o++) {
		f.occasion = o;
		assert_int_equal(going(&f, &when, &why), GO_NEVER);
		assert_non_null(why);
	}
}

static void
texts_go_to_known_countries(void **state)
{
	static const char *const good[] = {"+16025550119", "+34600111222", "+525512345678"};
	static const char *const bad[] = {"+18765550119", "+12425550119", "+447700900123", "+1602555011", "+19005550119", ""};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(number_known(str_of(good[i])));
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(number_known(str_of(bad[i])));
}

static void
a_state_of_two_zones_has_both(void **state)
{
	const char *zone[ZONES_OF_READER];

	(void)state;
	assert_int_equal(region_zones(STR("US"), STR("FL"), zone), 2);
	assert_string_equal(zone[1], "America/Chicago");
	assert_int_equal(region_zones(STR("US"), STR("az"), zone), 1);
	assert_int_equal(region_zones(STR("US"), STR("Sonora"), zone), 0);
	assert_int_equal(region_zones(STR("MX"), STR("CA"), zone), 0);
}

static uint32_t
chance(uint64_t *seed, uint32_t of)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33) % of;
}

/*
 * A model of one number: orders of all occasions, workers that take, die and hand over, receipts, the night, and what the
 * number says. The sender below is what the world sees. ORDERS=100000 plays more (make test-long).
 */
static void
after_stop_nothing_goes_out_in_any_order(void **state)
{
	static const char *const words[] = {"STOP", "alto", "START", "alta", "5", "please stop by", "thanks", "Parar", "UNSTOP"};
	const char *orders = getenv("ORDERS");
	const unsigned rounds = orders != NULL ? (unsigned)strtoul(orders, NULL, 10) : 2000;

	(void)state;
	for (unsigned round = 0; round < rounds; round++) {
		struct {
			enum message_state state;
			enum occasion occasion;
		} m[24];
		uint64_t seed = round * UINT64_C(2654435761) + 7;
		int64_t now = at(new_york, 3, 6, 0);
		bool stopped = false;
		size_t n = 0;

		for (unsigned step = 0; step < 120; step++) {
			const uint32_t what = chance(&seed, 6);
			const size_t i = n > 0 ? chance(&seed, (uint32_t)n) : 0;
			struct going_facts f = {.medium = MEDIUM_SMS, .known = true, .stopped = stopped, .now = now, .zone = {new_york, NULL}};
			enum language l = ENGLISH;
			const char *why;
			int64_t when;

			now += chance(&seed, 7200);
			if (what == 0 && n < COUNT_OF(m)) {
				m[n].state = MESSAGE_QUEUED;
				m[n++].occasion = (enum occasion)(1 + chance(&seed, OCCASIONS - 1));
			} else if (what == 1) {
				const enum sms_word w = sms_word(str_of(words[chance(&seed, COUNT_OF(words))]), &l);

				stopped = w == SMS_STOP || (stopped && w != SMS_START);
			} else if (n > 0 && what <= 3) {
				f.occasion = m[i].occasion;
				if (m[i].state != MESSAGE_QUEUED || going(&f, &when, &why) != GO_NOW)
					continue;
				/* Here it leaves. */
				assert_false(stopped);
				m[i].state = chance(&seed, 4) == 0 ? MESSAGE_QUEUED /* the worker died before */ : MESSAGE_SENT;
			} else if (n > 0 && what == 4) {
				const enum message_state to = chance(&seed, 2) ? MESSAGE_DELIVERED : MESSAGE_FAILED;

				if (message_may(m[i].state, to))
					m[i].state = to;
			}
		}
	}
}

static void
what_is_said_late_never_turns_a_message_back(void **state)
{
	(void)state;
	assert_true(message_may(MESSAGE_SENT, MESSAGE_DELIVERED));
	assert_false(message_may(MESSAGE_DELIVERED, MESSAGE_SENT));
	assert_false(message_may(MESSAGE_DELIVERED, MESSAGE_FAILED));
	assert_false(message_may(MESSAGE_FAILED, MESSAGE_DELIVERED));
	assert_false(message_may(MESSAGE_WITHDRAWN, MESSAGE_QUEUED));
	assert_int_equal(sms_state(STR("undelivered")), MESSAGE_FAILED);
	assert_int_equal(sms_state(STR("queued")), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_is_texted_at_night_on_either_clock),
		cmocka_unit_test(what_may_go_now_later_or_never),
		cmocka_unit_test(texts_go_to_known_countries),
		cmocka_unit_test(a_state_of_two_zones_has_both),
		cmocka_unit_test(after_stop_nothing_goes_out_in_any_order),
		cmocka_unit_test(what_is_said_late_never_turns_a_message_back),
	};

	return cmocka_run_group_tests_name("going", tests, open_arena, close_arena);
}
