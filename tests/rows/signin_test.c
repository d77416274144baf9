/*
 * tests/rows/signin_test.c -- proofs and what they cost, sessions, letters, counts. The neighbour has the
 * same people with the same ids.
 */
#include "domain/access/credential.h"
#include "fcgi/acts/credentials.h"
#include "fcgi/acts/letters.h"
#include "fcgi/acts/portal.h"
#include "fcgi/acts/signin.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/http/limit.h"
#include "fcgi/http/session.h"
#include "tenancy/credential.h"
#include "tenancy/credential_proof.h"
#include "tests/rows/people.h"

#define PASSWORD "four salamanders swim"
#define NOW INT64_C(1795300000)

/* The people, of whom one has a real password; the clock stands still. */
static void
arrange(struct world *t, uint64_t who)
{
	struct str sealed;
	struct work w;

	people_arrange(t);
	world_sql(t, "INSERT INTO customer (id, name, email, language, created_at) VALUES "
		     "(77, 'Carla', 'carla@pool.example', 'es', 1), (78, 'Carl', 'carla@pool.example', 'en', 1)");
	t->desk.now = NOW;
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault,
	    proof_password(
		&w, who, STR(PASSWORD), false, STR("x@x.example"), STR("Blue"), &sealed));
	world_ok(t, &w.fault, work_close(&w, OK));
	world_mine(t,
	    "UPDATE staff SET password = UNHEX('%.*s'), failures = 0, locked_until = 0 WHERE id = "
	    "%llu",
	    STR_ARG(str_hex(t->a, sealed.p, sealed.n)), (unsigned long long)who);
}

/* As the endpoint does it: what is counted is committed although the answer is an error. */
static enum err
sign_in_at(struct world *t, int64_t now, const char *email, const char *password, const char *code,
    struct arrived *out, struct fault *f)
{
	struct sign_in in = {str_of(email), str_of(password), {code != NULL, str_of(code)}};
	bool nobody, counted = false;
	struct work w;
	enum err e, closed;

	t->desk.now = now;
	world_work(t, &t->mine, &w);
	w.actor = (struct actor){.kind = ACTOR_NOBODY};
	e = act_sign_in(&w, &in, out, &nobody, &counted);
	*f = w.fault;
	closed = work_close(&w, counted ? OK : e);
	t->desk.now = NOW;
	assert_true(closed == OK || closed == e);
	return e;
}

static enum err
sign_in(struct world *t, const char *email, const char *password, const char *code)
{
	struct arrived out;
	struct fault f;

	return sign_in_at(t, NOW, email, password, code, &out, &f);
}

static void
the_right_password_comes_in_and_is_written_down(void **state)
{
	struct world *t = *state;
	struct arrived out;
	struct fault f;

	arrange(t, TECH);
	world_ok(t, &f, sign_in_at(t, NOW, " TOM@Blue.example ", PASSWORD, NULL, &out, &f));
	assert_true(out.id == TECH);
	assert_false(out.second_factor);
	assert_true(out.may == role_entry(ROLE_TECHNICIAN)->may);
	assert_true(str_eq(world_text(t, "SELECT verb FROM audit ORDER BY seq DESC LIMIT 1"),
	    STR("session.opened")));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE actor_id = %llu",
			     (unsigned long long)TECH),
	    1);
}

static void
five_failures_are_free_and_a_success_forgets_them(void **state)
{
	struct world *t = *state;
	struct arrived out;
	struct fault f;

	arrange(t, TECH);
	for (int i = 0; i < FAILURES_FREE; i++)
		assert_int_equal(
		    sign_in(t, "tom@blue.example", "wrong password", NULL), E_SIGNED_OUT);
	assert_int_equal(
	    world_number(t, "SELECT failures FROM staff WHERE id = %llu", (unsigned long long)TECH),
	    FAILURES_FREE);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = 'session.refused'"),
	    FAILURES_FREE);
	/* Even the right one waits now, and the waiting is not counted. */
	world_err(t, &f, E_LIMIT, sign_in_at(t, NOW, "tom@blue.example", PASSWORD, NULL, &out, &f));
	assert_int_equal(f.retry_after_s, 2);
	assert_int_equal(
	    world_number(t, "SELECT failures FROM staff WHERE id = %llu", (unsigned long long)TECH),
	    FAILURES_FREE);
	world_ok(t, &f, sign_in_at(t, NOW + 2, "tom@blue.example", PASSWORD, NULL, &out, &f));
	assert_int_equal(
	    world_number(t, "SELECT failures + locked_until FROM staff WHERE id = %llu",
		(unsigned long long)TECH),
	    0);
}

