/* tests/unit/domain/water/water.c -- every vector of the product notes, section 3, against
 * domain/water. */
#include "domain/water/dose.h"
#include "domain/water/maths.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/test.h"

#define CELLS         14
#define GALLONS_10000 37854.11784
#define FL_OZ         29.5735295625
#define OZ            28.349523125

static unsigned
index_of(const char *const *names, struct str name)
{
	for (unsigned i = 0; names[i] != NULL; i++)
		if (str_eq(name, str_of(names[i])))
			return i;
	fail_msg("no such name: %.*s", STR_ARG(name));
	return 0;
}

static double
number(struct str s)
{
	char text[64];

	assert_true(s.n < sizeof(text));
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	return strtod(text, NULL);
}

static int32_t
hundredths(struct str s)
{
	return (int32_t)water_round(number(s) * 100);
}

/* rows_of -- each line of a table of cases, cut at its commas */
static void
rows_of(const char *path, unsigned least, void (*row)(const struct str *cell, const char *line))
{
	FILE *in = fopen(path, "re");
	char text[512];
	unsigned rows = 0;

	assert_non_null(in);
	while (fgets(text, sizeof(text), in) != NULL) {
		struct str rest = str_trim(str_of(text)), cell[CELLS] = {STR_NONE};

		if (text[0] == '#')
			continue;
		for (size_t n = 0; n < CELLS && rest.n > 0; n++)
			cell[n] = str_cut(rest, ',', &rest);
		row(cell, text);
		rows++;
	}
	fclose(in);
	assert_true(rows >= least);
}

static void
close_to(double is, double wanted, double within, const char *line)
{
	if (fabs(is - wanted) > within + 1e-9)
		fail_msg("%s: is %.4f", line, is);
}

/* ---- maths ---- */

static void
our_logarithm_and_power_are_those_of_the_c_library(void **state)
{
	(void)state;
	for (double x = 1e-9; x < 1e9; x *= 1.013)
		assert_true(fabs(water_log10(x) - log10(x)) < 4e-15);
	for (double x = -30; x < 30; x += 0.0137)
		assert_true(fabs(water_exp10(x) / pow(10, x) - 1) < 3e-14);
}

static void
a_half_is_rounded_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(water_round(2.5), 3);
	assert_int_equal(water_round(-2.5), -3);
	assert_int_equal(water_round(0.49999999999999994), 0);
	assert_int_equal(water_round(-0.2), 0);
}

/* ---- chlorine by stabiliser ---- */

static void
fc_row(const struct str *cell, const char *line)
{
	const struct water_pool p = {
	    POOL_POOL, (enum pool_sanitiser)index_of(pool_sanitiser_names, cell[0]), false, 1};
	const struct level cya = {true, hundredths(cell[1]), HOW_EXACT};
	struct band bands[MEASURES];

	bands_of(&p, NULL, 0, NULL, 0, bands);
	struct fc_range r = fc_range_of(FC_BY_CYA, p.sanitiser, &cya, &bands[MEASURE_FC]);
	if (r.least != hundredths(cell[2]) || r.aim_low != hundredths(cell[3]) ||
	    r.aim_high != hundredths(cell[4]) || r.shock != hundredths(cell[5]))
		fail_msg("%s: is %d %d %d %d", line, r.least, r.aim_low, r.aim_high, r.shock);
}

static void
chlorine_follows_the_chart_of_stabiliser(void **state)
{
	(void)state;
	rows_of("tests/cases/fc_cya.csv", 13, fc_row);
}

static void
without_stabiliser_known_or_by_the_classic_school_the_range_is_the_companys(void **state)
{
	const struct water_pool p = {POOL_POOL, SANITISER_CHLORINE, false, 1};
	const struct measure_rule low = {MEASURE_FC, 0, 0, true, true, 0, true, 100, 150, 250, 500};
	const struct level none = {0}, fifty = {true, 5000, HOW_EXACT};
	struct band bands[MEASURES];

	(void)state;
	bands_of(&p, NULL, 0, NULL, 0, bands);
	assert_int_equal(
	    fc_range_of(FC_BY_CYA, p.sanitiser, &none, &bands[MEASURE_FC]).basis, BASIS_NO_CYA);
	assert_int_equal(
	    fc_range_of(FC_CLASSIC, p.sanitiser, &fifty, &bands[MEASURE_FC]).aim_high, 400);
	bands_of(&p, &low, 1, NULL, 0, bands);
	struct fc_range own = fc_range_of(FC_BY_CYA, p.sanitiser, &fifty, &bands[MEASURE_FC]);
	assert_int_equal(own.basis, BASIS_OWN);
	assert_int_equal(own.aim_low, 150);
}

