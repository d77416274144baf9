/*
 * domain/water/balance.h -- how much chlorine this water wants, whether it etches or scales, and
 * what its pH becomes when something is poured in.
 *
 * Inputs and answers are hundredths; in between stand doubles, in a fixed order of + - * / alone
 * (maths.h), so that a phone gets the same bits. Sources: keys in brackets are those of the product
 * notes, section 3.
 */
#ifndef DOMAIN_WATER_BALANCE_H
#define DOMAIN_WATER_BALANCE_H

#include "domain/water/reading.h"

enum fc_school { FC_BY_CYA = 1, FC_CLASSIC, FC_SCHOOLS };
/* What a range of free chlorine follows from. */
enum fc_basis { BASIS_CYA = 1, BASIS_CYA_SALT, BASIS_CLASSIC, BASIS_NO_CYA, BASIS_OWN, BASES };
enum balance_method { BALANCE_CSI = 1, BALANCE_LSI, BALANCE_METHODS };

extern const char *const fc_school_names[];
extern const char *const fc_basis_names[];
extern const char *const balance_method_names[];

/* Free chlorine: the least, what to aim for, and the level that clears algae and chloramines. */
struct fc_range {
	enum fc_basis basis;
	int32_t least, aim_low, aim_high, shock;
};

/*
 * fc_range_of -- what free chlorine should be in this water
 *
 * cya   in  as known; a censored one counts as its number
 * band  in  of MEASURE_FC: used by the classic school, when CYA is unknown, and when the company
 * set its own
 *
 * Source  [CH-TFP] chart, closed form [CH-PYP]: least max(1, floor(0.075 CYA + 0.7)), aim
 * floor(CYA/10 + 1.5) to floor(CYA/10 + 3.5), shock max(10, floor(0.393 CYA + 0.5)); salt: least
 * max(1, floor(0.045 CYA + 0.7)), aim from max(3, floor(0.075 CYA)). tests/cases/fc_cya.csv
 */
struct fc_range fc_range_of(
    enum fc_school school, enum pool_sanitiser s, const struct level *cya, const struct band *band);

/* What balance and pH are computed from; hundredths. */
struct balance_in {
	int32_t ph, temp, ch, ta, cya, borate, salt, tds;
};

struct balance {
	bool computed; /* false: the carbonate alkalinity or hardness is not above 0, or pH is
			  beyond 4..11 */
	int32_t carbonate, csi, lsi; /* hundredths */
	double csi_exact, lsi_exact; /* not stored: for the proof that phone and server agree */
};

/*
 * balance_of -- carbonate alkalinity, and both indices of saturation
 *
 * Source  carbonate alkalinity [CH-SIN2][CH-APP]: TA - 0.38772 CYA/(1 + 10^(6.83 - pH)) - 4.63 B/(1
 * + 10^(9.11 - pH)); CSI [CH-PYP][CH-NJS]; LSI [CH-FROG][CH-AJ], 12.2 above 1,000 ppm TDS [CH-PP].
 * tests/cases/balance.csv
 */
struct balance balance_of(const struct balance_in *in);
/* The same with the old constant 12.1 whatever the TDS. */
#define LSI_TDS_X100 100000

/* ---- pH as a closed system of carbonate, cyanurate and borate ---- */

struct acidity {
	double ta, carbon, cya,
	    borate; /* ppm; carbon: dissolved carbonate, as CaCO3 equivalents of one charge */
	double ph;
};

/* acidity_of -- from what was read; false if it cannot be (as balance.computed) */
bool acidity_of(double ph, double ta, double cya, double borate, struct acidity *out);
/* acidity_settle -- the pH that follows from the other four; stays within 4..11 */
void acidity_settle(struct acidity *x);
/* acidity_ta_at -- the total alkalinity that this water would have at that pH, nothing entering or
 * leaving */
double acidity_ta_at(const struct acidity *x, double ph);
/* acidity_soda_for -- ppm (as CaCO3, per charge) of soda ash that bring it to that pH; 0 if it is
 * there */
double acidity_soda_for(const struct acidity *x, double ph);

#endif
