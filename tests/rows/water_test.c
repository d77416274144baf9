/* tests/rows/water_test.c -- readings and doses: said once, corrected with what they were, out of the right van. */
#include "domain/base/id.h"
#include "domain/visits/visit.h"
#include "fcgi/acts/doses.h"
#include "fcgi/acts/items.h"
#include "fcgi/acts/readings.h"
#include "fcgi/acts/sync.h"
#include "tests/rows/people.h"

#define CUSTOMER UINT64_C(4200000000000000001)
#define PROPERTY UINT64_C(4200000000000000002)
#define POOL     UINT64_C(4200000000000000003)
#define SERVICE  UINT64_C(4200000000000000004)
#define VISIT    UINT64_C(4200000000000000005)
#define BLEACH   UINT64_C(4200000000000000006)
#define TABS     UINT64_C(4200000000000000007)
#define CALHYPO  UINT64_C(4200000000000000008)
#define SET_ID   UINT64_C(4200000000000000009)
#define DOSE_ID  UINT64_C(4200000000000000010)
#define ELSEWHERE UINT64_C(4200000000000000011)
#define OTHER_POOL UINT64_C(4200000000000000012)
#define SPA UINT64_C(4200000000000000013)
#define GALLON 378541
/* Saturday, 21 November 2026, noon in UTC. */
#define NOW INT64_C(1795262400)

static void
arrange(struct world *t)
{
	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES (%llu, 'Rosa', 'r@x.example', 'es', 0)",
	    (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO property (id, customer_id, street, city, region, postcode) VALUES "
	    "(%llu, %llu, '12 Palm Way', 'Mesa', 'AZ', '85201'), (%llu, %llu, '14 Palm Way', 'Mesa', 'AZ', '85201')",
	    (unsigned long long)PROPERTY, (unsigned long long)CUSTOMER, (unsigned long long)ELSEWHERE,
	    (unsigned long long)CUSTOMER);
	world_sql(t, "INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES "
	    "(%llu, %llu, 1, 37854, 1, 1), (%llu, %llu, 1, 37854, 1, 1)", (unsigned long long)POOL,
	    (unsigned long long)PROPERTY, (unsigned long long)OTHER_POOL, (unsigned long long)ELSEWHERE);
	world_sql(t, "INSERT INTO service (id, name, kind, minutes, checklist, parts) VALUES "
	    "(%llu, 'Full service', 1, 30, '{\"rows\":[]}', '{\"rows\":[]}')", (unsigned long long)SERVICE);
	world_sql(t, "INSERT INTO visit (id, customer_id, property_id, pool_id, service_id, day, tech_id, minutes, state, source) "
	    "VALUES (%llu, %llu, %llu, %llu, %llu, '2026-11-21', %llu, 30, 1, 1)", (unsigned long long)VISIT,
	    (unsigned long long)CUSTOMER, (unsigned long long)PROPERTY, (unsigned long long)POOL, (unsigned long long)SERVICE,
	    (unsigned long long)TECH);
	world_sql(t, "INSERT INTO item (id, kind, name, chemical, strength_x100, unit, holds_x100, cost_cents, price_cents) VALUES "
	    "(%llu, 1, 'Bleach', %d, 1250, %d, %d, 400, 900), (%llu, 1, 'Tabs', %d, 9000, %d, 22680, 200, 500), "
	    "(%llu, 1, 'Shock', %d, 6500, %d, 45359, 300, 700)",
	    (unsigned long long)BLEACH, CHEMICAL_LIQUID_CHLORINE, UNIT_GALLON, GALLON, (unsigned long long)TABS,
	    CHEMICAL_TRICHLOR, UNIT_TAB, (unsigned long long)CALHYPO, CHEMICAL_CAL_HYPO, UNIT_LB);
}

static void
enter(struct world *t, struct work *w, uint64_t who, enum built_in_role role)
{
	t->desk.now = NOW;
	people_enter(t, w, who, role);
	w->now = NOW;
	w->now_ms = NOW * 1000;
}

static struct water_value usual[] = {{MEASURE_FC, 150, HOW_EXACT}, {MEASURE_PH, 780, HOW_EXACT},
    {MEASURE_TA, 9000, HOW_EXACT}, {MEASURE_CYA, 4500, HOW_EXACT}};

