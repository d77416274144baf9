/*
 * twins.c COUNT [SEED] -- random waters, and what domain/water says of each: one line, input |
 * answer.
 *
 * twins.mjs computes the answers again with the pages' own TypeScript. Doubles are printed as their
 * bits.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/water/dose.h"

static uint64_t state;

static const enum measure measured[] = {MEASURE_FC, MEASURE_TC, MEASURE_CC, MEASURE_BROMINE,
    MEASURE_PH, MEASURE_TA, MEASURE_CH, MEASURE_CYA, MEASURE_SALT, MEASURE_TEMP, MEASURE_TDS,
    MEASURE_BORATE};
#define MEASURED (sizeof(measured) / sizeof(*measured))

/* xorshift64* */
static uint64_t
chance(uint64_t below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (state * UINT64_C(2685821657736338717) >> 16) % below;
}

static uint64_t
bits(double x)
{
	uint64_t u;

	memcpy(&u, &x, sizeof(u));
	return u;
}

/* Mostly what pools have, sometimes anything that is allowed. */
static int32_t
value_of(enum measure m)
{
	static const int32_t usual[MEASURES][2] = {
	    [MEASURE_FC] = {0, 1500},
	    [MEASURE_TC] = {0, 1600},
	    [MEASURE_CC] = {0, 200},
	    [MEASURE_BROMINE] = {0, 1200},
	    [MEASURE_PH] = {660, 860},
	    [MEASURE_TA] = {2000, 30000},
	    [MEASURE_CH] = {5000, 120000},
	    [MEASURE_CYA] = {0, 15000},
	    [MEASURE_SALT] = {0, 500000},
	    [MEASURE_TEMP] = {200, 4200},
	    [MEASURE_TDS] = {10000, 600000},
	    [MEASURE_BORATE] = {0, 6000},
	};
	const struct measure_facts *f = measure_facts(m);
	bool wild = chance(16) == 0;
	int32_t low = wild ? f->least_x100 : usual[m][0], high = wild ? f->most_x100 : usual[m][1];

	return low + (int32_t)chance((uint64_t)(high - low) + 1);
}

static void
pool_line(struct water_pool *p, struct dose_policy *o)
{
	static const uint32_t litres[] = {0, 900, 1969, 37854, 70030, 94635, 2500000, 10000000};

	p->kind = (enum pool_kind)(1 + chance(POOL_KINDS - 1));
	p->sanitiser = (enum pool_sanitiser)chance(POOL_SANITISERS);
	p->indoor = chance(8) == 0;
	p->volume_l = chance(2) == 0 ? litres[chance(8)] : (uint32_t)(500 + chance(200000));
	o->school = chance(4) == 0 ? FC_CLASSIC : FC_BY_CYA;
	o->units = chance(3) == 0 ? UNITS_METRIC : UNITS_US;
	o->fill_ch = (int32_t)chance(50000);
	o->fill_cya = (int32_t)chance(2000);
	o->fill_salt = (int32_t)chance(30000);
	o->fill_tds = (int32_t)chance(60000);
	printf("%s %d %u %s %s %d %d %d %d", pool_sanitiser_names[p->sanitiser], p->indoor,
	    p->volume_l, fc_school_names[o->school], water_units_names[o->units], o->fill_ch,
	    o->fill_cya, o->fill_salt, o->fill_tds);
}

static void
bands_line(const struct water_pool *p, struct band bands[MEASURES])
{
	struct measure_rule own[3];
	size_t n = chance(3);

	for (size_t i = 0; i < n; i++) {
		enum measure m = measured[chance(MEASURED)];
		int32_t v[4];

		for (size_t k = 0; k < 4; k++) {
			v[k] = value_of(m);
			for (size_t j = k; j > 0 && v[j - 1] > v[j]; j--) {
				int32_t swap = v[j];
				v[j] = v[j - 1];
				v[j - 1] = swap;
			}
		}
		own[i] =
		    (struct measure_rule){m, 0, 0, true, false, 0, true, v[0], v[1], v[2], v[3]};
	}
	bands_of(p, own, n, NULL, 0, bands);
	for (size_t i = 0; i < MEASURED; i++) {
		const struct band *b = &bands[measured[i]];

		printf(" %d %d %d %d %d", b->own, b->low, b->aim_low, b->aim_high, b->high);
	}
}

static void
water_line(struct water *w)
{
	bool sparse = chance(4) == 0;

	*w = (struct water){0};
	for (size_t i = 0; i < MEASURED; i++) {
		enum measure m = measured[i];
		bool odd =
		    m == MEASURE_CC || m == MEASURE_TC || m == MEASURE_TDS || m == MEASURE_BORATE;

		if (chance(sparse ? 2 : 12) == 0 || (odd && chance(3) != 0)) {
			printf(" -");
			continue;
		}
		w->of[m] = (struct level){true, value_of(m),
		    chance(20) == 0 ? (enum reading_how)chance(HOWS) : HOW_EXACT};
		printf(" %d:%s", w->of[m].x100, reading_how_names[w->of[m].how]);
	}
}

