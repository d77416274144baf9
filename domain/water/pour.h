/*
 * domain/water/pour.h -- amounts a hand can measure: jugs, cups, pounds, tabs.
 */
#ifndef DOMAIN_WATER_POUR_H
#define DOMAIN_WATER_POUR_H

#include <stddef.h>

#include "domain/stock/item.h"

enum water_units { UNITS_US = 1, UNITS_METRIC, WATER_UNITS };
extern const char *const water_units_names[];

/*
 * pour_round -- the nearest amount that can be measured; at least the smallest measure if there is
 * anything
 *
 * exact_x100  in  hundredths of ml or g
 * most_x100   in  never above this one; 0: no such limit
 * unit, holds in  of the item: tabs are counted whole, bags and scoops by halves
 *
 * Steps  half a fluid ounce (a tablespoon) below 8 fl oz, 1 below a quart, half a cup below 64, a
 * cup below 2 gal, a quart above; the same figures in ounces of weight up to 4 lb, then half a
 * pound, then 2 lb; metric: 10 below 250, 25 below 1000, 100 below 2000, 250 below 8000, then 1000.
 * So the error is at most 6 % above 4 oz.
 */
int64_t pour_round(int64_t exact_x100, int64_t most_x100, enum item_unit unit, int64_t holds_x100,
    enum water_units u);

/* One kind of jug: how many of it, in quarters. */
struct pour_part {
	enum item_unit unit;
	uint32_t quarters;
};
#define POUR_PARTS_MAX 4
/* pour_parts -- the amount as jugs: 104 fl oz is 3 quarts and 1 cup; returns how many kinds (0:
 * nothing) */
size_t pour_parts(int64_t amount_x100, enum item_unit unit, int64_t holds_x100, enum water_units u,
    struct pour_part out[POUR_PARTS_MAX]);

#endif
