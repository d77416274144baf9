/*
 * domain/water/pour.c -- rounding to what can be measured, and saying it in jugs.
 */
#include "domain/water/pour.h"

#include "domain/water/maths.h"

const char *const water_units_names[] = {"", "us", "metric", NULL};

/* Amounts below `under` go by `step`; both counted in the grain of the list. */
struct grid {
	int64_t under, step;
};

/* In half ounces, fluid or of weight. */
static const struct grid ounces[] = {{16, 1}, {64, 2}, {128, 8}, {512, 16}, {0, 64}};
/* In ml or g. */
static const struct grid metric[] = {{250, 10}, {1000, 25}, {2000, 100}, {8000, 250}, {0, 1000}};

/* Hundredths of a ml in half a US fluid ounce (29.5735295625 ml), of a g in half an ounce
 * (28.349523125 g). */
#define HALF_FL_OZ 1478.676478125
#define HALF_OZ    1417.47615625

static double grain_of(enum item_base base, enum water_units u);
static int64_t on_grid(double x, const struct grid *g, bool nearest);
static int64_t whole_ones(int64_t exact_x100, int64_t most_x100, int64_t one_x100);
static size_t jugs(int64_t halves, enum item_base base, struct pour_part *out);

int64_t
pour_round(int64_t exact_x100, int64_t most_x100, enum item_unit unit, int64_t holds_x100,
    enum water_units u)
{
	enum item_base base = item_base_of(unit);

	if (exact_x100 <= 0)
		return 0;
	if (unit == UNIT_TAB)
		return whole_ones(exact_x100, most_x100, holds_x100);
	if (unit == UNIT_BAG || unit == UNIT_SCOOP)
		return whole_ones(exact_x100, most_x100, holds_x100 / 2);
	if (base == BASE_PIECE)
		return whole_ones(exact_x100, most_x100, 100);
	const struct grid *g = u == UNITS_US ? ounces : metric;
	const double grain = grain_of(base, u);
	int64_t n = on_grid((double)exact_x100 / grain, g, true);
	int64_t amount = water_round((double)(n == 0 ? g[0].step : n) * grain);
	if (most_x100 <= 0 || amount <= most_x100)
		return amount;
	n = on_grid((double)most_x100 / grain, g, false);
	return water_round((double)(n == 0 ? g[0].step : n) * grain);
}

static double
grain_of(enum item_base base, enum water_units u)
{
	if (u == UNITS_METRIC)
		return 100;
	return base == BASE_ML ? HALF_FL_OZ : HALF_OZ;
}

/* The step nearest to x, or the one below. */
static int64_t
on_grid(double x, const struct grid *g, bool nearest)
{
	while (g->under != 0 && x >= (double)g->under)
		g++;
	int64_t below = (int64_t)(x / (double)g->step) * g->step;
	return nearest && (x - (double)below) * 2 >= (double)g->step ? below + g->step : below;
}

static int64_t
whole_ones(int64_t exact_x100, int64_t most_x100, int64_t one_x100)
{
	if (one_x100 <= 0)
		return exact_x100;
	int64_t n = water_round((double)exact_x100 / (double)one_x100), most = most_x100 / one_x100;
	if (most_x100 > 0 && n > most)
		n = most;
	return (n == 0 ? 1 : n) * one_x100;
}

size_t
pour_parts(int64_t amount_x100, enum item_unit unit, int64_t holds_x100, enum water_units u,
    struct pour_part out[POUR_PARTS_MAX])
{
	enum item_base base = item_base_of(unit);

	if (amount_x100 <= 0)
		return 0;
	if (unit == UNIT_TAB || unit == UNIT_BAG || unit == UNIT_SCOOP || base == BASE_PIECE) {
		int64_t one = holds_x100 > 0 ? holds_x100 : 100;

		out[0] = (struct pour_part){
		    unit, (uint32_t)water_round((double)amount_x100 * 4 / (double)one)};
		return 1;
	}
	if (u == UNITS_METRIC) {
		int64_t n = water_round((double)amount_x100 / 100);
		bool large = n >= 1000;

		if (large && n % 250 == 0)
			out[0] = (struct pour_part){
			    base == BASE_ML ? UNIT_LITRE : UNIT_KG, (uint32_t)(n / 250)};
		else
			out[0] = (struct pour_part){
			    base == BASE_ML ? UNIT_ML : UNIT_G, (uint32_t)(n * 4)};
		return 1;
	}
	return jugs(water_round((double)amount_x100 / grain_of(base, u)), base, out);
}

/* Gallons, quarts, cups, ounces; pounds, ounces. */
static size_t
jugs(int64_t halves, enum item_base base, struct pour_part *out)
{
	static const struct {
		enum item_unit unit;
		int64_t halves;
	} liquid[] = {{UNIT_GALLON, 256}, {UNIT_QUART, 64}, {UNIT_CUP, 16}, {UNIT_FL_OZ, 2}},
	  dry[] = {{UNIT_LB, 32}, {UNIT_OZ, 2}};
	const size_t kinds = base == BASE_ML ? 4 : 2;
	size_t n = 0;

	for (size_t i = 0; i < kinds; i++) {
		int64_t each = base == BASE_ML ? liquid[i].halves : dry[i].halves,
			count = halves / each;
		bool last = i == kinds - 1;

		if (count == 0 && !(last && halves > 0))
			continue;
		out[n++] = (struct pour_part){base == BASE_ML ? liquid[i].unit : dry[i].unit,
		    (uint32_t)(last ? halves * 4 / each : count * 4)};
		halves = last ? 0 : halves - count * each;
	}
	return n;
}