/* ---- balance ---- */

static void
balance_row(const struct str *cell, const char *line)
{
	const struct balance_in in = {.ph = hundredths(cell[0]),
	    .temp = (int32_t)water_round((number(cell[1]) - 32) / 1.8 * 100),
	    .ch = hundredths(cell[2]),
	    .ta = hundredths(cell[3]),
	    .cya = hundredths(cell[4]),
	    .borate = hundredths(cell[5]),
	    .salt = hundredths(cell[6]),
	    .tds = hundredths(cell[7])};
	struct balance b = balance_of(&in);
	double within = number(cell[11]);

	assert_true(b.computed);
	if (cell[8].n > 0)
		close_to(round(b.carbonate / 10.0) / 10, number(cell[8]), 0, line);
	if (cell[9].n > 0)
		close_to(b.csi, number(cell[9]) * 100, within, line);
	if (cell[10].n > 0)
		close_to(b.lsi, number(cell[10]) * 100, within, line);
}

static void
both_indices_are_as_published(void **state)
{
	(void)state;
	rows_of("tests/cases/balance.csv", 10, balance_row);
}

static void
no_carbonate_left_is_said_and_never_computed(void **state)
{
	const struct balance_in gone = {
	    .ph = 740, .temp = 2500, .ch = 30000, .ta = 3000, .cya = 15000};
	const struct balance_in soft = {.ph = 740, .temp = 2500, .ch = 0, .ta = 9000};

	(void)state;
	assert_false(balance_of(&gone).computed);
	assert_true(balance_of(&gone).carbonate < 0);
	assert_false(balance_of(&soft).computed);
}

static void
the_temperature_factor_has_no_steps(void **state)
{
	struct balance_in in = {.ph = 750, .ch = 30000, .ta = 10000};
	double last = -100;

	(void)state;
	for (in.temp = 0; in.temp < 5400; in.temp += 10) {
		double now = balance_of(&in).lsi_exact;
		assert_true(now >= last && (last < -50 || now - last < 0.004));
		last = now;
	}
}

/* ---- products ---- */

static double
member(const struct effect *e, struct str name)
{
	return str_eq(name, STR("fc"))     ? e->fc
	       : str_eq(name, STR("ta"))   ? e->ta
	       : str_eq(name, STR("ch"))   ? e->ch
	       : str_eq(name, STR("cya"))  ? e->cya
	       : str_eq(name, STR("salt")) ? e->salt
					   : e->carbon;
}

static void
chemical_row(const struct str *cell, const char *line)
{
	struct effect e = chemical_effect(
	    (enum chemical)index_of(chemical_names, cell[0]), (uint32_t)hundredths(cell[1]));
	double amount = number(cell[3]) / member(&e, cell[2]) * GALLONS_10000;
	double unit = str_eq(cell[5], STR("fl_oz")) ? FL_OZ
		      : str_eq(cell[5], STR("lb"))  ? 16 * OZ
						    : OZ;

	close_to(amount / unit, number(cell[4]), number(cell[6]), line);
}

static void
side_effect_row(const struct str *cell, const char *line)
{
	struct effect e = chemical_effect(
	    (enum chemical)index_of(chemical_names, cell[0]), (uint32_t)hundredths(cell[1]));

	close_to(member(&e, cell[3]) / member(&e, cell[2]), number(cell[4]), number(cell[5]), line);
}

static void
amounts_follow_from_mass_balance(void **state)
{
	(void)state;
	rows_of("tests/cases/chemical.csv", 19, chemical_row);
	rows_of("tests/cases/side_effect.csv", 12, side_effect_row);
}

static void
ph_row(const struct str *cell, const char *line)
{
	double acid = -chemical_effect(CHEMICAL_MURIATIC, 3145).ta, from = number(cell[1]),
	       to = number(cell[2]);
	double ta = number(cell[0]), t = (from + to) / 2;
	struct acidity x;

	assert_true(acidity_of(from, ta, 40, 0, &x));
	close_to((ta - acidity_ta_at(&x, to)) / acid * GALLONS_10000 / FL_OZ, number(cell[3]), 0.1,
	    line);
	double adj =
	    (192.1626 - 60.1221 * t + 6.0752 * t * t - 0.1943 * t * t * t) * (ta + 13.91) / 114.6;
	close_to((from - to) * adj * 10000 / 240.15, number(cell[4]), 0.1, line);
	assert_true(fabs(number(cell[3]) / number(cell[4]) - 1) < 0.115);
}

