/* tests/rows/staff_test.c -- people are invited, changed, disabled and made owner, in one company only. */
#include "domain/messaging/mail.h"
#include "fcgi/acts/staff.h"
#include "fcgi/acts/tell_link.h"
#include "fcgi/acts/tell_mail.h"
#include "tests/rows/people.h"

static struct invite
wish(const char *email, enum built_in_role role)
{
	return (struct invite){.name = STR("Nina New"), .email = str_of(email), .role = role, .language = SPANISH};
}

/* The newest mail that waits, unsealed. */
static void
last_mail(struct world *t, struct mail_order *out)
{
	uint64_t id = (uint64_t)world_number(t, "SELECT MAX(id) FROM job WHERE kind = 'mail'");
	struct str hex = world_text(t, "SELECT LOWER(HEX(payload)) FROM job WHERE kind = 'mail' ORDER BY id DESC LIMIT 1");
	char *sealed = arena_alloc(t->a, hex.n, 1);
	struct str plain;
	struct work w;
	size_t n;

	assert_true(str_unhex(hex, sealed, hex.n, &n));
	world_enter(t, &t->mine, DB_READ_ONLY, &w);
	world_ok(t, &w.fault, work_unseal(&w, KEY_FIELDS, "job", "payload", id, (struct str){sealed, n}, &plain));
	world_ok(t, &w.fault, shape_read(&mail_order_shape, plain, t->a, out, &w.fault));
	world_ok(t, &w.fault, work_close(&w, OK));
}

static struct str
mailed_token(struct world *t)
{
	struct mail_order o;
	struct str rest;

	last_mail(t, &o);
	(void)str_cut(mail_value(&o, "url"), '#', &rest);
	return rest;
}

static enum err
look(struct world *t, const struct tenant *who, struct str token, uint64_t *actor)
{
	struct work w;
	enum err e;

	world_enter(t, who, DB_WRITE, &w);
	e = link_look(&w, LINK_INVITE, token, actor);
	return work_close(&w, e);
}

static void
an_invitation_is_a_row_a_mail_and_a_line_of_the_log(void **state)
{
	struct world *t = *state;
	struct invite in = wish("Nina@New.example", ROLE_DISPATCHER);
	struct staff_line line;
	struct mail_order o;
	struct work w;
	uint64_t actor = 0;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_staff_invite(&w, &in, &line));
	assert_int_equal(line.state, STAFF_INVITED);
	assert_true(str_eq(line.email, STR("nina@new.example")));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM staff WHERE id = %llu AND role = %d AND language = 'es'",
	    (unsigned long long)line.id, ROLE_DISPATCHER), 1);
	assert_true(str_eq(world_text(t, "SELECT verb FROM audit ORDER BY seq DESC LIMIT 1"), STR("staff.invited")));
	last_mail(t, &o);
	assert_true(str_eq(o.to, STR("nina@new.example")));
	assert_int_equal(o.language, SPANISH);
	assert_true(str_eq(mail_value(&o, "role"), STR("Despacho")));
	assert_int_equal(look(t, &t->mine, mailed_token(t), &actor), OK);
	assert_true(actor == line.id);
	/* The neighbour has another key: the same link is nothing there. */
	assert_int_equal(look(t, &t->other, mailed_token(t), &actor), E_INVALID);
}

static void
an_address_that_works_here_already_is_refused(void **state)
{
	struct world *t = *state;
	struct invite in = wish("OLGA@blue.example", ROLE_TECHNICIAN);
	struct staff_line line;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_INVALID, act_staff_invite(&w, &in, &line));
	assert_string_equal(w.fault.field, "email");
	in.email = STR("no address");
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_INVALID, act_staff_invite(&w, &in, &line));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM staff"), 4);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job"), 0);
}

static void
an_owner_who_has_not_confirmed_invites_nobody(void **state)
{
	struct world *t = *state;
	struct invite in = wish("n@new.example", ROLE_TECHNICIAN);
	struct staff_line line;
	struct work w;

	people_arrange(t);
	world_sql(t, "UPDATE staff SET email_confirmed_at = NULL WHERE id = %llu", (unsigned long long)OWNER);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_FORBIDDEN, act_staff_invite(&w, &in, &line));
	assert_string_equal(w.fault.field, "email");
}

static void
a_role_that_sees_pay_wants_the_password_again(void **state)
{
	struct world *t = *state;
	struct invite in = wish("n@new.example", ROLE_MANAGER);
	struct staff_line line;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	w.actor.stepped_up_at = w.now - STEP_UP_S - 1;
	act_done(t, &w, E_FORBIDDEN, act_staff_invite(&w, &in, &line));
	assert_string_equal(w.fault.field, "step_up");
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_staff_invite(&w, &in, &line));
}