static struct reading_wish
wish(uint64_t id)
{
	return (struct reading_wish){.id = {true, id}, .pool_id = POOL, .visit_id = {true, VISIT}, .values = usual,
	    .values_n = 4};
}

static void
put(struct world *t, enum err want, const struct reading_wish *in)
{
	struct work w;
	uint64_t id;

	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, want, act_reading_put(&w, in, READ_BY_TECH, &id));
}

static void
pour(struct world *t, enum err want, const struct dose_wish *in)
{
	struct work w;
	uint64_t id;

	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, want, act_dose_give(&w, in, true, &id));
}

static void
a_reading_said_twice_stands_once(void **state)
{
	struct world *t = *state;
	const struct reading_wish in = wish(SET_ID);

	arrange(t);
	put(t, OK, &in);
	put(t, OK, &in);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM reading"), 1);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM event WHERE kind = %d", EVENT_READING_TAKEN), 1);
	struct reading_wish other = wish(SET_ID);
	other.pool_id = OTHER_POOL;
	other.visit_id.is = false;
	struct work w;
	uint64_t id;
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_reading_put(&w, &other, READ_BY_OFFICE, &id));
}

static void
a_technician_reads_and_pours_at_their_own_stops_alone(void **state)
{
	struct world *t = *state;
	struct reading_wish in = wish(SET_ID);
	struct water_page page;
	struct work w;

	arrange(t);
	in.visit_id.is = false;
	put(t, E_NOT_FOUND, &in);
	in = wish(SET_ID);
	in.pool_id = OTHER_POOL;
	put(t, E_NOT_FOUND, &in);
	const struct dose_wish d = {.pool_id = OTHER_POOL, .visit_id = {true, VISIT}, .item_id = BLEACH, .given_x100 = 1};
	pour(t, E_NOT_FOUND, &d);
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, E_NOT_FOUND, act_water_mine(&w, OTHER_POOL));
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_water_mine(&w, POOL));
	world_mine(t, "UPDATE visit SET tech_id = %llu", (unsigned long long)MANAGER);
	in = wish(SET_ID);
	put(t, E_NOT_FOUND, &in);
	world_mine(t, "UPDATE visit SET tech_id = %llu, day = '2026-11-15'", (unsigned long long)TECH);
	put(t, OK, &in);
	world_mine(t, "UPDATE visit SET day = '2026-11-01'");
	in.id.v++;
	put(t, E_NOT_FOUND, &in);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_water_page(&w, POOL, &page));
}

static void
a_correction_keeps_what_it_was(void **state)
{
	struct world *t = *state;
	const struct reading_wish in = wish(SET_ID);
	struct water_value ph[] = {{MEASURE_PH, 760, HOW_EXACT}, {MEASURE_CYA, 10000, HOW_ABOVE}};
	const struct reading_edit edit = {.values = ph, .values_n = 2, .version = 1};
	struct work w;

	arrange(t);
	put(t, OK, &in);
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_reading_correct(&w, SET_ID, &edit, true));
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, E_STALE, act_reading_correct(&w, SET_ID, &edit, true));
	assert_string_equal(world_text(t, "SELECT was FROM record_change WHERE field = 'values'").p,
	    "fc 1.5, pH 7.8, ta 90, cya 45");
	assert_string_equal(world_text(t, "SELECT became FROM record_change WHERE field = 'values'").p, "pH 7.6, cya > 100");
	/* Somebody else's set is not a technician's to correct. */
	world_mine(t, "UPDATE reading SET staff_id = %llu", (unsigned long long)OWNER);
	const struct reading_edit again = {.values = ph, .values_n = 1, .version = 2};
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, E_NOT_FOUND, act_reading_correct(&w, SET_ID, &again, true));
}