static void
a_hundred_failures_leave_only_the_reset(void **state)
{
	struct world *t = *state;
	struct arrived out;
	struct fault f;

	arrange(t, TECH);
	world_mine(t, "UPDATE staff SET failures = 100, locked_until = 0 WHERE id = %llu",
	    (unsigned long long)TECH);
	world_err(t, &f, E_LIMIT, sign_in_at(t, NOW, "tom@blue.example", PASSWORD, NULL, &out, &f));
	assert_true(f.retry_after_s > 0);
}

static void
nobody_invited_and_disabled_are_told_the_same(void **state)
{
	static const char *const who[] = {
	    "nobody@blue.example", "ina@blue.example", "max@blue.example", "tom@blue.example"};
	struct world *t = *state;
	struct arrived out;
	struct fault f, first = {OK};

	arrange(t, MANAGER);
	world_mine(t, "UPDATE staff SET state = %d WHERE id = %llu", STAFF_DISABLED,
	    (unsigned long long)MANAGER);
	world_mine(t, "UPDATE staff SET password = NULL WHERE id = %llu", (unsigned long long)TECH);
	for (size_t i = 0; i < COUNT_OF(who); i++) {
		world_err(
		    t, &f, E_SIGNED_OUT, sign_in_at(t, NOW, who[i], PASSWORD, NULL, &out, &f));
		if (i == 0)
			first = f;
		assert_string_equal(f.why, first.why);
		assert_string_equal(f.field, first.field);
	}
}

/* The secret of somebody's row, as the server has it. */
static struct str
stored_secret(struct world *t, struct work *w, uint64_t who)
{
	struct str hex = world_text(t,
		       str_printf(t->a, "SELECT LOWER(HEX(totp_secret)) FROM staff WHERE id = %llu",
			   (unsigned long long)who)
			   .p),
		   plain;
	char *bytes = arena_alloc(t->a, hex.n, 1);
	size_t n;

	assert_true(str_unhex(hex, bytes, hex.n, &n));
	world_ok(t, &w->fault,
	    work_unseal(w, KEY_AUTH, "staff", "totp_secret", who, (struct str){bytes, n}, &plain));
	assert_int_equal(plain.n, TOTP_SECRET_BYTES);
	return plain;
}

/* Enrol somebody, by the acts; answers the secret. */
static struct str
enrol(struct world *t, uint64_t who, enum built_in_role role, struct recovery_codes *codes)
{
	struct totp_offer offer;
	struct str secret;
	struct work w;

	t->desk.now = NOW;
	people_enter(t, &w, who, role);
	act_done(t, &w, OK, act_totp_offer(&w, &offer));
	people_enter(t, &w, who, role);
	secret = stored_secret(t, &w, who);
	assert_true(str_eq(str_base32(t->a, secret.p, secret.n), offer.secret));
	act_done(t, &w, OK, act_totp_confirm(&w,
	    str_printf(t->a, "%06u", totp_code((const uint8_t *)secret.p, NOW / 30 - 1)), codes));
	return secret;
}

static const char *
code(struct world *t, struct str secret, int64_t now)
{
	return str_printf(t->a, "%06u", totp_code((const uint8_t *)secret.p, now / 30)).p;
}

static void
a_code_is_asked_for_behind_the_password_and_works_once(void **state)
{
	struct recovery_codes codes;
	struct world *t = *state;
	struct arrived out;
	struct str secret;
	struct fault f;

	arrange(t, MANAGER);
	secret = enrol(t, MANAGER, ROLE_MANAGER, &codes);
	world_err(
	    t, &f, E_SIGNED_OUT, sign_in_at(t, NOW, "max@blue.example", PASSWORD, NULL, &out, &f));
	assert_string_equal(f.field, "code");
	assert_int_equal(world_number(t, "SELECT failures FROM staff WHERE id = %llu",
			     (unsigned long long)MANAGER),
	    0);
	world_err(t, &f, E_SIGNED_OUT,
	    sign_in_at(
		t, NOW, "max@blue.example", "wrong password", code(t, secret, NOW), &out, &f));
	assert_string_equal(f.field, "password");
	world_ok(t, &f,
	    sign_in_at(t, NOW, "max@blue.example", PASSWORD, code(t, secret, NOW), &out, &f));
	assert_true(out.second_factor);
	world_err(t, &f, E_SIGNED_OUT,
	    sign_in_at(t, NOW, "max@blue.example", PASSWORD, code(t, secret, NOW), &out, &f));
	assert_string_equal(f.field, "code");
	assert_int_equal(world_number(t, "SELECT failures FROM staff WHERE id = %llu",
			     (unsigned long long)MANAGER),
	    1);
	world_ok(t, &f,
	    sign_in_at(
		t, NOW + 30, "max@blue.example", PASSWORD, code(t, secret, NOW + 30), &out, &f));
}

