/* tests/unit/domain/water/history.c -- forecasts from a pool's own past, and doubts about readings.
 */
#include "domain/water/history.h"

#include <stdlib.h>

#include "tests/unit/test.h"

#define DAY    86400
#define BIT(d) (UINT64_C(1) << (d))

static struct level
lv(int32_t x100)
{
	return (struct level){true, x100, HOW_EXACT};
}

/* n weekly sets: 5 ppm left after each dose falls to `to` ppm within the week. */
static void
weeks(struct past *p, size_t n, const int32_t *to)
{
	for (size_t i = 0; i < n; i++) {
		p[i] = (struct past){.at = (int64_t)i * 7 * DAY};
		p[i].water.of[MEASURE_FC] = lv(to[i]);
		p[i].given.fc = 5.0 - to[i] / 100.0;
	}
}

static void
chlorine_is_foretold_from_what_this_pool_lost(void **state)
{
	const int32_t to[] = {250, 250, 250, 250, 250, 250};
	struct past p[6];

	(void)state;
	weeks(p, 6, to);
	struct forecast f = fc_forecast(p, 6, SANITISER_CHLORINE, p[5].at + 7 * DAY);
	assert_int_equal(f.method, FORECAST_DECAY);
	assert_int_equal(f.from, 5);
	assert_int_equal(f.likely, 250);
	assert_int_equal(f.least, 250);
	/* Half of the time: the square root of a half. */
	f = fc_forecast(p, 6, SANITISER_CHLORINE, p[5].at + 7 * DAY / 2);
	assert_int_equal(f.likely, 354);
}

static void
an_unsteady_past_gives_a_wider_forecast(void **state)
{
	const int32_t to[] = {250, 100, 400, 150, 350, 250};
	struct past p[6];

	(void)state;
	weeks(p, 6, to);
	struct forecast f = fc_forecast(p, 6, SANITISER_CHLORINE, p[5].at + 7 * DAY);
	assert_true(f.least < f.likely - 50 && f.likely + 50 < f.most);
}

static void
too_little_history_gives_no_forecast(void **state)
{
	const int32_t to[] = {250, 250, 250, 250, 250};
	struct past p[5];

	(void)state;
	weeks(p, 5, to);
	assert_int_equal(fc_forecast(p, 4, SANITISER_CHLORINE, 40 * DAY).method, FORECAST_NONE);
	assert_int_equal(
	    fc_forecast(p, 5, SANITISER_CHLORINE, p[4].at + 7 * DAY).method, FORECAST_DECAY);
	assert_int_equal(
	    fc_forecast(p, 5, SANITISER_CHLORINE, p[4].at + 60 * DAY).method, FORECAST_NONE);
	assert_int_equal(fc_forecast(NULL, 0, SANITISER_SALT, 0).method, FORECAST_NONE);
}

static void
more_than_ten_is_no_ten_to_reckon_with(void **state)
{
	/* Each week loses half of its five; once the kit could not tell how much there was. */
	const int32_t to[] = {250, 250, 250, 250, 250, 250, 250, 250};
	struct past p[8];

	(void)state;
	weeks(p, 8, to);
	p[3].water.of[MEASURE_FC] = (struct level){true, 1000, HOW_ABOVE};
	struct forecast f = fc_forecast(p, 8, SANITISER_CHLORINE, p[7].at + 7 * DAY);
	assert_int_equal(f.from, 5);
	assert_true(f.likely == 250 && f.least == 250 && f.most == 250);
	/* What stands in the water now is not known either. */
	p[7].water.of[MEASURE_FC].how = HOW_ABOVE;
	assert_int_equal(fc_forecast(p, 8, SANITISER_CHLORINE, p[7].at + 7 * DAY).method, FORECAST_NONE);
	f = fc_forecast(p, 8, SANITISER_SALT, p[7].at + 7 * DAY);
	assert_true(f.from == 6 && f.most == 250);
}

