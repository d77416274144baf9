/* tests/unit/domain/dispatch/fuel.c -- money at the pump. */
#include "domain/dispatch/fuel.h"
#include "tests/unit/test.h"

static void
miles_a_gallon_and_litres_for_a_hundred_kilometres(void **state)
{
	const struct fuel us = {459, FUEL_GALLON, 180, FUEL_MPG}, eu = {180, FUEL_LITRE, 95, FUEL_L_100KM};

	(void)state;
	/* 180 miles at 18 mpg: ten gallons. */
	assert_int_equal(fuel_cents(289682, &us), 4590);
	assert_int_equal(fuel_cents(0, &us), 0);
	/* 1,000 km at 9.5 l: 95 l at 1.80 */
	assert_int_equal(fuel_cents(1000000, &eu), 17100);
	assert_int_equal(fuel_cents(1000, &eu), 17);
	assert_int_equal(fuel_cents(1000000, &(struct fuel){180, FUEL_LITRE, 0, FUEL_L_100KM}), 0);
	/* 23.521 mpg is 10 l / 100 km */
	assert_in_range(fuel_cents(10000000, &(struct fuel){100, FUEL_LITRE, 235, FUEL_MPG}), 100080, 100100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(miles_a_gallon_and_litres_for_a_hundred_kilometres)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
