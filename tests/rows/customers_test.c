/* tests/rows/customers_test.c -- the customer record on a real server, with a neighbour who has the same ids. */
#include "fcgi/acts/contacts.h"
#include "fcgi/acts/customers.h"
#include "fcgi/acts/history.h"
#include "fcgi/acts/notes.h"
#include "fcgi/acts/pools.h"
#include "fcgi/acts/properties.h"
#include "fcgi/acts/tell_event.h"
#include "tests/rows/people.h"

#define ROSA UINT64_C(4000000000000001001)
#define SAM  UINT64_C(4000000000000001002)
#define HOME UINT64_C(4000000000000002001)
#define FLAT UINT64_C(4000000000000002002)
#define POOL UINT64_C(4000000000000003001)
#define PUMP UINT64_C(4000000000000004001)
#define DEAL UINT64_C(4000000000000005001)
#define ID(x) ((unsigned long long)(x))

/* Two customers, each with a house; Rosa has a pool with a pump. The neighbour has the same. */
static void
arrange(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', '', 'es', 1), "
	    "(%llu, 'Sam', '', 'en', 1)", ID(ROSA), ID(SAM));
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '1 A', 'Phoenix', 'AZ', '85001'), (%llu, %llu, '2 B', 'Mesa', 'AZ', '85201')", ID(HOME), ID(ROSA),
	    ID(FLAT), ID(SAM));
	world_sql(t, "INSERT INTO pool (id, property_id, kind) VALUES (%llu, %llu, 1)", ID(POOL), ID(HOME));
	world_sql(t, "INSERT INTO equipment (id, pool_id, kind, warranty_day) VALUES (%llu, %llu, 1, '2099-01-31')", ID(PUMP),
	    ID(POOL));
}

static void
enter(struct world *t, struct work *w)
{
	people_enter(t, w, MANAGER, ROLE_MANAGER);
}

static int64_t
selects(struct world *t)
{
	return world_number(t, "SELECT variable_value FROM information_schema.global_status "
	                       "WHERE variable_name = 'COM_SELECT'");
}

static void
the_whole_page_takes_at_most_ten_queries(void **state)
{
	struct world *t = *state;
	struct customer_page p;
	struct work w;

	arrange(t);
	for (unsigned i = 0; i < 40; i++) {
		world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
		    "(%llu, %llu, 'x', '', '', '')", ID(HOME + 100 + i), ID(ROSA));
		world_sql(t, "INSERT INTO pool (id, property_id, kind) VALUES (%llu, %llu, 2)", ID(POOL + 100 + i),
		    ID(HOME + 100 + i));
		world_sql(t, "INSERT INTO equipment (id, pool_id, kind) VALUES (%llu, %llu, 2)", ID(PUMP + 100 + i),
		    ID(POOL + 100 + i));
	}
	enter(t, &w);
	int64_t before = selects(t);
	world_ok(t, &w.fault, act_customer_page(&w, ROSA, &p));
	/* The question itself is one of them. */
	int64_t asked = selects(t) - before - 1;
	act_done(t, &w, OK, OK);
	if (asked < 1 || asked > 10)
		fail_msg("%d queries", (int)asked);
	assert_int_equal(p.properties_n, 41);
	for (size_t i = 0; i < p.properties_n; i++) {
		assert_int_equal(p.properties[i].pools_n, 1);
		assert_int_equal(p.properties[i].pools[0].equipment_n, 1);
		assert_true(p.properties[i].pools[0].equipment[0].row.pool_id == p.properties[i].pools[0].row.id);
	}
	assert_true(p.properties[0].pools[0].equipment[0].covered);
}

static void
somebody_elses_customer_does_not_exist(void **state)
{
	struct world *t = *state;
	struct customer_page p;
	struct history_query q = {0};
	struct timeline line;
	struct changes changes;
	struct work w;

	arrange(t);
	enter(t, &w);
	act_done(t, &w, E_NOT_FOUND, act_customer_page(&w, 77, &p));
	enter(t, &w);
	act_done(t, &w, E_NOT_FOUND, act_timeline_of_customer(&w, 77, &q, &line));
	enter(t, &w);
	act_done(t, &w, E_NOT_FOUND, act_timeline_of_pool(&w, 77, &q, &line));
	enter(t, &w);
	act_done(t, &w, E_NOT_FOUND, act_changes_of_customer(&w, 77, &q, &changes));
}

