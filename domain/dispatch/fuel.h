/*
 * domain/dispatch/fuel.h -- what driving costs at the pump, in whole cents.
 */
#ifndef DOMAIN_DISPATCH_FUEL_H
#define DOMAIN_DISPATCH_FUEL_H

#include <stdint.h>

/* Stored by their names: see the arrays. */
enum fuel_unit { FUEL_GALLON = 0, FUEL_LITRE, FUEL_UNITS };
enum fuel_use { FUEL_MPG = 0, FUEL_L_100KM, FUEL_USES };
extern const char *const fuel_unit_names[], *const fuel_use_names[];

struct fuel {
	uint32_t price_cents; /* of one unit */
	enum fuel_unit unit;
	uint32_t use_x10;     /* miles a gallon, or litres for 100 km, x 10; 0: nobody said */
	enum fuel_use use;
};

/* fuel_cents -- rounded half up. Source: 1 mile = 1,609.344 m, 1 US gallon = 3.785411784 l, both exact */
int64_t fuel_cents(int64_t metres, const struct fuel *f);

#endif