static void
a_salt_pool_stays_where_it_was(void **state)
{
	const int32_t to[] = {400, 420, 380, 410, 390};
	struct past p[5];

	(void)state;
	weeks(p, 5, to);
	struct forecast f = fc_forecast(p, 5, SANITISER_SALT, p[4].at + 7 * DAY);
	assert_int_equal(f.method, FORECAST_LEVEL);
	assert_int_equal(f.likely, 400);
	assert_true(f.least >= 380 && f.most <= 420);
}

static void
stabiliser_that_rises_says_when_water_is_due(void **state)
{
	struct past p[6] = {{0}};

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		p[i].at = (int64_t)i * 30 * DAY;
		p[i].water.of[MEASURE_CYA] = lv(4000 + (int32_t)i * 600 + (i % 2 ? 100 : -100));
	}
	struct due_drain d = drain_due(p, 6, MEASURE_CYA, 10000, p[5].at);
	assert_true(d.is && d.from == 6);
	/* 6 ppm in 30 days, 70 now: 100 in about 150 days. */
	assert_true(labs((long)((d.likely - p[5].at) / DAY - 150)) < 20);
	assert_true(d.least < d.likely && d.likely < d.most);
	assert_true(abs(d.a_year - 7300) < 500);
}

/* Tubes are read in tens: four on one line are no sure day. */
static void
readings_on_a_line_are_no_surer_than_their_test(void **state)
{
	struct past p[4] = {{0}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		p[i].at = (int64_t)i * 30 * DAY;
		p[i].water.of[MEASURE_CYA] = lv(4000 + (int32_t)i * 1000);
	}
	struct due_drain d = drain_due(p, 4, MEASURE_CYA, 10000, p[3].at);
	assert_true(d.is && labs((long)((d.likely - p[3].at) / DAY - 90)) <= 1);
	assert_true((d.likely - d.least) / DAY >= 5 && (d.most - d.likely) / DAY >= 5);
}

static void
water_that_was_replaced_begins_a_new_line(void **state)
{
	const int32_t cya[] = {8000, 9000, 9800, 4000, 4500};
	struct past p[5] = {{0}};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		p[i].at = (int64_t)i * 30 * DAY;
		p[i].water.of[MEASURE_CYA] = lv(cya[i]);
	}
	assert_false(drain_due(p, 5, MEASURE_CYA, 10000, p[4].at).is);
}

static void
what_does_not_rise_is_never_due(void **state)
{
	const int32_t cya[] = {5000, 4800, 5200, 4900, 5000};
	struct past p[5] = {{0}};

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		p[i].at = (int64_t)i * 30 * DAY;
		p[i].water.of[MEASURE_CYA] = lv(cya[i]);
	}
	assert_false(drain_due(p, 5, MEASURE_CYA, 10000, p[4].at).is);
}

static struct past
set(int64_t day, int32_t fc, int32_t ph, int32_t ta, int32_t cya)
{
	struct past p = {.at = day * DAY};

	p.water.of[MEASURE_FC] = lv(fc);
	p.water.of[MEASURE_PH] = lv(ph);
	p.water.of[MEASURE_TA] = lv(ta);
	p.water.of[MEASURE_CYA] = lv(cya);
	return p;
}

static void
a_copied_set_is_doubted_and_a_tested_one_is_not(void **state)
{
	const struct past last = set(0, 310, 750, 9000, 4000), same = set(7, 310, 750, 9000, 4000),
			  other = set(7, 290, 750, 9000, 4000);

	(void)state;
	assert_int_equal(doubts_of(&same, &last, 1, KIT_DROPS), BIT(DOUBT_COPIED));
	assert_int_equal(doubts_of(&other, &last, 1, KIT_DROPS), 0);
	assert_int_equal(doubts_of(&same, NULL, 0, KIT_DROPS), 0);
}

