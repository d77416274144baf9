/*
 * fcgi/acts/items.c -- load, decide, save, tell: items, and how much of them is where.
 */
#include "fcgi/acts/items.h"

#include "domain/water/chemical.h"
#include "fcgi/acts/tell.h"
#include "fcgi/acts/tell_water.h"
#include "sql/tenant/queries/items.h"

static enum err check(struct work *w, const struct item_wish *in, uint64_t id, struct item_facts *facts);
static enum err item_of(struct work *w, uint64_t id, struct item_row *out);
static enum err place_check(struct work *w, struct maybe_u64 place_id, const char *field);
static struct str amount_say(struct work *w, int64_t amount_x100, const struct item_row *i);

enum err
act_items(struct work *w, struct item_page *out)
{
	return sql_items_all(w->db, w->arena, &out->rows, &out->rows_n);
}

enum err
act_item_make(struct work *w, const struct item_wish *in, struct item_row *out)
{
	struct item_facts facts = {in->kind, in->chemical, in->strength_x100, in->unit, in->holds_x100};
	uint64_t id = work_id(w);

	TRY(audit(w, "item.made", "item", id, in->name));
	TRY(check(w, in, 0, &facts));
	TRY(sql_item_insert(w->db, id, in->kind, in->name, in->sku, in->chemical, in->strength_x100, in->unit,
	    facts.holds_x100, in->most_x100, in->wait_minutes, in->cost_cents, in->price_cents, in->taxable, in->position,
	    in->label_url));
	return sql_item_one(w->db, id, w->arena, out);
}

enum err
act_item_change(struct work *w, uint64_t id, const struct item_wish *in, struct item_row *out)
{
	struct item_row was;

	TRY(sql_item_one(w->db, id, w->arena, &was));
	struct item_facts facts = {was.kind, in->chemical, in->strength_x100, in->unit, in->holds_x100};
	if (item_base_of(in->unit) != item_base_of(was.unit))
		return fail(&w->fault, E_INVALID, "unit", "What was counted by volume, weight or pieces stays so. Make a new one.");
	TRY(audit(w, "item.changed", "item", id, in->name));
	TRY(check(w, in, id, &facts));
	TRY(sql_item_change(w->db, id, in->name, in->sku, in->chemical, in->strength_x100, in->unit, facts.holds_x100,
	    in->most_x100, in->wait_minutes, in->cost_cents, in->price_cents, in->taxable, in->position, in->label_url,
	    in->archived ? (struct maybe_i64){true, was.archived_at.is ? was.archived_at.v : w->now} : (struct maybe_i64){0},
	    in->version));
	return sql_item_one(w->db, id, w->arena, out);
}

/* That names differ and that there are not too many are rules over several rows: the audit line moves the guard. */
static enum err
check(struct work *w, const struct item_wish *in, uint64_t id, struct item_facts *facts)
{
	struct item_page all;

	TRY(item_check(facts, &w->fault));
	if (in->label_url.n > 0 && !str_starts(in->label_url, STR("https://")))
		return fail(&w->fault, E_INVALID, "label_url", "An address begins with https://.");
	TRY(act_items(w, &all));
	if (id == 0 && all.rows_n >= ITEMS_MAX)
		return fail(&w->fault, E_LIMIT, "name", "There are as many items as a company can have.");
	for (size_t i = 0; i < all.rows_n; i++)
		if (all.rows[i].id != id && str_eq_nocase(all.rows[i].name, in->name))
			return fail(&w->fault, E_INVALID, "name", "There is an item of this name already.");
	return OK;
}

enum err
act_items_standard(struct work *w, struct item_page *out)
{
	static const struct {
		const char *name, *strength; /* the figure stands behind the name in each language */
		enum chemical chemical;
		enum item_unit unit;
		int64_t holds_x100;
	} usual[] = {
		{"Liquid chlorine", " 12.5%", CHEMICAL_LIQUID_CHLORINE, UNIT_GALLON, 0},
		{"Muriatic acid", " 31.45%", CHEMICAL_MURIATIC, UNIT_GALLON, 0},
		{"Sodium bicarbonate", "", CHEMICAL_BICARB, UNIT_LB, 0},
		{"Soda ash", "", CHEMICAL_SODA_ASH, UNIT_LB, 0},
		{"Calcium chloride", " 77%", CHEMICAL_CALCIUM_CHLORIDE, UNIT_LB, 0},
		{"Stabilizer", "", CHEMICAL_CYA, UNIT_LB, 0},
		{"Pool salt, 40 lb bag", "", CHEMICAL_SALT, UNIT_BAG, 1814369},
		{"Trichlor tabs, 3 inch", "", CHEMICAL_TRICHLOR, UNIT_TAB, 22680},
	};
	struct item_page all;

	TRY(audit(w, "items.standard", "item", 0, STR("")));
	TRY(act_items(w, &all));
	for (uint32_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
		const struct str name = str_printf(w->arena, "%s%s", words_say(w->tenant->language, usual[i].name), usual[i].strength);
		bool there = false;

		for (size_t k = 0; k < all.rows_n; k++)
			there = there || str_eq_nocase(all.rows[k].name, name);
		if (there)
			continue;
		int64_t holds = item_unit_holds(usual[i].unit);
		TRY(sql_item_insert(w->db, work_id(w), ITEM_CHEMICAL, name, STR(""), usual[i].chemical,
		    chemical_facts(usual[i].chemical)->strength_x100, usual[i].unit, holds > 0 ? holds : usual[i].holds_x100, 0, 0,
		    0, 0, true, i, STR("")));
	}
	return act_items(w, out);
}