static void
acid_for_ph_follows_the_closed_system_within_eleven_percent_of_the_polynomial(void **state)
{
	(void)state;
	rows_of("tests/cases/ph_dose.csv", 20, ph_row);
}

static void
acid_lowers_ph_and_soda_ash_raises_it_back(void **state)
{
	struct acidity x;

	(void)state;
	assert_true(acidity_of(7.8, 100, 40, 0, &x));
	x.ta = acidity_ta_at(&x, 7.4);
	acidity_settle(&x);
	assert_true(fabs(x.ph - 7.4) < 1e-8);
	double soda = acidity_soda_for(&x, 7.6);
	x.ta += 2 * soda;
	x.carbon += soda;
	acidity_settle(&x);
	assert_true(fabs(x.ph - 7.6) < 1e-8);
	/* 7.2 to 7.4 at TA 100 wants 12 to 14 oz in 10,000 gal where old charts say 6 (3.5). */
	assert_true(acidity_of(7.2, 100, 40, 0, &x));
	double oz = acidity_soda_for(&x, 7.4) / chemical_effect(CHEMICAL_SODA_ASH, 10000).carbon *
		    GALLONS_10000 / OZ;
	assert_true(oz > 8 && oz < 15);
}

/* ---- plans ---- */

static const struct dose_product shelf[] = {
    {1, CHEMICAL_LIQUID_CHLORINE, 1250, UNIT_GALLON, 378541, 0, 0, false},
    {2, CHEMICAL_MURIATIC, 3145, UNIT_GALLON, 378541, 0, 0, false},
    {3, CHEMICAL_BICARB, 10000, UNIT_LB, 45359, 0, 0, false},
    {4, CHEMICAL_SODA_ASH, 10000, UNIT_LB, 45359, 0, 0, false},
    {5, CHEMICAL_CALCIUM_CHLORIDE, 7700, UNIT_LB, 45359, 0, 0, false},
    {6, CHEMICAL_CYA, 10000, UNIT_LB, 45359, 0, 0, false},
    {7, CHEMICAL_SALT, 10000, UNIT_LB, 45359, 0, 0, false},
};
static const struct dose_policy us = {FC_BY_CYA, BALANCE_CSI, UNITS_US, 0, 0, 0, 0};

static void
water_read(struct str text, struct water *w)
{
	*w = (struct water){0};
	while (text.n > 0) {
		struct str value, name = str_cut(str_cut(text, ' ', &text), '=', &value);
		bool f = str_eq(name, STR("f"));
		enum measure m = f ? MEASURE_TEMP : (enum measure)index_of(measure_names, name);

		w->of[m] = (struct level){true,
		    f ? (int32_t)water_round((number(value) - 32) / 1.8 * 100) : hundredths(value),
		    HOW_EXACT};
	}
	water_fill(w);
}

static void
plan_text(const struct dose_plan *plan, struct buf *b)
{
	for (size_t i = 0; i < plan->notes_n; i++)
		if (plan->notes[i].word == DOSE_SHOCK)
			buf_printf(b, "shock cc; ");
	for (size_t i = 0; i < plan->doses_n; i++) {
		const struct dose *d = &plan->doses[i];
		struct pour_part part[POUR_PARTS_MAX];
		size_t n = pour_parts(d->each, shelf[d->item_id - 1].unit, 0, UNITS_US, part);

		buf_printf(b, "%s", chemical_names[d->chemical]);
		if (d->parts > 1)
			buf_printf(b, " x%u", d->parts);
		for (size_t k = 0; k < n; k++)
			buf_printf(b, "%s %g %s", k > 0 ? " +" : "", part[k].quarters / 4.0,
			    item_unit_names[part[k].unit]);
		buf_printf(b, "; ");
	}
	for (size_t i = 0; i < plan->notes_n; i++)
		if (plan->notes[i].word != DOSE_SHOCK)
			buf_printf(b, "%s %s; ", dose_word_names[plan->notes[i].word],
			    measure_names[plan->notes[i].measure]);
}

