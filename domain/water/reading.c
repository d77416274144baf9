/*
 * domain/water/reading.c -- the table of measures, their usual ranges with sources, and what a
 * value means.
 */
#include "domain/water/reading.h"

#include <assert.h>

const char *const measure_names[] = {"", "fc", "tc", "cc", "bromine", "ph", "ta", "ch", "cya",
    "salt", "temp", "tds", "orp", "phosphate", "borate", "copper", "iron", "nitrate", "turbidity",
    "pressure", "flow", "own1", "own2", "own3", "own4", "own5", "own6", NULL};
const char *const reading_how_names[] = {"exact", "below", "above", NULL};
const char *const verdict_names[] = {"none", "low", "bit_low", "ok", "bit_high", "high", NULL};

static_assert(sizeof(measure_names) / sizeof(char *) == MEASURES + 1, "each has its name");
static_assert(sizeof(verdict_names) / sizeof(char *) == VERDICTS + 1, "each has its name");

/* A month and a quarter, with a few days' grace: how often trades test what changes slowly. */
#define MONTH   35
#define QUARTER 100

static const struct measure_facts facts[MEASURES] = {
    [MEASURE_FC] = {0, 10000, 2, 0},
    [MEASURE_TC] = {0, 10000, 2, 0},
    [MEASURE_CC] = {0, 10000, 2, 0},
    [MEASURE_BROMINE] = {0, 10000, 2, 0},
    [MEASURE_PH] = {0, 1400, 2, 0},
    [MEASURE_TA] = {0, 100000, 0, MONTH},
    [MEASURE_CH] = {0, 500000, 0, QUARTER},
    [MEASURE_CYA] = {0, 100000, 0, QUARTER},
    [MEASURE_SALT] = {0, 5000000, 0, MONTH},
    [MEASURE_TEMP] = {-500, 6000, 2, 14},
    [MEASURE_TDS] = {0, 10000000, 0, QUARTER},
    [MEASURE_ORP] = {0, 120000, 0, 0},
    [MEASURE_PHOSPHATE] = {0, 2000000, 0, MONTH},
    [MEASURE_BORATE] = {0, 50000, 0, QUARTER},
    [MEASURE_COPPER] = {0, 2000, 2, MONTH},
    [MEASURE_IRON] = {0, 2000, 2, MONTH},
    [MEASURE_NITRATE] = {0, 50000, 1, MONTH},
    [MEASURE_TURBIDITY] = {0, 100000, 2, 0},
    [MEASURE_PRESSURE] = {0, 10000, 1, 0},
    [MEASURE_FLOW] = {0, 500000, 1, 0},
    [MEASURE_OWN1] = {0, 100000000, 2, 0},
    [MEASURE_OWN2] = {0, 100000000, 2, 0},
    [MEASURE_OWN3] = {0, 100000000, 2, 0},
    [MEASURE_OWN4] = {0, 100000000, 2, 0},
    [MEASURE_OWN5] = {0, 100000000, 2, 0},
    [MEASURE_OWN6] = {0, 100000000, 2, 0},
};

#define KIND(k)     (UINT64_C(1) << (k))
#define SALTED      (UINT64_C(1) << SANITISER_SALT)
#define BROMINATED  (UINT64_C(1) << SANITISER_BROMINE)
#define NO_CHLORINE (BROMINATED | UINT64_C(1) << SANITISER_BIGUANIDE)
#define SHOW        false, false, 0, true
#define EACH_VISIT  true, false, 0, true
#define ALWAYS      true, true, 0, true
#define MONTHLY     true, false, 28, true

/*
 * Usual ranges in hundredths: low, aim from, aim to, high.
 *
 * [CH-MT] Montana's rules for public pools; [CH-APSP] ANSI/APSP/ICC-11; [CH-TFP] Trouble Free
 * Pool's chart; [CH-PYP] PoolMath's defaults; [CH-JR] and "trade" are practice without a code
 * behind it.
 */
