/* tests/rows/company_test.c -- the company's own row, what the house learns of it, and links that work once. */
#include "fcgi/acts/company.h"
#include "fcgi/acts/customers.h"
#include "fcgi/acts/tell_link.h"
#include "tests/rows/people.h"

static struct company
settings(void)
{
	return (struct company){.name = STR("Desert Blue"), .phone = STR("+1 (602) 555-0100"),
	    .street = STR("1 Palm"), .city = STR("Guadalajara"), .region = STR("JAL"), .postcode = STR("44100"),
	    .country = STR("MX"), .zone = STR("America/Mexico_City"), .currency = STR("MXN"), .language = SPANISH,
	    .accent = STR("#12aBef"), .week_starts = SUNDAY, .version = 1};
}

static void
settings_are_changed_all_at_once(void **state)
{
	struct world *t = *state;
	struct company in = settings(), out;
	struct company_card card;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_company_change(&w, &in, &out));
	in.version = 2;
	assert_int_equal(out.version, 2);
	assert_true(str_eq(out.name, in.name) && str_eq(out.zone, in.zone) && str_eq(out.accent, in.accent));
	assert_int_equal(out.week_starts, SUNDAY);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_company_card(&w, &card));
	assert_true(str_eq(card.name, in.name) && str_eq(card.slug, str_of(t->mine.slug)));
	assert_int_equal(card.language, SPANISH);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	in.version = 1;
	act_done(t, &w, E_STALE, act_company_change(&w, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = 'company.changed'"), 1);
}

static void
settings_that_mean_nothing_are_refused_by_name(void **state)
{
	static const struct {
		const char *field, *value;
	} wrong[] = {
		{"country", "mx"}, {"country", "M1"}, {"currency", "QQQ"}, {"accent", "#12345g"}, {"accent", "1234567"},
		{"phone", "call me"}, {"phone", "+-"}, {"zone", "Mars/Base"}, {"zone", "../../etc/passwd"}, {"zone", "UTC\n"},
	};
	struct world *t = *state;
	struct company out;
	struct work w;

	people_arrange(t);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct company in = settings();
		struct str v = str_of(wrong[i].value);

		switch (wrong[i].field[0]) {
		case 'c':
			*(wrong[i].field[1] == 'o' ? &in.country : &in.currency) = v;
			break;
		case 'a':
			in.accent = v;
			break;
		case 'p':
			in.phone = v;
			break;
		default:
			in.zone = v;
		}
		people_enter(t, &w, OWNER, ROLE_OWNER);
		act_done(t, &w, E_INVALID, act_company_change(&w, &in, &out));
		assert_string_equal(w.fault.field, wrong[i].field);
	}
	assert_int_equal(world_number(t, "SELECT version FROM company"), 1);
}

static void
the_house_learns_of_a_change_by_a_job(void **state)
{
	struct world *t = *state;
	struct company in = settings(), out;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_company_change(&w, &in, &out));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'company_mirror'"), 1);
	for (int twice = 0; twice < 2; twice++) {
		world_work(t, &t->mine, &w);
		act_done(t, &w, OK, act_company_mirror(&w));
	}
	assert_int_equal(world_control_number(t,
	    "SELECT COUNT(*) FROM tenant WHERE id = %llu AND name = 'Desert Blue' AND country = 'MX' AND "
	    "zone = 'America/Mexico_City' AND currency = 'MXN' AND language = 'es'",
	    (unsigned long long)t->mine.id), 1);
	assert_int_equal(world_control_number(t, "SELECT COUNT(*) FROM tenant WHERE name = 'Desert Blue'"), 1);
}

