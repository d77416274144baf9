/*
 * domain/water/dose.c -- the plan: a mixture that knows its state, and each product tried on it in
 * its turn.
 */
#include "domain/water/dose.h"

#include <assert.h>

#include "domain/water/maths.h"

const char *const dose_word_names[] = {"", "test_first", "no_product", "next_visit", "aerate",
    "wait", "replace_water", "shock", "retest", "cya_unknown", "cell", "by_hand", "apart", NULL};
const char *const dose_mark_names[] = {"met", "off_plan", "over_most", NULL};

static_assert(sizeof(dose_word_names) / sizeof(char *) == DOSE_WORDS + 1, "each has its name");
static_assert(sizeof(dose_mark_names) / sizeof(char *) == DOSE_MARKS + 1, "each has its name");

#define RAISE_AT_MOST 2000 /* of breakpoint: never more than 20 ppm of chlorine in one plan */
#define OUNCE         3000
#define DAY_S         86400

/* Everything that the plan thinks with. */
struct mix {
	const struct water_pool *p;
	const struct band *bands;
	const struct dose_policy *policy;
	const struct dose_product *products;
	size_t products_n;
	struct dose_plan *plan;
	struct acidity acidity;
	int32_t tested_ph;
	bool acidic; /* pH and alkalinity are known: acidity holds */
	double value[MEASURES];
	bool known[MEASURES];
};

static void mix_open(struct mix *x, const struct water *w);
static void alkalinity(struct mix *x);
static void balancing(struct mix *x);
static void raise_slow(struct mix *x, enum measure m);
static void acidify(struct mix *x);
static void soda(struct mix *x, double target);
static void chlorinate(struct mix *x);
static void raise_chlorine(struct mix *x, double target);
static void replace_water(struct mix *x);
static void replace_for(struct mix *x, enum measure m, int32_t fill);
static const struct dose_product *product_for(const struct mix *x, enum chemical c);
static const struct dose_product *chlorine_for(const struct mix *x);
static void lacking(struct mix *x, enum measure m, enum chemical first, enum chemical last);
static void
pour(struct mix *x, const struct dose_product *d, enum measure m, double amount, bool half);
static void mix_in(struct mix *x, const struct dose_product *d, double amount);
static void note(struct mix *x, enum dose_word word, enum measure m, int64_t value);
static bool would_meet(const struct mix *x, enum chemical c);
static double middle(const struct band *b);
static double hundredth(int32_t x100);
static void mix_close(struct mix *x, const struct water *w);

enum err
dose_plan_of(const struct water_pool *p, const struct water *w, const struct band bands[MEASURES],
    const struct dose_policy *policy, const struct dose_product *products, size_t products_n,
    struct dose_plan *out, struct fault *f)
{
	struct mix x = {.p = p,
	    .bands = bands,
	    .policy = policy,
	    .products = products,
	    .products_n = products_n,
	    .plan = out};

	assert(products_n <= DOSE_PRODUCTS_MAX);
	if (p->volume_l == 0)
		return fail(f, E_INVALID, "volume_l",
		    "How much water is in it? Without that no dose can be computed.");
	*out = (struct dose_plan){.fc = fc_range_of(policy->school, p->sanitiser,
				      &w->of[MEASURE_CYA], &bands[MEASURE_FC]),
	    .now = water_balance(w)};
	mix_open(&x, w);
	alkalinity(&x);
	acidify(&x);
	chlorinate(&x);
	balancing(&x);
	replace_water(&x);
	mix_close(&x, w);
	return OK;
}

struct balance
water_balance(const struct water *w)
{
	const struct level *l = w->of;

	if (!l[MEASURE_PH].is || !l[MEASURE_TA].is || !l[MEASURE_CH].is || !l[MEASURE_TEMP].is)
		return (struct balance){0};
	return balance_of(&(struct balance_in){.ph = l[MEASURE_PH].x100,
	    .temp = l[MEASURE_TEMP].x100,
	    .ch = l[MEASURE_CH].x100,
	    .ta = l[MEASURE_TA].x100,
	    .cya = l[MEASURE_CYA].x100,
	    .borate = l[MEASURE_BORATE].x100,
	    .salt = l[MEASURE_SALT].x100,
	    .tds = l[MEASURE_TDS].x100});
}

