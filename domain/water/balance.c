/*
 * domain/water/balance.c -- chlorine by stabiliser, carbonate alkalinity, saturation, and pH in a
 * closed system.
 */
#include "domain/water/balance.h"

#include <assert.h>

#include "domain/water/maths.h"

const char *const fc_school_names[] = {"", "by_cya", "classic", NULL};
const char *const fc_basis_names[] = {"", "cya", "cya_salt", "classic", "no_cya", "own", NULL};
const char *const balance_method_names[] = {"", "csi", "lsi", NULL};

static_assert(sizeof(fc_basis_names) / sizeof(char *) == BASES + 1, "each has its name");

#define PPM 100 /* of a stored whole number */

/* One charge of alkalinity as CaCO3: 50.0435 g/mol (100.087 / 2, IUPAC 2021), in mg. */
#define CACO3_MG 50043.5
/*
 * The apparent first and second constants of carbonic acid and the ion product of water: those with
 * which this closed system gives the table of product notes 3.5 within 0.07 fl oz of acid in all 20
 * places (tests/cases/ph_dose.csv). Between those of pure water at 25 C (6.35, 10.33) and of a
 * salted pool.
 */
#define PK1 6.30
#define PK2 10.20
#define PKW 14.00
/* Cyanuric acid: 50.04/129.07 charges as CaCO3 per ppm, apparent pK 6.83; boric acid per ppm B,
 * pK 9.11 [CH-SIN2]. */
#define CYA_SHARE    0.38772
#define CYA_PK       6.83
#define BORATE_SHARE 4.63
#define BORATE_PK    9.11

#define PH_LEAST 4.0
#define PH_MOST  11.0
#define PH_STEPS 34 /* halvings of 7: 4e-10 */

static double cyanurate(double ph, double cya);
static double borate_charge(double ph, double borate);
static double water_charge(double ph);
static double carbonate_charge(double ph);
static double temperature_factor(double fahrenheit);

struct fc_range
fc_range_of(
    enum fc_school school, enum pool_sanitiser s, const struct level *cya, const struct band *band)
{
	struct fc_range r = {BASIS_CLASSIC, band->low, band->aim_low, band->aim_high, band->high};

	if (band->own) {
		r.basis = BASIS_OWN;
		return r;
	}
	if (school == FC_CLASSIC)
		return r;
	if (!cya->is) {
		r.basis = BASIS_NO_CYA;
		return r;
	}
	/* Whole numbers: x100 in, so floor(0.075 CYA + 0.7) is (75 x + 70000) / 100000. */
	int32_t x = cya->x100, shock = PPM * ((393 * x + 50000) / 100000);
	r.shock = shock < 10 * PPM ? 10 * PPM : shock;
	if (s == SANITISER_SALT) {
		int32_t least = PPM * ((45 * x + 70000) / 100000), aim = PPM * (75 * x / 100000);
		r.basis = BASIS_CYA_SALT;
		r.least = least < PPM ? PPM : least;
		r.aim_low = aim < 3 * PPM ? 3 * PPM : aim;
		r.aim_high = r.aim_low + 2 * PPM;
		return r;
	}
	int32_t least = PPM * ((75 * x + 70000) / 100000);
	r.basis = BASIS_CYA;
	r.least = least < PPM ? PPM : least;
	r.aim_low = PPM * ((x + 1500) / 1000);
	r.aim_high = PPM * ((x + 3500) / 1000);
	return r;
}

