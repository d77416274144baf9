/*
 * domain/stock/item.h -- what a company buys, carries, pours and sells: chemicals and parts.
 *
 * Amounts are hundredths of a base: ml of what is liquid, g of what is dry, pieces of the rest. A
 * unit is how people count it: a gallon is 378541 of them. Enums are stored: never renumber, only
 * append.
 */
#ifndef DOMAIN_STOCK_ITEM_H
#define DOMAIN_STOCK_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/base/err.h"
#include "domain/base/str.h"

enum item_kind { ITEM_CHEMICAL = 1, ITEM_PART, ITEM_LABOUR, ITEM_OTHER, ITEM_KINDS };

/* What it does to water; CHEMICAL_OTHER: nothing that could be computed. */
enum chemical {
	CHEMICAL_NONE = 0,
	CHEMICAL_LIQUID_CHLORINE,
	CHEMICAL_CAL_HYPO,
	CHEMICAL_TRICHLOR,
	CHEMICAL_DICHLOR,
	CHEMICAL_MURIATIC,
	CHEMICAL_DRY_ACID,
	CHEMICAL_BICARB,
	CHEMICAL_SODA_ASH,
	CHEMICAL_CALCIUM_CHLORIDE,
	CHEMICAL_CYA,
	CHEMICAL_SALT,
	CHEMICAL_SULFITE,
	CHEMICAL_OTHER,
	CHEMICALS
};

enum item_base { BASE_PIECE = 0, BASE_ML, BASE_G, ITEM_BASES };
enum item_unit {
	UNIT_EACH = 1,
	UNIT_FL_OZ,
	UNIT_CUP,
	UNIT_QUART,
	UNIT_GALLON,
	UNIT_ML,
	UNIT_LITRE,
	UNIT_OZ,
	UNIT_LB,
	UNIT_G,
	UNIT_KG,
	UNIT_TAB, /* these three hold what the item says */
	UNIT_BAG,
	UNIT_SCOOP,
	UNIT_HOUR,
	ITEM_UNITS
};

extern const char *const item_kind_names[];
extern const char *const chemical_names[];
/* chemical_also -- what people call it, English and Spanish, folded, commas between: "tabs,pastillas" */
extern const char *const chemical_also[];
extern const char *const item_base_names[];
extern const char *const item_unit_names[];

#define ITEM_AMOUNT_MAX INT64_C(100000000000) /* 1,000 t */

/* item_base_of -- what the unit counts in; of a tab, bag or scoop: grams */
enum item_base item_base_of(enum item_unit u);
/* item_unit_holds -- hundredths of its base in one unit; 0: the item says it. US customary: 1
 * gallon = 3.785411784 l, 1 lb = 453.59237 g, both exact by definition (NIST Handbook 44, appendix
 * C) */
int64_t item_unit_holds(enum item_unit u);

/* What an item may be. */
struct item_facts {
	enum item_kind kind;
	enum chemical chemical;
	uint32_t strength_x100;
	enum item_unit unit;
	int64_t holds_x100; /* of a tab, bag, scoop; else what item_unit_holds says */
};

/*
 * item_check -- holds_x100 is filled for units that are the same everywhere
 *
 * Errors  E_INVALID "chemical" of what is no chemical; "strength_x100" above 100 %; "unit" a liquid
 * by weight, a dry one by volume; "holds_x100" a tab, bag or scoop that does not say how much is in
 * it
 */
must_use enum err item_check(struct item_facts *i, struct fault *f);

/* item_price -- cents for that amount at so many cents a unit; rounded half away from zero. 0 if
 * holds is 0 */
int64_t item_price(int64_t amount_x100, int64_t holds_x100, int64_t cents_a_unit);

#endif