static void
nobody_invites_an_owner(void **state)
{
	struct world *t = *state;
	struct invite in = wish("n@new.example", ROLE_OWNER);
	struct staff_line line;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_FORBIDDEN, act_staff_invite(&w, &in, &line));
	assert_string_equal(w.fault.field, "role");
}

static void
a_second_invitation_takes_the_place_of_the_first(void **state)
{
	struct world *t = *state;
	uint64_t actor = 0;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_staff_invite_again(&w, INVITED));
	struct str first = mailed_token(t);
	assert_int_equal(look(t, &t->mine, first, &actor), OK);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_staff_invite_again(&w, INVITED));
	assert_int_equal(look(t, &t->mine, first, &actor), E_INVALID);
	assert_int_equal(look(t, &t->mine, mailed_token(t), &actor), OK);
	assert_true(actor == INVITED);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_staff_invite_again(&w, TECH));
}

static void
a_disabled_person_is_out_everywhere_and_comes_back_as_they_were(void **state)
{
	struct world *t = *state;
	struct work w;

	people_arrange(t);
	world_sql(t,
	    "INSERT INTO session (id, token_hash, actor_kind, actor_id, door, second_factor, created_at, seen_at, "
	    "stepped_up_at, expires_at, ip, country, agent) VALUES "
	    "(1, REPEAT('a', 32), %d, %llu, 2, 0, 1, 1, 1, 9999999999, '', '', ''),"
	    "(2, REPEAT('b', 32), %d, %llu, 1, 0, 1, 1, 1, 9999999999, '', '', ''),"
	    "(3, REPEAT('c', 32), %d, %llu, 3, 0, 1, 1, 1, 9999999999, '', '', '')",
	    ACTOR_STAFF, (unsigned long long)TECH, ACTOR_STAFF, (unsigned long long)MANAGER, ACTOR_CUSTOMER,
	    (unsigned long long)TECH);
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, OK, act_staff_disable(&w, TECH, 1));
	assert_int_equal(world_number(t, "SELECT state FROM staff WHERE id = %llu", (unsigned long long)TECH),
	    STAFF_DISABLED);
	/* Theirs is over; the manager's, and a customer's of the same number, are not. */
	assert_int_equal(world_number(t, "SELECT SUM(ended_at IS NOT NULL) * 10 + SUM(id = 1 AND ended_at IS NOT NULL) FROM session"), 11);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'mail'"), 1);
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, OK, act_staff_enable(&w, TECH));
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, OK, act_staff_disable(&w, INVITED, 1));
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, OK, act_staff_enable(&w, INVITED));
	assert_int_equal(world_number(t, "SELECT SUM(state = %d) * 10 + SUM(state = %d) FROM staff", STAFF_ACTIVE,
	    STAFF_INVITED), 31);
}

static void
a_line_that_somebody_else_changed_is_stale(void **state)
{
	struct world *t = *state;
	struct staff_change in = {.name = STR("Tom Two"), .role = ROLE_DISPATCHER, .version = 1};
	struct staff_line line;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_staff_change(&w, TECH, &in, &line));
	assert_int_equal(line.version, 2);
	assert_int_equal(line.role, ROLE_DISPATCHER);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_staff_change(&w, TECH, &in, &line));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_STALE, act_staff_disable(&w, TECH, 1));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_NOT_FOUND, act_staff_change(&w, 77, &in, &line));
}

static void
a_manager_does_not_touch_the_owner(void **state)
{
	struct world *t = *state;
	struct staff_change in = {.name = STR("Olga"), .role = ROLE_TECHNICIAN, .version = 1};
	struct staff_line line;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, E_FORBIDDEN, act_staff_change(&w, OWNER, &in, &line));
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, E_FORBIDDEN, act_staff_disable(&w, OWNER, 1));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_FORBIDDEN, act_staff_disable(&w, OWNER, 1));
}

static void
there_is_exactly_one_owner_before_and_after_a_hand_over(void **state)
{
	struct world *t = *state;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, MANAGER, ROLE_MANAGER);
	act_done(t, &w, E_FORBIDDEN, act_ownership_give(&w, TECH));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_INVALID, act_ownership_give(&w, INVITED));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_ownership_give(&w, TECH));
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM staff WHERE role = %d", ROLE_OWNER), 1);
	assert_int_equal(world_number(t, "SELECT role FROM staff WHERE id = %llu", (unsigned long long)TECH), ROLE_OWNER);
	assert_int_equal(world_number(t, "SELECT role FROM staff WHERE id = %llu", (unsigned long long)OWNER),
	    ROLE_MANAGER);
	assert_int_equal(world_number(t, "SELECT COUNT(*) FROM job WHERE kind = 'mail'"), 2);
	/* The old owner's session may still say so: the row decides. */
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, E_FORBIDDEN, act_ownership_give(&w, MANAGER));
}