static void
the_same_chlorine_and_ph_four_times_are_doubted(void **state)
{
	const struct past p[] = {set(0, 300, 750, 8000, 4000), set(7, 300, 750, 9000, 4000),
	    set(14, 300, 750, 8500, 4000)};
	const struct past now = set(21, 300, 750, 9500, 4000);

	(void)state;
	assert_int_equal(doubts_of(&now, p, 3, KIT_DROPS), BIT(DOUBT_CONSTANT));
	assert_int_equal(doubts_of(&now, p, 2, KIT_DROPS), 0);
}

static void
stabiliser_does_not_fall_by_itself_and_total_is_not_below_free(void **state)
{
	struct past last = set(0, 310, 750, 9000, 9000), now = set(30, 290, 760, 9500, 4500);

	(void)state;
	assert_int_equal(doubts_of(&now, &last, 1, KIT_DROPS), BIT(DOUBT_IMPOSSIBLE));
	last.replaced = true;
	assert_int_equal(doubts_of(&now, &last, 1, KIT_DROPS), 0);
	now.water.of[MEASURE_TC] = lv(200);
	assert_int_equal(doubts_of(&now, &last, 1, KIT_DROPS), BIT(DOUBT_IMPOSSIBLE));
}

static void
a_dose_that_changes_nothing_and_a_hand_quicker_than_drops_are_doubted(void **state)
{
	struct past last = set(0, 200, 750, 9000, 4000), now = set(1, 210, 760, 9500, 4000);

	(void)state;
	last.given.fc = 6;
	assert_int_equal(doubts_of(&now, &last, 1, KIT_DROPS), BIT(DOUBT_NO_EFFECT));
	last.given.fc = 0;
	now.took_s = 20;
	assert_int_equal(doubts_of(&now, &last, 1, KIT_DROPS), BIT(DOUBT_TOO_FAST));
	assert_int_equal(doubts_of(&now, &last, 1, KIT_STRIPS), 0);
}

static void
slow_measures_are_still_known_and_quick_ones_are_not(void **state)
{
	struct past p[] = {set(1, 310, 750, 9000, 4000), set(31, 0, 760, 0, 0)};
	struct water w;
	int64_t at[MEASURES];

	(void)state;
	p[1].water.of[MEASURE_FC].is = p[1].water.of[MEASURE_TA].is = p[1].water.of[MEASURE_CYA].is = false;
	water_known(p, 2, &w, at);
	assert_true(w.of[MEASURE_PH].x100 == 760 && w.of[MEASURE_TA].x100 == 9000 && w.of[MEASURE_CYA].x100 == 4000);
	assert_false(w.of[MEASURE_FC].is);
	assert_true(at[MEASURE_FC] == DAY && at[MEASURE_PH] == 31 * DAY && at[MEASURE_CH] == 0);
	p[1].at = 60 * DAY;
	water_known(p, 2, &w, at);
	assert_true(!w.of[MEASURE_TA].is && w.of[MEASURE_CYA].is);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(slow_measures_are_still_known_and_quick_ones_are_not),
	    cmocka_unit_test(chlorine_is_foretold_from_what_this_pool_lost),
	    cmocka_unit_test(an_unsteady_past_gives_a_wider_forecast),
	    cmocka_unit_test(too_little_history_gives_no_forecast),
	    cmocka_unit_test(more_than_ten_is_no_ten_to_reckon_with),
	    cmocka_unit_test(a_salt_pool_stays_where_it_was),
	    cmocka_unit_test(stabiliser_that_rises_says_when_water_is_due),
	    cmocka_unit_test(readings_on_a_line_are_no_surer_than_their_test),
	    cmocka_unit_test(water_that_was_replaced_begins_a_new_line),
	    cmocka_unit_test(what_does_not_rise_is_never_due),
	    cmocka_unit_test(a_copied_set_is_doubted_and_a_tested_one_is_not),
	    cmocka_unit_test(the_same_chlorine_and_ph_four_times_are_doubted),
	    cmocka_unit_test(stabiliser_does_not_fall_by_itself_and_total_is_not_below_free),
	    cmocka_unit_test(a_dose_that_changes_nothing_and_a_hand_quicker_than_drops_are_doubted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
