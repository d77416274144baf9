/* tests/rows/merges_test.c -- what a merge moves, on a real server, with a neighbour who has the same ids. */
#include "fcgi/acts/customers.h"
#include "fcgi/acts/merges.h"
#include "fcgi/acts/payments.h"
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
	    "'property', 'contact', 'note', 'file', 'agreement', 'visit', 'payment_method', 'conversation', " /* moved: merge_movers in fcgi/acts/merges_look.c */
	    "'event', 'record_change', "                                    /* keep whose they were; read by customer.took */
	    "'bill_line', "                                                 /* moved while it waits for a bill */
	    "'bill', 'payment', "                                           /* keep whose they were; read by customer.took */
	    "'entry', "                                                     /* what is open passes by postings: money_move */
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

/* What a customer owes, what we hold for one; of all documents, whoever they stand with. */
static int64_t
balance(struct world *t, uint64_t customer, enum account account)
{
	return world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE customer_id = %llu AND account = %d", ID(customer),
	    (int)account);
}

static int64_t
open_of(struct world *t, unsigned bill)
{
	return world_number(t, "SELECT COALESCE(SUM(cents), 0) FROM entry WHERE bill_id = %u AND account = 1", bill);
}

static void
billed(struct world *t, unsigned bill, uint64_t customer, int cents, const char *due)
{
	world_sql(t, "INSERT INTO bill (id, kind, state, seq, customer_id, currency, day, due_day, total_cents, made_at) "
	    "VALUES (%u, 2, 2, %u, %llu, 'USD', '2026-01-05', '%s', %d, 1)", bill, bill, ID(customer), due, cents);
	world_sql(t, "INSERT INTO entry (posting_id, side, kind, at, day, account, customer_id, bill_id, payment_id, cents, actor_kind, actor_id) "
	    "VALUES (%u, 0, 1, 1, '2026-01-05', 1, %llu, %u, 0, %d, 1, 1), (%u, 1, 1, 1, '2026-01-05', 6, %llu, %u, 0, -%d, 1, 1)",
	    bill, ID(customer), bill, cents, bill, ID(customer), bill, cents);
}

static uint64_t
pays(struct world *t, uint64_t customer, int64_t cents, bool keep)
{
	struct payment_wish in = {.way = PAY_CHECK, .cents = cents, .reference = STR(""), .note = STR(""), .reason = STR(""), .keep = keep};
	struct payment_page out;
	struct work w;

	enter(t, &w);
	in.day = zone_day(w.tenant->zone, w.now);
	act_done(t, &w, OK, act_payment_take(&w, customer, &in, &out));
	return out.id;
}

static void
two_accounts_become_one_and_two_again(void **state)
{
	struct world *t = *state;
	const struct merge_wish in = {.other_id = TWIN};
	struct merge_undo undo;
	struct payment_page paid;
	struct account_page account;
	struct merge out;
	struct work w;
	uint64_t check;

	arrange(t);
	billed(t, 71, ROSA, 10000, "2026-01-20");
	billed(t, 72, TWIN, 6000, "2026-02-20");
	pays(t, TWIN, 2000, true);

	/* Who does not write bills does not move them. */
	people_enter(t, &w, TECH, ROLE_DISPATCHER);
	act_done(t, &w, E_INVALID, act_merge(&w, ROSA, &in, &out));
	assert_int_equal(balance(t, ROSA, ACCOUNT_RECEIVABLE), 10000);

	enter(t, &w);
	act_done(t, &w, OK, act_merge(&w, ROSA, &in, &out));
	assert_int_equal(out.bills + out.payments, 2);
	assert_int_equal(balance(t, ROSA, ACCOUNT_RECEIVABLE), 16000);
	assert_int_equal(balance(t, ROSA, ACCOUNT_UNAPPLIED), -2000);
	assert_int_equal(balance(t, TWIN, ACCOUNT_RECEIVABLE) + balance(t, TWIN, ACCOUNT_UNAPPLIED), 0);
	assert_int_equal(open_of(t, 72), 6000);
	assert_int_equal(world_number(t, "SELECT customer_id = %llu FROM bill WHERE id = 72", ID(TWIN)), 1);
	enter(t, &w);
	act_done(t, &w, OK, act_account(&w, ROSA, &account));
	assert_int_equal(account.owed_cents, 16000);
	assert_int_equal(account.free_cents, 2000);
	assert_int_equal(account.bills_n, 2);
	assert_int_equal(account.payments_n, 1);

	/* A check pays the older one whole and a part of the one in the other's name. */
	check = pays(t, ROSA, 13000, false);
	assert_int_equal(open_of(t, 71), 0);
	assert_int_equal(open_of(t, 72), 3000);
	assert_int_equal(balance(t, ROSA, ACCOUNT_RECEIVABLE), 3000);

	/* Two again: what is still open goes back, what was paid stays paid. */
	enter(t, &w);
	act_done(t, &w, OK, act_merge_undo(&w, out.batch_id.v, &undo));
	assert_int_equal(balance(t, TWIN, ACCOUNT_RECEIVABLE), 3000);
	assert_int_equal(balance(t, TWIN, ACCOUNT_UNAPPLIED), -2000);
	assert_int_equal(balance(t, ROSA, ACCOUNT_RECEIVABLE), 0);
	assert_int_equal(balance(t, ROSA, ACCOUNT_UNAPPLIED), 0);

	/* Taken off again, each stands where it belongs: the debt with the one, the money with the other. */
	enter(t, &w);
	act_done(t, &w, OK, act_payment_unapply(&w, check, 72, &paid));
	assert_int_equal(balance(t, TWIN, ACCOUNT_RECEIVABLE), 6000);
	assert_int_equal(balance(t, ROSA, ACCOUNT_UNAPPLIED), -3000);

	enter(t, &w);
	act_done(t, &w, OK, act_merge(&w, ROSA, &in, &out));
	assert_int_equal(balance(t, ROSA, ACCOUNT_RECEIVABLE), 6000);
	assert_int_equal(balance(t, ROSA, ACCOUNT_UNAPPLIED), -5000);
	/* Each posting balances, and so does the whole. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM (SELECT posting_id FROM entry GROUP BY posting_id HAVING SUM(cents) <> 0) x"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(every_table_that_names_a_customer_is_thought_of),
		world_test(two_accounts_become_one_and_two_again),
		world_test(a_merge_that_comes_too_late_changes_nothing),
	};

	return world_run("fcgi/acts/merges", tests);
}
