/* tests/unit/domain/customers/property.c -- where a property lies after an edit, and wishes that can be obeyed. */
#include "domain/customers/property.h"

#include "tests/unit/test.h"

#define AT(v) ((struct maybe_i64){true, (v)})
#define NOWHERE ((struct maybe_i64){0})

static const struct location geocoded = {{true, 33000000}, {true, -112000000}, PLACE_GEOCODED, 80};
static const struct location pinned = {{true, 33000000}, {true, -112000000}, PLACE_PINNED, 100};

static void
an_edit_that_leaves_the_address_leaves_the_place(void **state)
{
	struct location out;

	(void)state;
	assert_int_equal(place_after(&geocoded, AT(33000000), AT(-112000000), false, &out, NULL), OK);
	assert_memory_equal(&out, &geocoded, sizeof(out));
}

static void
another_address_is_looked_up_again_unless_somebody_pinned_it(void **state)
{
	struct location out;

	(void)state;
	assert_int_equal(place_after(&geocoded, AT(33000000), AT(-112000000), true, &out, NULL), OK);
	assert_true(out.source == PLACE_NONE && !out.lat_e6.is && !out.lng_e6.is);
	assert_int_equal(place_after(&pinned, AT(33000000), AT(-112000000), true, &out, NULL), OK);
	assert_memory_equal(&out, &pinned, sizeof(out));
}

static void
other_coordinates_are_a_pin_and_none_forget_it(void **state)
{
	struct location out;

	(void)state;
	assert_int_equal(place_after(&geocoded, AT(33000001), AT(-112000000), true, &out, NULL), OK);
	assert_true(out.source == PLACE_PINNED && out.lat_e6.v == 33000001 && out.score == 100);
	assert_int_equal(place_after(&pinned, NOWHERE, NOWHERE, false, &out, NULL), OK);
	assert_int_equal(out.source, PLACE_NONE);
	assert_int_equal(place_after(&pinned, AT(1), NOWHERE, false, &out, NULL), E_INVALID);
}

static void
wishes_that_nobody_could_obey_are_refused(void **state)
{
	static const uint64_t never[] = {7};
	static const struct {
		struct wishes x;
		const char *field;
	} row[] = {
		{{.like_days = 3, .not_days = 2}, "not_days"},
		{{.not_days = 0x7f}, "not_days"},
		{{.from_minute = {true, 600}, .to_minute = {true, 600}}, "to_minute"},
		{{.usual_tech_id = {true, 7}, .never_tech = never, .never_techs = 1}, "usual_tech_id"},
		{{.same_tech = true}, "same_tech"},
		{{.like_days = 1, .not_days = 0x7e, .from_minute = {true, 0}, .to_minute = {true, 1}}, NULL},
		{{.same_tech = true, .usual_tech_id = {true, 8}, .never_tech = never, .never_techs = 1}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct fault f = {0};

		assert_int_equal(wishes_check(&row[i].x, &f), row[i].field == NULL ? OK : E_INVALID);
		if (row[i].field != NULL)
			assert_string_equal(f.field, row[i].field);
	}
}

static void
what_people_do_not_want_is_known_by_its_name_or_by_what_it_is(void **state)
{
	const struct str wish[] = {STR("Trichlor"), STR("ácido"), STR("acid"), STR("")};
	struct arena *a = arena_open(4096, 1 << 20, NULL);

	(void)state;
	assert_true(wish_refuses(wish, 4, STR("Tabs 3 in"), STR("trichlor"), STR(""), a));
	assert_true(wish_refuses(wish, 4, STR("TRICHLOR tabs"), STR("other"), STR(""), a));
	assert_true(wish_refuses(wish, 4, STR("Muriatic acid 31 %"), STR("muriatic"), STR(""), a));
	assert_true(wish_refuses(wish, 4, STR("Acido seco"), STR("other"), STR(""), a));
	assert_true(wish_refuses(wish, 4, STR("pH down"), STR("dry_acid"), STR(""), a));
	assert_false(wish_refuses(wish, 4, STR("Bleach 10 %"), STR("liquid_chlorine"), STR(""), a));
	assert_false(wish_refuses(wish, 4, STR("Placid water"), STR("other"), STR(""), a)); /* no part of a word */
	assert_false(wish_refuses(wish, 0, STR("Trichlor"), STR("trichlor"), STR(""), a));
	/* By any of its names, in both languages; of a kind that stands on no list yet, too. */
	const struct str tabs[] = {STR("pastillas")};
	assert_true(wish_refuses(tabs, 1, STR(""), STR("trichlor"), STR("tablets,pastillas"), a));
	assert_false(wish_refuses(tabs, 1, STR(""), STR("cal_hypo"), STR("shock,cloro"), a));
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_edit_that_leaves_the_address_leaves_the_place),
	    cmocka_unit_test(another_address_is_looked_up_again_unless_somebody_pinned_it),
	    cmocka_unit_test(other_coordinates_are_a_pin_and_none_forget_it),
	    cmocka_unit_test(wishes_that_nobody_could_obey_are_refused),
	    cmocka_unit_test(what_people_do_not_want_is_known_by_its_name_or_by_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
