/*
 * domain/water/chemical.c -- the mass balance of each product.
 *
 * Molar masses in g/mol are sums of IUPAC's abridged atomic weights (2021): Cl2 70.906, HCl 36.458,
 * NaHSO4 120.06, NaHCO3 84.007, Na2CO3 105.988, CaCl2 110.984, CaCO3 100.087, NaCl 58.443, (HNCO)3
 * 129.075, Na2SO3 126.04. No table of a web page or library was copied: they disagree by a factor
 * of two (product notes 3.4, traps).
 */
#include "domain/water/chemical.h"

#include <assert.h>

#define CL2      70.906
#define HCL      36.458
#define NAHSO4   120.06
#define NAHCO3   84.007
#define NA2CO3   105.988
#define CACL2    110.984
#define CACO3    100.087
#define NACL     58.443
#define CYANURIC 129.075
#define NA2SO3   126.04
#define CHARGE   50.0435 /* of alkalinity, as CaCO3: half of CACO3 */

/*
 * Most at a time, and waiting, are practice of the trade without a primary page ("trade"): the
 * label has the last word, so each item can say its own. 25 ml of muriatic per m3 is a quart for
 * 10,000 gal; 60 g/m3 is 5 lb; 12 g/m3 is 1 lb.
 */
static const struct chemical_facts facts[CHEMICALS] = {
    [CHEMICAL_LIQUID_CHLORINE] = {1250, true, 0, 15},
    [CHEMICAL_CAL_HYPO] = {6500, false, 0, 15},
    [CHEMICAL_TRICHLOR] = {9000, false, 0, 15},
    [CHEMICAL_DICHLOR] = {5540, false, 0, 15}, /* 2 Cl2 in C3Cl2N3NaO3.2H2O (255.98): 55.4 % */
    [CHEMICAL_MURIATIC] = {3145, true, 2500, 30},
    [CHEMICAL_DRY_ACID] = {9300, false, 3200, 30},
    [CHEMICAL_BICARB] = {10000, false, 6000, 30},
    [CHEMICAL_SODA_ASH] = {10000, false, 1200, 30},
    [CHEMICAL_CALCIUM_CHLORIDE] = {7700, false, 6000, 60},
    [CHEMICAL_CYA] = {10000, false, 0, 0},
    [CHEMICAL_SALT] = {10000, false, 0, 0},
    [CHEMICAL_SULFITE] = {10000, false, 0, 15},
};

static double acid_moles(double percent);
static bool acid(enum chemical c);
static bool chlorine(enum chemical c);
static bool carbonate(enum chemical c);
static bool stabilised(enum chemical c);

const struct chemical_facts *
chemical_facts(enum chemical c)
{
	assert(c < CHEMICALS);
	return &facts[c];
}

struct effect
chemical_effect(enum chemical c, uint32_t strength_x100)
{
	struct effect e = {0};
	double percent = (double)strength_x100 / 100,
	       ppm = percent * 10; /* 1 g in 1 l is 1,000 ppm */

	switch (c) {
	case CHEMICAL_LIQUID_CHLORINE: /* trade percent: g of available chlorine in 100 ml [CH-PF3]
					*/
		e.fc = ppm;
		e.salt = e.fc * (2 * NACL / CL2); /* one from making it, one from using it up */
		break;
	case CHEMICAL_CAL_HYPO:
		e.fc = ppm;
		e.ch = e.fc * (CACO3 / (2 * CL2));
		e.salt =
		    e.fc *
		    1.1; /* NaCl/Cl2 and the salt in the commercial product, 1.0-1.2 [CH-PF1] */
		break;
	case CHEMICAL_TRICHLOR:
		e.fc = ppm;
		e.cya = e.fc * (CYANURIC / (3 * CL2));
		e.salt = e.fc * (NACL / CL2);
		e.ta = e.fc * -0.7; /* when it has been used up [CH-PF1] */
		break;
	case CHEMICAL_DICHLOR:
		e.fc = ppm;
		e.cya = e.fc * (CYANURIC / (2 * CL2));
		e.salt = e.fc * (NACL / CL2);
		e.ta = e.fc * -0.35; /* [CH-PF1] */
		break;
	case CHEMICAL_MURIATIC:
		e.ta = -(acid_moles(percent) * CHARGE);
		e.salt = acid_moles(percent) * NACL;
		break;
	case CHEMICAL_DRY_ACID:
		e.ta = -(ppm / NAHSO4 * CHARGE);
		break;
	case CHEMICAL_BICARB:
		e.ta = ppm / NAHCO3 * CHARGE;
		e.carbon = e.ta;
		break;
	case CHEMICAL_SODA_ASH:
		e.carbon = ppm / NA2CO3 * CHARGE;
		e.ta = e.carbon * 2;
		break;
	case CHEMICAL_CALCIUM_CHLORIDE:
		e.ch = ppm / CACL2 * CACO3;
		e.salt = ppm / CACL2 * (2 * NACL);
		break;
	case CHEMICAL_CYA:
		e.cya = ppm;
		break;
	case CHEMICAL_SALT:
		e.salt = ppm;
		break;
	case CHEMICAL_SULFITE:
		e.fc = -(ppm / NA2SO3 * CL2);
		break;
	case CHEMICAL_NONE:
	case CHEMICAL_OTHER:
	case CHEMICALS:
		break;
	}
	return e;
}

/*
 * Moles of HCl in a litre of muriatic acid. Its density by percent of weight: water 0.998, 14.5
 * % 1.070 (Perry's handbook, 20 C), 31.45 % = 20 degrees Baume = 145/(145 - 20) = 1.160; straight
 * lines between.
 */
static double
acid_moles(double percent)
{
	double density = percent < 14.5 ? 0.998 + 0.072 * percent / 14.5
					: 1.07 + 0.09 * (percent - 14.5) / 16.95;

	return percent * 10 * density / HCL;
}

enum meeting
chemicals_meet(enum chemical a, enum chemical b)
{
	if ((stabilised(a) && b == CHEMICAL_CAL_HYPO) || (stabilised(b) && a == CHEMICAL_CAL_HYPO))
		return MEET_NEVER; /* they burn when they touch, wet or dry */
	if ((carbonate(a) && b == CHEMICAL_CALCIUM_CHLORIDE) ||
	    (carbonate(b) && a == CHEMICAL_CALCIUM_CHLORIDE))
		return MEET_NEVER; /* chalk: the water turns white */
	if ((acid(a) && chlorine(b)) || (acid(b) && chlorine(a)))
		return MEET_LATER; /* chlorine gas */
	if ((acid(a) && carbonate(b)) || (acid(b) && carbonate(a)))
		return MEET_LATER; /* they undo one another */
	return MEET_FREELY;
}

static bool
acid(enum chemical c)
{
	return c == CHEMICAL_MURIATIC || c == CHEMICAL_DRY_ACID;
}

static bool
chlorine(enum chemical c)
{
	return c >= CHEMICAL_LIQUID_CHLORINE && c <= CHEMICAL_DICHLOR;
}

static bool
carbonate(enum chemical c)
{
	return c == CHEMICAL_BICARB || c == CHEMICAL_SODA_ASH;
}

static bool
stabilised(enum chemical c)
{
	return c == CHEMICAL_TRICHLOR || c == CHEMICAL_DICHLOR;
}
