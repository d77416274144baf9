/* tests/rows/roles_test.c -- a company's own roles, and sessions of one's own. */
#include "fcgi/acts/roles.h"
#include "fcgi/acts/sessions.h"
#include "tests/rows/people.h"

#define SEES MAY(MAY_SEE_CUSTOMERS)

static uint64_t
make(struct world *t, const char *name, uint64_t may)
{
	struct role_wish in = {str_of(name), may};
	struct role_line out;
	struct work w;

	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_role_make(&w, &in, &out));
	return out.id;
}

static void
a_company_makes_changes_and_drops_a_role(void **state)
{
	struct world *t = *state;
	struct role_change in = {STR("Auditors"), SEES | MAY(MAY_SEE_REPORTS), 1};
	struct role_page page;
	struct role_line out;
	struct work w;

	people_arrange(t);
	uint64_t id = make(t, "Auditor", SEES);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_role_change(&w, id, &in, &out));
	assert_true(out.may == in.may && str_eq(out.name, in.name) && out.version == 2);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_role_change(&w, id, &in, &out));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_roles(&w, &page));
	assert_int_equal(page.rows_n, 7);
	assert_true(page.rows[0].built_in && page.rows[0].people == 1);
	assert_true(!page.rows[6].built_in && page.rows[6].id == id);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_role_drop(&w, id));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE noun = 'role'"), 3);
}

static void
a_role_that_somebody_has_stays_even_if_they_are_disabled(void **state)
{
	struct world *t = *state;
	struct work w;

	people_arrange(t);
	uint64_t id = make(t, "Auditor", SEES);
	world_mine(t, "UPDATE staff SET role = 0, role_id = %llu, state = %d WHERE id = %llu", (unsigned long long)id,
	    STAFF_DISABLED, (unsigned long long)TECH);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_role_drop(&w, id));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
}

static void
roles_that_make_no_sense_are_refused(void **state)
{
	struct world *t = *state;
	static const struct {
		const char *name;
		uint64_t may;
		enum err want;
		const char *field;
	} wish[] = {
		{"King", MAY(MAY_OWN), E_INVALID, "may"}, {"Nothing", 0, E_INVALID, "may"},
		{"Blind", MAY(MAY_EDIT_CUSTOMERS), E_INVALID, "may"}, {"manager", SEES, E_INVALID, "name"},
		{"Gerente", SEES, E_INVALID, "name"}, {"auditor", SEES, E_INVALID, "name"},
		{"Reader", MAY(MAY_READ_AUDIT), E_FORBIDDEN, "may"},
	};

	people_arrange(t);
	make(t, "Auditor", SEES);
	for (size_t i = 0; i < COUNT_OF(wish); i++) {
		struct role_wish in = {str_of(wish[i].name), wish[i].may};
		struct role_line out;
		struct work w;

		/* The manager may do everything but own and read the log. */
		people_enter(t, &w, MANAGER, ROLE_MANAGER);
		act_done(t, &w, wish[i].want, act_role_make(&w, &in, &out));
		assert_string_equal(w.fault.field, wish[i].field);
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM role"), 1);
}

static void
a_role_larger_than_ones_own_is_out_of_reach(void **state)
{
	struct world *t = *state;
	struct role_change in = {STR("Small"), SEES, 1};
	struct role_line out;
	struct work w;

	people_arrange(t);
	uint64_t id = make(t, "Reader of all", MAY(MAY_READ_AUDIT) | SEES);
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, E_FORBIDDEN, act_role_change(&w, id, &in, &out));
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, E_FORBIDDEN, act_role_drop(&w, id));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_FORBIDDEN, act_role_change(&w, ROLE_MANAGER, &in, &out));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_NOT_FOUND, act_role_drop(&w, 4711));
}

static void
a_role_that_sees_pay_wants_the_password_again(void **state)
{
	struct world *t = *state;
	struct role_wish in = {STR("Payer"), MAY(MAY_SEE_PAY)};
	struct role_line out;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	w.actor.stepped_up_at = 0;
	act_done(t, &w, E_FORBIDDEN, act_role_make(&w, &in, &out));
	assert_string_equal(w.fault.field, "step_up");
}

static void
a_company_has_no_more_roles_than_the_ceiling(void **state)
{
	struct world *t = *state;
	struct role_wish in = {STR("One more"), SEES};
	struct role_line out;
	struct work w;

	people_arrange(t);
	for (int i = 0; i < ROLES_MAX; i++)
		world_mine(t, "INSERT INTO role (id, name, may) VALUES (%d, 'Role %d', 1)", 100 + i, i);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_LIMIT, act_role_make(&w, &in, &out));
}

