#include "domain/dispatch/fuel.h"

#include <stddef.h>

const char *const fuel_unit_names[] = {"gallon", "litre", NULL};
const char *const fuel_use_names[] = {"mpg", "l_100km", NULL};

#define UL_A_LITRE INT64_C(1000000)
#define UL_A_GALLON INT64_C(3785412)
/* 3,785,411.784 microlitres x 10 / 1,609.344 m, x 1,000 */
#define UL_A_METRE_X1000 INT64_C(23521458)

int64_t
fuel_cents(int64_t metres, const struct fuel *f)
{
	int64_t ul, unit = f->unit == FUEL_LITRE ? UL_A_LITRE : UL_A_GALLON;

	if (f->use_x10 == 0 || metres <= 0)
		return 0;
	/* Litres for 100 km, tenths: exactly as many microlitres a metre. */
	ul = f->use == FUEL_L_100KM ? metres * f->use_x10 : metres * UL_A_METRE_X1000 / (1000 * (int64_t)f->use_x10);
	return (ul * f->price_cents + unit / 2) / unit;
}