static void
codes_write(struct world *t, uint64_t property, const char *gate)
{
	struct codes_change in = {.gate = {true, str_of(gate)}, .version = 1};
	uint64_t customer;
	struct work w;

	enter(t, &w);
	act_done(t, &w, OK, act_property_codes_set(&w, property, &in, &customer));
}

static void
a_code_opens_in_its_own_row_column_and_company_alone(void **state)
{
	struct world *t = *state;
	struct code_shown shown;
	struct work w;

	arrange(t);
	codes_write(t, HOME, "4711");
	codes_write(t, FLAT, "0815");
	enter(t, &w);
	act_done(t, &w, OK, act_property_code_show(&w, HOME, CODE_GATE, &shown));
	assert_true(str_eq(shown.code, STR("4711")));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = 'code.shown'"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d AND detail LIKE '%%4711%%'",
	    EVENT_CODE_SHOWN), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM record_change WHERE was <> '' OR became <> ''"), 0);

	/* Another row, another column. */
	world_mine(t, "UPDATE property x JOIN property y ON y.id = %llu SET x.gate_code = y.gate_code WHERE x.id = %llu",
	    ID(HOME), ID(FLAT));
	enter(t, &w);
	act_done(t, &w, E_BUG, act_property_code_show(&w, FLAT, CODE_GATE, &shown));
	world_mine(t, "UPDATE property SET alarm_code = gate_code WHERE id = %llu", ID(HOME));
	enter(t, &w);
	act_done(t, &w, E_BUG, act_property_code_show(&w, HOME, CODE_ALARM, &shown));
	/* Another company, the same row. */
	t->both = true;
	world_mine(t, "UPDATE %s.property x JOIN property y ON y.id = x.id SET x.gate_code = y.gate_code WHERE x.id = %llu",
	    t->other.schema, ID(HOME));
	world_work(t, &t->other, &w);
	act_done(t, &w, E_BUG, act_property_code_show(&w, HOME, CODE_GATE, &shown));
}

static void
who_leaves_has_seen_what_was_shown_and_not_changed(void **state)
{
	struct world *t = *state;
	struct codes_change in = {.gate = {true, STR("1234")}, .version = 2};
	struct code_shown shown;
	struct codes_seen seen;
	uint64_t customer;
	struct work w;

	arrange(t);
	t->desk.now = 1800000000;
	codes_write(t, HOME, "4711");
	t->desk.now += 10;
	people_enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_property_code_show(&w, HOME, CODE_GATE, &shown));
	enter(t, &w);
	act_done(t, &w, OK, act_codes_seen(&w, TECH, &seen));
	assert_int_equal(seen.rows_n, 1);
	assert_true(seen.rows[0].property_id == HOME && seen.rows[0].times == 1 && !seen.rows[0].done);
	enter(t, &w);
	act_done(t, &w, OK, act_codes_seen(&w, MANAGER, &seen));
	assert_int_equal(seen.rows_n, 0);
	t->desk.now += 10;
	enter(t, &w);
	act_done(t, &w, OK, act_property_codes_set(&w, HOME, &in, &customer));
	enter(t, &w);
	act_done(t, &w, OK, act_codes_seen(&w, TECH, &seen));
	assert_int_equal(seen.rows_n, 1);
	assert_true(seen.rows[0].done);
	/* Sent to a place, though never having looked: those codes are within reach too, until they change. */
	codes_write(t, FLAT, "0815");
	world_mine(t, "INSERT INTO visit (id, agreement_id, occurs_day, customer_id, property_id, service_id, day, tech_id, "
	    "minutes, state, source, note) VALUES (9, 9, '2027-01-10', %llu, %llu, 9, '2027-01-10', %llu, 30, 1, 1, '')",
	    ID(SAM), ID(FLAT), ID(TECH));
	enter(t, &w);
	act_done(t, &w, OK, act_codes_seen(&w, TECH, &seen));
	assert_int_equal(seen.rows_n, 2);
	/* 1800000000 is in the middle of January 2027: the code was written behind the visit. */
	assert_true(seen.rows[0].done && seen.rows[1].done);
	world_mine(t, "UPDATE visit SET day = '2027-01-20' WHERE id = 9");
	world_mine(t, "UPDATE property SET codes_changed_at = 1790000000 WHERE id = %llu", ID(FLAT));
	enter(t, &w);
	act_done(t, &w, OK, act_codes_seen(&w, TECH, &seen));
	assert_true(seen.rows[0].property_id == FLAT && !seen.rows[0].done && seen.rows[0].times == 0);
	/* What lay on their phone was within reach as well, whoever has the stop now; it is no look. */
	world_mine(t, "INSERT INTO event (id, customer_id, property_id, pool_id, at, kind, actor_kind, actor_id, actor_name, ref_kind, "
	    "ref_id, detail) VALUES (7, %llu, %llu, 0, 1800000100, %d, 1, %llu, 'T', 2, %llu, '{}')", ID(ROSA), ID(HOME),
	    EVENT_CODES_SENT, ID(TECH), ID(HOME));
	enter(t, &w);
	act_done(t, &w, OK, act_codes_seen(&w, TECH, &seen));
	for (size_t i = 0; i < seen.rows_n; i++)
		assert_true(seen.rows[i].property_id != HOME || (seen.rows[i].times == 1 && seen.rows[i].last_at.v == 1800000010 && !seen.rows[i].done));
	enter(t, &w);
	act_done(t, &w, E_NOT_FOUND, act_codes_seen(&w, 77, &seen));
}

