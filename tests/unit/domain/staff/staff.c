/* tests/unit/domain/staff/staff.c -- the owner stays, and nobody gives more than they have. */
#include "domain/staff/staff.h"

#include "tests/unit/test.h"

static struct standing
person(uint64_t id, enum built_in_role role)
{
	return (struct standing){id, role_entry(role)->may, STAFF_ACTIVE, true};
}

static void
who_manages_staff_invites_up_to_their_own_rights(void **state)
{
	struct standing owner = person(1, ROLE_OWNER), manager = person(2, ROLE_MANAGER),
	                tech = person(3, ROLE_TECHNICIAN);

	(void)state;
	assert_int_equal(staff_may_invite(&owner, role_entry(ROLE_MANAGER)->may, NULL), OK);
	assert_int_equal(staff_may_invite(&manager, role_entry(ROLE_MANAGER)->may, NULL), OK);
	assert_int_equal(staff_may_invite(&tech, role_entry(ROLE_TECHNICIAN)->may, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_invite(&owner, MAY_ALL, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_invite(&manager, MAY(MAY_READ_AUDIT), NULL), E_FORBIDDEN);
}

static void
an_unconfirmed_owner_invites_nobody(void **state)
{
	struct standing owner = person(1, ROLE_OWNER), invited = person(2, ROLE_TECHNICIAN);
	struct fault f = {0};

	(void)state;
	owner.email_confirmed = false;
	invited.state = STAFF_INVITED;
	assert_int_equal(staff_may_invite(&owner, MAY(MAY_WORK_STOPS), &f), E_FORBIDDEN);
	assert_string_equal(f.field, "email");
	assert_int_equal(staff_may_invite_again(&owner, &invited, NULL), E_FORBIDDEN);
}

static void
an_invitation_is_sent_again_only_while_it_is_open(void **state)
{
	struct standing owner = person(1, ROLE_OWNER), target = person(2, ROLE_TECHNICIAN);

	(void)state;
	assert_int_equal(staff_may_invite_again(&owner, &target, NULL), E_STALE);
	target.state = STAFF_DISABLED;
	assert_int_equal(staff_may_invite_again(&owner, &target, NULL), E_STALE);
	target.state = STAFF_INVITED;
	assert_int_equal(staff_may_invite_again(&owner, &target, NULL), OK);
}

static void
the_owner_is_never_disabled_or_demoted(void **state)
{
	struct standing owner = person(1, ROLE_OWNER);

	(void)state;
	for (enum built_in_role r = ROLE_OWNER; r < BUILT_IN_ROLES; r++) {
		struct standing by = person(r == ROLE_OWNER ? 1 : 2, r);

		assert_int_equal(staff_may_disable(&by, &owner, NULL), E_FORBIDDEN);
		for (enum built_in_role to = ROLE_OWNER; to < BUILT_IN_ROLES; to++)
			assert_int_equal(staff_may_change_role(&by, &owner, role_entry(to)->may, NULL),
			    E_FORBIDDEN);
	}
	assert_int_equal(staff_may_rename(&owner, &owner, NULL), OK);
}

static void
nobody_touches_somebody_who_has_more(void **state)
{
	struct standing clerk = {5, MAY(MAY_MANAGE_STAFF) | MAY(MAY_WORK_STOPS), STAFF_ACTIVE, true};
	struct standing manager = person(2, ROLE_MANAGER), tech = person(3, ROLE_TECHNICIAN);

	(void)state;
	assert_int_equal(staff_may_disable(&clerk, &manager, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_rename(&clerk, &manager, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_change_role(&clerk, &manager, MAY(MAY_WORK_STOPS), NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_disable(&clerk, &tech, NULL), OK);
	assert_int_equal(staff_may_change_role(&clerk, &tech, role_entry(ROLE_MANAGER)->may, NULL),
	    E_FORBIDDEN);
}

static void
nobody_changes_or_disables_themselves(void **state)
{
	struct standing manager = person(2, ROLE_MANAGER);

	(void)state;
	assert_int_equal(staff_may_disable(&manager, &manager, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_change_role(&manager, &manager, MAY(MAY_WORK_STOPS), NULL), E_FORBIDDEN);
}

static void
a_disabled_person_does_nothing_more(void **state)
{
	struct standing manager = person(2, ROLE_MANAGER), tech = person(3, ROLE_TECHNICIAN);

	(void)state;
	manager.state = STAFF_DISABLED;
	assert_int_equal(staff_may_disable(&manager, &tech, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_invite(&manager, MAY(MAY_WORK_STOPS), NULL), E_FORBIDDEN);
}

static void
disabling_and_enabling_happen_once(void **state)
{
	struct standing owner = person(1, ROLE_OWNER), tech = person(3, ROLE_TECHNICIAN);

	(void)state;
	assert_int_equal(staff_may_enable(&owner, &tech, NULL), E_STALE);
	assert_int_equal(staff_may_disable(&owner, &tech, NULL), OK);
	tech.state = STAFF_DISABLED;
	assert_int_equal(staff_may_disable(&owner, &tech, NULL), E_STALE);
	assert_int_equal(staff_may_enable(&owner, &tech, NULL), OK);
	tech.state = STAFF_INVITED;
	assert_int_equal(staff_may_disable(&owner, &tech, NULL), OK);
}

static void
only_the_owner_hands_over_and_only_to_an_active_colleague(void **state)
{
	struct standing owner = person(1, ROLE_OWNER), manager = person(2, ROLE_MANAGER),
	                tech = person(3, ROLE_TECHNICIAN);

	(void)state;
	assert_int_equal(staff_may_receive(&owner, &tech, NULL), OK);
	assert_int_equal(staff_may_receive(&manager, &tech, NULL), E_FORBIDDEN);
	assert_int_equal(staff_may_receive(&owner, &owner, NULL), E_INVALID);
	tech.state = STAFF_INVITED;
	assert_int_equal(staff_may_receive(&owner, &tech, NULL), E_INVALID);
	tech.state = STAFF_DISABLED;
	assert_int_equal(staff_may_receive(&owner, &tech, NULL), E_INVALID);
}

static void
every_state_has_a_name(void **state)
{
	(void)state;
	for (enum staff_state s = STAFF_INVITED; s < STAFF_STATES; s++)
		assert_true(strlen(staff_state_names[s]) > 0);
	assert_null(staff_state_names[STAFF_STATES]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_manages_staff_invites_up_to_their_own_rights),
		cmocka_unit_test(an_unconfirmed_owner_invites_nobody),
		cmocka_unit_test(an_invitation_is_sent_again_only_while_it_is_open),
		cmocka_unit_test(the_owner_is_never_disabled_or_demoted),
		cmocka_unit_test(nobody_touches_somebody_who_has_more),
		cmocka_unit_test(nobody_changes_or_disables_themselves),
		cmocka_unit_test(a_disabled_person_does_nothing_more),
		cmocka_unit_test(disabling_and_enabling_happen_once),
		cmocka_unit_test(only_the_owner_hands_over_and_only_to_an_active_colleague),
		cmocka_unit_test(every_state_has_a_name),
	};
	return cmocka_run_group_tests_name("domain/staff/staff", tests, NULL, NULL);
}
