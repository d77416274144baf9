/*
 * tests/rows/signup_test.c -- a spare becomes a company, and what is left half done is finished or undone.
 */
#include "domain/access/role.h"
#include "fcgi/acts/arrivals.h"
#include "fcgi/acts/signup.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/claim.h"
#include "tenancy/provision.h"
#include "tests/rows/world.h"

/* A desk, as the router has one, so many seconds from now. */
static struct desk *
desk(struct world *t, int64_t later_s)
{
	struct runner r = {.house = t->house, .arena = t->a};

	runner_desk(&r, 0, &t->desk);
	t->desk.now += later_s;
	t->desk.now_ms += later_s * 1000;
	world_ok(t, &t->desk.fault, house_control(t->house, &t->desk.control, &t->desk.fault));
	return &t->desk;
}

static uint64_t
spare(struct world *t)
{
	uint64_t id;

	world_ok(t, &t->fault, provision_spare(&t->op, &id));
	return id;
}

/* The only one that waits: what another test has left is out of the way. */
static uint64_t
only_spare(struct world *t)
{
	world_control(t, "UPDATE tenant SET status = %d WHERE status IN (%d, %d)", TENANT_SUSPENDED,
	    TENANT_SPARE, TENANT_CLAIMED);
	return spare(t);
}

static struct sign_up
form(struct world *t, const char *slug)
{
	(void)t;
	return (struct sign_up){.company = STR("Clear Water Pools"),
	    .slug = str_of(slug),
	    .owner = STR("Cleo Clear"),
	    .email = STR("Cleo@Clear.example"),
	    .password = STR("four salamanders swim"),
	    .country = STR("MX"),
	    .zone = STR("America/Hermosillo"),
	    .language = SPANISH};
}

static struct str
key(struct world *t, const char *text)
{
	uint8_t *hash = arena_array(t->a, uint8_t, HASH_BYTES);

	hash32(text, strlen(text), hash);
	return (struct str){(const char *)hash, HASH_BYTES};
}

static struct claim_wish
wish(const char *slug)
{
	return (struct claim_wish){.slug = str_of(slug),
	    .name = STR("Half Done"),
	    .country = STR("US"),
	    .zone = STR("America/Phoenix"),
	    .currency = STR("USD"),
	    .language = STR("en")};
}

/* One number of a company that is neither of the world's two. */
static int64_t
number_in(struct world *t, uint64_t tenant, const char *sql)
{
	char schema[SCHEMA_MAX + 1];
	struct str *cell;
	size_t rows, cols;
	int64_t v = -1;

	provision_schema_name(&t->config, tenant, schema);
	world_ok(t, &t->fault, odb_use(t->op.odb, schema));
	world_ok(t, &t->fault, odb_rows(t->op.odb, str_of(sql), t->a, &cell, &rows, &cols));
	assert_int_equal(cols, 1);
	if (rows > 0 && cell[0].p != NULL)
		assert_true(str_i64(cell[0], &v));
	return v;
}

static enum tenant_status
status(struct world *t, uint64_t id)
{
	return (enum tenant_status)world_control_number(
	    t, "SELECT status FROM tenant WHERE id = %llu", (unsigned long long)id);
}