static void
a_dose_said_twice_leaves_the_van_once_and_undone_comes_back(void **state)
{
	struct world *t = *state;
	const struct dose_wish d = {.id = {true, DOSE_ID}, .pool_id = POOL, .visit_id = {true, VISIT}, .item_id = BLEACH,
	    .planned_x100 = {true, GALLON / 2}, .given_x100 = GALLON / 2};
	struct work w;

	arrange(t);
	pour(t, OK, &d);
	pour(t, OK, &d);
	/* Nobody had counted: it is below nothing, and that is shown and not refused. */
	assert_int_equal(world_number(t, "SELECT amount_x100 FROM stock WHERE place_id = %llu", (unsigned long long)TECH),
	    -(GALLON / 2));
	assert_int_equal(world_number(t, "SELECT cost_cents FROM dose"), 200);
	assert_int_equal(world_number(t, "SELECT price_cents FROM dose"), 450);
	for (int i = 0; i < 2; i++) {
		enter(t, &w, TECH, ROLE_TECHNICIAN);
		act_done(t, &w, OK, act_dose_undo(&w, DOSE_ID, 1, true));
	}
	assert_int_equal(world_number(t, "SELECT amount_x100 FROM stock WHERE place_id = %llu", (unsigned long long)TECH), 0);
}

static void
otherwise_than_advised_wants_a_reason(void **state)
{
	struct world *t = *state;
	struct dose_wish d = {.id = {true, DOSE_ID}, .pool_id = POOL, .visit_id = {true, VISIT}, .item_id = BLEACH,
	    .planned_x100 = {true, GALLON}, .given_x100 = GALLON * 2};

	arrange(t);
	pour(t, E_INVALID, &d);
	d.reason = (struct maybe_str){true, STR("Green since the storm")};
	pour(t, OK, &d);
	assert_int_equal(world_number(t, "SELECT planned_x100 FROM dose"), GALLON);
	assert_int_equal(world_number(t, "SELECT given_x100 FROM dose"), GALLON * 2);
}

static void
what_must_never_meet_is_not_written_down_without_a_word(void **state)
{
	struct world *t = *state;
	struct dose_wish d = {.pool_id = POOL, .visit_id = {true, VISIT}, .item_id = TABS, .given_x100 = 22680};

	arrange(t);
	pour(t, OK, &d);
	d.item_id = CALHYPO;
	pour(t, E_INVALID, &d);
	d.reason = (struct maybe_str){true, STR("In the skimmer, not the feeder")};
	pour(t, OK, &d);
}

static void
a_copied_set_is_marked_quietly_until_somebody_looks(void **state)
{
	struct world *t = *state;
	struct reading_wish in = wish(SET_ID);
	struct doubt_page page;
	struct work w;

	arrange(t);
	in.at = (struct maybe_i64){true, NOW - 7 * 86400};
	put(t, OK, &in);
	in = wish(SET_ID + 50);
	put(t, OK, &in);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_doubts(&w, &(struct doubt_query){0}, &page));
	assert_int_equal(page.rows_n, 1);
	assert_int_equal(page.rows[0].doubts, 1 << DOUBT_COPIED);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_reading_trust(&w, SET_ID + 50, 1));
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_doubts(&w, &(struct doubt_query){0}, &page));
	assert_int_equal(page.rows_n, 0);
}

static void
the_plan_of_the_last_readings_is_that_of_the_domain(void **state)
{
	struct world *t = *state;
	const struct reading_wish in = wish(SET_ID);
	const struct dose_question q = {.pool_id = POOL};
	struct dose_advice out;
	struct work w;

	arrange(t);
	put(t, OK, &in);
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_dose_plan(&w, &q, true, &out));
	/* No acid on the shelf: said. Chlorine 1.5 to 7 by stabiliser 45. */
	assert_int_equal(out.fc.aim_low, 600);
	assert_int_equal(out.doses_n, 1);
	assert_int_equal(out.doses[0].item_id, BLEACH);
	assert_int_equal(out.notes[0].word, DOSE_NO_PRODUCT);
	world_mine(t, "UPDATE pool SET volume_l = NULL");
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, E_INVALID, act_dose_plan(&w, &q, true, &out));
}

static uint32_t said_n;
static int64_t said_at = NOW - 60;

