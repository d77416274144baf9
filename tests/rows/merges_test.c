/* tests/rows/merges_test.c -- what a merge moves, on a real server, with a neighbour who has the same ids. */
#include "fcgi/acts/customers.h"
#include "fcgi/acts/merges.h"
#include "tests/rows/people.h"

#define ROSA UINT64_C(4000000000000001001)
#define TWIN UINT64_C(4000000000000001002)
#define HOME UINT64_C(4000000000000002001)
#define ID(x) ((unsigned long long)(x))

static void
arrange(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'es', 1), "
	    "(%llu, 'Rosa twin', 'r@r.example', 'en', 1)", ID(ROSA), ID(TWIN));
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '1 A', 'Phoenix', 'AZ', '85001')", ID(HOME), ID(TWIN));
}

static void
enter(struct world *t, struct work *w)
{
	people_enter(t, w, MANAGER, ROLE_MANAGER);
}

/* Whoever adds a table with a customer in it decides here what a merge does with it. */
static void
every_table_that_names_a_customer_is_thought_of(void **state)
{
	struct world *t = *state;
	struct str unknown;

	arrange(t);
	unknown = world_text(t, "SELECT COALESCE(GROUP_CONCAT(table_name), '') FROM information_schema.columns "
	    "WHERE table_schema = DATABASE() AND column_name = 'customer_id' AND table_name NOT IN ("
	    "'property', 'contact', 'note', 'file', 'agreement', 'visit', " /* moved: movers in fcgi/acts/merges.c */
	    "'event', 'record_change', "                                    /* keep whose they were; read by customer.took */
	    "'bill_line', "                                                 /* moved while it waits for a bill */
	    "'bill', 'payment', 'entry', "                                  /* never: who has them stays (merge_money) */
	    "'alert', "                                                     /* of a moment; the record it names says where it went */
	    "'gram')");                                                     /* derived by tell_search */
	if (unknown.n > 0)
		fail_msg("a merge would leave these behind: %.*s", STR_ARG(unknown));
}

static void
a_merge_that_comes_too_late_changes_nothing(void **state)
{
	struct world *t = *state;
	const struct merge_wish in = {.other_id = TWIN};
	struct merge out;
	struct merge_undo undo;
	struct work w;

	arrange(t);
	enter(t, &w);
	act_done(t, &w, OK, act_merge(&w, ROSA, &in, &out));
	assert_int_equal(world_number(t, "SELECT customer_id = %llu FROM property WHERE id = %llu", ID(ROSA), ID(HOME)), 1);
	assert_int_equal(world_number(t, "SELECT disabled_at IS NOT NULL FROM customer WHERE id = %llu", ID(TWIN)), 1);
	enter(t, &w);
	act_done(t, &w, E_INVALID, act_merge(&w, ROSA, &in, &out));
	enter(t, &w);
	act_done(t, &w, OK, act_merge_undo(&w, out.batch_id.v, &undo));
	assert_int_equal(undo.left, 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM customer WHERE took <> '[]' OR merged_into IS NOT NULL"), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM customer WHERE email = 'r@r.example'"), 1);
	assert_int_equal(world_number(t, "SELECT customer_id = %llu FROM property WHERE id = %llu", ID(TWIN), ID(HOME)), 1);
	assert_int_equal(world_number(t, "SELECT disabled_at IS NULL FROM customer WHERE id = %llu", ID(TWIN)), 1);
	enter(t, &w);
	act_done(t, &w, E_STALE, act_merge_undo(&w, out.batch_id.v, &undo));
}

static void
who_has_bills_is_the_one_that_stays(void **state)
{
	struct world *t = *state;
	const struct merge_wish in = {.other_id = TWIN}, other = {.other_id = ROSA};
	struct merge out;
	struct work w;

	arrange(t);
	world_sql(t, "INSERT INTO bill (id, kind, state, customer_id, currency, day, due_day, made_at) "
	    "VALUES (7, 1, 1, %llu, 'USD', '2026-01-05', '2026-01-05', 1)", ID(TWIN));
	enter(t, &w);
	act_done(t, &w, E_INVALID, act_merge(&w, ROSA, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM customer WHERE merged_into IS NOT NULL"), 0);
	enter(t, &w);
	act_done(t, &w, OK, act_merge(&w, TWIN, &other, &out));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(every_table_that_names_a_customer_is_thought_of),
		world_test(who_has_bills_is_the_one_that_stays),
		world_test(a_merge_that_comes_too_late_changes_nothing),
	};

	return world_run("fcgi/acts/merges", tests);
}