static void
a_recovery_code_works_once_and_for_its_own_person(void **state)
{
	struct recovery_codes codes, others;
	struct world *t = *state;
	struct str one, theirs;

	arrange(t, MANAGER);
	(void)enrol(t, MANAGER, ROLE_MANAGER, &codes);
	(void)enrol(t, OWNER, ROLE_OWNER, &others);
	one = codes.codes[0].code;
	theirs = others.codes[0].code;
	assert_int_equal(sign_in(t, "max@blue.example", PASSWORD, theirs.p), E_SIGNED_OUT);
	assert_int_equal(sign_in(t, "max@blue.example", PASSWORD, one.p), OK);
	assert_int_equal(sign_in(t, "max@blue.example", PASSWORD, one.p), E_SIGNED_OUT);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = 'second_factor.recovered'"),
	    1);
	assert_int_equal(
	    world_number(t, "SELECT COUNT(*) FROM token WHERE purpose = %d AND used_at IS NULL",
		TOKEN_RECOVERY),
	    19);
}

static void
a_new_country_is_mailed_and_an_old_one_is_not(void **state)
{
	struct world *t = *state;
	struct arrival a = {
	    .kind = ACTOR_STAFF, .who = TECH, .may = role_entry(ROLE_TECHNICIAN)->may};
	static const char *const from[] = {"US", "US", "", "MX", "MX"};
	static const int mails[] = {0, 0, 0, 1, 1};

	arrange(t, TECH);
	for (size_t i = 0; i < COUNT_OF(from); i++) {
		struct sign_in in = {STR("tom@blue.example"), STR(PASSWORD), {false, STR_NONE}};
		struct reply reply = {.arena = t->a};
		struct arrived out;
		bool nobody, counted;
		struct work w;

		t->desk.now = NOW + (int64_t)i;
		world_work(t, &t->mine, &w);
		memcpy(w.from.country, from[i], strlen(from[i]) + 1);
		world_ok(t, &w.fault, act_sign_in(&w, &in, &out, &nobody, &counted));
		world_ok(t, &w.fault, session_start(&w, &reply, &a));
		world_ok(t, &w.fault, work_close(&w, OK));
		assert_int_equal(
		    world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'mail'"), mails[i]);
	}
}

/* ---- sessions ---- */

static struct str
open_session(struct world *t, const struct tenant *who, uint64_t id, enum built_in_role role,
    bool second_factor)
{
	struct arrival a = {.kind = ACTOR_STAFF,
	    .who = id,
	    .may = role_entry(role)->may,
	    .second_factor = second_factor};
	struct reply reply = {.arena = t->a};
	struct str cookie, rest;
	struct work w;

	t->desk.now = NOW;
	world_work(t, who, &w);
	world_ok(t, &w.fault, session_start(&w, &reply, &a));
	world_ok(t, &w.fault, work_close(&w, OK));
	assert_int_equal(reply.headers, 1);
	cookie = str_cut(reply.header[0].value, ';', &rest);
	assert_true(str_starts(cookie, STR("__Host-poolhouse=")));
	return cookie;
}

static enum err
read_session(struct world *t, const struct tenant *who, int64_t now, struct str cookie,
    enum db_mode mode, bool *half, struct actor *actor)
{
	struct request r = {
	    .method = mode == DB_WRITE ? POST : GET, .surface = OFFICE, .cookie = cookie};
	struct work w;
	enum err e;

	t->desk.now = now;
	world_enter(t, who, mode, &w);
	t->desk.now = NOW;
	e = session_read(&w, &r, half);
	*actor = w.actor;
	assert_int_equal(work_close(&w, e), e);
	return e;
}

static void
a_session_is_its_person_until_it_ends(void **state)
{
	struct world *t = *state;
	struct str cookie, other;
	struct actor who;
	bool half;

	people_arrange(t);
	cookie = open_session(t, &t->mine, TECH, ROLE_TECHNICIAN, false);
	assert_int_equal(read_session(t, &t->mine, NOW + 1, cookie, DB_READ_ONLY, &half, &who), OK);
	assert_true(who.id == TECH && who.kind == ACTOR_STAFF && !half);
	assert_int_equal(
	    read_session(t, &t->other, NOW + 1, cookie, DB_READ_ONLY, &half, &who), E_SIGNED_OUT);
	assert_int_equal(read_session(t, &t->mine, NOW + 1, STR("__Host-poolhouse=x"), DB_READ_ONLY,
			     &half, &who),
	    E_SIGNED_OUT);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + 1, STR(""), DB_READ_ONLY, &half, &who), E_SIGNED_OUT);
	assert_int_equal(
	    world_number(t,
		"SELECT COUNT(*) FROM session WHERE INSTR(HEX(token_hash), HEX('%.*s')) > 0",
		STR_ARG(str_sub(cookie, 17, 20))),
	    0);

	other = open_session(t, &t->mine, TECH, ROLE_TECHNICIAN, false);
	world_mine(t,
	    "UPDATE session SET ended_at = %lld WHERE actor_id = %llu ORDER BY id LIMIT 1",
	    (long long)NOW, (unsigned long long)TECH);
	assert_int_equal(
	    (read_session(t, &t->mine, NOW + 1, cookie, DB_READ_ONLY, &half, &who) == OK) +
		(read_session(t, &t->mine, NOW + 1, other, DB_READ_ONLY, &half, &who) == OK),
	    1);
}

