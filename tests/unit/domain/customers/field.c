/* tests/unit/domain/customers/field.c -- values of the company's own fields are held to their type. */
#include "domain/customers/field.h"

#include "tests/unit/test.h"

static const struct own_option colours[] = {{{"Gold", 4}}, {{"Silver", 6}}};
static const struct own_field fields[] = {
	{1, RECORD_CUSTOMER, FIELD_TYPE_TEXT, NULL, 0},
	{2, RECORD_CUSTOMER, FIELD_TYPE_NUMBER, NULL, 0},
	{3, RECORD_CUSTOMER, FIELD_TYPE_DAY, NULL, 0},
	{4, RECORD_CUSTOMER, FIELD_TYPE_CHOICE, colours, 2},
	{5, RECORD_CUSTOMER, FIELD_TYPE_YES_NO, NULL, 0},
	{6, RECORD_POOL, FIELD_TYPE_TEXT, NULL, 0},
};

static void
each_type_takes_its_values_and_no_others(void **state)
{
	static const struct {
		uint64_t field;
		const char *value;
		bool good;
	} row[] = {
		{1, "anything: \"<>\"", true},
		{2, "12", true}, {2, "-12.50", true}, {2, "0.1", true}, {2, "123456789012345", true},
		{2, "1234567890123456", false}, {2, "", true}, {2, "-", false}, {2, ".", false}, {2, ".5", false},
		{2, "5.", false}, {2, "1.2.3", false}, {2, "1e9", false}, {2, "12,5", false}, {2, " 1", false},
		{3, "2024-02-29", true}, {3, "2023-02-29", false}, {3, "today", false},
		{4, "Gold", true}, {4, "gold", false}, {4, "Tin", false},
		{5, "yes", true}, {5, "no", true}, {5, "true", false},
		{6, "of another record", false}, {7, "of no field", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const struct own_value v = {row[i].field, str_of(row[i].value)};
		enum err e = own_check(fields, COUNT_OF(fields), RECORD_CUSTOMER, &v, 1, NULL);

		if (e != (row[i].good ? OK : E_INVALID))
			fail_msg("field %d \"%s\": %s", (int)row[i].field, row[i].value, err_name(e));
	}
}

static void
a_field_is_not_filled_twice(void **state)
{
	const struct own_value twice[] = {{1, STR("a")}, {2, STR("1")}, {1, STR("b")}};

	(void)state;
	assert_int_equal(own_check(fields, COUNT_OF(fields), RECORD_CUSTOMER, twice, 2, NULL), OK);
	assert_int_equal(own_check(fields, COUNT_OF(fields), RECORD_CUSTOMER, twice, 3, NULL), E_INVALID);
}

static void
a_field_that_makes_no_sense_is_refused(void **state)
{
	const struct own_option twice[] = {{STR("Gold")}, {STR("GOLD")}};
	const struct {
		struct own_field d;
		const char *field;
	} row[] = {
		{{1, RECORD_NOTE, FIELD_TYPE_TEXT, NULL, 0}, "on"},
		{{1, RECORD_POOL, FIELD_TYPE_TEXT, colours, 2}, "options"},
		{{1, RECORD_POOL, FIELD_TYPE_CHOICE, colours, 1}, "options"},
		{{1, RECORD_POOL, FIELD_TYPE_CHOICE, twice, 2}, "options"},
		{{1, RECORD_STAFF, FIELD_TYPE_CHOICE, colours, 2}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct fault f = {0};

		assert_int_equal(own_field_check(&row[i].d, &f), row[i].field == NULL ? OK : E_INVALID);
		if (row[i].field != NULL)
			assert_string_equal(f.field, row[i].field);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_type_takes_its_values_and_no_others),
	    cmocka_unit_test(a_field_is_not_filled_twice),
	    cmocka_unit_test(a_field_that_makes_no_sense_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
