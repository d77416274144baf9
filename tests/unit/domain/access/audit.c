/* tests/unit/domain/access/audit.c -- no two lines of the log have the same bytes. */
#include "domain/access/audit.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static struct audit_line
line(void)
{
	return (struct audit_line){.seq = 12, .at = 1795295063, .actor_kind = 1, .actor_id = 34,
	    .actor_name = STR("Ana"), .verb = STR("staff.invited"), .noun = STR("staff"), .object_id = 5,
	    .detail = STR("Bo as technician"), .ip = STR("192.0.2.1"), .country = STR("US"),
	    .trace = STR("t"), .prev_hash = STR("0123456789abcdef0123456789abcdef")};
}

static void
every_field_changes_the_bytes(void **state)
{
	struct audit_line l = line();
	struct str before = audit_bytes(&l, a);

	(void)state;
#define CHANGED(member, other)                                    \
	do {                                                      \
		l = line();                                       \
		l.member = other;                                 \
		assert_false(str_eq(audit_bytes(&l, a), before)); \
	} while (0)
	CHANGED(seq, 13);
	CHANGED(at, 1795295064);
	CHANGED(actor_kind, 2);
	CHANGED(actor_id, 35);
	CHANGED(actor_name, STR("Eva"));
	CHANGED(verb, STR("staff.disabled"));
	CHANGED(noun, STR("role"));
	CHANGED(object_id, 6);
	CHANGED(detail, STR("Bo as manager"));
	CHANGED(ip, STR("192.0.2.2"));
	CHANGED(country, STR("MX"));
	CHANGED(trace, STR("u"));
	CHANGED(prev_hash, STR("1123456789abcdef0123456789abcdef"));
	l = line();
	l.hash = STR("x");
	assert_true(str_eq(audit_bytes(&l, a), before));
}

static void
a_word_moved_to_the_next_field_changes_the_bytes(void **state)
{
	struct audit_line l = line(), m = line();

	(void)state;
	l.actor_name = STR("Ana3,bo");
	l.verb = STR("x");
	m.actor_name = STR("Ana");
	m.verb = STR("3,box");
	assert_false(str_eq(audit_bytes(&l, a), audit_bytes(&m, a)));
}

static void
a_line_follows_only_the_one_before_it(void **state)
{
	struct audit_line l = line();

	(void)state;
	assert_true(audit_follows(&l, 11, l.prev_hash));
	assert_false(audit_follows(&l, 10, l.prev_hash));
	assert_false(audit_follows(&l, 12, l.prev_hash));
	assert_false(audit_follows(&l, 11, STR("another hash of thirty-two bytes")));
}

static void
a_detail_is_cut_between_characters_and_has_no_control_characters(void **state)
{
	struct str s = audit_cut(a, STR("a\xc3\xa9\xe2\x82\xac\nb"), 4);

	(void)state;
	assert_true(str_eq(s, STR("a\xc3\xa9\xe2\x82\xac ")));
	assert_true(str_eq(audit_cut(a, STR("a\xc3\xa9"), 1), STR("a")));
	assert_true(str_eq(audit_cut(a, STR("a\xc3\xa9"), 2), STR("a\xc3\xa9")));
	assert_int_equal(audit_cut(a, STR_NONE, 3).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_changes_the_bytes),
		cmocka_unit_test(a_word_moved_to_the_next_field_changes_the_bytes),
		cmocka_unit_test(a_line_follows_only_the_one_before_it),
		cmocka_unit_test(a_detail_is_cut_between_characters_and_has_no_control_characters),
	};
	return cmocka_run_group_tests_name("domain/access/audit", tests, open_arena, close_arena);
}
