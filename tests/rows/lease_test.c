/*
 * tests/rows/lease_test.c -- the wall between two companies, at the one place that opens the door.
 *
 * tests/long/faults.sh builds this with each of the seeded faults of tenancy/{lease,tenant}.c and
 * wants it to fail: that is how we know that it looks.
 */
#include <unistd.h>

#include "domain/base/id.h"
#include "sql/control/queries/spares.h"
#include "sql/migrations.h"
#include "sql/tenant/queries/company.h"
#include "tenancy/provision.h"
#include "tests/dice.h"
#include "tests/rows/world.h"

/* Ids and e-mail addresses are the same in both companies: only whose they are tells them apart. */
static void
name_both(struct world *t)
{
	world_sql(t, "UPDATE company SET name = CONCAT('of ', DATABASE())");
}

static const char *
read_name(struct world *t, const struct tenant *who, enum db_mode mode)
{
	struct company_row row = {0};
	struct work w;

	world_enter(t, who, mode, &w);
	world_ok(t, &w.fault, sql_company(w.db, w.arena, &row));
	world_ok(t, &w.fault, work_close(&w, OK));
	return str_copy(t->a, row.name).p;
}

static const char *
name_of(struct world *t, const struct tenant *who)
{
	return str_printf(t->a, "of %s", who->schema).p;
}

static void
each_work_reads_its_own_company_in_any_order(void **state)
{
	struct world *t = *state;
	uint32_t order = 0xb5e2a6c1;

	name_both(t);
	for (int i = 0; i < 32; i++) {
		const struct tenant *who = order >> i & 1 ? &t->mine : &t->other;
		enum db_mode mode = order >> (31 - i) & 1 ? DB_READ_ONLY : DB_WRITE;

		assert_string_equal(read_name(t, who, mode), name_of(t, who));
	}
}

static void
what_is_written_in_one_company_is_in_that_one_alone(void **state)
{
	struct world *t = *state;

	name_both(t);
	for (int i = 0; i < 6; i++) {
		struct work w;

		assert_string_equal(read_name(t, &t->other, DB_READ_ONLY), name_of(t, &t->other));
		world_enter(t, &t->mine, DB_WRITE, &w);
		world_ok(t, &w.fault,
		    sql_company_change(w.db, STR("Changed"), STR(""), STR(""), STR(""), STR(""),
			STR(""), STR("US"), STR("UTC"), STR("USD"), STR("en"), STR("#000000"), 0,
			(uint32_t)(1 + i)));
		world_ok(t, &w.fault, work_close(&w, OK));
		assert_string_equal(read_name(t, &t->mine, DB_READ_ONLY), "Changed");
	}
	/* The tear-down compares every table of the neighbour. */
}

/* The second work must find the same rows as if the first had never been. */
static void
a_failed_work_leaves_nothing_behind(void **state)
{
	struct world *t = *state;
	struct work w;

	name_both(t);
	for (int i = 0; i < 2; i++) {
		world_enter(t, &t->mine, DB_WRITE, &w);
		world_ok(t, &w.fault,
		    sql_company_change(w.db, STR("Half"), STR(""), STR(""), STR(""), STR(""),
			STR(""), STR("US"), STR("UTC"), STR("USD"), STR("en"), STR("#000000"), 0,
			1));
		world_err(t, &w.fault, E_INVALID, work_close(&w, E_INVALID));
		/* By the same coat, and by another company's: neither may carry the open
		 * transaction on. */
		assert_string_equal(read_name(t, i == 0 ? &t->mine : &t->other, DB_WRITE),
		    name_of(t, i == 0 ? &t->mine : &t->other));
		assert_string_equal(
		    world_text(t, "SELECT name FROM company").p, name_of(t, &t->mine));
		assert_int_equal(coat_left_open(t->house->coat), 0);
	}
}