static void
a_customer_who_is_no_longer_served_is_signed_out(void **state)
{
	struct world *t = *state;
	struct customer_self out;
	struct work w;

	world_sql(t, "INSERT INTO customer (id, name, email, language, disabled_at, created_at) VALUES "
	    "(7, 'Carla', 'carla@home.example', 'es', NULL, 1), (8, 'Gone', 'gone@home.example', 'en', 1, 1)");
	world_work(t, &t->mine, &w);
	w.actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = 7};
	act_done(t, &w, OK, act_customer_self(&w, &out));
	assert_true(str_eq(out.email, STR("carla@home.example")) && out.language == SPANISH);
	world_work(t, &t->mine, &w);
	w.actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = 8};
	act_done(t, &w, E_SIGNED_OUT, act_customer_self(&w, &out));
}

/* ---- links ---- */

static struct str
issue(struct world *t, enum link_purpose p, int64_t ttl_s)
{
	struct str url, token;
	struct work w;

	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, link_issue(&w, p, TECH, ttl_s, "reset", &url, &token));
	assert_true(str_starts(url, str_printf(t->a, "http://%s.localhost:8080/reset#v1.", t->mine.slug)));
	assert_true(str_ends(url, token));
	return token;
}

static enum err
spend(struct world *t, const struct tenant *who, enum link_purpose p, struct str token, uint64_t *actor)
{
	struct work w;
	enum err e;

	world_work(t, who, &w);
	e = link_spend(&w, p, token, actor);
	if (e == E_INVALID)
		assert_string_equal(w.fault.field, "token");
	return work_close(&w, e);
}

static void
a_link_works_once(void **state)
{
	struct world *t = *state;
	struct str token;
	uint64_t actor = 0;

	people_arrange(t);
	token = issue(t, LINK_RESET, 600);
	assert_int_equal(spend(t, &t->mine, LINK_RESET, token, &actor), OK);
	assert_true(actor == TECH);
	assert_int_equal(spend(t, &t->mine, LINK_RESET, token, &actor), E_INVALID);
}

static void
a_link_is_for_one_purpose_one_company_and_a_while(void **state)
{
	struct world *t = *state;
	struct str token;
	uint64_t actor;
	struct work w;

	people_arrange(t);
	token = issue(t, LINK_RESET, 600);
	assert_int_equal(spend(t, &t->mine, LINK_INVITE, token, &actor), E_INVALID);
	assert_int_equal(spend(t, &t->other, LINK_RESET, token, &actor), E_INVALID);
	assert_int_equal(spend(t, &t->mine, LINK_RESET, str_sub(token, 0, token.n - 1), &actor), E_INVALID);
	assert_int_equal(spend(t, &t->mine, LINK_RESET, STR(""), &actor), E_INVALID);
	assert_int_equal(spend(t, &t->mine, LINK_RESET, issue(t, LINK_RESET, 0), &actor), E_INVALID);
	world_work(t, &t->mine, &w);
	act_done(t, &w, OK, link_void(&w, LINK_RESET, TECH));
	assert_int_equal(spend(t, &t->mine, LINK_RESET, token, &actor), E_INVALID);
	token = issue(t, LINK_INVITE, 600);
	world_work(t, &t->mine, &w);
	act_done(t, &w, OK, link_void(&w, LINK_RESET, TECH));
	assert_int_equal(spend(t, &t->mine, LINK_INVITE, token, &actor), OK);
}

static void
a_link_that_was_spent_in_vain_still_works(void **state)
{
	struct world *t = *state;
	struct str token;
	uint64_t actor;
	struct work w;

	people_arrange(t);
	token = issue(t, LINK_RESET, 600);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, link_spend(&w, LINK_RESET, token, &actor));
	act_done(t, &w, E_INVALID, fail(&w.fault, E_INVALID, "password", "This value is not valid."));
	assert_int_equal(spend(t, &t->mine, LINK_RESET, token, &actor), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(settings_are_changed_all_at_once),
		world_test(settings_that_mean_nothing_are_refused_by_name),
		world_test(the_house_learns_of_a_change_by_a_job),
		world_test(a_customer_who_is_no_longer_served_is_signed_out),
		world_test(a_link_works_once),
		world_test(a_link_is_for_one_purpose_one_company_and_a_while),
		world_test(a_link_that_was_spent_in_vain_still_works),
	};
	return world_run("acts/company and links", tests);
}
