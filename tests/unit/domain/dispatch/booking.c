/* tests/unit/domain/dispatch/booking.c -- what strangers may book: where, when, and what stays
 * free. */
#include "domain/dispatch/booking.h"

#include "tests/unit/test.h"

#define HOUR 3600
#define RULES(...) \
	(struct booking_rules) \
	{ \
		.window_minutes = 120, __VA_ARGS__ \
	}

static void
a_list_of_postcodes_is_read_as_people_write_it(void **state)
{
	const struct booking_rules r = RULES(.postcodes = STR(" 95814, 957*,K1A 0B1 ")),
				   all = RULES(.open = true);

	(void)state;
	assert_true(booking_serves(&r, STR("95814")));
	assert_true(booking_serves(&r, STR(" 95814-1234 ")));
	assert_true(booking_serves(&r, STR("95742")));
	assert_true(booking_serves(&r, STR("k1a0b1")));
	assert_false(booking_serves(&r, STR("95815")));
	assert_false(booking_serves(&r, STR("9581")));
	assert_false(booking_serves(&r, STR("958141")));
	assert_false(booking_serves(&r, STR("")));
	assert_true(booking_serves(&all, STR("anywhere")));
}

static void
what_is_no_postcode_is_refused_with_its_field(void **state)
{
	const struct booking_rules good = RULES(.postcodes = STR("95814, 957*")),
				   bad = RULES(.postcodes = STR("95814; 957*")),
				   star = RULES(.postcodes = STR("9*5"));
	struct fault f = {0};

	(void)state;
	assert_int_equal(booking_rules_check(&good, &f), OK);
	assert_int_equal(booking_rules_check(&bad, &f), E_INVALID);
	assert_string_equal(f.field, "postcodes");
	f = (struct fault){0};
	assert_int_equal(booking_rules_check(&star, &f), E_INVALID);
}

static void
windows_stand_on_the_clock_and_begin_late_enough(void **state)
{
	const struct booking_rules r = RULES(.open = true);
	struct booking_window x[BOOKING_WINDOWS_MAX];

	(void)state;
	assert_int_equal(booking_windows(&r, 8 * HOUR, 16 * HOUR, 0, x), 4);
	assert_int_equal(x[0].from_minute, 480);
	assert_int_equal(x[3].to_minute, 960);
	assert_int_equal(booking_windows(&r, 8 * HOUR, 16 * HOUR, 10 * HOUR + 1, x), 2);
	assert_int_equal(x[0].from_minute, 720);
	assert_int_equal(booking_windows(&r, 8 * HOUR, 16 * HOUR, 86400 * 2, x), 0);
	assert_int_equal(booking_windows(&r, 7 * HOUR + 1800, 16 * HOUR + 1800, 0, x), 6);
}

static void
a_promise_is_made_only_if_all_others_are_kept(void **state)
{
	const struct booking_rules r = RULES(.reserve_minutes = 60);
	const struct lane l = {.from_s = 8 * HOUR, .to_s = 16 * HOUR};
	const struct booking_window x = {480, 600};
	struct lane_offer o = {.begin_s = 9 * HOUR, .ends_s = 15 * HOUR};

	(void)state;
	assert_true(booking_kept(&r, &l, &x, &o));
	o.late_s = 1;
	assert_false(booking_kept(&r, &l, &x, &o));
	o.late_s = 0;
	o.ends_s = 15 * HOUR + 1;
	assert_false(booking_kept(&r, &l, &x, &o));
	o.ends_s = 14 * HOUR;
	o.overtime_s = 1;
	assert_false(booking_kept(&r, &l, &x, &o));
	o.overtime_s = 0;
	o.begin_s = 10 * HOUR + 1;
	assert_false(booking_kept(&r, &l, &x, &o));
	o.begin_s = 8 * HOUR - 1;
	assert_false(booking_kept(&r, &l, &x, &o));
}

static void
a_held_time_stands_where_it_was_offered(void **state)
{
	const struct lane_stop s[] = {{.id = 1}, {.id = 2}}, fresh = {.id = 9};
	const struct lane l = {.stop = s, .stops = 2};
	const struct lane_offer first = {.before_id = 1}, middle = {.before_id = 2},
				last = {.before_id = 0};
	struct arena *a = arena_open(1 << 12, 1 << 20, NULL);
	struct lane with;

	(void)state;
	with = booking_with(&l, &fresh, &first, a);
	assert_int_equal(with.stops, 3);
	assert_int_equal(with.stop[0].id, 9);
	with = booking_with(&l, &fresh, &middle, a);
	assert_int_equal(with.stop[1].id, 9);
	assert_int_equal(with.stop[2].id, 2);
	with = booking_with(&l, &fresh, &last, a);
	assert_int_equal(with.stop[2].id, 9);
	arena_close(a);
}

static void
machines_are_too_fast_and_old_pages_ask_again(void **state)
{
	(void)state;
	assert_false(booking_form_fresh(1000, 1001));
	assert_true(booking_form_fresh(1000, 1002));
	assert_true(booking_form_fresh(1000, 1000 + BOOKING_FORM_MAX_S));
	assert_false(booking_form_fresh(1000, 1001 + BOOKING_FORM_MAX_S));
	assert_false(booking_form_fresh(2000, 1000));
}

static void
people_change_it_until_the_companys_hours_before(void **state)
{
	const struct booking_rules r = RULES(.change_hours = 24);

	(void)state;
	assert_true(booking_may_change(&r, VISIT_SCHEDULED, 86400, 0));
	assert_false(booking_may_change(&r, VISIT_SCHEDULED, 86400, 1));
	assert_false(booking_may_change(&r, VISIT_DONE, 86400 * 9, 0));
	assert_false(booking_may_change(&r, VISIT_CANCELLED, 86400 * 9, 0));
}

static void
reach_is_counted_from_where_technicians_start(void **state)
{
	const struct booking_rules r = RULES(.within_km = 30), any = RULES(.within_km = 0);

	(void)state;
	assert_true(booking_near(&r, (struct maybe_i64){true, 30000}));
	assert_false(booking_near(&r, (struct maybe_i64){true, 30001}));
	assert_true(booking_near(&r, (struct maybe_i64){0}));
	assert_true(booking_near(&any, (struct maybe_i64){true, 900000}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_list_of_postcodes_is_read_as_people_write_it),
	    cmocka_unit_test(what_is_no_postcode_is_refused_with_its_field),
	    cmocka_unit_test(windows_stand_on_the_clock_and_begin_late_enough),
	    cmocka_unit_test(a_promise_is_made_only_if_all_others_are_kept),
	    cmocka_unit_test(a_held_time_stands_where_it_was_offered),
	    cmocka_unit_test(machines_are_too_fast_and_old_pages_ask_again),
	    cmocka_unit_test(people_change_it_until_the_companys_hours_before),
	    cmocka_unit_test(reach_is_counted_from_where_technicians_start),
	};

	return cmocka_run_group_tests_name("domain/dispatch/booking", tests, NULL, NULL);
}