static void
the_account_on_the_wire_is_the_companys_own(void **state)
{
	struct world *t = *state;
	const struct tenant *who[] = {&t->mine, &t->other, &t->mine};

	for (size_t i = 0; i < COUNT_OF(who); i++) {
		struct work w;

		world_enter(t, who[i], DB_READ_ONLY, &w);
		assert_int_equal(world_number(t,
				     "SELECT COUNT(*) FROM information_schema.processlist "
				     "WHERE user = '%s' AND db = '%s'",
				     who[i]->schema, who[i]->schema),
		    1);
		assert_int_equal(
		    world_number(t,
			"SELECT COUNT(*) FROM information_schema.processlist "
			"WHERE user LIKE '%s%%' AND user <> '%scontrol' AND user <> '%s'",
			t->config.db_prefix, t->config.db_prefix, who[i]->schema),
		    0);
		world_ok(t, &w.fault, work_close(&w, OK));
	}
}

/* ---- several coats: one is worn, the others hang ---- */

static void
name_three(struct world *t)
{
	world_third(t);
	name_both(t);
	world_mine(t, "UPDATE `%s`.company SET name = 'of %s'", t->third.schema, t->third.schema);
}

/* Who left, or was told to, stands on the server's list until its thread there has heard of it. */
static int64_t
coats_on_the_wire(struct world *t, int64_t wanted)
{
	int64_t n = -1;

	for (int looks = 0; looks < 1000 && n != wanted; looks++) {
		if (looks > 0)
			usleep(10000);
		n = world_number(t,
		    "SELECT COUNT(*) FROM information_schema.processlist WHERE user LIKE '%s%%' AND user <> '%scontrol'",
		    t->config.db_prefix, t->config.db_prefix);
	}
	return n;
}

/* A write that fails at its end; the name it wrote may be met nowhere afterwards. */
static void
fail_in(struct world *t, const struct tenant *who)
{
	struct work w;

	world_enter(t, who, DB_WRITE, &w);
	world_ok(t, &w.fault,
	    sql_company_change(w.db, STR("Half"), STR(""), STR(""), STR(""), STR(""), STR(""), STR("US"), STR("UTC"),
		STR("USD"), STR("en"), STR("#000000"), 0, 1));
	world_err(t, &w.fault, E_INVALID, work_close(&w, E_INVALID));
}

/* Three companies in any order, with fewer coats than companies, as many, and one alone. */
static void
whatever_hangs_each_work_reads_its_own_company(void **state)
{
	struct world *t = *state;
	const struct tenant *who[] = {&t->mine, &t->other, &t->third};

	name_three(t);
	for (unsigned coats = 1; coats <= 3; coats++) {
		house_close(t->house);
		t->house->coats = coats;
		for (int i = 0; i < 200; i++) {
			const struct tenant *whose = who[throw(3)];

			if (throw(8) == 0)
				fail_in(t, whose);
			else
				assert_string_equal(read_name(t, whose, throw(2) == 0 ? DB_WRITE : DB_READ_ONLY), name_of(t, whose));
			if (throw(16) == 0)
				lease_rest(t->house);
		}
		assert_int_equal(coats_on_the_wire(t, coats), coats);
		assert_int_equal(lease_left_open(t->house), 0);
	}
	t->house->coats = 1;
}

/* What hangs keeps its session: companies that come in turn prepare nothing anew. */
static void
companies_in_turn_keep_what_they_have_prepared(void **state)
{
	const char *prepared = "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'COM_STMT_PREPARE'";
	struct world *t = *state;
	int64_t before;

	name_both(t);
	for (unsigned coats = 1; coats <= 2; coats++) {
		house_close(t->house);
		t->house->coats = coats;
		before = world_number(t, "%s", prepared);
		for (int i = 0; i < 10; i++) {
			assert_string_equal(read_name(t, &t->mine, DB_READ_ONLY), name_of(t, &t->mine));
			assert_string_equal(read_name(t, &t->other, DB_READ_ONLY), name_of(t, &t->other));
		}
		assert_int_equal(world_number(t, "%s", prepared) - before, coats == 1 ? 20 : 2);
	}
	t->house->coats = 1;
}

