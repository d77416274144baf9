/* tests/unit/domain/imports/order.c -- what replaces what, and what a row says beyond our fields. */
#include "domain/imports/order.h"

#include "tests/unit/test.h"

static void
nothing_and_the_same_replace_nothing(void **state)
{
	static const struct {
		enum import_policy policy;
		const char *ours, *theirs;
		bool takes;
	} row[] = {
		{POLICY_FILL, "", "x", true}, {POLICY_FILL, "a", "x", false}, {POLICY_FILL, "a", "", false},
		{POLICY_REPLACE, "a", "x", true}, {POLICY_REPLACE, "", "x", true}, {POLICY_REPLACE, "a", "", false},
		{POLICY_REPLACE, "x", "x", false}, {POLICY_LEAVE, "", "x", false}, {POLICY_LEAVE, "a", "x", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_int_equal(policy_takes(row[i].policy, str_of(row[i].ours), str_of(row[i].theirs)), row[i].takes);
}

static void
what_has_no_field_becomes_a_note(void **state)
{
	struct arena *a = arena_open(1 << 14, 1 << 20, NULL);
	const struct import_values none = {0};
	const struct import_values all = {.rate_cents = {true, 16500}, .service_days = 1U << 0 | 1U << 3, .technician = STR("Tom"),
	    .status = STATUS_INACTIVE};

	(void)state;
	assert_int_equal(order_rest(&none, false, STR("USD"), a).n, 0);
	assert_string_equal(order_rest(&all, false, STR("USD"), a).p,
	    "Rate: $165.00\nDays: Monday, Thursday\nTechnician: Tom\nStatus: inactive\n");
	assert_true(str_starts(order_rest(&all, true, STR("USD"), a), STR("Tarifa: ")));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nothing_and_the_same_replace_nothing),
	    cmocka_unit_test(what_has_no_field_becomes_a_note),
	};

	return cmocka_run_group_tests_name("domain/imports/order", tests, NULL, NULL);
}