static void
a_sign_up_makes_a_live_company_and_nothing_else(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t);
	struct sign_up in = form(t, "clear-water");
	struct signed_up out;
	const struct tenant *found;

	world_watch(t);
	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k1"), key(t, "b1"), &out));
	assert_int_equal(status(t, id), TENANT_LIVE);
	assert_true(str_starts(out.url, STR("http://clear-water.localhost:8080/welcome#v1.")));
	assert_true(str_ends(out.url, out.ticket));
	assert_int_equal(
	    number_in(t, id,
		"SELECT COUNT(*) FROM company WHERE name = 'Clear Water Pools' AND country = 'MX' "
		"AND currency = 'MXN' AND zone = 'America/Hermosillo' AND language = 'es' AND "
		"week_starts = 6"),
	    1);
	assert_int_equal(number_in(t, id,
			     "SELECT COUNT(*) FROM staff WHERE email = 'cleo@clear.example' AND "
			     "role = 1 AND state = 2 "
			     "AND email_confirmed_at IS NULL AND LENGTH(password) > 100 AND "
			     "password NOT LIKE '%argon%'"),
	    1);
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM staff"), 1);
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM job WHERE kind = 'mail'"), 1);
	assert_int_equal(
	    number_in(t, id, "SELECT COUNT(*) FROM audit WHERE verb = 'company.founded'"), 1);
	assert_int_equal(world_control_number(t, "SELECT done FROM signup WHERE tenant_id = %llu",
			     (unsigned long long)id),
	    1);
	world_ok(t, &t->desk.fault,
	    tenant_of_host(t->house->tenants, t->desk.control, STR("clear-water.localhost"),
		t->desk.now, &found, &t->desk.fault));
	assert_true(found->id == id);
}

static void
the_same_key_again_is_the_same_company(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t), second = spare(t);
	struct sign_up in = form(t, "again-pools");
	struct signed_up one, two;

	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k2"), key(t, "b2"), &one));
	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k2"), key(t, "b2"), &two));
	assert_false(str_eq(one.ticket, two.ticket));
	assert_int_equal(status(t, second), TENANT_SPARE);
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM staff"), 1);
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM job"), 1);
	world_err(t, &t->desk.fault, E_STALE,
	    act_sign_up(desk(t, 0), &in, key(t, "k2"), key(t, "other"), &two));
	assert_string_equal(t->desk.fault.field, "idempotency_key");
}

static void
a_slug_that_is_taken_takes_no_spare(void **state)
{
	struct world *t = *state;
	uint64_t first = only_spare(t), second = spare(t);
	struct sign_up in = form(t, "taken-pools");
	struct signed_up out;

	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k3"), key(t, "b3"), &out));
	assert_int_equal(status(t, first), TENANT_LIVE);
	world_err(t, &t->desk.fault, E_INVALID,
	    act_sign_up(desk(t, 0), &in, key(t, "k4"), key(t, "b3"), &out));
	assert_string_equal(t->desk.fault.field, "slug");
	assert_int_equal(status(t, second), TENANT_SPARE);
	assert_int_equal(number_in(t, second, "SELECT COUNT(*) FROM company"), 0);
}

static void
without_a_spare_a_stranger_is_asked_to_come_again(void **state)
{
	struct world *t = *state;
	struct sign_up in = form(t, "no-room");
	struct signed_up out;

	world_control(
	    t, "UPDATE tenant SET status = %d WHERE status = %d", TENANT_SUSPENDED, TENANT_SPARE);
	world_err(t, &t->desk.fault, E_AWAY,
	    act_sign_up(desk(t, 0), &in, key(t, "k5"), key(t, "b5"), &out));
	assert_true(t->desk.fault.retry_after_s > 0);
}

static void
what_is_wrong_is_said_before_anything_is_taken(void **state)
{
	static const struct {
		const char *field, *value;
	} bad[] = {{"slug", "ab"}, {"email", "nobody"}, {"country", "ZZ"}, {"zone", "Mars/Olympus"},
	    {"password", "password1"}};
	struct world *t = *state;
	uint64_t id = only_spare(t);

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct sign_up in = form(t, "wrong-pools");
		struct signed_up out;

		*(i == 0 ? &in.slug : i == 1 ? &in.email : i == 2 ? &in.country : i == 3 ? &in.zone : &in.password) =
		    str_of(bad[i].value);
		world_err(t, &t->desk.fault, E_INVALID,
		    act_sign_up(desk(t, 0), &in, key(t, "k6"), key(t, "b6"), &out));
		assert_string_equal(t->desk.fault.field, bad[i].field);
	}
	assert_int_equal(status(t, id), TENANT_SPARE);
}