static void
a_coat_is_hung_up_in_no_transaction(void **state)
{
	struct world *t = *state;
	struct work w, next;

	name_both(t);
	t->house->coats = 2;
	world_enter(t, &t->mine, DB_WRITE, &w);
	world_ok(t, &w.fault,
	    sql_company_change(w.db, STR("Half"), STR(""), STR(""), STR(""), STR(""), STR(""), STR("US"), STR("UTC"),
		STR("USD"), STR("en"), STR("#000000"), 0, 1));
	/* Somebody forgets to close it. */
	world_enter(t, &t->other, DB_READ_ONLY, &next);
	assert_int_equal(lease_left_open(t->house), 1);
	world_ok(t, &next.fault, work_close(&next, OK));
	assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
	t->house->coats = 1;
}

static void kill_coat(struct world *t, const struct tenant *who);

static void
a_coat_that_died_on_its_hook_is_replaced(void **state)
{
	struct world *t = *state;
	struct work w;

	name_both(t);
	t->house->coats = 2;
	for (int i = 0; i < 3; i++) {
		assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
		assert_string_equal(read_name(t, &t->other, DB_WRITE), name_of(t, &t->other));
		kill_coat(t, &t->mine);
		/* Found dead while it hangs, or not before it is wanted. */
		if (i == 1)
			lease_rest(t->house);
		assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
		assert_int_equal(coats_on_the_wire(t, 2), 2);
	}
	/* It dies in the middle of a work that fails, and another company comes before its own comes again. */
	world_enter(t, &t->mine, DB_WRITE, &w);
	kill_coat(t, &t->mine);
	world_err(t, &w.fault, E_INVALID, work_close(&w, E_INVALID));
	assert_string_equal(read_name(t, &t->other, DB_WRITE), name_of(t, &t->other));
	assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
	t->house->coats = 1;
}

#ifndef LEASE_FAULT
/* The last defence, and the reason why a wrong note of whose coat it is leaks nothing. With a seeded fault it is away. */
static void
whoever_is_wrong_about_a_coat_is_refused(void **state)
{
	struct world *t = *state;
	struct work w;

	name_both(t);
	assert_string_equal(read_name(t, &t->mine, DB_READ_ONLY), name_of(t, &t->mine));
	t->house->worn = t->other.id;
	world_watch(t);
	t->desk = (struct desk){.arena = t->a, .house = t->house};
	world_err(t, &w.fault, E_BUG, work_open(&t->desk, &t->other, DB_READ_ONLY, &w));
	/* That coat is burnt; the next one is right. */
	assert_string_equal(read_name(t, &t->other, DB_READ_ONLY), name_of(t, &t->other));
	t->house->coats = 2;
	assert_string_equal(read_name(t, &t->mine, DB_READ_ONLY), name_of(t, &t->mine));
	/* The neighbour's hangs, under a wrong name. */
	assert_int_equal(t->house->hooks[0].worn, t->other.id);
	t->house->hooks[0].worn = t->mine.id;
	t->house->worn = t->other.id;
	world_err(t, &w.fault, E_BUG, work_open(&t->desk, &t->mine, DB_READ_ONLY, &w));
	assert_string_equal(read_name(t, &t->mine, DB_READ_ONLY), name_of(t, &t->mine));
	t->house->coats = 1;
}
#endif

static void
a_host_name_leads_to_its_own_company(void **state)
{
	struct world *t = *state;

	for (int i = 0; i < 8; i++) {
		const struct tenant *want = i & 1 ? &t->mine : &t->other, *found;
		struct str host = str_printf(t->a, "%s.localhost", want->slug);

		world_ok(
		    t, &t->fault, house_tenant(t->house, host, 1700000000 + i, &found, &t->fault));
		assert_int_equal(found->id, want->id);
		assert_string_equal(found->schema, want->schema);
	}
}

static void
hosts_of_nobody_are_not_found(void **state)
{
	static const char *const hosts[] = {"localhost", "nobody-here.localhost", "a.b.localhost",
	    ".localhost", "localhost.localhost", "", "example.com", "x", "evil-localhost"};
	struct world *t = *state;
	const struct tenant *found;

	for (size_t i = 0; i < COUNT_OF(hosts); i++) {
		t->fault = (struct fault){0};
		world_err(t, &t->fault, E_NOT_FOUND,
		    house_tenant(t->house, str_of(hosts[i]), 1700000000, &found, &t->fault));
	}
}