/* An agreement of Rosa's pool with one term. */
static void
agree(struct world *t, const char *starts, const char *ends, bool tech)
{
	world_sql(t, "INSERT INTO agreement (id, customer_id, property_id, pool_id, repeats, starts_day, ends_day) VALUES "
	    "(%llu, %llu, %llu, %llu, 1, '%s', %s)", ID(DEAL), ID(ROSA), ID(HOME), ID(POOL), starts, ends);
	world_sql(t, "INSERT INTO term (agreement_id, from_day, kind, rule, anchor_day, service_id, tech_id, minutes, "
	    "rate_kind, with_chemicals, rate_cents) VALUES (%llu, '%s', 1, 'FREQ=WEEKLY', '%s', 1, %s, 30, 1, 0, 0)",
	    ID(DEAL), starts, starts, tech ? "4000000000000000003" : "NULL");
}

static int64_t
standing(struct world *t, uint64_t id)
{
	return world_number(t, "SELECT standing FROM customer WHERE id = %llu", ID(id));
}

static size_t
nightly(struct world *t)
{
	struct maybe_u64 next;
	size_t changed;
	struct work w;

	world_work(t, &t->mine, &w);
	act_done(t, &w, OK, act_standings(&w, 0, &next, &changed));
	assert_false(next.is);
	return changed;
}

static void
standing_is_what_the_facts_say_and_the_night_sets_right_what_time_changed(void **state)
{
	struct world *t = *state;
	struct day today = {20800};
	char starts[DAY_LETTERS + 1], ends[DAY_LETTERS + 1];
	struct work w;

	arrange(t);
	day_write(today, starts);
	day_write(day_add(today, 10), ends);
	agree(t, starts, str_printf(t->a, "'%s'", ends).p, true);
	t->desk.now = (int64_t)today.n * 86400 + 20 * 3600;
	assert_int_equal(standing(t, ROSA), STANDING_LEAD);
	assert_int_equal(nightly(t), 1);
	assert_int_equal(standing(t, ROSA), STANDING_ROUTED);
	assert_int_equal(nightly(t), 0);
	world_mine(t, "UPDATE term SET tech_id = NULL");
	assert_int_equal(nightly(t), 1);
	assert_int_equal(standing(t, ROSA), STANDING_UNROUTED);
	t->desk.now += 11 * 86400;
	assert_int_equal(nightly(t), 1);
	assert_int_equal(standing(t, ROSA), STANDING_INACTIVE);
	assert_int_equal(standing(t, SAM), STANDING_LEAD);
	enter(t, &w);
	act_done(t, &w, OK, act_customer_archive(&w, ROSA,
	    (uint32_t)world_number(t, "SELECT version FROM customer WHERE id = %llu", ID(ROSA))));
	assert_int_equal(standing(t, ROSA), STANDING_ARCHIVED);
	assert_int_equal(nightly(t), 0);
}

