/*
 * domain/stock/item.c -- units and what they hold, what an item may be, what an amount costs.
 */
#include "domain/stock/item.h"

#include <assert.h>

const char *const item_kind_names[] = {"", "chemical", "part", "labour", "other", NULL};
const char *const chemical_names[] = {"none", "liquid_chlorine", "cal_hypo", "trichlor", "dichlor",
    "muriatic", "dry_acid", "bicarb", "soda_ash", "calcium_chloride", "cya", "salt", "sulfite",
    "other", NULL};
/* "chlorine" alone is each of the chlorines; "acid" is each acid, but not the stabiliser. */
const char *const chemical_also[] = {
	[CHEMICAL_NONE] = "",
	[CHEMICAL_LIQUID_CHLORINE] = "chlorine,bleach,sodium hypochlorite,cloro,cloro liquido,lejia,hipoclorito de sodio",
	[CHEMICAL_CAL_HYPO] = "chlorine,cal hypo,calcium hypochlorite,shock,granular chlorine,cloro,cloro granulado,hipoclorito de calcio",
	[CHEMICAL_TRICHLOR] = "chlorine,tab,tabs,tablet,tablets,puck,pucks,chlorine tabs,chlorine tablets,stabilized chlorine,cloro,"
	    "tableta,tabletas,pastilla,pastillas,tricloro,cloro estabilizado,cloro en pastillas,pastillas de cloro",
	[CHEMICAL_DICHLOR] = "chlorine,stabilized chlorine,cloro,dicloro,cloro estabilizado",
	[CHEMICAL_MURIATIC] = "acid,muriatic acid,hydrochloric acid,acido,acido muriatico,acido clorhidrico",
	[CHEMICAL_DRY_ACID] = "acid,dry acid,ph minus,sodium bisulfate,acido,acido seco,bisulfato,bisulfato de sodio",
	[CHEMICAL_BICARB] = "baking soda,bicarbonate,sodium bicarbonate,bicarbonato,bicarbonato de sodio",
	[CHEMICAL_SODA_ASH] = "sodium carbonate,carbonato,carbonato de sodio",
	[CHEMICAL_CALCIUM_CHLORIDE] = "calcium,calcio,cloruro de calcio",
	[CHEMICAL_CYA] = "cyanuric acid,conditioner,stabilizer,acido cianurico,acondicionador,estabilizador",
	[CHEMICAL_SALT] = "sal",
	[CHEMICAL_SULFITE] = "thiosulfate,neutralizer,sulfito,tiosulfato",
	[CHEMICAL_OTHER] = "",
	NULL
};
static_assert(sizeof(chemical_also) / sizeof(char *) == CHEMICALS + 1, "each has its other names");
const char *const item_base_names[] = {"piece", "ml", "g", NULL};
const char *const item_unit_names[] = {"", "each", "fl_oz", "cup", "quart", "gallon", "ml", "litre",
    "oz", "lb", "g", "kg", "tab", "bag", "scoop", "hour", NULL};

static_assert(sizeof(chemical_names) / sizeof(char *) == CHEMICALS + 1, "each has its name");
static_assert(sizeof(item_unit_names) / sizeof(char *) == ITEM_UNITS + 1, "each has its name");

static const struct {
	enum item_base base;
	int64_t holds_x100;
} units[ITEM_UNITS] = {
    [UNIT_EACH] = {BASE_PIECE, 100},
    [UNIT_FL_OZ] = {BASE_ML, 2957},
    [UNIT_CUP] = {BASE_ML, 23659},
    [UNIT_QUART] = {BASE_ML, 94635},
    [UNIT_GALLON] = {BASE_ML, 378541},
    [UNIT_ML] = {BASE_ML, 100},
    [UNIT_LITRE] = {BASE_ML, 100000},
    [UNIT_OZ] = {BASE_G, 2835},
    [UNIT_LB] = {BASE_G, 45359},
    [UNIT_G] = {BASE_G, 100},
    [UNIT_KG] = {BASE_G, 100000},
    [UNIT_TAB] = {BASE_G, 0},
    [UNIT_BAG] = {BASE_G, 0},
    [UNIT_SCOOP] = {BASE_G, 0},
    [UNIT_HOUR] = {BASE_PIECE, 100},
};

enum item_base
item_base_of(enum item_unit u)
{
	return units[u].base;
}

int64_t
item_unit_holds(enum item_unit u)
{
	return units[u].holds_x100;
}

enum err
item_check(struct item_facts *i, struct fault *f)
{
	bool liquid = i->chemical == CHEMICAL_LIQUID_CHLORINE || i->chemical == CHEMICAL_MURIATIC;
	bool dry = i->chemical != CHEMICAL_NONE && i->chemical != CHEMICAL_OTHER && !liquid;

	if ((i->chemical != CHEMICAL_NONE) != (i->kind == ITEM_CHEMICAL))
		return fail(f, E_INVALID, "chemical", "Say which chemical it is; of a part, none.");
	if (i->strength_x100 > 10000)
		return fail(f, E_INVALID, "strength_x100", "Nothing is stronger than 100 percent.");
	if ((liquid || dry) && i->strength_x100 == 0)
		return fail(f, E_INVALID, "strength_x100", "How strong is it? The label says.");
	if ((liquid && item_base_of(i->unit) != BASE_ML) ||
	    (dry && item_base_of(i->unit) != BASE_G))
		return fail(
		    f, E_INVALID, "unit", "Liquids are counted by volume, what is dry by weight.");
	if (item_unit_holds(i->unit) != 0)
		i->holds_x100 = item_unit_holds(i->unit);
	if (i->holds_x100 <= 0)
		return fail(f, E_INVALID, "holds_x100", "How much is in one of them?");
	return OK;
}

int64_t
item_price(int64_t amount_x100, int64_t holds_x100, int64_t cents_a_unit)
{
	if (holds_x100 <= 0 || amount_x100 == 0 || cents_a_unit == 0)
		return 0;
	assert(amount_x100 <= ITEM_AMOUNT_MAX && amount_x100 >= -ITEM_AMOUNT_MAX);
	/* 128 bits: a tank of something dear does not fit otherwise. */
	__extension__ typedef __int128 wide;
	wide all = (wide)amount_x100 * cents_a_unit,
	     half = all < 0 ? -(wide)holds_x100 / 2 : (wide)holds_x100 / 2;
	return (int64_t)((all + half) / holds_x100);
}