/* The verified name of a company's own; one that is not verified yet leads nowhere. */
static void
an_own_domain_counts_once_it_is_verified(void **state)
{
	struct world *t = *state;
	const struct tenant *found;
	struct cdb *control;

	world_control(t, "INSERT INTO host (host, tenant_id) VALUES ('pools.example.com', %llu)",
	    (unsigned long long)t->mine.id);
	world_err(t, &t->fault, E_NOT_FOUND,
	    house_tenant(t->house, STR("pools.example.com"), 1700000000, &found, &t->fault));
	world_control(t, "UPDATE host SET verified_at = 1");
	t->fault = (struct fault){0};
	world_ok(t, &t->fault,
	    house_tenant(t->house, STR("pools.example.com"), 1700000000, &found, &t->fault));
	assert_int_equal(found->id, t->mine.id);
	assert_string_equal(found->domain, "pools.example.com");
	/* Found by its slug it knows its domain as well; the neighbour has none. */
	world_ok(t, &t->fault,
	    house_tenant(t->house, str_printf(t->a, "%s.localhost", t->other.slug), 1700000000, &found, &t->fault));
	assert_string_equal(found->domain, "");
	tenant_forget(t->house->tenants, t->mine.id);
	world_ok(t, &t->fault,
	    house_tenant(t->house, str_printf(t->a, "%s.localhost", t->mine.slug), 1700000000, &found, &t->fault));
	assert_string_equal(found->domain, "pools.example.com");
	/* It is taken away: two seconds later nobody who found the company by its slug or its id sends anybody there. */
	world_ok(t, &t->fault, house_control(t->house, &control, &t->fault));
	world_ok(t, &t->fault, tenant_of_id(t->house->tenants, control, t->mine.id, 1700000000, &found, &t->fault));
	world_control(t, "UPDATE host SET verified_at = NULL");
	world_ok(t, &t->fault,
	    house_tenant(t->house, str_printf(t->a, "%s.localhost", t->mine.slug), 1700000000 + TENANT_CACHE_SHORT_S, &found, &t->fault));
	assert_string_equal(found->domain, "");
	world_ok(t, &t->fault,
	    tenant_of_id(t->house->tenants, control, t->mine.id, 1700000000 + TENANT_CACHE_SHORT_S, &found, &t->fault));
	assert_string_equal(found->domain, "");
	world_control(t, "UPDATE host SET verified_at = 1");
	/* It changes hands: two seconds later it is the neighbour's. */
	world_ok(t, &t->fault,
	    house_tenant(t->house, STR("pools.example.com"), 1700000000, &found, &t->fault));
	world_control(t, "UPDATE host SET tenant_id = %llu", (unsigned long long)t->other.id);
	world_ok(t, &t->fault,
	    house_tenant(t->house, STR("pools.example.com"), 1700000000 + TENANT_CACHE_SHORT_S, &found, &t->fault));
	assert_int_equal(found->id, t->other.id);
	world_control(t, "DELETE FROM host");
	world_err(t, &t->fault, E_NOT_FOUND,
	    house_tenant(t->house, STR("pools.example.com"), 1700000000 + 2 * TENANT_CACHE_SHORT_S, &found, &t->fault));
}

