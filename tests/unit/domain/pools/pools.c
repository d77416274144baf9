/* tests/unit/domain/pools/pools.c -- litres from sizes, warranty and service days. */
#include "domain/pools/equipment.h"
#include "domain/pools/volume.h"

#include "tests/unit/test.h"

static enum pool_shape
shape_named(struct str name)
{
	for (unsigned i = 0; pool_shape_names[i] != NULL; i++)
		if (str_eq(name, str_of(pool_shape_names[i])))
			return (enum pool_shape)i;
	fail_msg("no shape %.*s", STR_ARG(name));
	return POOL_SHAPELESS;
}

static void
volumes_are_as_the_table_says(void **state)
{
	FILE *in = fopen("tests/cases/volume.csv", "re");
	char text[256];
	unsigned rows = 0;

	(void)state;
	assert_non_null(in);
	while (fgets(text, sizeof(text), in) != NULL) {
		struct str rest, name = str_cut(str_of(text), ',', &rest), sizes = str_cut(rest, ',', &rest),
				 want = str_cut(rest, ',', &rest);
		int32_t cm[8];
		uint32_t litres = 0;
		uint64_t wanted = 0;
		size_t n = 0;

		if (text[0] == '#')
			continue;
		rows++;
		while (sizes.n > 0) {
			int64_t v = 0;

			assert_true(n < COUNT_OF(cm) && str_i64(str_cut(sizes, ' ', &sizes), &v));
			cm[n++] = (int32_t)v;
		}
		enum err e = volume_of(shape_named(name), cm, n, &litres, NULL);
		if (want.n == 0 ? e != E_INVALID : e != OK || !str_u64(want, &wanted) || litres != wanted)
			fail_msg("%s: %s %u", text, err_name(e), litres);
	}
	fclose(in);
	assert_true(rows > 12);
}

static void
gallons_are_those_of_the_united_states(void **state)
{
	(void)state;
	assert_int_equal(volume_us_gallons(0), 0);
	assert_int_equal(volume_us_gallons(75000), 19813);
	assert_int_equal(volume_us_gallons(VOLUME_L_MAX), 2641721);
}

static void
service_counts_from_the_last_one_else_from_the_day_it_was_installed(void **state)
{
	struct equipment_facts e = {.service_every_days = 182};

	(void)state;
	assert_false(equipment_due(&e).is);
	e.installed = (struct maybe_day){true, {20000}};
	assert_true(equipment_due(&e).is && equipment_due(&e).v.n == 20182);
	e.serviced = (struct maybe_day){true, {20100}};
	assert_int_equal(equipment_due(&e).v.n, 20282);
	e.service_every_days = 0;
	assert_false(equipment_due(&e).is);
}

static void
the_last_day_of_a_warranty_is_covered(void **state)
{
	struct equipment_facts e = {.warranty = {true, {20000}}};

	(void)state;
	assert_true(equipment_covered(&e, (struct day){20000}));
	assert_false(equipment_covered(&e, (struct day){20001}));
	e.warranty.is = false;
	assert_false(equipment_covered(&e, (struct day){1}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(volumes_are_as_the_table_says),
	    cmocka_unit_test(gallons_are_those_of_the_united_states),
	    cmocka_unit_test(service_counts_from_the_last_one_else_from_the_day_it_was_installed),
	    cmocka_unit_test(the_last_day_of_a_warranty_is_covered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