struct balance
balance_of(const struct balance_in *in)
{
	double ph = (double)in->ph / PPM, celsius = (double)in->temp / PPM,
	       ch = (double)in->ch / PPM;
	double ta = (double)in->ta / PPM, salt = (double)in->salt / PPM;
	double carbonate =
	    ta - cyanurate(ph, (double)in->cya / PPM) - borate_charge(ph, (double)in->borate / PPM);
	struct balance b = {.carbonate = (int32_t)water_round(carbonate * PPM)};

	if (ph < PH_LEAST || ph > PH_MOST || ch <= 0 || carbonate <= 0)
		return b;
	double more_salt = salt - 1.168 * ch; /* what calcium chloride already counted */
	double ions = (1.5 * ch + ta) / 50045 + (more_salt > 0 ? more_salt : 0) / 58440;
	double root = ions > 0 ? water_exp10(water_log10(ions) / 2) : 0;
	double log_ch = water_log10(ch), log_carbonate = water_log10(carbonate);
	b.csi_exact = ph - 6.9395 + log_ch + log_carbonate - 2.56 * root / (1 + 1.65 * root) -
		      1412.5 / (celsius + 273.15);
	b.lsi_exact = ph + temperature_factor(celsius * 9 / 5 + 32) + (log_ch - 0.4) +
		      log_carbonate - (in->tds > LSI_TDS_X100 ? 12.2 : 12.1);
	b.computed = true;
	b.csi = (int32_t)water_round(b.csi_exact * PPM);
	b.lsi = (int32_t)water_round(b.lsi_exact * PPM);
	return b;
}

/* The steps of the printed table [CH-FROG], with straight lines between: steps alone make jumps one
 * can see. */
static double
temperature_factor(double fahrenheit)
{
	static const struct {
		double f, factor;
	} t[] = {{32, 0.0}, {37, 0.1}, {46, 0.2}, {53, 0.3}, {60, 0.4}, {66, 0.5}, {76, 0.6},
	    {84, 0.7}, {94, 0.8}, {105, 0.9}, {128, 1.0}};
	const size_t last = sizeof(t) / sizeof(*t) - 1;

	if (fahrenheit <= t[0].f)
		return t[0].factor;
	for (size_t i = 1; i <= last; i++)
		if (fahrenheit <= t[i].f)
			return t[i - 1].factor + (t[i].factor - t[i - 1].factor) *
						     (fahrenheit - t[i - 1].f) /
						     (t[i].f - t[i - 1].f);
	return t[last].factor;
}

bool
acidity_of(double ph, double ta, double cya, double borate, struct acidity *out)
{
	struct acidity x = {.ta = ta, .cya = cya, .borate = borate, .ph = ph};

	if (ph < PH_LEAST || ph > PH_MOST)
		return false;
	x.carbon = (ta - cyanurate(ph, cya) - borate_charge(ph, borate) - water_charge(ph)) /
		   carbonate_charge(ph);
	if (x.carbon <= 0)
		return false;
	*out = x;
	return true;
}

double
acidity_ta_at(const struct acidity *x, double ph)
{
	return x->carbon * carbonate_charge(ph) + cyanurate(ph, x->cya) +
	       borate_charge(ph, x->borate) + water_charge(ph);
}

void
acidity_settle(struct acidity *x)
{
	double low = PH_LEAST, high = PH_MOST;

	for (int i = 0; i < PH_STEPS; i++) {
		double middle = (low + high) / 2;

		if (acidity_ta_at(x, middle) < x->ta)
			low = middle;
		else
			high = middle;
	}
	x->ph = (low + high) / 2;
}

/* One mole of soda ash brings one carbonate and two charges. */
double
acidity_soda_for(const struct acidity *x, double ph)
{
	double charge = carbonate_charge(ph), missing = acidity_ta_at(x, ph) - x->ta;

	return missing > 0 ? missing / (2 - charge) : 0;
}

static double
cyanurate(double ph, double cya)
{
	return cya * CYA_SHARE / (1 + water_exp10(CYA_PK - ph));
}

static double
borate_charge(double ph, double borate)
{
	return borate * BORATE_SHARE / (1 + water_exp10(BORATE_PK - ph));
}

/* Hydroxide less hydrogen ions. */
static double
water_charge(double ph)
{
	return CACO3_MG * (water_exp10(ph - PKW) - water_exp10(-ph));
}

/* Charges that one dissolved carbonate carries at that pH: 0 (carbonic acid) to 2. */
static double
carbonate_charge(double ph)
{
	double first = water_exp10(ph - PK1), second = first * water_exp10(ph - PK2);

	return (first + 2 * second) / (1 + first + second);
}