static void
a_suspended_company_is_refused_and_comes_back_quickly(void **state)
{
	struct world *t = *state;
	struct str host = str_printf(t->a, "%s.localhost", t->mine.slug);
	const struct tenant *found;
	struct work w;
	int64_t now = 1700000000;

	world_ok(t, &t->fault, house_tenant(t->house, host, now, &found, &t->fault));
	world_control(t, "UPDATE tenant SET status = %d WHERE id = %llu", (int)TENANT_SUSPENDED,
	    (unsigned long long)t->mine.id);
	now += 30; /* company_cache_s, as it is if nobody says otherwise */
	world_ok(t, &t->fault, house_tenant(t->house, host, now, &found, &t->fault));
	world_watch(t);
	t->desk = (struct desk){.arena = t->a, .house = t->house, .now = now};
	world_err(t, &w.fault, E_AWAY, work_open(&t->desk, found, DB_WRITE, &w));
	assert_int_equal(t->desk.fault.retry_after_s, 300);
	world_control(t, "UPDATE tenant SET status = %d WHERE id = %llu", (int)TENANT_LIVE,
	    (unsigned long long)t->mine.id);
	now += TENANT_CACHE_SHORT_S;
	world_ok(t, &t->fault, house_tenant(t->house, host, now, &found, &t->fault));
	t->desk = (struct desk){.arena = t->a, .house = t->house, .now = now};
	world_ok(t, &t->desk.fault, work_open(&t->desk, found, DB_WRITE, &w));
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
one_step_behind_is_served_and_two_are_not(void **state)
{
	struct world *t = *state;
	struct tenant behind = t->mine;
	struct work w;

	world_watch(t);
	behind.step = TENANT_STEP - 1;
	world_enter(t, &behind, DB_READ_ONLY, &w);
	world_ok(t, &w.fault, work_close(&w, OK));
	behind.step = TENANT_STEP + 3; /* a newer program has been here: it only added */
	world_enter(t, &behind, DB_READ_ONLY, &w);
	world_ok(t, &w.fault, work_close(&w, OK));
	behind.step = TENANT_STEP - 2;
	t->desk = (struct desk){.arena = t->a, .house = t->house};
	world_err(t, &t->desk.fault, E_AWAY, work_open(&t->desk, &behind, DB_READ_ONLY, &w));
	assert_true(t->desk.fault.retry_after_s > 0);
	/* That company alone: the next one is served by the same worker. */
	world_enter(t, &t->other, DB_READ_ONLY, &w);
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
kill_coat(struct world *t, const struct tenant *who)
{
	world_mine(t, "KILL CONNECTION USER '%s'@'localhost'", who->schema);
}

static void
a_connection_that_died_between_works_is_replaced(void **state)
{
	struct world *t = *state;

	name_both(t);
	assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
	kill_coat(t, &t->mine);
	assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
	kill_coat(t, &t->mine);
	assert_string_equal(read_name(t, &t->other, DB_WRITE), name_of(t, &t->other));
}

/* The commit's answer is lost: the work must not claim that it happened, nor that it did not. */
static void
a_commit_without_an_answer_is_unknown(void **state)
{
	struct world *t = *state;
	struct work w;

	name_both(t);
	world_enter(t, &t->mine, DB_WRITE, &w);
	world_ok(t, &w.fault,
	    sql_company_change(w.db, STR("Lost"), STR(""), STR(""), STR(""), STR(""), STR(""),
		STR("US"), STR("UTC"), STR("USD"), STR("en"), STR("#000000"), 0, 1));
	kill_coat(t, &t->mine);
	world_err(t, &w.fault, E_AWAY, work_close(&w, OK));
	assert_true(w.fault.retry_after_s > 0);
	assert_string_equal(world_text(t, "SELECT name FROM company").p, name_of(t, &t->mine));
	assert_string_equal(read_name(t, &t->mine, DB_WRITE), name_of(t, &t->mine));
}

static void
a_work_that_told_something_hints_the_due_list(void **state)
{
	struct world *t = *state;
	struct work w;

	world_enter(t, &t->mine, DB_WRITE, &w);
	w.told = true;
	world_err(t, &w.fault, E_INVALID, work_close(&w, E_INVALID));
	assert_int_equal(world_control_number(t, "SELECT COUNT(*) FROM due"), 0);
	world_enter(t, &t->mine, DB_WRITE, &w);
	w.told = true;
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(world_control_number(t, "SELECT tenant_id FROM due"), (int64_t)t->mine.id);
}

/* The wall itself, without our code in between: the server refuses, whatever the program asks. */
static void
the_server_refuses_one_account_the_others_schema(void **state)
{
	struct world *t = *state;
	char password[DB_PASSWORD_LETTERS + 1];
	struct fault f = {0};
	struct db_login l;
	struct str *cells;
	size_t rows, cols;
	struct odb *db;

	keys_db_password(t->house->keys, t->mine.schema, password);
	l = house_login(&t->config, t->mine.schema, password, t->mine.schema);
	world_ok(t, &f, odb_open(&l, &db, &f));
	world_ok(t, &f, odb_rows(db, STR("SELECT name FROM company"), t->a, &cells, &rows, &cols));
	assert_int_not_equal(
	    odb_rows(db, str_printf(t->a, "SELECT name FROM `%s`.company", t->other.schema), t->a,
		&cells, &rows, &cols),
	    OK);
	assert_int_not_equal(odb_use(db, t->other.schema), OK);
	assert_int_not_equal(odb_run(db, STR("CREATE TABLE x (id INT PRIMARY KEY)")), OK);
	assert_int_not_equal(odb_run(db, STR("DELETE FROM audit")), OK);
	assert_int_not_equal(odb_run(db, STR("UPDATE migration SET name = 'x'")), OK);
	odb_close(db);
}

static void
two_claims_never_take_the_same_spare(void **state)
{
	struct world *t = *state;
	struct house *second = world_house(t);
	struct spare_row *one = NULL, *two = NULL;
	struct cdb *a, *b;
	uint64_t id;

	world_ok(t, &t->fault, provision_spare(&t->op, &id));
	world_ok(t, &t->fault, house_control(t->house, &a, &t->fault));
	world_ok(t, &t->fault, house_control(second, &b, &t->fault));
	world_ok(t, &t->fault, cdb_begin(a, DB_WRITE));
	world_ok(t, &t->fault, cdb_begin(b, DB_WRITE));
	world_ok(t, &t->fault, sql_spare_for_claim(a, TENANT_SPARE, TENANT_STEP, t->a, &one));
	world_ok(t, &t->fault, sql_spare_for_claim(b, TENANT_SPARE, TENANT_STEP, t->a, &two));
	assert_non_null(one);
	assert_true(two == NULL || two->id != one->id);
	cdb_rollback(a);
	cdb_rollback(b);
	world_mine(t, "DELETE FROM `%scontrol`.tenant WHERE id = %llu", t->config.db_prefix,
	    (unsigned long long)id);
	world_ok(t, &t->fault, provision_drop(&t->op, str_copy(t->a, one->schema_name).p));
}

/* A phone's twenty-five taps are written in one millisecond; a repeated id would refuse one of them. */
static void
no_two_ids_of_one_millisecond_are_equal(void **state)
{
	struct world *t = *state;
	struct work w;
	uint8_t *seen;

	world_enter(t, &t->mine, DB_READ_ONLY, &w);
	seen = arena_array(w.arena, uint8_t, 1 << 21);
	for (int i = 0; i < 20000; i++) {
		uint64_t id = work_id(&w);

		assert_int_equal(id_ms(id), w.now_ms);
		assert_int_equal(seen[id & ((1 << 21) - 1)]++, 0);
	}
	world_ok(t, &w.fault, work_close(&w, OK));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(each_work_reads_its_own_company_in_any_order),
	    world_test(no_two_ids_of_one_millisecond_are_equal),
	    world_test(what_is_written_in_one_company_is_in_that_one_alone),
	    world_test(a_failed_work_leaves_nothing_behind),
	    world_test(the_account_on_the_wire_is_the_companys_own),
	    world_test(whatever_hangs_each_work_reads_its_own_company),
	    world_test(companies_in_turn_keep_what_they_have_prepared),
	    world_test(a_coat_is_hung_up_in_no_transaction),
	    world_test(a_coat_that_died_on_its_hook_is_replaced),
#ifndef LEASE_FAULT
	    world_test(whoever_is_wrong_about_a_coat_is_refused),
#endif
	    world_test(a_host_name_leads_to_its_own_company),
	    world_test(hosts_of_nobody_are_not_found),
	    world_test(an_own_domain_counts_once_it_is_verified),
	    world_test(a_suspended_company_is_refused_and_comes_back_quickly),
	    world_test(one_step_behind_is_served_and_two_are_not),
	    world_test(a_connection_that_died_between_works_is_replaced),
	    world_test(a_commit_without_an_answer_is_unknown),
	    world_test(a_work_that_told_something_hints_the_due_list),
	    world_test(the_server_refuses_one_account_the_others_schema),
	    world_test(two_claims_never_take_the_same_spare),
	};

	return world_run("tenancy/lease", tests);
}