bool
dose_needs_reason(int64_t planned_x100, int64_t given_x100)
{
	int64_t off =
	    given_x100 > planned_x100 ? given_x100 - planned_x100 : planned_x100 - given_x100;

	return off > OUNCE && off * 10 > planned_x100;
}

bool
dose_meets(enum chemical a, int64_t a_at, enum chemical b, int64_t b_at)
{
	int64_t between = a_at > b_at ? a_at - b_at : b_at - a_at;

	return between < DAY_S && chemicals_meet(a, b) == MEET_NEVER;
}

bool
dose_over_most(enum chemical c, uint32_t most_x100, uint32_t volume_l, uint32_t parts, int64_t given_x100)
{
	int64_t most = most_x100 > 0 ? most_x100 : chemical_facts(c)->most_x100;

	return most > 0 && volume_l > 0 && given_x100 > most * volume_l / 1000 * parts + OUNCE;
}

static void
mix_open(struct mix *x, const struct water *w)
{
	for (enum measure m = 1; m < MEASURES; m++) {
		x->known[m] = w->of[m].is;
		x->value[m] = w->of[m].is ? hundredth(w->of[m].x100) : 0;
	}
	x->tested_ph = w->of[MEASURE_PH].x100;
	if (x->known[MEASURE_PH] && x->known[MEASURE_TA])
		x->acidic = acidity_of(x->value[MEASURE_PH], x->value[MEASURE_TA],
		    x->value[MEASURE_CYA], x->value[MEASURE_BORATE], &x->acidity);
}

/* Low alkalinity comes first: bicarbonate, to the middle of its aim. */
static void
alkalinity(struct mix *x)
{
	const struct band *b = &x->bands[MEASURE_TA];
	const struct dose_product *d = product_for(x, CHEMICAL_BICARB);

	if (!x->known[MEASURE_TA] || x->value[MEASURE_TA] >= hundredth(b->low))
		return;
	if (d == NULL) {
		lacking(x, MEASURE_TA, CHEMICAL_BICARB, CHEMICAL_BICARB);
		return;
	}
	double each = chemical_effect(d->chemical, d->strength_x100).ta;
	pour(x, d, MEASURE_TA, (middle(b) - x->value[MEASURE_TA]) / each * x->p->volume_l, false);
}

/* One acid dose for pH and for too much alkalinity, or what raises pH. */
static void
acidify(struct mix *x)
{
	const struct band *ph = &x->bands[MEASURE_PH], *ta = &x->bands[MEASURE_TA];
	bool much_ta = x->known[MEASURE_TA] && x->value[MEASURE_TA] > hundredth(ta->high);

	if (!x->known[MEASURE_PH])
		return;
	double now = x->value[MEASURE_PH];
	if (!x->acidic) {
		if (now < hundredth(ph->aim_low) || now > hundredth(ph->aim_high))
			note(x, DOSE_TEST_FIRST, MEASURE_TA, 0);
		return;
	}
	if (now < hundredth(ph->aim_low) && !much_ta) {
		if (x->value[MEASURE_TA] > hundredth(ta->aim_high))
			note(x, DOSE_AERATE, MEASURE_PH, 0);
		else
			soda(x, middle(ph));
		return;
	}
	/* What bicarbonate just did to pH wants no acid while pH stays below its limit. */
	double limit = hundredth(x->tested_ph > ph->aim_high ? ph->aim_high : ph->high);
	if (now <= limit && !much_ta)
		return;
	const struct dose_product *d = product_for(x, CHEMICAL_MURIATIC);
	if (d == NULL)
		d = product_for(x, CHEMICAL_DRY_ACID);
	if (d == NULL) {
		note(x, DOSE_NO_PRODUCT, MEASURE_PH, 0);
		return;
	}
	double each = -chemical_effect(d->chemical, d->strength_x100)
			   .ta; /* ppm of TA that one unit a litre takes */
	double ppm =
	    now > middle(ph) ? x->value[MEASURE_TA] - acidity_ta_at(&x->acidity, middle(ph)) : 0;
	bool half = false;
	if (much_ta) {
		/* Half of what alkalinity needs, but never below the least pH. */
		double wanted = (x->value[MEASURE_TA] - hundredth(ta->aim_high)) / 2;
		double most = x->value[MEASURE_TA] - acidity_ta_at(&x->acidity, hundredth(ph->low));

		wanted = wanted > most ? most : wanted;
		half = wanted > ppm;
		ppm = half ? wanted : ppm;
	}
	if (ppm > 0)
		pour(x, d, half ? MEASURE_TA : MEASURE_PH, ppm / each * x->p->volume_l, half);
	if (half)
		note(x, DOSE_RETEST, MEASURE_TA, 0);
}