static void
a_session_dies_with_its_person_its_idleness_and_its_age(void **state)
{
	struct world *t = *state;
	struct str cookie;
	struct actor who;
	bool half;

	people_arrange(t);
	cookie = open_session(t, &t->mine, TECH, ROLE_TECHNICIAN, false);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + IDLE_OUTSIDE_S, cookie, DB_READ_ONLY, &half, &who),
	    OK);
	/* That look was marked, although the work was read-only: the time of idleness begins again. */
	assert_int_equal(
	    world_number(t, "SELECT MAX(seen_at) FROM session"), NOW + IDLE_OUTSIDE_S);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + 2 * IDLE_OUTSIDE_S, cookie, DB_WRITE, &half, &who),
	    OK);
	assert_int_equal(read_session(t, &t->mine, NOW + 3 * IDLE_OUTSIDE_S + 100, cookie,
			     DB_WRITE, &half, &who),
	    E_SIGNED_OUT);
	world_mine(t, "UPDATE session SET seen_at = %lld", (long long)(NOW + SESSION_ABSOLUTE_S));
	assert_int_equal(read_session(t, &t->mine, NOW + SESSION_ABSOLUTE_S - 1, cookie,
			     DB_READ_ONLY, &half, &who),
	    OK);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + SESSION_ABSOLUTE_S, cookie, DB_READ_ONLY, &half, &who),
	    E_SIGNED_OUT);

	cookie = open_session(t, &t->mine, MANAGER, ROLE_MANAGER, true);
	assert_int_equal(read_session(t, &t->mine, NOW + IDLE_OFFICE_S, cookie,
			     DB_READ_ONLY, &half, &who),
	    OK);
	assert_int_equal(read_session(t, &t->mine, NOW + 2 * IDLE_OFFICE_S + 100, cookie,
			     DB_READ_ONLY, &half, &who),
	    E_SIGNED_OUT);
	cookie = open_session(t, &t->mine, MANAGER, ROLE_MANAGER, true);
	world_mine(t, "UPDATE staff SET state = %d WHERE id = %llu", STAFF_DISABLED,
	    (unsigned long long)MANAGER);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + 1, cookie, DB_READ_ONLY, &half, &who), E_SIGNED_OUT);
}

static void
a_session_owes_the_second_factor_of_its_role_of_today(void **state)
{
	struct world *t = *state;
	struct str cookie;
	struct actor who;
	bool half;

	people_arrange(t);
	cookie = open_session(t, &t->mine, TECH, ROLE_TECHNICIAN, false);
	assert_int_equal(read_session(t, &t->mine, NOW + 1, cookie, DB_READ_ONLY, &half, &who), OK);
	assert_false(half);
	world_mine(t, "UPDATE staff SET role = %d WHERE id = %llu", ROLE_MANAGER,
	    (unsigned long long)TECH);
	assert_int_equal(read_session(t, &t->mine, NOW + 1, cookie, DB_READ_ONLY, &half, &who), OK);
	assert_true(half);
	assert_true(who.may == role_entry(ROLE_MANAGER)->may);
}