static void
plan_row(const struct str *cell, const char *line)
{
	struct water_pool p = {(enum pool_kind)index_of(pool_kind_names, cell[0]),
	    (enum pool_sanitiser)index_of(pool_sanitiser_names, cell[1]), false,
	    (uint32_t)water_round(number(cell[2]) * 3.785411784)};
	struct arena *a = arena_open(4096, 65536, NULL);
	struct buf b = buf_open(a, 256, 4096);
	struct band bands[MEASURES];
	struct dose_plan plan;
	struct water w;

	water_read(cell[3], &w);
	bands_of(&p, NULL, 0, NULL, 0, bands);
	if (dose_plan_of(&p, &w, bands, &us, shelf, COUNT_OF(shelf), &plan, NULL) != OK)
		buf_printf(&b, "refused; ");
	else
		plan_text(&plan, &b);
	struct str is = buf_str(&b);
	if (is.n >= 2)
		is.n -= 2;
	if (!str_eq(is, cell[4]))
		fail_msg("%sis: %.*s", line, STR_ARG(is));
	arena_close(a);
}

static void
plans_are_as_the_rules_say(void **state)
{
	(void)state;
	rows_of("tests/cases/plan.csv", 14, plan_row);
}

static void
the_drawn_example_ends_balanced(void **state)
{
	const struct water_pool p = {POOL_POOL, SANITISER_CHLORINE, false, 70030};
	struct band bands[MEASURES];
	struct dose_plan plan;
	struct water w;

	(void)state;
	water_read(STR("fc=1.5 ph=7.8 ta=90 ch=320 cya=45 f=84"), &w);
	bands_of(&p, NULL, 0, NULL, 0, bands);
	assert_int_equal(dose_plan_of(&p, &w, bands, &us, shelf, COUNT_OF(shelf), &plan, NULL), OK);
	assert_int_equal(plan.now.csi, 33);
	assert_true(plan.later.computed && plan.later.csi >= 0 && plan.later.csi <= 3);
	assert_int_equal(plan.doses[1].from, 150);
	assert_true(abs(plan.doses[1].to - 700) < 3);
	close_to((double)plan.doses[1].exact / 100 / FL_OZ, 104.2, 0.05, "chlorine");
	assert_int_equal(plan.doses[0].wait_minutes, 30);
}

static void
what_must_not_meet_what_went_in_today_waits_for_a_day(void **state)
{
	const struct water_pool p = {POOL_POOL, SANITISER_CHLORINE, false, 70030};
	struct dose_product both[] = {{1, CHEMICAL_CAL_HYPO, 6500, UNIT_LB, 45359, 0, 0, true},
	    {2, CHEMICAL_LIQUID_CHLORINE, 1250, UNIT_GALLON, 378541, 0, 0, false}};
	struct band bands[MEASURES];
	struct dose_plan plan;
	struct water w;

	(void)state;
	water_read(STR("fc=1.5 cya=45"), &w);
	bands_of(&p, NULL, 0, NULL, 0, bands);
	/* Another chlorine does as well. */
	assert_int_equal(dose_plan_of(&p, &w, bands, &us, both, 2, &plan, NULL), OK);
	assert_true(plan.doses_n == 1 && plan.doses[0].item_id == 2 && plan.notes_n == 0);
	/* Where there is none, nothing goes in, and the plan says why. */
	assert_int_equal(dose_plan_of(&p, &w, bands, &us, both, 1, &plan, NULL), OK);
	assert_true(plan.doses_n == 0 && plan.notes_n == 1);
	assert_true(plan.notes[0].word == DOSE_APART && plan.notes[0].measure == MEASURE_FC);
	assert_true(dose_meets(CHEMICAL_TRICHLOR, 90000, CHEMICAL_CAL_HYPO, 3601));
	assert_true(dose_meets(CHEMICAL_CAL_HYPO, 3601, CHEMICAL_TRICHLOR, 90000));
	assert_false(dose_meets(CHEMICAL_TRICHLOR, 90000, CHEMICAL_CAL_HYPO, 3600));
	assert_false(dose_meets(CHEMICAL_MURIATIC, 0, CHEMICAL_CAL_HYPO, 0));
	/* A quart of acid in 10,000 gal, and an ounce beside it, is what goes in at a time. */
	assert_false(dose_over_most(CHEMICAL_MURIATIC, 0, 37854, 1, 94635 + 3000));
	assert_true(dose_over_most(CHEMICAL_MURIATIC, 0, 37854, 1, 94635 + 3001));
	assert_false(dose_over_most(CHEMICAL_MURIATIC, 0, 37854, 2, 94635 * 2));
	assert_false(dose_over_most(CHEMICAL_MURIATIC, 9000, 37854, 1, 300000));
	assert_false(dose_over_most(CHEMICAL_CAL_HYPO, 0, 37854, 1, 900000));
}