static void
soda(struct mix *x, double target)
{
	const struct dose_product *d = product_for(x, CHEMICAL_SODA_ASH);

	if (d == NULL) {
		lacking(x, MEASURE_PH, CHEMICAL_SODA_ASH, CHEMICAL_SODA_ASH);
		return;
	}
	double each = chemical_effect(d->chemical, d->strength_x100).carbon,
	       ppm = acidity_soda_for(&x->acidity, target);
	if (ppm > 0)
		pour(x, d, MEASURE_PH, ppm / each * x->p->volume_l, false);
}

static void
chlorinate(struct mix *x)
{
	const struct fc_range *r = &x->plan->fc;
	const struct band *cc = &x->bands[MEASURE_CC];
	double fc = x->value[MEASURE_FC];

	if (x->p->sanitiser == SANITISER_BROMINE || x->p->sanitiser == SANITISER_BIGUANIDE) {
		if (x->known[MEASURE_BROMINE] &&
		    x->value[MEASURE_BROMINE] < hundredth(x->bands[MEASURE_BROMINE].low))
			note(x, DOSE_BY_HAND, MEASURE_BROMINE, 0);
		return;
	}
	if (!x->known[MEASURE_FC])
		return;
	if (r->basis == BASIS_NO_CYA)
		note(x, DOSE_CYA_UNKNOWN, MEASURE_CYA, 0);
	if (x->known[MEASURE_CC] && x->value[MEASURE_CC] > hundredth(cc->high)) {
		/* By stabiliser: up to the clearing level; else the breakpoint, ten times what is
		 * bound [CH-DOSE]. */
		double more = x->value[MEASURE_CC] * 10;
		double target = r->basis == BASIS_CYA || r->basis == BASIS_CYA_SALT
				    ? hundredth(r->shock)
				    : fc + more;

		target =
		    target > fc + hundredth(RAISE_AT_MOST) ? fc + hundredth(RAISE_AT_MOST) : target;
		if (target > fc) {
			note(x, DOSE_SHOCK, MEASURE_CC, water_round(target * 100));
			raise_chlorine(x, target);
		}
		return;
	}
	if (fc < hundredth(r->aim_low)) {
		raise_chlorine(x, (hundredth(r->aim_low) + hundredth(r->aim_high)) / 2);
		if (x->p->sanitiser == SANITISER_SALT)
			note(x, DOSE_CELL, MEASURE_FC, 0);
	} else if (fc > hundredth(r->shock)) {
		note(x, DOSE_WAIT, MEASURE_FC, 0);
	}
}

static void
raise_chlorine(struct mix *x, double target)
{
	const struct dose_product *d = chlorine_for(x);

	if (d == NULL) {
		lacking(x, MEASURE_FC, CHEMICAL_LIQUID_CHLORINE, CHEMICAL_DICHLOR);
		return;
	}
	double each = chemical_effect(d->chemical, d->strength_x100).fc;
	pour(x, d, MEASURE_FC, (target - x->value[MEASURE_FC]) / each * x->p->volume_l, false);
}

/* What changes slowly: one of them a visit, and not beside bicarbonate. */
static void
balancing(struct mix *x)
{
	bool one = x->plan->doses_n > 0 && x->plan->doses[0].chemical == CHEMICAL_BICARB;
	static const enum measure order[] = {MEASURE_CYA, MEASURE_CH, MEASURE_SALT};

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		enum measure m = order[i];

		if (!x->known[m] || x->value[m] >= hundredth(x->bands[m].low))
			continue;
		if (one || (m == MEASURE_CH && would_meet(x, CHEMICAL_CALCIUM_CHLORIDE))) {
			note(x, DOSE_NEXT_VISIT, m, 0);
			continue;
		}
		one = true;
		raise_slow(x, m);
	}
}