static void
a_session_that_rises_gets_a_new_token(void **state)
{
	struct reply reply;
	struct world *t = *state;
	struct request r = {.method = POST, .surface = AUTH, .path = STR("/step-ups")};
	struct str cookie, rest, fresh;
	struct actor who;
	struct work w;
	bool half;

	people_arrange(t);
	cookie = open_session(t, &t->mine, MANAGER, ROLE_MANAGER, false);
	r.cookie = cookie;
	reply = (struct reply){.arena = t->a};
	t->desk.now = NOW + 5;
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, session_read(&w, &r, &half));
	world_ok(t, &w.fault, session_raise(&w, &reply, true));
	world_ok(t, &w.fault, work_close(&w, OK));
	fresh = str_cut(reply.header[0].value, ';', &rest);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + 6, cookie, DB_READ_ONLY, &half, &who), E_SIGNED_OUT);
	assert_int_equal(read_session(t, &t->mine, NOW + 6, fresh, DB_READ_ONLY, &half, &who), OK);
	assert_false(half);
	assert_true(who.stepped_up_at == NOW + 5);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM session"), 1);
}

/* ---- letters ---- */

static void
asking_costs_the_same_and_only_the_known_are_written_to(void **state)
{
	static const char *const who[] = {
	    "nobody@blue.example", "tom@blue.example", "ina@blue.example"};
	static const int mails[] = {0, 1, 1};
	struct world *t = *state;

	people_arrange(t);
	for (size_t i = 0; i < COUNT_OF(who); i++) {
		struct letter_order o = {
		    .email = str_of(who[i]), .ip = STR("203.0.113.9"), .country = STR("US")};
		struct work w;

		world_work(t, &t->mine, &w);
		act_done(t, &w, OK, act_reset_ask(&w, o.email));
		assert_int_equal(
		    world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'reset_letter'"),
		    (int)i + 1);
		world_work(t, &t->mine, &w);
		act_done(t, &w, OK, act_reset_send(&w, &o));
		assert_int_equal(
		    world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'mail'"), mails[i]);
	}
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM audit WHERE verb = "
					 "'password.reset_asked' AND ip = '203.0.113.9'"),
	    1);
}

static void
an_address_of_several_customers_gets_one_letter(void **state)
{
	struct world *t = *state;
	struct letter_order o = {
	    .email = STR("carla@pool.example"), .ip = STR(""), .country = STR("")};
	struct work w;

	arrange(t, TECH);
	world_work(t, &t->mine, &w);
	act_done(t, &w, OK, act_portal_send(&w, &o));
	/* Whoever reads it goes over to the others. */
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'mail'"), 1);
	assert_int_equal(
	    world_number(
		t, "SELECT COUNT(DISTINCT actor_id) FROM token WHERE purpose = %d", LINK_PORTAL),
	    1);
}

static void
a_reset_ends_all_sessions_and_the_waiting(void **state)
{
	struct world *t = *state;
	struct new_password in = {.password = STR("seven quiet otters swim")};
	struct admitted who;
	struct actor actor;
	struct str cookie, url;
	struct work w;
	bool half, counted;

	arrange(t, TECH);
	cookie = open_session(t, &t->mine, TECH, ROLE_TECHNICIAN, false);
	world_mine(t, "UPDATE staff SET failures = 100, locked_until = %lld WHERE id = %llu",
	    (long long)(NOW + 500), (unsigned long long)TECH);
	world_work(t, &t->mine, &w);
	world_ok(t, &w.fault, link_issue(&w, LINK_RESET, TECH, 600, "reset", &url, &in.token));
	world_ok(t, &w.fault, work_close(&w, OK));
	world_work(t, &t->other, &w);
	act_done(t, &w, E_INVALID, act_reset(&w, &in, &who, &counted));
	world_work(t, &t->mine, &w);
	act_done(t, &w, OK, act_reset(&w, &in, &who, &counted));
	assert_true(who.id == TECH);
	assert_int_equal(
	    read_session(t, &t->mine, NOW + 1, cookie, DB_READ_ONLY, &half, &actor), E_SIGNED_OUT);
	assert_int_equal(sign_in(t, "tom@blue.example", PASSWORD, NULL), E_SIGNED_OUT);
	assert_int_equal(sign_in(t, "tom@blue.example", "seven quiet otters swim", NULL), OK);
	world_work(t, &t->mine, &w);
	act_done(t, &w, E_INVALID, act_reset(&w, &in, &who, &counted));
}

/* ---- counts ---- */