static void
nothing_in_one_plan_must_never_meet(void **state)
{
	struct dose_product all[CHEMICALS];
	struct band bands[MEASURES];
	const struct water_pool p = {POOL_POOL, SANITISER_CHLORINE, false, 50000};
	size_t n = 0;

	(void)state;
	for (enum chemical c = CHEMICAL_LIQUID_CHLORINE; c < CHEMICAL_OTHER; c++) {
		enum item_unit u = chemical_facts(c)->liquid ? UNIT_GALLON : UNIT_LB;
		all[n] = (struct dose_product){
		    n + 1, c, chemical_facts(c)->strength_x100, u, item_unit_holds(u), 0, 0, false};
		n++;
	}
	bands_of(&p, NULL, 0, NULL, 0, bands);
	for (int32_t ph = 680; ph <= 840; ph += 20)
		for (int32_t ta = 3000; ta <= 25000; ta += 2000)
			for (int32_t ch = 5000; ch <= 60000; ch += 11000)
				for (int32_t cya = 0; cya <= 9000; cya += 1500) {
					struct water w = {0};
					struct dose_plan plan;

					w.of[MEASURE_FC] = (struct level){true, 50, HOW_EXACT};
					w.of[MEASURE_PH] = (struct level){true, ph, HOW_EXACT};
					w.of[MEASURE_TA] = (struct level){true, ta, HOW_EXACT};
					w.of[MEASURE_CH] = (struct level){true, ch, HOW_EXACT};
					w.of[MEASURE_CYA] = (struct level){true, cya, HOW_EXACT};
					assert_int_equal(
					    dose_plan_of(&p, &w, bands, &us, all, n, &plan, NULL),
					    OK);
					for (size_t i = 0; i < plan.doses_n; i++)
						for (size_t k = 0; k < i; k++)
							assert_true(
							    chemicals_meet(plan.doses[i].chemical,
								plan.doses[k].chemical) !=
							    MEET_NEVER);
				}
}

static void
what_must_not_meet_is_known_both_ways(void **state)
{
	(void)state;
	for (enum chemical a = CHEMICAL_NONE; a < CHEMICALS; a++)
		for (enum chemical b = CHEMICAL_NONE; b < CHEMICALS; b++)
			assert_int_equal(chemicals_meet(a, b), chemicals_meet(b, a));
	assert_int_equal(chemicals_meet(CHEMICAL_TRICHLOR, CHEMICAL_CAL_HYPO), MEET_NEVER);
	assert_int_equal(chemicals_meet(CHEMICAL_MURIATIC, CHEMICAL_LIQUID_CHLORINE), MEET_LATER);
	assert_int_equal(chemicals_meet(CHEMICAL_BICARB, CHEMICAL_CALCIUM_CHLORIDE), MEET_NEVER);
}

static void
an_amount_can_be_measured_and_is_never_above_its_most(void **state)
{
	(void)state;
	for (int64_t exact = 1; exact < 3000000; exact += 377) {
		int64_t us_ml = pour_round(exact, 0, UNIT_GALLON, 378541, UNITS_US);
		assert_true(exact < 11829 || fabs((double)us_ml / (double)exact - 1) < 0.07);
		assert_true(
		    pour_round(exact, exact, UNIT_LB, 45359, UNITS_US) <= exact || exact < 1418);
		assert_int_equal(pour_round(exact, 0, UNIT_KG, 100000, UNITS_METRIC) % 500, 0);
		assert_int_equal(pour_round(exact, 0, UNIT_TAB, 22680, UNITS_US) % 22680, 0);
	}
	assert_int_equal(pour_round(0, 0, UNIT_LB, 45359, UNITS_US), 0);
}

static void
another_amount_than_advised_wants_a_reason(void **state)
{
	(void)state;
	assert_false(dose_needs_reason(100000, 105000));
	assert_true(dose_needs_reason(100000, 120000));
	assert_false(dose_needs_reason(1000, 3000));
	assert_true(dose_needs_reason(100000, 0));
}

/* ---- readings ---- */

