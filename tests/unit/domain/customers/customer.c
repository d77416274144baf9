/* tests/unit/domain/customers/customer.c -- standing, telephone numbers, who receives what. */
#include "domain/customers/customer.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

static void
numbers_are_read_as_the_table_says(void **state)
{
	FILE *in = fopen("tests/cases/phone.csv", "re");
	char text[256];
	unsigned rows = 0;

	(void)state;
	assert_non_null(in);
	while (fgets(text, sizeof(text), in) != NULL) {
		struct str rest, number = str_cut(str_of(text), ',', &rest), want = str_cut(rest, ',', &rest);
		struct str got = STR_NONE;
		struct fault f = {0};
		enum err e;

		if (text[0] == '#')
			continue;
		rows++;
		e = phone_read(number, arena, &got, "phone", &f);
		if (want.n == 0 ? e != E_INVALID : e != OK || !str_eq(got, want))
			fail_msg("%.*s: %s \"%.*s\", want \"%.*s\"", STR_ARG(number), err_name(e), STR_ARG(got), STR_ARG(want));
		assert_true(got.n <= PHONE_MAX);
		if (want.n == 0)
			assert_string_equal(f.field, "phone");
	}
	fclose(in);
	assert_true(rows > 25);
}

static void
no_number_is_fine_and_stays_none(void **state)
{
	struct str got = STR("x");

	(void)state;
	assert_int_equal(phone_read(STR("  "), arena, &got, "phone", NULL), OK);
	assert_int_equal(got.n, 0);
}

static void
standing_follows_from_facts(void **state)
{
	static const struct {
		struct standing_facts f;
		enum customer_standing want;
	} row[] = {
		{{false, 0, 0, false}, STANDING_LEAD},
		{{false, 2, 1, true}, STANDING_ROUTED},
		{{false, 2, 0, true}, STANDING_UNROUTED},
		{{false, 0, 0, true}, STANDING_INACTIVE},
		{{true, 2, 1, true}, STANDING_ARCHIVED},
		{{true, 0, 0, false}, STANDING_ARCHIVED},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_int_equal(standing_of(&row[i].f), row[i].want);
}

static void
a_channel_that_is_chosen_must_exist(void **state)
{
	struct contact_facts c = {RELATION_OWNER, true, false, 1, 0, 0};
	struct fault f = {0};

	(void)state;
	assert_int_equal(contact_check(&c, NULL), OK);
	c.phone = false;
	assert_int_equal(contact_check(&c, &f), E_INVALID);
	assert_string_equal(f.field, "by_sms");
	c = (struct contact_facts){.relation = RELATION_OWNER, .by_voice = 4, .email = true};
	f = (struct fault){0};
	assert_int_equal(contact_check(&c, &f), E_INVALID);
	assert_string_equal(f.field, "by_voice");
	f = (struct fault){0};
	c.phone = true;
	assert_int_equal(contact_check(&c, &f), OK);
	assert_true(contact_wants(&c, MESSAGE_SCHEDULE, CHANNEL_VOICE) && !contact_wants(&c, MESSAGE_SCHEDULE, CHANNEL_SMS));
	c = (struct contact_facts){RELATION_OWNER, false, false, 0, 4, 0};
	f = (struct fault){0};
	assert_int_equal(contact_check(&c, &f), E_INVALID);
	assert_string_equal(f.field, "by_email");
}

static void
a_tenant_gets_no_bill_and_the_billing_contact_nothing_else(void **state)
{
	struct contact_facts tenant = {.relation = RELATION_TENANT, .phone = true, .email = true};
	struct contact_facts billing = {.relation = RELATION_BILLING, .phone = true, .email = true};

	(void)state;
	contact_defaults(tenant.relation, true, true, &tenant.by_sms, &tenant.by_email);
	contact_defaults(billing.relation, true, true, &billing.by_sms, &billing.by_email);
	assert_true(contact_wants(&tenant, MESSAGE_ON_THE_WAY, CHANNEL_SMS));
	assert_true(contact_wants(&tenant, MESSAGE_REPORT, CHANNEL_EMAIL));
	assert_false(contact_wants(&tenant, MESSAGE_BILL, CHANNEL_EMAIL));
	assert_true(contact_wants(&billing, MESSAGE_BILL, CHANNEL_EMAIL));
	assert_false(contact_wants(&billing, MESSAGE_BILL, CHANNEL_SMS));
	assert_false(contact_wants(&billing, MESSAGE_REPORT, CHANNEL_EMAIL));
}

static void
defaults_choose_only_channels_that_are_there(void **state)
{
	(void)state;
	for (enum relation r = RELATION_OWNER; r < RELATIONS; r++)
		for (unsigned way = 0; way < 4; way++) {
			struct contact_facts c = {.relation = r, .phone = (way & 1) != 0, .email = (way & 2) != 0};

			contact_defaults(r, c.phone, c.email, &c.by_sms, &c.by_email);
			assert_int_equal(contact_check(&c, NULL), OK);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_are_read_as_the_table_says),
	    cmocka_unit_test(no_number_is_fine_and_stays_none),
	    cmocka_unit_test(standing_follows_from_facts),
	    cmocka_unit_test(a_channel_that_is_chosen_must_exist),
	    cmocka_unit_test(a_tenant_gets_no_bill_and_the_billing_contact_nothing_else),
	    cmocka_unit_test(defaults_choose_only_channels_that_are_there),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