static void
raise_slow(struct mix *x, enum measure m)
{
	enum chemical c = m == MEASURE_CYA  ? CHEMICAL_CYA
			  : m == MEASURE_CH ? CHEMICAL_CALCIUM_CHLORIDE
					    : CHEMICAL_SALT;
	const struct dose_product *d = product_for(x, c);

	if (d == NULL) {
		lacking(x, m, c, c);
		return;
	}
	struct effect e = chemical_effect(d->chemical, d->strength_x100);
	double each = m == MEASURE_CYA ? e.cya : m == MEASURE_CH ? e.ch : e.salt;
	pour(x, d, m, (middle(&x->bands[m]) - x->value[m]) / each * x->p->volume_l, false);
}

static void
replace_water(struct mix *x)
{
	replace_for(x, MEASURE_CYA, x->policy->fill_cya);
	replace_for(x, MEASURE_CH, x->policy->fill_ch);
	replace_for(x, MEASURE_SALT, x->policy->fill_salt);
	replace_for(x, MEASURE_TDS, x->policy->fill_tds);
}

/* The share to replace is (now - target) / (now - fill water) [CH-PYP]. */
static void
replace_for(struct mix *x, enum measure m, int32_t fill)
{
	const struct band *b = &x->bands[m];
	double now = x->value[m], target = hundredth(b->aim_high), from = hundredth(fill);

	if (!x->known[m] || now <= hundredth(b->high) || from >= target)
		return;
	note(x, DOSE_REPLACE_WATER, m, water_round((now - target) / (now - from) * x->p->volume_l));
}

static const struct dose_product *
product_for(const struct mix *x, enum chemical c)
{
	for (size_t i = 0; i < x->products_n; i++)
		if (x->products[i].chemical == c && x->products[i].strength_x100 > 0 && !x->products[i].apart)
			return &x->products[i];
	return NULL;
}

/* The first chlorine of the company's order that does not add to what is too much already. */
static const struct dose_product *
chlorine_for(const struct mix *x)
{
	const struct dose_product *any = NULL;
	bool much_cya = x->known[MEASURE_CYA] &&
			x->value[MEASURE_CYA] >= hundredth(x->bands[MEASURE_CYA].aim_high);
	bool much_ch = x->known[MEASURE_CH] &&
		       x->value[MEASURE_CH] >= hundredth(x->bands[MEASURE_CH].aim_high);

	for (size_t i = 0; i < x->products_n; i++) {
		enum chemical c = x->products[i].chemical;

		if (c < CHEMICAL_LIQUID_CHLORINE || c > CHEMICAL_DICHLOR ||
		    x->products[i].strength_x100 == 0 || x->products[i].apart)
			continue;
		if (any == NULL)
			any = &x->products[i];
		if ((c == CHEMICAL_TRICHLOR || c == CHEMICAL_DICHLOR) && (much_cya || x->p->indoor))
			continue;
		if (c == CHEMICAL_CAL_HYPO && much_ch)
			continue;
		return &x->products[i];
	}
	return any;
}

/* Is there none of them, or is there one that has to wait for a day? */
static void
lacking(struct mix *x, enum measure m, enum chemical first, enum chemical last)
{
	enum dose_word word = DOSE_NO_PRODUCT;

	for (size_t i = 0; i < x->products_n; i++)
		if (x->products[i].apart && x->products[i].strength_x100 > 0 &&
		    x->products[i].chemical >= first && x->products[i].chemical <= last)
			word = DOSE_APART;
	note(x, word, m, 0);
}