static const struct measure_rule usual[] = {
    {MEASURE_FC, 0, 0, ALWAYS, 200, 200, 400, 800}, /* the classic school; limits [CH-MT] */
    {MEASURE_FC, 0, NO_CHLORINE, SHOW, 0, 0, 400, 800},
    {MEASURE_BROMINE, 0, 0, SHOW, 200, 200, 800, 1000}, /* [CH-MT] */
    {MEASURE_BROMINE, 0, BROMINATED, ALWAYS, 200, 200, 800, 1000},
    {MEASURE_CC, 0, 0, SHOW, 0, 0, 20, 50},         /* [CH-MT] 0.5; some local codes 0.2 [CH-AA] */
    {MEASURE_PH, 0, 0, ALWAYS, 720, 740, 760, 780}, /* [CH-MT] */
    {MEASURE_TA, 0, 0, EACH_VISIT, 6000, 8000, 10000,
	18000}, /* [CH-APSP] 60-180; hypochlorites 80-100 */
    {MEASURE_TA, 0, SALTED, EACH_VISIT, 6000, 6000, 8000, 18000},         /* trade */
    {MEASURE_CH, 0, 0, MONTHLY, 15000, 20000, 40000, 100000},             /* [CH-APSP] */
    {MEASURE_CH, KIND(POOL_SPA), 0, MONTHLY, 10000, 15000, 25000, 80000}, /* [CH-APSP] */
    {MEASURE_CYA, 0, 0, MONTHLY, 3000, 3000, 5000, 10000},                /* [CH-MT] at most 100 */
    {MEASURE_CYA, KIND(POOL_SPA), 0, MONTHLY, 0, 0, 5000, 10000},
    {MEASURE_CYA, 0, SALTED, MONTHLY, 6000, 7000, 8000, 10000}, /* [CH-TFP] */
    {MEASURE_CYA, 0, NO_CHLORINE, SHOW, 0, 0, 10000, 10000},
    {MEASURE_SALT, 0, 0, SHOW, 0, 0, 5000000, 5000000},
    {MEASURE_SALT, 0, SALTED, EACH_VISIT, 270000, 300000, 340000,
	340000},                                              /* 3,200 in the middle [CH-PYP] */
    {MEASURE_TEMP, 0, 0, EACH_VISIT, -500, -500, 3778, 3778}, /* 100 F [CH-MT] */
    {MEASURE_TEMP, KIND(POOL_SPA), 0, EACH_VISIT, -500, -500, 4000, 4000}, /* 104 F [CH-MT] */
    {MEASURE_TDS, 0, 0, SHOW, 0, 0, 150000, 150000}, /* older guidance [CH-CC] */
    {MEASURE_TDS, 0, SALTED, SHOW, 0, 0, 10000000, 10000000},
    {MEASURE_ORP, 0, 0, SHOW, 65000, 65000, 75000, 120000}, /* [CH-MT] */
    {MEASURE_PHOSPHATE, 0, 0, SHOW, 0, 0, 12500, 50000},    /* trade */
    {MEASURE_BORATE, 0, 0, SHOW, 0, 0, 5000, 5000},         /* [CH-JR] 30-50, optional */
    {MEASURE_COPPER, 0, 0, SHOW, 0, 0, 20, 30},             /* trade: above, it stains */
    {MEASURE_IRON, 0, 0, SHOW, 0, 0, 10, 30},               /* trade */
};

static void apply(const struct water_pool *p, const struct measure_rule *r, size_t n, bool company,
    struct band out[MEASURES]);

const struct measure_facts *
measure_facts(enum measure m)
{
	assert(m > 0 && m < MEASURES);
	return &facts[m];
}

