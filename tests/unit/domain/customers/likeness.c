/* tests/unit/domain/customers/likeness.c -- who is perhaps one and the same. */
#include "domain/customers/likeness.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
same(struct str x, struct str y)
{
	if (!str_eq(x, y))
		fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(x), STR_ARG(y));
}

static void
names_and_streets_are_folded(void **state)
{
	(void)state;
	same(like_name(STR("Hernández,  Luis"), a), like_name(STR("luis HERNANDEZ"), a));
	same(like_street(STR("6418 East Sunnyslope Lane"), STR("85254-1234"), a), like_street(STR("6418 E. Sunnyslope Ln"), STR("85254"), a));
	same(like_street(STR("1 A St, Unit 4"), STR(""), a), like_street(STR("1 A Street #apt 4"), STR(""), a));
	assert_false(str_eq(like_street(STR("1 A St"), STR("85201"), a), like_street(STR("2 A St"), STR("85201"), a)));
}

static void
a_slip_is_near_and_another_name_is_not(void **state)
{
	static const struct {
		const char *x, *y;
		bool near;
	} of[] = {
		{"dana whitfield", "dana whitfeild", true}, {"dana whitfield", "dana whitfield", true},
		{"dana whitfield", "dana whitfeld", true}, {"dana whitfield", "dan whitfild", true},
		{"dana whitfield", "dora winfield", false}, {"rosa", "rose", true}, {"rosa", "ross a", false},
		{"ana", "ann", false}, {"smith", "smyth", true}, {"smith", "simth", true}, {"smith", "symth", false}, {"smith", "smythe", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++)
		if (like_near(str_of(of[i].x), str_of(of[i].y)) != of[i].near || like_near(str_of(of[i].y), str_of(of[i].x)) != of[i].near)
			fail_msg("%s, %s", of[i].x, of[i].y);
}

static void
what_is_shared_is_found_and_weighed(void **state)
{
	const struct like_facts f[] = {
		{1, STR("Dana Whitfield"), STR("Tempe"), STR("+14805550142"), STR("d@w.example"), STR("1 Main St|85281")},
		{2, STR("D. Whitfield"), STR("Mesa"), STR("+14805550142 +14805550143"), STR("D@w.example d@w.example"), STR("9 Oak|85201\n1 Main Street|85281")},
		{3, STR("Whitfeild, Dana"), STR("Tempe"), STR(""), STR(""), STR("")},
		{4, STR("Whitfeild Dana"), STR("Yuma"), STR(""), STR(""), STR("|85281")},
		{5, STR("Somebody Else"), STR("Tempe"), STR(""), STR(""), STR("")},
	};
	struct like_pair *p;
	size_t n;

	(void)state;
	p = like_pairs(f, 5, a, &n);
	assert_int_equal(n, 3);
	assert_int_equal(p[0].a, 1);
	assert_int_equal(p[0].b, 2);
	assert_int_equal(p[0].why, 1 << LIKE_PHONE | 1 << LIKE_EMAIL | 1 << LIKE_ADDRESS);
	assert_int_equal(p[1].a, 3); /* the same name: 2 */
	assert_int_equal(p[1].b, 4);
	assert_int_equal(p[2].a, 1); /* a near one in the same city: 1; 1 and 4 live apart */
	assert_int_equal(p[2].b, 3);
}

static void
what_many_share_says_nothing(void **state)
{
	struct like_facts f[LIKE_SHARED_MAX + 1];
	size_t n;

	(void)state;
	for (size_t i = 0; i <= LIKE_SHARED_MAX; i++)
		f[i] = (struct like_facts){i + 1, str_printf(a, "Owner number%zu of %zu", i * 7919, i), STR(""), STR("+14805550142"), STR(""), STR("")};
	like_pairs(f, LIKE_SHARED_MAX + 1, a, &n);
	assert_int_equal(n, 0);
	like_pairs(f, LIKE_SHARED_MAX, a, &n);
	assert_int_equal(n, LIKE_SHARED_MAX * (LIKE_SHARED_MAX - 1) / 2);
	like_pairs(f, 0, a, &n);
	assert_int_equal(n, 0);
}

static void
a_slip_in_an_e_mail_a_street_a_number_is_found(void **state)
{
	const struct like_facts f[] = {
		{1, STR("Dana Whitfield"), STR("Tempe"), STR("+14805550142"), STR("dana@gmail.example"), STR("6418 Sunnyslope Lane|85254")},
		{2, STR("The Whitfields"), STR("Mesa"), STR("+14805550124"), STR("dana@gmial.example"), STR("")},
		{3, STR("Somebody Else"), STR("Tempe"), STR(""), STR(""), STR("6418 E Sunyslope Ln|85254")},
		{4, STR("Next Door"), STR("Tempe"), STR("+14805559142"), STR(""), STR("6419 Sunnyslope Lane|85254")},
		{5, STR("Bo Sunyslope"), STR("Tempe"), STR(""), STR(""), STR("6418 Sunyslope Lane|85254")},
	};
	struct like_pair *p;
	size_t n;

	(void)state;
	p = like_pairs(f, 5, a, &n);
	assert_int_equal(n, 2);
	assert_true(p[0].a == 1 && p[0].b == 2 && p[0].why == (1 << LIKE_NEAR_EMAIL | 1 << LIKE_NEAR_PHONE));
	/* The number of the house is not a slip, and telephones that differ by a digit are strangers'. */
	assert_true(p[1].a == 1 && p[1].b == 5 && p[1].why == 1 << LIKE_NEAR_ADDRESS);
}

/* Places without a name are called by their address. */
static void
a_name_with_another_number_is_another_name(void **state)
{
	const struct like_facts f[] = {
		{1, STR("10001 Woodcreek Oaks Blvd Unit 1415"), STR("Roseville"), STR(""), STR(""), STR("")},
		{2, STR("10001 Woodcreek Oaks Blvd Unit 815"), STR("Roseville"), STR(""), STR(""), STR("")},
		{3, STR("10001 Wodcreek Oaks Blvd Unit 815"), STR("Roseville"), STR(""), STR(""), STR("")},
	};
	struct like_pair *p;
	size_t n;

	(void)state;
	p = like_pairs(f, 3, a, &n);
	assert_int_equal(n, 1);
	assert_true(p[0].a == 2 && p[0].b == 3 && p[0].why == 1 << LIKE_NEAR_NAME);
}

static uint32_t dice = 4711;
static uint32_t
throw(uint32_t n)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % n;
}

