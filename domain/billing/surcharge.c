/*
 * domain/billing/surcharge.c -- one table of states, one sum.
 */
#include "domain/billing/surcharge.h"

#include <stddef.h>

/* The fifty states and the District, but for CA CT MA ME NY OK; Puerto Rico is none of them. */
static const char allowed[] = "AL AK AZ AR CO DE DC FL GA HI ID IL IN IA KS KY LA MD MI MN MS MO MT NE NV NH NJ NM NC ND OH OR "
			      "PA RI SC SD TN TX UT VT VA WA WV WI WY";

bool
surcharge_allowed(struct str country, struct str region)
{
	if (!str_eq_nocase(country, STR("US")) || region.n != 2)
		return false;
	for (size_t i = 0; i + 2 < sizeof(allowed); i += 3)
		if (str_eq_nocase(region, (struct str){allowed + i, 2}))
			return true;
	return false;
}

/* Rounded down: a cent too much would be one above the cap. */
int64_t
surcharge_cents(int64_t cents, uint32_t ppm, struct str funding)
{
	int64_t asked, cost;

	if (cents <= 0 || ppm == 0 || !str_eq(funding, STR("credit")))
		return 0;
	asked = cents * (ppm < SURCHARGE_PPM_MAX ? ppm : SURCHARGE_PPM_MAX) / 1000000;
	/* The card costs its share of the surcharge, too; without that the bound is a little lower, and safe. */
	cost = cents * SURCHARGE_COST_PPM / 1000000 + SURCHARGE_COST_CENTS;
	return asked < cost ? asked : cost;
}

/* Half a cent goes to the customer. */
int64_t
surcharge_back(int64_t surcharge, int64_t paid, int64_t back)
{
	if (surcharge <= 0 || paid <= 0 || back <= 0)
		return 0;
	return back >= paid ? surcharge : (2 * surcharge * back + paid) / (2 * paid);
}