/* Round it to what can be measured, cut it into parts, and let it mix in. */
static void
pour(struct mix *x, const struct dose_product *d, enum measure m, double amount, bool half)
{
	const struct chemical_facts *facts = chemical_facts(d->chemical);
	uint32_t most = d->most_x100 > 0 ? d->most_x100 : facts->most_x100;
	double at_most = (double)most * x->p->volume_l / 1000, exact = amount * 100;
	uint32_t parts = 1;

	assert(x->plan->doses_n < DOSES_MAX);
	if (exact > (double)ITEM_AMOUNT_MAX)
		exact = (double)ITEM_AMOUNT_MAX;
	if (most > 0)
		while (parts < DOSE_PARTS_MAX && exact / parts > at_most)
			parts++;
	int64_t each = pour_round(water_round(exact / parts), most > 0 ? water_round(at_most) : 0,
	    d->unit, d->holds_x100, x->policy->units);
	if (each == 0)
		return;
	double poured = (double)each * parts;
	if (poured - exact > OUNCE &&
	    poured > exact * 1.5) { /* a whole tab is too much for this water */
		note(x, DOSE_NO_PRODUCT, m, 0);
		return;
	}
	if (most > 0 && exact / parts > at_most && !half)
		note(x, DOSE_RETEST, m, 0);
	int32_t from = (int32_t)water_round(x->value[m] * 100);
	mix_in(x, d, poured / 100);
	x->plan->doses[x->plan->doses_n++] = (struct dose){.item_id = d->id,
	    .chemical = d->chemical,
	    .measure = m,
	    .from = from,
	    .to = (int32_t)water_round(x->value[m] * 100),
	    .exact = water_round(exact),
	    .each = each,
	    .parts = parts,
	    .wait_minutes = d->wait_minutes > 0 ? d->wait_minutes : facts->wait_minutes,
	    .half = half};
}

static void
mix_in(struct mix *x, const struct dose_product *d, double amount)
{
	struct effect e = chemical_effect(d->chemical, d->strength_x100);
	double share = amount / x->p->volume_l;

	x->value[MEASURE_FC] = x->value[MEASURE_FC] + e.fc * share;
	x->value[MEASURE_CH] = x->value[MEASURE_CH] + e.ch * share;
	x->value[MEASURE_CYA] = x->value[MEASURE_CYA] + e.cya * share;
	x->value[MEASURE_SALT] = x->value[MEASURE_SALT] + e.salt * share;
	x->value[MEASURE_TA] = x->value[MEASURE_TA] + e.ta * share;
	if (x->value[MEASURE_TA] < 0)
		x->value[MEASURE_TA] = 0;
	if (!x->acidic)
		return;
	x->acidity.ta = x->value[MEASURE_TA];
	x->acidity.carbon = x->acidity.carbon + e.carbon * share;
	x->acidity.cya = x->value[MEASURE_CYA];
	acidity_settle(&x->acidity);
	x->value[MEASURE_PH] = x->acidity.ph;
}

static void
note(struct mix *x, enum dose_word word, enum measure m, int64_t value)
{
	if (x->plan->notes_n < DOSE_NOTES_MAX)
		x->plan->notes[x->plan->notes_n++] = (struct dose_note){word, m, value};
}

static bool
would_meet(const struct mix *x, enum chemical c)
{
	for (size_t i = 0; i < x->plan->doses_n; i++)
		if (chemicals_meet(x->plan->doses[i].chemical, c) == MEET_NEVER)
			return true;
	return false;
}

static double
middle(const struct band *b)
{
	return (hundredth(b->aim_low) + hundredth(b->aim_high)) / 2;
}

static double
hundredth(int32_t x100)
{
	return (double)x100 / 100;
}

static void
mix_close(struct mix *x, const struct water *w)
{
	struct dose_plan *plan = x->plan;

	plan->after = *w;
	for (enum measure m = 1; m < MEASURES; m++)
		if (plan->after.of[m].is)
			plan->after.of[m].x100 = (int32_t)water_round(x->value[m] * 100);
	if (x->value[MEASURE_FC] >
	    hundredth(w->of[MEASURE_FC].x100)) /* more chlorine: what depends on it is not known */
		plan->after.of[MEASURE_TC].is = plan->after.of[MEASURE_CC].is =
		    plan->after.of[MEASURE_ORP].is = false;
	plan->later = water_balance(&plan->after);
	plan->raw[0] = x->value[MEASURE_PH];
	plan->raw[1] = x->value[MEASURE_TA];
	plan->raw[2] = x->value[MEASURE_FC];
	plan->raw[3] = x->value[MEASURE_SALT];
}