/* Against all pairs: names too short for two slips, so that like_near means one. */
static void
every_pair_with_one_slip_is_found(void **state)
{
	enum { N = 400 };
	struct like_facts f[N];
	size_t n, near = 0, found = 0;
	struct like_pair *p;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		char *name = arena_array(a, char, 8);
		size_t length = 5 + throw(3);

		for (size_t k = 0; k < length; k++)
			name[k] = (char)('a' + throw(7));
		f[i] = (struct like_facts){i + 1, (struct str){name, length}, STR("Tempe"), STR(""), STR(""), STR("")};
	}
	p = like_pairs(f, N, a, &n);
	for (size_t i = 0; i < n; i++)
		found += (p[i].why & 1 << LIKE_NEAR_NAME) != 0;
	for (size_t i = 0; i < N; i++)
		for (size_t j = i + 1; j < N; j++)
			near += !str_eq(f[i].name, f[j].name) && like_near(f[i].name, f[j].name);
	assert_true(near > 20);
	assert_int_equal(found, near);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_streets_are_folded),
		cmocka_unit_test(a_slip_is_near_and_another_name_is_not),
		cmocka_unit_test(what_is_shared_is_found_and_weighed),
		cmocka_unit_test(a_slip_in_an_e_mail_a_street_a_number_is_found),
		cmocka_unit_test(a_name_with_another_number_is_another_name),
		cmocka_unit_test(every_pair_with_one_slip_is_found),
		cmocka_unit_test(what_many_share_says_nothing),
	};

	return cmocka_run_group_tests_name("domain/customers/likeness", tests, open_arena, close_arena);
}