static size_t
products_line(struct dose_product *d)
{
	size_t n = chance(12);

	printf(" %zu", n);
	for (size_t i = 0; i < n; i++) {
		static const enum item_unit wet[] = {UNIT_FL_OZ, UNIT_GALLON, UNIT_LITRE},
					    dry[] = {
						UNIT_LB, UNIT_KG, UNIT_TAB, UNIT_BAG, UNIT_SCOOP};
		enum chemical c = (enum chemical)(1 + chance(CHEMICALS - 1));
		bool liquid = c == CHEMICAL_LIQUID_CHLORINE || c == CHEMICAL_MURIATIC;
		uint32_t usual = chemical_facts(c)->strength_x100;

		d[i] = (struct dose_product){.id = i + 1,
		    .chemical = c,
		    .strength_x100 = chance(4) == 0 ? (uint32_t)(1 + chance(10000)) : usual,
		    .unit = liquid ? wet[chance(3)] : dry[chance(5)],
		    .most_x100 = chance(3) == 0 ? (uint32_t)chance(9000) : 0,
		    .wait_minutes = chance(3) == 0 ? (uint32_t)chance(300) : 0,
		    .apart = chance(6) == 0};
		d[i].holds_x100 = item_unit_holds(d[i].unit);
		if (d[i].holds_x100 == 0)
			d[i].holds_x100 = 1000 + (int64_t)chance(2000000);
		printf(" %s %u %s %" PRId64 " %u %u %d", chemical_names[c], d[i].strength_x100,
		    item_unit_names[d[i].unit], d[i].holds_x100, d[i].most_x100, d[i].wait_minutes,
		    d[i].apart);
	}
	return n;
}

static void
balance_text(const struct balance *b)
{
	printf(" %d %d %d %d %016" PRIx64 " %016" PRIx64, b->computed, b->carbonate, b->csi, b->lsi,
	    bits(b->csi_exact), bits(b->lsi_exact));
}

static void
dose_text(const struct dose *d, const struct dose_product *products, enum water_units u)
{
	const struct dose_product *p = &products[d->item_id - 1];
	struct pour_part part[POUR_PARTS_MAX];
	size_t n = pour_parts(d->each, p->unit, p->holds_x100, u, part);

	printf(" [%" PRIu64 " %s %s %d %d %" PRId64 " %" PRId64 " %u %u %d", d->item_id,
	    chemical_names[d->chemical], measure_names[d->measure], d->from, d->to, d->exact,
	    d->each, d->parts, d->wait_minutes, d->half);
	for (size_t i = 0; i < n; i++)
		printf(" %s %u", item_unit_names[part[i].unit], part[i].quarters);
	printf("]");
}

static void
answer_line(const struct water_pool *p, struct water *w, const struct band *bands,
    const struct dose_policy *o, const struct dose_product *d, size_t n)
{
	static struct dose_plan plan;

	printf(" |");
	water_fill(w);
	for (size_t i = 0; i < MEASURED; i++)
		printf(
		    " %s", verdict_names[level_verdict(&w->of[measured[i]], &bands[measured[i]])]);
	if (dose_plan_of(p, w, bands, o, d, n, &plan, NULL) != OK) {
		printf(" none\n");
		return;
	}
	printf(" %s %d %d %d %d", fc_basis_names[plan.fc.basis], plan.fc.least, plan.fc.aim_low,
	    plan.fc.aim_high, plan.fc.shock);
	balance_text(&plan.now);
	balance_text(&plan.later);
	for (size_t i = 0; i < plan.doses_n; i++)
		dose_text(&plan.doses[i], d, o->units);
	for (size_t i = 0; i < plan.notes_n; i++)
		printf(" %s %s %" PRId64, dose_word_names[plan.notes[i].word],
		    measure_names[plan.notes[i].measure], plan.notes[i].value);
	for (size_t i = 0; i < MEASURED; i++)
		if (plan.after.of[measured[i]].is)
			printf(
			    " %s=%d", measure_names[measured[i]], plan.after.of[measured[i]].x100);
	for (size_t i = 0; i < 4; i++)
		printf(" %016" PRIx64, bits(plan.raw[i]));
	/* The first and the last of the shelf, as if one went in after the other. */
	if (n > 0) {
		int64_t between = (int64_t)(o->fill_ch * 4), given = (int64_t)o->fill_tds * 100;

		printf(" %d %d", dose_meets(d[0].chemical, 0, d[n - 1].chemical, between),
		    dose_over_most(d[0].chemical, d[0].most_x100, p->volume_l, (uint32_t)(1 + n % 3), given));
	}
	printf("\n");
}

int
main(int argc, char **argv)
{
	uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 20;

	state = argc > 2 ? strtoull(argv[2], NULL, 10) | 1 : 20261129;
	while (count-- > 0) {
		struct dose_product products[12];
		struct band bands[MEASURES];
		struct dose_policy policy = {.method = BALANCE_CSI};
		struct water_pool pool;
		struct water water;

		pool_line(&pool, &policy);
		bands_line(&pool, bands);
		water_line(&water);
		size_t n = products_line(products);
		answer_line(&pool, &water, bands, &policy, products, n);
	}
	return 0;
}