static void
phone(struct world *t, enum sync_answer want, enum verb verb, uint64_t id, const char *what, int64_t amount,
    const struct verb_body *more)
{
	struct sync_verb v = {.id = id, .n = ++said_n, .verb = verb, .visit_id = {true, VISIT}, .at = said_at, .body = *more};
	struct sync_in in = {.device_id = 77, .device_name = STR("x"), .now = NOW, .verbs = &v, .verbs_n = 1};
	struct sync_out out;
	struct work w;

	v.body.what = (struct maybe_str){true, str_of(what)};
	v.body.amount = (struct maybe_i64){true, amount};
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	w.steps = true;
	act_done(t, &w, OK, act_sync(&w, &in, &out));
	assert_int_equal(out.answers[0].answer, want);
}

static void
what_a_phone_says_one_by_one_is_one_set_and_leaves_its_van(void **state)
{
	struct world *t = *state;
	const struct verb_body none = {.text = STR("")}, beyond = {.text = STR(""), .unit = {true, STR(">")}};
	struct verb_body undo = {.text = STR(""), .replaces = {true, 9004}};
	char bleach[ID_LETTERS + 1];

	arrange(t);
	said_n = 0;
	id_write(BLEACH, bleach);
	phone(t, SYNC_APPLIED, VERB_READING, 9001, "fc", 150, &none);
	phone(t, SYNC_APPLIED, VERB_READING, 9002, "cya", 10000, &beyond);
	phone(t, SYNC_APPLIED, VERB_READING, 9003, "fc", 180, &none);
	phone(t, SYNC_REFUSED, VERB_READING, 9010, "ph", 78000, &none);
	phone(t, SYNC_APPLIED, VERB_READING, 9011, "filter psi", 1200, &none);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM reading"), 1);
	assert_int_equal(world_number(t, "SELECT id FROM reading"), 9001);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE kind = %d", ALERT_WATER), 1);
	assert_string_equal(world_text(t, "SELECT became FROM record_change WHERE field = 'values'").p, "cya > 100, fc 1.8");
	phone(t, SYNC_APPLIED, VERB_DOSE, 9004, bleach, GALLON, &none);
	assert_int_equal(world_number(t, "SELECT amount_x100 FROM stock WHERE place_id = %llu", (unsigned long long)TECH), -GALLON);
	phone(t, SYNC_APPLIED, VERB_DOSE, 9005, bleach, GALLON / 2, &undo);
	assert_int_equal(world_number(t, "SELECT amount_x100 FROM stock WHERE place_id = %llu", (unsigned long long)TECH),
	    -(GALLON / 2));
	undo.replaces.v = 9005;
	phone(t, SYNC_APPLIED, VERB_DOSE, 9006, bleach, 0, &undo);
	assert_int_equal(world_number(t, "SELECT amount_x100 FROM stock WHERE place_id = %llu", (unsigned long long)TECH), 0);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM dose"), 2);
}

/* Four tests of one water, the last of them `ago` seconds before now; then whether they are doubted. */
static bool
typed_is_doubted(struct world *t, uint64_t id, uint64_t pool, int64_t ago, int64_t between)
{
	static const char *const tests[] = {"fc", "ph", "ta", "cya"};
	const struct verb_body body = {.text = STR(""), .pool_id = {true, pool}};

	for (uint64_t i = 0; i < 4; i++) {
		said_at = NOW - ago - between * (3 - (int64_t)i);
		phone(t, SYNC_APPLIED, VERB_READING, id + i, tests[i], usual[i].x100, &body);
	}
	said_at = NOW - 60;
	assert_int_equal(world_number(t, "SELECT doubts & ~%d FROM reading WHERE id = %llu", 1 << DOUBT_TOO_FAST,
	    (unsigned long long)id), 0);
	return world_number(t, "SELECT doubtful FROM reading WHERE id = %llu", (unsigned long long)id) == 1;
}

