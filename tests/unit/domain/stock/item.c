/* tests/unit/domain/stock/item.c -- what an item may be, and what an amount of it costs. */
#include "domain/stock/item.h"

#include "tests/unit/test.h"

static enum err
checked(enum item_kind kind, enum chemical c, uint32_t strength, enum item_unit unit, int64_t holds)
{
	struct item_facts i = {kind, c, strength, unit, holds};

	return item_check(&i, NULL);
}

static void
a_liquid_has_a_volume_and_what_is_dry_a_weight(void **state)
{
	(void)state;
	assert_int_equal(
	    checked(ITEM_CHEMICAL, CHEMICAL_LIQUID_CHLORINE, 1250, UNIT_GALLON, 0), OK);
	assert_int_equal(
	    checked(ITEM_CHEMICAL, CHEMICAL_LIQUID_CHLORINE, 1250, UNIT_LB, 0), E_INVALID);
	assert_int_equal(checked(ITEM_CHEMICAL, CHEMICAL_BICARB, 10000, UNIT_QUART, 0), E_INVALID);
	assert_int_equal(checked(ITEM_CHEMICAL, CHEMICAL_OTHER, 0, UNIT_QUART, 0), OK);
}

static void
a_tab_says_how_much_is_in_it_and_a_chemical_how_strong_it_is(void **state)
{
	(void)state;
	assert_int_equal(checked(ITEM_CHEMICAL, CHEMICAL_TRICHLOR, 9000, UNIT_TAB, 0), E_INVALID);
	assert_int_equal(checked(ITEM_CHEMICAL, CHEMICAL_TRICHLOR, 9000, UNIT_TAB, 22680), OK);
	assert_int_equal(checked(ITEM_CHEMICAL, CHEMICAL_TRICHLOR, 0, UNIT_LB, 0), E_INVALID);
	assert_int_equal(checked(ITEM_CHEMICAL, CHEMICAL_TRICHLOR, 10001, UNIT_LB, 0), E_INVALID);
	assert_int_equal(checked(ITEM_PART, CHEMICAL_TRICHLOR, 9000, UNIT_EACH, 0), E_INVALID);
	assert_int_equal(checked(ITEM_PART, CHEMICAL_NONE, 0, UNIT_EACH, 0), OK);
}

static void
units_hold_what_they_hold_whatever_was_said(void **state)
{
	struct item_facts i = {ITEM_CHEMICAL, CHEMICAL_MURIATIC, 3145, UNIT_GALLON, 7};

	(void)state;
	assert_int_equal(item_check(&i, NULL), OK);
	assert_int_equal(i.holds_x100, 378541);
}

static void
half_a_gallon_costs_half_of_a_gallon(void **state)
{
	(void)state;
	assert_int_equal(item_price(189271, 378541, 699), 350);
	assert_int_equal(item_price(0, 378541, 699), 0);
	assert_int_equal(item_price(ITEM_AMOUNT_MAX, 1, 900000), 90000000000000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_liquid_has_a_volume_and_what_is_dry_a_weight),
	    cmocka_unit_test(a_tab_says_how_much_is_in_it_and_a_chemical_how_strong_it_is),
	    cmocka_unit_test(units_hold_what_they_hold_whatever_was_said),
	    cmocka_unit_test(half_a_gallon_costs_half_of_a_gallon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