enum err
act_stock(struct work *w, const struct stock_query *q, struct stock_page *out)
{
	size_t kept = 0;

	TRY(sql_stock_lines(w->db, q->place_id, w->arena, &out->rows, &out->rows_n));
	if (out->rows_n > STOCK_LINES_MAX)
		return fail(&w->fault, E_LIMIT, "place_id", "This is too much for one look. Choose one van.");
	if (!q->low.is || !q->low.v)
		return OK;
	for (size_t i = 0; i < out->rows_n; i++)
		if (out->rows[i].amount_x100 < out->rows[i].low_x100 || out->rows[i].amount_x100 < 0)
			out->rows[kept++] = out->rows[i];
	out->rows_n = kept;
	return OK;
}

enum err
act_stock_move(struct work *w, const struct stock_move *in, struct stock_page *out)
{
	uint64_t from = in->from_id.is ? in->from_id.v : 0, to = in->to_id.is ? in->to_id.v : 0;
	struct item_row i;

	TRY(item_of(w, in->item_id, &i));
	if (!in->bought)
		TRY(place_check(w, in->from_id, "from_id"));
	TRY(place_check(w, in->to_id, "to_id"));
	if (!in->bought && from == to)
		return fail(&w->fault, E_INVALID, "to_id", "It is there already.");
	TRY(audit(w, in->bought ? "stock.bought" : "stock.moved", "item", i.id, amount_say(w, in->amount_x100, &i)));
	/* Always the smaller place first: two moves the other way round wait for one another, and none dies. */
	if (!in->bought && from < to)
		TRY(tell_stock(w, from, i.id, -in->amount_x100));
	TRY(tell_stock(w, to, i.id, in->amount_x100));
	if (!in->bought && from > to)
		TRY(tell_stock(w, from, i.id, -in->amount_x100));
	return act_stock(w, &(struct stock_query){0}, out);
}

enum err
act_stock_count(struct work *w, const struct stock_count *in, struct stock_page *out)
{
	uint64_t place = in->place_id.is ? in->place_id.v : 0, rows;
	struct stock_row *was;
	struct item_row i;

	TRY(item_of(w, in->item_id, &i));
	TRY(place_check(w, in->place_id, "place_id"));
	TRY(sql_stock_open(w->db, place, i.id, &rows));
	TRY(sql_stock_for_update(w->db, place, i.id, w->arena, &was));
	if (was == NULL)
		return fail(&w->fault, E_RETRY, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(sql_stock_count(w->db, place, i.id, in->amount_x100.is ? in->amount_x100.v : was->amount_x100,
	    in->low_x100.is ? in->low_x100.v : was->low_x100,
	    in->amount_x100.is ? (struct maybe_i64){true, w->now} : was->counted_at));
	if (in->amount_x100.is)
		TRY(audit(w, "stock.counted", "item", i.id, str_printf(w->arena, "%.*s -> %.*s",
		    STR_ARG(amount_say(w, was->amount_x100, &i)), STR_ARG(amount_say(w, in->amount_x100.v, &i)))));
	return act_stock(w, &(struct stock_query){0}, out);
}

static enum err
item_of(struct work *w, uint64_t id, struct item_row *out)
{
	enum err e = sql_item_one(w->db, id, w->arena, out);

	if (tell_absent(w, e))
		return fail(&w->fault, E_INVALID, "item_id", "There is no such item.");
	return e;
}

static enum err
place_check(struct work *w, struct maybe_u64 place_id, const char *field)
{
	struct stock_place_row *row;

	if (!place_id.is)
		return OK;
	TRY(sql_stock_place(w->db, place_id.v, w->arena, &row));
	return row != NULL ? OK : fail(&w->fault, E_INVALID, field, "This person does not work here.");
}

/* "2.5 gallon, Liquid chlorine" */
static struct str
amount_say(struct work *w, int64_t amount_x100, const struct item_row *i)
{
	int64_t hundredths = item_price(amount_x100, i->holds_x100, 100), whole = hundredths / 100, part = hundredths % 100;

	return str_printf(w->arena, "%s%lld.%02lld %s, %.*s", hundredths < 0 && whole == 0 ? "-" : "", (long long)whole,
	    (long long)(part < 0 ? -part : part), item_unit_names[i->unit], STR_ARG(i->name));
}