/* ---- sessions ---- */

static void
arrange_sessions(struct world *t)
{
	people_arrange(t);
	world_sql(t,
	    "INSERT INTO session (id, token_hash, actor_kind, actor_id, door, second_factor, created_at, seen_at, "
	    "stepped_up_at, expires_at, ended_at, ip, country, agent) VALUES "
	    "(%llu, REPEAT('a', 32), %d, %llu, 1, 0, 10, UNIX_TIMESTAMP(), 1, 9999999999, NULL, '192.0.2.1', 'US', 'Firefox'),"
	    "(11, REPEAT('b', 32), %d, %llu, 1, 0, 20, UNIX_TIMESTAMP(), 1, 9999999999, NULL, '', '', ''),"
	    "(16, REPEAT('g', 32), %d, %llu, 1, 0, 25, UNIX_TIMESTAMP() - 2000, 1, 9999999999, NULL, '', '', ''),"
	    "(17, REPEAT('h', 32), %d, %llu, 2, 0, 5, UNIX_TIMESTAMP() - 2000, 1, 9999999999, NULL, '', '', ''),"
	    "(12, REPEAT('c', 32), %d, %llu, 1, 0, 30, 1, 1, 1000, NULL, '', '', ''),"
	    "(13, REPEAT('d', 32), %d, %llu, 1, 0, 40, 1, 1, 9999999999, 5, '', '', ''),"
	    "(14, REPEAT('e', 32), %d, %llu, 1, 0, 50, 1, 1, 9999999999, NULL, '', '', ''),"
	    "(15, REPEAT('f', 32), %d, %llu, 3, 0, 60, 1, 1, 9999999999, NULL, '', '', '')",
	    (unsigned long long)OWNER + 500, ACTOR_STAFF, (unsigned long long)OWNER, ACTOR_STAFF,
	    (unsigned long long)OWNER, ACTOR_STAFF, (unsigned long long)OWNER, ACTOR_STAFF,
	    (unsigned long long)OWNER, ACTOR_STAFF, (unsigned long long)OWNER, ACTOR_STAFF,
	    (unsigned long long)OWNER, ACTOR_STAFF, (unsigned long long)MANAGER, ACTOR_CUSTOMER,
	    (unsigned long long)OWNER);
}

static void
ones_own_sessions_that_still_work_are_listed(void **state)
{
	struct world *t = *state;
	struct session_page page;
	struct work w;

	arrange_sessions(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_sessions(&w, &page));
	/* 16 has been idle for longer than the office allows, 17 for less than the road does. */
	assert_int_equal(page.rows_n, 3);
	assert_true(page.rows[2].id == 17);
	assert_true(page.rows[0].id == 11 && !page.rows[0].here);
	assert_true(page.rows[1].id == OWNER + 500 && page.rows[1].here);
	assert_true(str_eq(page.rows[1].agent, STR("Firefox")));
}

static void
nobody_ends_a_session_of_somebody_else(void **state)
{
	static const uint64_t not_mine[] = {12345, 13, 14, 15};
	struct world *t = *state;
	struct work w;

	arrange_sessions(t);
	for (size_t i = 0; i < COUNT_OF(not_mine); i++) {
		people_enter(t, &w, OWNER, ROLE_OWNER);
		act_done(t, &w, E_NOT_FOUND, act_session_end(&w, not_mine[i]));
	}
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_session_end(&w, 11));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM session WHERE ended_at IS NOT NULL"), 2);
}

static void
ending_all_others_leaves_this_one_and_other_people(void **state)
{
	struct world *t = *state;
	struct work w;

	arrange_sessions(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_sessions_end_others(&w));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM session WHERE ended_at IS NULL"), 3);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM session WHERE ended_at IS NULL AND id IN (%llu, 14, 15)",
	    (unsigned long long)OWNER + 500), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(a_company_makes_changes_and_drops_a_role),
		world_test(a_role_that_somebody_has_stays_even_if_they_are_disabled),
		world_test(roles_that_make_no_sense_are_refused),
		world_test(a_role_larger_than_ones_own_is_out_of_reach),
		world_test(a_role_that_sees_pay_wants_the_password_again),
		world_test(a_company_has_no_more_roles_than_the_ceiling),
		world_test(ones_own_sessions_that_still_work_are_listed),
		world_test(nobody_ends_a_session_of_somebody_else),
		world_test(ending_all_others_leaves_this_one_and_other_people),
	};
	return world_run("acts/roles and sessions", tests);
}