/* Killed between the first step and the second. */
static void
a_claim_that_founded_nothing_is_given_back_after_a_minute(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t);
	struct claim_wish w = wish("half-done");
	struct claim c;
	unsigned reaped;

	world_ok(t, &t->desk.fault, claim_take(desk(t, 0), &w, key(t, "k7"), key(t, "b7"), &c));
	assert_true(c.tenant == id);
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, CLAIM_OVERDUE_S - 2), &reaped));
	assert_int_equal(status(t, id), TENANT_CLAIMED);
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, CLAIM_OVERDUE_S + 2), &reaped));
	assert_int_equal(status(t, id), TENANT_SPARE);
	assert_int_equal(
	    world_control_number(
		t, "SELECT COUNT(*) FROM signup WHERE tenant_id = %llu", (unsigned long long)id),
	    0);
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE slug = 'half-done'"), 0);
}

/* Killed between the second step and the third: acknowledged or not, the company is there. */
static void
a_claim_that_founded_a_company_is_finished(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t);
	struct sign_up in = form(t, "late-pools");
	struct signed_up out;
	unsigned reaped;

	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k8"), key(t, "b8"), &out));
	world_control(t, "UPDATE tenant SET status = %d, version = version - 1 WHERE id = %llu",
	    TENANT_CLAIMED, (unsigned long long)id);
	world_control(
	    t, "UPDATE signup SET done = 0 WHERE tenant_id = %llu", (unsigned long long)id);
	tenant_forget(t->house->tenants, id);
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, CLAIM_OVERDUE_S + 2), &reaped));
	assert_int_equal(status(t, id), TENANT_LIVE);
	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k8"), key(t, "b8"), &out));
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM staff"), 1);
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM job"), 1);
}

static void
the_client_that_asks_again_finishes_what_was_left(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t);
	struct sign_up in = form(t, "resumed-pools");
	struct claim_wish w = wish("resumed-pools");
	struct signed_up out;
	struct claim c;

	world_ok(t, &t->desk.fault, claim_take(desk(t, 0), &w, key(t, "k9"), key(t, "b9"), &c));
	world_ok(t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k9"), key(t, "b9"), &out));
	assert_int_equal(status(t, id), TENANT_LIVE);
	assert_int_equal(number_in(t, id, "SELECT COUNT(*) FROM staff"), 1);
}

/* The one that slept: its claim was given back, and the schema is somebody else's by then. */
static void
a_sign_up_that_slept_founds_nothing_in_a_schema_that_is_not_its_own(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t);
	struct claim_wish slow = wish("slow-pools");
	struct sign_up in = form(t, "quick-pools");
	struct signed_up out;
	const struct tenant *found;
	struct claim c;
	struct work w;
	unsigned reaped;

	world_ok(
	    t, &t->desk.fault, claim_take(desk(t, 0), &slow, key(t, "k10"), key(t, "b10"), &c));
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, CLAIM_OVERDUE_S + 2), &reaped));
	world_ok(
	    t, &t->desk.fault, act_sign_up(desk(t, 0), &in, key(t, "k11"), key(t, "b11"), &out));
	assert_int_equal(status(t, id), TENANT_LIVE);

	desk(t, 0);
	world_ok(t, &t->desk.fault,
	    tenant_of_id(
		t->house->tenants, t->desk.control, id, t->desk.now, &found, &t->desk.fault));
	world_ok(t, &w.fault, work_open(&t->desk, found, DB_WRITE, &w));
	world_err(t, &w.fault, E_AWAY, work_close(&w, claim_enter(&w, &c)));
	/* And before anybody else has come, a spare lets nobody in at all. */
	(void)only_spare(t);
	slow = wish("slower-pools");
	world_ok(
	    t, &t->desk.fault, claim_take(desk(t, 0), &slow, key(t, "k12"), key(t, "b12"), &c));
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, CLAIM_OVERDUE_S + 2), &reaped));
	desk(t, 0);
	world_ok(t, &t->desk.fault,
	    tenant_of_id(
		t->house->tenants, t->desk.control, c.tenant, t->desk.now, &found, &t->desk.fault));
	world_err(t, &w.fault, E_AWAY, work_open(&t->desk, found, DB_WRITE, &w));
}

