/* tests/unit/domain/access/role.c -- who may do what, and who may hand it on. */
#include "domain/access/role.h"

#include "tests/unit/test.h"

static uint64_t
may_of(enum built_in_role r)
{
	return role_entry(r)->may;
}

static void
every_built_in_role_is_found_by_number_and_name(void **state)
{
	(void)state;
	for (enum built_in_role r = ROLE_OWNER; r < BUILT_IN_ROLES; r++) {
		assert_non_null(role_entry(r));
		assert_ptr_equal(role_named(str_of(role_entry(r)->name)), role_entry(r));
		assert_string_equal(role_names[r], role_entry(r)->name);
	}
	assert_null(role_names[BUILT_IN_ROLES]);
	assert_null(role_entry((enum built_in_role)0));
	assert_null(role_entry(BUILT_IN_ROLES));
	assert_null(role_named(STR("own")));
	assert_null(role_named(STR("Owner")));
}

static void
every_permission_has_a_name_of_its_own(void **state)
{
	enum permission back;

	(void)state;
	for (unsigned p = 0; p < PERMISSIONS; p++) {
		assert_true(permission_named(str_of(permission_name((enum permission)p)), &back));
		assert_int_equal(back, p);
	}
	assert_null(permission_names[PERMISSIONS]);
	assert_false(permission_named(STR("everything"), &back));
}

static void
only_the_owner_owns_and_reads_the_audit_log(void **state)
{
	(void)state;
	assert_true(may_of(ROLE_OWNER) == MAY_ALL);
	for (enum built_in_role r = ROLE_MANAGER; r < BUILT_IN_ROLES; r++) {
		assert_true((may_of(r) & MAY(MAY_OWN)) == 0);
		assert_true((may_of(r) & MAY(MAY_READ_AUDIT)) == 0);
	}
}

static void
a_technician_may_only_work_stops(void **state)
{
	(void)state;
	assert_true(may_of(ROLE_TECHNICIAN) == MAY(MAY_WORK_STOPS));
}

static void
a_read_only_person_changes_nothing(void **state)
{
	uint64_t sees = MAY(MAY_SEE_CUSTOMERS) | MAY(MAY_SEE_BOARD) | MAY(MAY_SEE_BILLS) | MAY(MAY_SEE_REPORTS);

	(void)state;
	assert_true((may_of(ROLE_READ_ONLY) & ~sees) == 0);
}

static void
who_sees_pay_or_payments_needs_a_second_factor(void **state)
{
	(void)state;
	assert_true(role_needs_second_factor(may_of(ROLE_OWNER)));
	assert_true(role_needs_second_factor(may_of(ROLE_MANAGER)));
	assert_true(role_needs_second_factor(may_of(ROLE_BILLING)));
	assert_true(role_needs_second_factor(MAY(MAY_SEE_PAY)));
	assert_false(role_needs_second_factor(may_of(ROLE_DISPATCHER)));
	assert_false(role_needs_second_factor(may_of(ROLE_TECHNICIAN)));
	/* Bills say what was paid. */
	assert_true(role_needs_second_factor(may_of(ROLE_READ_ONLY)));
	assert_true(role_needs_second_factor(MAY(MAY_SEE_BILLS)));
}

static void
the_built_in_roles_would_pass_as_own_ones(void **state)
{
	(void)state;
	for (enum built_in_role r = ROLE_MANAGER; r < BUILT_IN_ROLES; r++)
		assert_int_equal(role_check_own(may_of(r), NULL), OK);
}

static void
an_own_role_that_makes_no_sense_is_refused(void **state)
{
	static const uint64_t wrong[] = {0, MAY(MAY_OWN), MAY_ALL, MAY(PERMISSIONS), UINT64_MAX,
	    MAY(MAY_BILL), MAY(MAY_RUN_PAYROLL), MAY(MAY_EDIT_CUSTOMERS), MAY(MAY_SEE_CODES),
	    MAY(MAY_DISPATCH), MAY(MAY_PLAN_ROUTES), MAY(MAY_TAKE_PAYMENTS)};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct fault f = {0};

		assert_int_equal(role_check_own(wrong[i], &f), E_INVALID);
		assert_string_equal(f.field, "may");
	}
	assert_int_equal(role_check_own(MAY(MAY_BILL) | MAY(MAY_SEE_BILLS), NULL), OK);
}

static void
nobody_grants_more_than_they_have(void **state)
{
	(void)state;
	assert_true(role_may_grant(MAY_ALL, may_of(ROLE_MANAGER)));
	assert_false(role_may_grant(MAY_ALL, MAY_ALL));
	assert_false(role_may_grant(may_of(ROLE_MANAGER), MAY(MAY_READ_AUDIT)));
	assert_false(role_may_grant(may_of(ROLE_DISPATCHER), may_of(ROLE_BILLING)));
	assert_true(role_may_grant(may_of(ROLE_DISPATCHER), MAY(MAY_SEE_BOARD)));
	assert_true(role_may_grant(0, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_built_in_role_is_found_by_number_and_name),
		cmocka_unit_test(every_permission_has_a_name_of_its_own),
		cmocka_unit_test(only_the_owner_owns_and_reads_the_audit_log),
		cmocka_unit_test(a_technician_may_only_work_stops),
		cmocka_unit_test(a_read_only_person_changes_nothing),
		cmocka_unit_test(who_sees_pay_or_payments_needs_a_second_factor),
		cmocka_unit_test(the_built_in_roles_would_pass_as_own_ones),
		cmocka_unit_test(an_own_role_that_makes_no_sense_is_refused),
		cmocka_unit_test(nobody_grants_more_than_they_have),
	};
	return cmocka_run_group_tests_name("domain/access/role", tests, NULL, NULL);
}