static void
tests_are_too_fast_only_if_there_was_no_time_since_they_came(void **state)
{
	struct world *t = *state;
	const struct verb_body none = {.text = STR("")};

	arrange(t);
	said_n = 0;
	world_sql(t, "INSERT INTO pool (id, property_id, kind, volume_l, volume_source, sanitiser) VALUES (%llu, %llu, 2, 1900, 1, 1)",
	    (unsigned long long)SPA, (unsigned long long)PROPERTY);
	/* Nobody has said when they came: no word of it. */
	assert_false(typed_is_doubted(t, 9100, POOL, 0, 1));
	world_mine(t, "DELETE FROM reading");
	/* Both waters tested first, then typed five seconds apart. */
	said_at = NOW - 600;
	phone(t, SYNC_APPLIED, VERB_ARRIVE, 9110, "gate", 0, &none);
	assert_false(typed_is_doubted(t, 9120, POOL, 100, 5));
	assert_false(typed_is_doubted(t, 9130, SPA, 50, 5));
	world_mine(t, "DELETE FROM reading");
	/* All of it ten seconds after they came; and a second water that had no more time than the first alone takes. */
	world_mine(t, "UPDATE visit SET started_at = %lld", (long long)NOW - 10);
	assert_true(typed_is_doubted(t, 9140, POOL, 0, 1));
	world_mine(t, "UPDATE visit SET started_at = %lld", (long long)NOW - 100);
	assert_true(typed_is_doubted(t, 9150, SPA, 0, 1));
	/* A phone whose clock was put right in between knows nothing. */
	world_mine(t, "UPDATE visit SET started_at = %lld", (long long)NOW + 100);
	world_mine(t, "DELETE FROM reading");
	assert_false(typed_is_doubted(t, 9160, POOL, 0, 1));
}

/* A dose as the phone says it; then how many the office should look at, and what speaks against this one. */
static uint64_t
marked(struct world *t, uint64_t id, uint64_t item, int64_t given, int64_t planned, const char *reason, int alerts)
{
	const struct verb_body body = {.text = STR(""), .planned = {planned >= 0, planned},
	    .reason = {reason != NULL, str_of(reason != NULL ? reason : "")}};
	char what[ID_LETTERS + 1];
	struct water_page page;
	struct work w;

	id_write(item, what);
	phone(t, SYNC_APPLIED, VERB_DOSE, id, what, given, &body);
	assert_int_equal(world_number(t, "SELECT given_x100 FROM dose WHERE id = %llu", (unsigned long long)id), given);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM alert WHERE kind = %d AND visit_id = %llu", ALERT_DOSE,
	    (unsigned long long)VISIT), alerts);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_water_page(&w, POOL, &page));
	for (size_t i = 0; i < page.doses_n; i++)
		if (page.doses[i].id == id)
			return page.doses[i].marks;
	fail_msg("the page has no such dose");
	return 0;
}

static void
what_a_phone_poured_stands_and_what_speaks_against_it_is_the_offices(void **state)
{
	struct world *t = *state;
	const uint64_t met = 1 << DOSE_MET, off = 1 << DOSE_OFF_PLAN, over = 1 << DOSE_OVER_MOST;
	struct dose_question q = {.pool_id = POOL};
	struct dose_advice out;
	struct work w;

	arrange(t);
	said_n = 0;
	/* Somebody who says why is asked nothing; a plan of several parts may be more than goes in at once. */
	assert_int_equal(marked(t, 9200, BLEACH, GALLON * 2, GALLON, "Leaves in it", 0), 0);
	assert_int_equal(marked(t, 9201, BLEACH, GALLON, GALLON, NULL, 0), 0);
	assert_int_equal(marked(t, 9202, BLEACH, GALLON * 2, GALLON, NULL, 1), off);
	world_mine(t, "UPDATE item SET most_x100 = 5000 WHERE id = %llu", (unsigned long long)BLEACH);
	assert_int_equal(marked(t, 9203, BLEACH, GALLON, -1, NULL, 2), over);
	assert_int_equal(marked(t, 9204, BLEACH, GALLON, GALLON, NULL, 2), 0);
	assert_int_equal(marked(t, 9205, BLEACH, GALLON, -1, "Green", 2), 0);
	/* Trichlor an hour after cal-hypo: whatever was said, somebody looks. */
	said_at = NOW - 3660;
	assert_int_equal(marked(t, 9206, CALHYPO, 45359, -1, NULL, 2), 0);
	said_at = NOW - 60;
	assert_int_equal(marked(t, 9207, TABS, 22680, -1, "In the feeder", 3), met);
	assert_string_equal(world_text(t, "SELECT JSON_VALUE(body, '$.text') FROM alert ORDER BY id DESC LIMIT 1").p,
	    "%.*s and %.*s are in this water within a day. They must never meet.\nTabs\nShock");
	/* Nor is one advised after the other: there is no other chlorine. */
	world_mine(t, "UPDATE item SET archived_at = 1 WHERE id = %llu", (unsigned long long)BLEACH);
	world_mine(t, "UPDATE dose SET undone_at = 1 WHERE id = 9207");
	q.values = usual;
	q.values_n = 1;
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_dose_plan(&w, &q, true, &out));
	assert_true(out.doses_n == 1 && out.doses[0].item_id == CALHYPO);
	world_mine(t, "UPDATE dose SET undone_at = NULL WHERE id = 9207");
	enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_dose_plan(&w, &q, true, &out));
	assert_int_equal(out.doses_n, 0);
	bool apart = false;
	for (size_t i = 0; i < out.notes_n; i++)
		apart = apart || out.notes[i].word == DOSE_APART;
	assert_true(apart);
}