void
bands_of(const struct water_pool *p, const struct measure_rule *company, size_t company_n,
    const struct measure_rule *own, size_t own_n, struct band out[MEASURES])
{
	out[0] = (struct band){0};
	for (enum measure m = 1; m < MEASURES; m++)
		out[m] = (struct band){.measure = m,
		    .low = facts[m].least_x100,
		    .aim_low = facts[m].least_x100,
		    .aim_high = facts[m].most_x100,
		    .high = facts[m].most_x100};
	apply(p, usual, sizeof(usual) / sizeof(*usual), false, out);
	if (p->indoor) /* no sun: none needed, "0 indoors mostly" [CH-MT] */
		out[MEASURE_CYA].low = out[MEASURE_CYA].aim_low = 0;
	apply(p, company, company_n, true, out);
	apply(p, own, own_n, true, out);
}

static void
apply(const struct water_pool *p, const struct measure_rule *r, size_t n, bool company,
    struct band out[MEASURES])
{
	for (int conditions = 0; conditions <= 2; conditions++)
		for (size_t i = 0; i < n; i++) {
			if ((r[i].kinds != 0) + (r[i].sanitisers != 0) != conditions)
				continue;
			if (r[i].kinds != 0 && (r[i].kinds & KIND(p->kind)) == 0)
				continue;
			if (r[i].sanitisers != 0 && (r[i].sanitisers >> p->sanitiser & 1) == 0)
				continue;
			struct band *b = &out[r[i].measure];
			b->asked = r[i].asked;
			b->required = r[i].asked && r[i].required;
			b->every_days = r[i].every_days;
			if (!r[i].ranges)
				continue;
			b->own = company;
			b->low = r[i].low;
			b->aim_low = r[i].aim_low;
			b->aim_high = r[i].aim_high;
			b->high = r[i].high;
		}
}

enum err
rules_check(const struct measure_rule *r, size_t n, struct fault *f)
{
	for (size_t i = 0; i < n; i++) {
		const struct measure_facts *m = &facts[r[i].measure];

		if (!r[i].ranges)
			continue;
		if (r[i].low > r[i].aim_low || r[i].aim_low > r[i].aim_high ||
		    r[i].aim_high > r[i].high)
			return fail(f, E_INVALID, measure_names[r[i].measure],
			    "These four must rise: low, aim from, aim to, high.");
		if (r[i].low < m->least_x100 || r[i].high > m->most_x100)
			return fail(f, E_INVALID, measure_names[r[i].measure],
			    "Nobody has ever read such a value. Is it in another unit?");
	}
	return OK;
}

enum err
level_check(enum measure m, const struct level *l, struct fault *f)
{
	if (l->is && (l->x100 < facts[m].least_x100 || l->x100 > facts[m].most_x100))
		return fail(f, E_INVALID, measure_names[m],
		    "Nobody has ever read such a value. Is it in another unit?");
	return OK;
}

enum verdict
level_verdict(const struct level *l, const struct band *b)
{
	int64_t v = l->how == HOW_ABOVE   ? l->x100 + INT64_C(1)
		    : l->how == HOW_BELOW ? l->x100 - INT64_C(1)
					  : l->x100;

	if (!l->is)
		return VERDICT_NONE;
	if (v < b->low)
		return VERDICT_LOW;
	if (v > b->high)
		return VERDICT_HIGH;
	if (v < b->aim_low)
		return VERDICT_BIT_LOW;
	if (v > b->aim_high)
		return VERDICT_BIT_HIGH;
	return VERDICT_OK;
}

void
water_fill(struct water *w)
{
	const struct level *fc = &w->of[MEASURE_FC], *tc = &w->of[MEASURE_TC];

	if (w->of[MEASURE_CC].is || !fc->is || !tc->is || fc->how != HOW_EXACT ||
	    tc->how != HOW_EXACT)
		return;
	w->of[MEASURE_CC] =
	    (struct level){.is = true, .x100 = tc->x100 > fc->x100 ? tc->x100 - fc->x100 : 0};
}