static void
the_narrower_rule_wins_and_a_pools_own_wins_over_all(void **state)
{
	const struct water_pool spa = {POOL_SPA, SANITISER_CHLORINE, false, 1500};
	const struct measure_rule company[] = {
	    {MEASURE_TA, UINT64_C(1) << POOL_SPA, 0, true, true, 0, true, 5000, 6000, 7000, 9000},
	    {MEASURE_TA, 0, 0, false, false, 0, true, 1, 2, 3, 4},
	    {MEASURE_CYA, 0, 0, true, true, 7, false, 0, 0, 0, 0},
	};
	const struct measure_rule own = {MEASURE_TA, 0, 0, true, false, 14, false, 0, 0, 0, 0};
	struct band b[MEASURES];

	(void)state;
	bands_of(&spa, company, 3, &own, 1, b);
	assert_int_equal(b[MEASURE_TA].aim_low, 6000);
	assert_int_equal(b[MEASURE_TA].every_days, 14);
	assert_false(b[MEASURE_TA].required);
	assert_int_equal(b[MEASURE_CYA].high, 10000);
	assert_int_equal(b[MEASURE_CYA].every_days, 7);
	assert_int_equal(b[MEASURE_CH].aim_high, 25000);
	assert_true(b[MEASURE_TA].own && !b[MEASURE_CYA].own);
}

static void
what_was_not_tested_is_not_zero_and_more_than_is_more(void **state)
{
	const struct band b = {.low = 3000, .aim_low = 3000, .aim_high = 5000, .high = 10000};
	const struct level none = {0}, above = {true, 10000, HOW_ABOVE},
			   zero = {true, 0, HOW_EXACT}, below = {true, 3000, HOW_BELOW},
			   top = {true, 10000, HOW_EXACT};

	(void)state;
	assert_int_equal(level_verdict(&none, &b), VERDICT_NONE);
	assert_int_equal(level_verdict(&zero, &b), VERDICT_LOW);
	assert_int_equal(level_verdict(&above, &b), VERDICT_HIGH);
	assert_int_equal(level_verdict(&top, &b), VERDICT_BIT_HIGH);
	assert_int_equal(level_verdict(&below, &b), VERDICT_LOW);
}

static void
ranges_that_do_not_rise_or_nobody_ever_read_are_refused(void **state)
{
	const struct measure_rule falls = {
	    MEASURE_PH, 0, 0, true, true, 0, true, 720, 760, 740, 780};
	const struct measure_rule wild = {
	    MEASURE_PH, 0, 0, true, true, 0, true, 720, 740, 760, 7800};
	const struct level ten = {true, 7600, HOW_EXACT};
	struct fault f = {0};

	(void)state;
	assert_int_equal(rules_check(&falls, 1, &f), E_INVALID);
	assert_string_equal(f.field, "ph");
	assert_int_equal(rules_check(&wild, 1, NULL), E_INVALID);
	assert_int_equal(level_check(MEASURE_PH, &ten, NULL), E_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(our_logarithm_and_power_are_those_of_the_c_library),
	    cmocka_unit_test(a_half_is_rounded_away_from_zero),
	    cmocka_unit_test(chlorine_follows_the_chart_of_stabiliser),
	    cmocka_unit_test(
		without_stabiliser_known_or_by_the_classic_school_the_range_is_the_companys),
	    cmocka_unit_test(both_indices_are_as_published),
	    cmocka_unit_test(no_carbonate_left_is_said_and_never_computed),
	    cmocka_unit_test(the_temperature_factor_has_no_steps),
	    cmocka_unit_test(amounts_follow_from_mass_balance),
	    cmocka_unit_test(
		acid_for_ph_follows_the_closed_system_within_eleven_percent_of_the_polynomial),
	    cmocka_unit_test(acid_lowers_ph_and_soda_ash_raises_it_back),
	    cmocka_unit_test(plans_are_as_the_rules_say),
	    cmocka_unit_test(the_drawn_example_ends_balanced),
	    cmocka_unit_test(what_must_not_meet_what_went_in_today_waits_for_a_day),
	    cmocka_unit_test(nothing_in_one_plan_must_never_meet),
	    cmocka_unit_test(what_must_not_meet_is_known_both_ways),
	    cmocka_unit_test(an_amount_can_be_measured_and_is_never_above_its_most),
	    cmocka_unit_test(another_amount_than_advised_wants_a_reason),
	    cmocka_unit_test(the_narrower_rule_wins_and_a_pools_own_wins_over_all),
	    cmocka_unit_test(what_was_not_tested_is_not_zero_and_more_than_is_more),
	    cmocka_unit_test(ranges_that_do_not_rise_or_nobody_ever_read_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