static void
stock_moves_between_vans_and_nothing_is_lost_on_the_way(void **state)
{
	struct world *t = *state;
	const struct stock_move bought = {.item_id = BLEACH, .to_id = {0}, .bought = true, .amount_x100 = 10 * GALLON};
	const struct stock_move moved = {.item_id = BLEACH, .to_id = {true, TECH}, .amount_x100 = 4 * GALLON};
	const struct stock_count counted = {.item_id = BLEACH, .place_id = {true, TECH}, .amount_x100 = {true, 3 * GALLON},
	    .low_x100 = {true, 5 * GALLON}};
	const struct stock_query low = {.low = {true, true}};
	struct stock_page page;
	struct work w;

	arrange(t);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_stock_move(&w, &bought, &page));
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_stock_move(&w, &moved, &page));
	assert_int_equal(world_number(t, "SELECT SUM(amount_x100) FROM stock"), 10 * GALLON);
	assert_int_equal(world_number(t, "SELECT amount_x100 FROM stock WHERE place_id = 0"), 6 * GALLON);
	for (int i = 0; i < 2; i++) {
		enter(t, &w, OWNER, ROLE_OWNER);
		act_done(t, &w, OK, act_stock_count(&w, &counted, &page));
	}
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_stock(&w, &low, &page));
	assert_int_equal(page.rows_n, 1);
	assert_int_equal(page.rows[0].amount_x100, 3 * GALLON);
	assert_string_equal(page.rows[0].place.v.p, "Tom Tech");
}

static void
a_pools_own_rules_win_and_only_whoever_read_them_last_changes_them(void **state)
{
	struct world *t = *state;
	struct measure_rule low = {MEASURE_FC, 0, 0, true, true, 0, true, 100, 150, 250, 500};
	struct pool_rules in = {&low, 1, 0}, out;
	struct water_page page;
	struct work w;

	arrange(t);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_pool_rules_change(&w, POOL, &in, &out));
	assert_int_equal(out.version, 1);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_pool_rules_change(&w, POOL, &in, &out));
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_water_page(&w, POOL, &page));
	assert_true(page.bands[0].measure == MEASURE_FC && page.bands[0].own && page.bands[0].aim_high == 250);
	enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_water_page(&w, OTHER_POOL, &page));
	assert_false(page.bands[0].own);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(a_reading_said_twice_stands_once),
	    world_test(a_technician_reads_and_pours_at_their_own_stops_alone),
	    world_test(a_correction_keeps_what_it_was),
	    world_test(a_dose_said_twice_leaves_the_van_once_and_undone_comes_back),
	    world_test(otherwise_than_advised_wants_a_reason),
	    world_test(what_must_never_meet_is_not_written_down_without_a_word),
	    world_test(a_copied_set_is_marked_quietly_until_somebody_looks),
	    world_test(the_plan_of_the_last_readings_is_that_of_the_domain),
	    world_test(what_a_phone_says_one_by_one_is_one_set_and_leaves_its_van),
	    world_test(tests_are_too_fast_only_if_there_was_no_time_since_they_came),
	    world_test(what_a_phone_poured_stands_and_what_speaks_against_it_is_the_offices),
	    world_test(stock_moves_between_vans_and_nothing_is_lost_on_the_way),
	    world_test(a_pools_own_rules_win_and_only_whoever_read_them_last_changes_them),
	};

	return world_run("water", tests);
}