static void
two_who_change_at_once_never_both_win(void **state)
{
	struct world *t = *state;
	struct house *first = t->house, *second = world_house(t);
	struct staff_change in = {.name = STR("Tom Two"), .role = ROLE_DISPATCHER, .version = 1};
	struct staff_line line;
	struct work w, late;

	people_arrange(t);
	t->house = second;
	people_enter(t, &late, MANAGER, ROLE_MANAGER);
	world_ok(t, &late.fault, act_staff_one(&late, TECH, &line)); /* its view of the house is older now */
	t->house = first;
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_staff_change(&w, TECH, &in, &line));
	enum err e = work_close(&late, act_staff_disable(&late, TECH, 1));
	assert_true(e == E_RETRY || e == E_STALE);
	assert_int_equal(world_number(t, "SELECT state FROM staff WHERE id = %llu", (unsigned long long)TECH),
	    STAFF_ACTIVE);
}

static void
the_list_comes_in_pages_by_name_and_can_be_searched(void **state)
{
	struct world *t = *state;
	struct staff_query q = {.q = STR("")};
	struct staff_page page;
	struct work w;
	size_t seen = 0;

	people_arrange(t);
	for (int i = 0; i < 130; i++)
		world_sql(t, "INSERT INTO staff (id, name, email, language, role, state, created_at) VALUES "
		    "(%d, 'Person %03d', 'p%d@blue.example', 'en', %d, %d, 1)", 1000 + (i * 37) % 130, (i * 7) % 65,
		    i, ROLE_TECHNICIAN, STAFF_DISABLED);
	people_enter(t, &w, OWNER, ROLE_OWNER);
	struct str before = STR("");
	do {
		world_ok(t, &w.fault, act_staff_page(&w, &q, &page));
		for (size_t i = 0; i < page.rows_n; i++, seen++) {
			assert_true(str_cmp(before, page.rows[i].name) <= 0);
			before = page.rows[i].name;
		}
		q.after = page.next;
	} while (page.next.is);
	assert_int_equal(seen, 134);
	q = (struct staff_query){.q = STR("oLGA")};
	world_ok(t, &w.fault, act_staff_page(&w, &q, &page));
	assert_int_equal(page.rows_n, 1);
	assert_true(page.rows[0].id == OWNER);
	assert_true(str_eq(page.rows[0].role_name, STR("Owner")));
	q = (struct staff_query){.q = STR(""), .state = STAFF_INVITED};
	world_ok(t, &w.fault, act_staff_page(&w, &q, &page));
	assert_int_equal(page.rows_n, 1);
	q = (struct staff_query){.q = STR("%")};
	world_ok(t, &w.fault, act_staff_page(&w, &q, &page));
	assert_int_equal(page.rows_n, 0);
	world_ok(t, &w.fault, work_close(&w, OK));
}

static void
people_change_their_own_name_and_language(void **state)
{
	struct world *t = *state;
	struct self_change in = {.name = STR("O'Brien <b>"), .language = SPANISH, .version = 1};
	struct self out;
	struct work w;

	people_arrange(t);
	people_enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, OK, act_self_change(&w, &in, &out));
	assert_true(str_eq(out.name, in.name));
	assert_int_equal(out.language, SPANISH);
	assert_true(str_eq(out.role_name, STR("Técnico")));
	assert_false(out.owes_second_factor);
	people_enter(t, &w, TECH, ROLE_TECHNICIAN);
	act_done(t, &w, E_STALE, act_self_change(&w, &in, &out));
	people_enter(t, &w, OWNER, ROLE_OWNER);
	act_done(t, &w, OK, act_self(&w, &out));
	assert_true(out.owes_second_factor);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		world_test(an_invitation_is_a_row_a_mail_and_a_line_of_the_log),
		world_test(an_address_that_works_here_already_is_refused),
		world_test(an_owner_who_has_not_confirmed_invites_nobody),
		world_test(a_role_that_sees_pay_wants_the_password_again),
		world_test(nobody_invites_an_owner),
		world_test(a_second_invitation_takes_the_place_of_the_first),
		world_test(a_disabled_person_is_out_everywhere_and_comes_back_as_they_were),
		world_test(a_line_that_somebody_else_changed_is_stale),
		world_test(a_manager_does_not_touch_the_owner),
		world_test(there_is_exactly_one_owner_before_and_after_a_hand_over),
		world_test(two_who_change_at_once_never_both_win),
		world_test(the_list_comes_in_pages_by_name_and_can_be_searched),
		world_test(people_change_their_own_name_and_language),
	};
	return world_run("acts/staff", tests);
}