/* A second reaper with an older look at the list: the claim that it saw is not the one that stands there now. */
static void
a_reaper_that_looked_too_early_gives_nothing_back(void **state)
{
	struct world *t = *state;
	uint64_t id = only_spare(t);
	struct claim_wish first = wish("first-pools"), second = wish("second-pools");
	struct claim c;
	unsigned reaped;

	world_ok(
	    t, &t->desk.fault, claim_take(desk(t, 0), &first, key(t, "k13"), key(t, "b13"), &c));
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, CLAIM_OVERDUE_S + 2), &reaped));
	assert_int_equal(status(t, id), TENANT_SPARE);
	world_ok(
	    t, &t->desk.fault, claim_take(desk(t, 0), &second, key(t, "k14"), key(t, "b14"), &c));
	world_ok(t, &t->desk.fault, act_signup_reap(desk(t, 0), &reaped));
	assert_int_equal(reaped, 0);
	assert_int_equal(status(t, id), TENANT_CLAIMED);
	assert_int_equal(
	    world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE slug = 'second-pools'"), 1);
}

static void
an_address_is_looked_up_and_others_are_proposed(void **state)
{
	struct world *t = *state;
	struct slug_answer a;
	struct str mine = str_of(t->mine.slug);

	world_ok(t, &t->desk.fault,
	    act_slug_look(desk(t, 0), STR(""), STR("Désert Blue Pool Care, LLC"), &a));
	assert_true(a.free);
	assert_true(str_eq(a.slug, STR("desert-blue-pool-care")));
	world_ok(t, &t->desk.fault, act_slug_look(desk(t, 0), mine, STR(""), &a));
	assert_false(a.free);
	assert_true(a.why.is);
	assert_int_equal(a.suggestions_n, SLUG_SUGGESTIONS);
	for (size_t i = 0; i < a.suggestions_n; i++)
		assert_false(str_eq(a.suggestions[i].slug, mine));
	world_ok(t, &t->desk.fault, act_slug_look(desk(t, 0), STR("No Address!"), STR(""), &a));
	assert_false(a.free);
	assert_true(a.why.is && a.suggestions_n > 0);
}

static void
what_is_proposed_follows_the_visitor(void **state)
{
	struct world *t = *state;
	struct proposal p;
	struct desk *d = desk(t, 0);

	act_proposal(d, STR("es-MX,es;q=0.9"), &p);
	assert_true(str_eq(p.country, STR("MX")) && str_eq(p.currency, STR("MXN")) &&
		    str_eq(p.zone, STR("America/Mexico_City")));
	memcpy(d->from.country, "AU", 3);
	memcpy(d->from.zone, "Australia/Perth", 16);
	act_proposal(d, STR("es-MX,es;q=0.9"), &p);
	assert_true(str_eq(p.country, STR("AU")) && str_eq(p.currency, STR("AUD")) &&
		    str_eq(p.zone, STR("Australia/Perth")));
	memset(&d->from, 0, sizeof(d->from));
	act_proposal(d, STR("en"), &p);
	assert_true(str_eq(p.country, STR("US")) && str_eq(p.zone, STR("America/New_York")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(a_sign_up_makes_a_live_company_and_nothing_else),
	    world_test(the_same_key_again_is_the_same_company),
	    world_test(a_slug_that_is_taken_takes_no_spare),
	    world_test(without_a_spare_a_stranger_is_asked_to_come_again),
	    world_test(what_is_wrong_is_said_before_anything_is_taken),
	    world_test(a_claim_that_founded_nothing_is_given_back_after_a_minute),
	    world_test(a_claim_that_founded_a_company_is_finished),
	    world_test(the_client_that_asks_again_finishes_what_was_left),
	    world_test(a_sign_up_that_slept_founds_nothing_in_a_schema_that_is_not_its_own),
	    world_test(a_reaper_that_looked_too_early_gives_nothing_back),
	    world_test(an_address_is_looked_up_and_others_are_proposed),
	    world_test(what_is_proposed_follows_the_visitor),
	};

	return world_run("signup", tests);
}