static void
a_customer_with_an_open_agreement_is_not_archived(void **state)
{
	struct world *t = *state;
	uint64_t customer;
	struct work w;

	arrange(t);
	agree(t, "2020-01-01", "NULL", true);
	enter(t, &w);
	act_done(t, &w, E_INVALID, act_customer_archive(&w, ROSA, 1));
	assert_string_equal(w.fault.field, "agreements");
	enter(t, &w);
	act_done(t, &w, E_INVALID, act_property_archive(&w, HOME, 1, &customer));
}

static void
a_house_that_is_sold_takes_what_is_to_come_and_leaves_what_was(void **state)
{
	struct world *t = *state;
	struct property_sold sold;
	uint64_t id, customer;
	struct note_new note = {RECORD_POOL, POOL, AUDIENCE_TECHNICIANS, STR("Valve sticks"), false};
	struct note_new money = {RECORD_CUSTOMER, ROSA, AUDIENCE_OFFICE, STR("Owes us"), false};
	struct work w;

	arrange(t);
	agree(t, "2020-01-01", "NULL", true);
	world_sql(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source, started_at) "
	    "VALUES (1, %llu, %llu, 1, '2026-01-05', 30, 4, 1, 5), (2, %llu, %llu, 1, '2099-01-05', 30, 1, 1, NULL)",
	    ID(ROSA), ID(HOME), ID(ROSA), ID(HOME));
	enter(t, &w);
	act_done(t, &w, OK, act_note_write(&w, &note, &id, &customer));
	enter(t, &w);
	act_done(t, &w, OK, act_note_write(&w, &money, &id, &customer));
	enter(t, &w);
	act_done(t, &w, E_STALE, act_property_sell(&w, HOME, SAM, false, 9, &sold));
	enter(t, &w);
	act_done(t, &w, OK, act_property_sell(&w, HOME, SAM, false, 1, &sold));
	assert_true(sold.seller_id == ROSA);
	assert_int_equal(world_number(t, "SELECT customer_id FROM agreement"), SAM);
	assert_int_equal(world_number(t, "SELECT customer_id FROM visit WHERE id = 1"), ROSA);
	assert_int_equal(world_number(t, "SELECT customer_id FROM visit WHERE id = 2"), SAM);
	assert_int_equal(world_number(t, "SELECT customer_id FROM note WHERE on_kind = %d", RECORD_POOL), SAM);
	assert_int_equal(world_number(t, "SELECT customer_id FROM note WHERE on_kind = %d", RECORD_CUSTOMER), ROSA);
	assert_int_equal(standing(t, SAM), STANDING_ROUTED);
	assert_int_equal(standing(t, ROSA), STANDING_INACTIVE);
	assert_int_equal(nightly(t), 0);
	/* What was told of the pool is still told of it, under whose it was then. */
	assert_int_equal(world_number(t, "SELECT customer_id FROM event WHERE pool_id = %llu", ID(POOL)), ROSA);
	/* Taken back: what was written and planned since goes along, what was Sam's own stays his. */
	world_mine(t, "INSERT INTO visit (id, customer_id, property_id, service_id, day, minutes, state, source) "
	    "VALUES (3, %llu, %llu, 1, '2099-02-05', 30, 1, 1), (4, %llu, %llu, 1, '2099-02-05', 30, 1, 1)", ID(SAM), ID(HOME), ID(SAM), ID(FLAT));
	enter(t, &w);
	act_done(t, &w, OK, act_property_sale_undo(&w, sold.sale_id, &sold));
	assert_int_equal(world_number(t, "SELECT customer_id FROM agreement"), ROSA);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM visit WHERE customer_id = %llu", ID(ROSA)), 3);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM note WHERE customer_id = %llu", ID(ROSA)), 2);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d", EVENT_SALE_UNDONE), 2);
	assert_int_equal(standing(t, ROSA), STANDING_ROUTED);
	assert_int_equal(standing(t, SAM), STANDING_INACTIVE);
	assert_int_equal(nightly(t), 0);
}