static enum err
hit(struct world *t, const char *ip, bool anonymous, int64_t now, const char *what)
{
	const struct limit l = {
	    .what = what, .window_s = 3600, .per_address = 10, .per_network = 25};
	struct from from = {.anonymous = anonymous};
	struct fault f = {OK};

	(void)snprintf(from.ip, sizeof(from.ip), "%s", ip);
	enum err e = limit_hit(t->house, &from, now, &l, &f);

	if (e == E_LIMIT)
		assert_true(f.retry_after_s > 0 && f.retry_after_s <= 3600);
	return e;
}

static void
an_address_its_network_and_anonymous_ones_are_counted(void **state)
{
	struct world *t = *state;

	for (int i = 0; i < 10; i++)
		assert_int_equal(hit(t, "198.51.100.7", false, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "198.51.100.7", false, NOW, "rows_a"), E_LIMIT);
	assert_int_equal(hit(t, "198.51.100.7", false, NOW, "rows_b"), OK);
	assert_int_equal(hit(t, "198.51.100.8", false, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "198.51.100.7", false, NOW + 3600, "rows_a"), OK);
	for (int i = 0; i < 13; i++)
		assert_int_equal(
		    hit(t, str_printf(t->a, "198.51.100.%d", 20 + i).p, false, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "198.51.100.99", false, NOW, "rows_a"), E_LIMIT);
	assert_int_equal(hit(t, "198.51.101.99", false, NOW, "rows_a"), OK);
	/* All of an IPv6 /64 is one address. */
	for (int i = 0; i < 10; i++)
		assert_int_equal(
		    hit(t, str_printf(t->a, "2001:db8:1:2::%x", i).p, false, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "2001:db8:1:2:ffff::1", false, NOW, "rows_a"), E_LIMIT);
	assert_int_equal(hit(t, "2001:db8:1:3::1", false, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "192.0.2.1", true, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "192.0.2.1", true, NOW, "rows_a"), OK);
	assert_int_equal(hit(t, "192.0.2.1", true, NOW, "rows_a"), E_LIMIT);
	assert_int_equal(world_control_number(
			     t, "SELECT COUNT(*) FROM tally WHERE INSTR(subject, '198.51') > 0"),
	    0);
}

static void
somebody_who_is_not_there_waits_like_somebody_who_is(void **state)
{
	struct world *t = *state;
	struct str who = STR("ghost@blue.example");
	struct fault f = {OK};

	for (int i = 0; i < FAILURES_FREE; i++) {
		world_ok(t, &f, ghost_check(t->house, t->mine.id, who, NOW, &f));
		world_ok(t, &f, ghost_fail(t->house, t->mine.id, who, NOW, &f));
	}
	world_err(t, &f, E_LIMIT, ghost_check(t->house, t->mine.id, who, NOW, &f));
	assert_int_equal(f.retry_after_s, 2);
	f = (struct fault){OK};
	world_ok(t, &f, ghost_check(t->house, t->other.id, who, NOW, &f));
	world_ok(t, &f, ghost_check(t->house, t->mine.id, who, NOW + 2, &f));
	world_ok(t, &f, ghost_fail(t->house, t->mine.id, who, NOW + 2, &f));
	world_err(t, &f, E_LIMIT, ghost_check(t->house, t->mine.id, who, NOW + 4, &f));
	assert_int_equal(f.retry_after_s, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    world_test(the_right_password_comes_in_and_is_written_down),
	    world_test(five_failures_are_free_and_a_success_forgets_them),
	    world_test(a_hundred_failures_leave_only_the_reset),
	    world_test(nobody_invited_and_disabled_are_told_the_same),
	    world_test(a_code_is_asked_for_behind_the_password_and_works_once),
	    world_test(a_recovery_code_works_once_and_for_its_own_person),
	    world_test(a_new_country_is_mailed_and_an_old_one_is_not),
	    world_test(a_session_is_its_person_until_it_ends),
	    world_test(a_session_dies_with_its_person_its_idleness_and_its_age),
	    world_test(a_session_owes_the_second_factor_of_its_role_of_today),
	    world_test(a_session_that_rises_gets_a_new_token),
	    world_test(asking_costs_the_same_and_only_the_known_are_written_to),
	    world_test(an_address_of_several_customers_gets_one_letter),
	    world_test(a_reset_ends_all_sessions_and_the_waiting),
	    world_test(an_address_its_network_and_anonymous_ones_are_counted),
	    world_test(somebody_who_is_not_there_waits_like_somebody_who_is),
	};

	return world_run("signin", tests);
}
