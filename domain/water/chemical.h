/*
 * domain/water/chemical.h -- what is poured into pools, and what a gram of it does besides what it
 * is poured for. Enums are stored: never renumber, only append.
 */
#ifndef DOMAIN_WATER_CHEMICAL_H
#define DOMAIN_WATER_CHEMICAL_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/stock/item.h"
#include "domain/water/reading.h"

/* Per ppm of the amount's strength: what 1 mg of product in 1 litre changes, in ppm. */
struct effect {
	double fc, ta, carbon, ch, cya, salt, borate;
};

struct chemical_facts {
	uint32_t strength_x100; /* usual; percent: trade % (volume) of liquid chlorine, available
				   chlorine of the other chlorines, weight of the rest */
	bool liquid;            /* amounts are ml, else g */
	uint32_t most_x100;     /* ml or g at a time for each m3; 0: not limited here */
	uint32_t wait_minutes;  /* before the next product goes in */
};
const struct chemical_facts *chemical_facts(enum chemical c);

/*
 * chemical_effect -- what one ml or g in one litre changes, in ppm; all 0 for what this house
 * computes nothing for
 *
 * Source  mass balance with IUPAC atomic weights; see chemical.c, line by line.
 * tests/cases/chemical.csv
 */
struct effect chemical_effect(enum chemical c, uint32_t strength_x100);

/* Two products at one stop. */
enum meeting { MEET_FREELY = 0, MEET_LATER, MEET_NEVER };
/* chemicals_meet -- LATER: only after the first has mixed in; NEVER: not on the same day in the
 * same water */
enum meeting chemicals_meet(enum chemical a, enum chemical b);

#endif