static void
an_edit_that_changes_nothing_says_nothing_and_a_stale_one_does_nothing(void **state)
{
	struct world *t = *state;
	struct contact_wish in = {.customer_id = ROSA, .name = STR("Tina"), .relation = RELATION_TENANT,
	    .phone = STR("602-555-0123"), .email = STR(""), .language = ENGLISH, .by_sms = 1};
	uint64_t id, customer;
	struct work w;

	arrange(t);
	enter(t, &w);
	act_done(t, &w, OK, act_contact_make(&w, &in, &id));
	int64_t events = world_number(t, "SELECT COUNT(*) FROM event");
	in.version = 1;
	enter(t, &w);
	act_done(t, &w, OK, act_contact_change(&w, id, &in, &customer));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event"), events);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM record_change"), 0);
	in.name = STR("Tina T.");
	enter(t, &w);
	act_done(t, &w, E_STALE, act_contact_change(&w, id, &in, &customer));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM record_change"), 0);
	in.version = 2;
	enter(t, &w);
	act_done(t, &w, OK, act_contact_change(&w, id, &in, &customer));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM record_change"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event"), events + 1);
}

static void
the_timeline_comes_in_pages_newest_first(void **state)
{
	struct world *t = *state;
	struct history_query q = {0};
	unsigned seen = 0, pages = 0;
	int64_t last = INT64_MAX;
	struct work w;

	arrange(t);
	for (unsigned i = 0; i < 120; i++) /* three of each second: the id parts them */
		world_sql(t, "INSERT INTO event VALUES (%u, %llu, 0, 0, %u, 1, 1, 1, 'x', 1, 1, '{\"rows\":[]}')", 500 + i, ID(ROSA),
		    1000 + i / 3);
	do {
		struct timeline line;

		enter(t, &w);
		act_done(t, &w, OK, act_timeline_of_customer(&w, ROSA, &q, &line));
		for (size_t i = 0; i < line.rows_n; i++, seen++) {
			assert_true((int64_t)line.rows[i].id < last);
			last = (int64_t)line.rows[i].id;
		}
		q.before = line.next;
		pages++;
	} while (q.before.is);
	assert_int_equal(seen, 120);
	assert_int_equal(pages, 3);
}

static void
words_that_are_too_long_for_a_line_leave_a_line_that_can_be_read(void **state)
{
	struct world *t = *state;
	struct event_value v[EVENT_VALUES_MAX];
	struct history_query q = {0};
	struct timeline line;
	struct work w;
	char long_[200];

	arrange(t);
	memset(long_, '<', sizeof(long_)); /* six bytes each, once escaped */
	for (size_t i = 0; i < EVENT_VALUES_MAX; i++)
		v[i] = (struct event_value){STR("name"), {long_, sizeof(long_)}};
	const struct event e = {.customer_id = ROSA, .kind = EVENT_CUSTOMER_CHANGED, .ref_kind = RECORD_CUSTOMER,
	    .ref_id = ROSA, .values = v, .values_n = EVENT_VALUES_MAX};
	enter(t, &w);
	act_done(t, &w, OK, tell_event(&w, &e));
	enter(t, &w);
	act_done(t, &w, OK, act_timeline_of_customer(&w, ROSA, &q, &line));
	assert_int_equal(line.rows_n, 1);
	assert_in_range(line.rows[0].values_n, 1, EVENT_VALUES_MAX - 1);
	assert_int_equal(line.rows[0].values[0].value.n, EVENT_VALUE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(the_whole_page_takes_at_most_ten_queries),
	    world_test(somebody_elses_customer_does_not_exist),
	    world_test(a_code_opens_in_its_own_row_column_and_company_alone),
	    world_test(who_leaves_has_seen_what_was_shown_and_not_changed),
	    world_test(standing_is_what_the_facts_say_and_the_night_sets_right_what_time_changed),
	    world_test(a_customer_with_an_open_agreement_is_not_archived),
	    world_test(a_house_that_is_sold_takes_what_is_to_come_and_leaves_what_was),
	    world_test(an_edit_that_changes_nothing_says_nothing_and_a_stale_one_does_nothing),
	    world_test(the_timeline_comes_in_pages_newest_first),
	    world_test(words_that_are_too_long_for_a_line_leave_a_line_that_can_be_read),
	};

	return world_run("customers", tests);
}
