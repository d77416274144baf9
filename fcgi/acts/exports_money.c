/*
 * fcgi/acts/exports_money.c -- lists to take away: bills, debts, payments, and the goods that are bought and carried.
 */
#include "fcgi/acts/exports.h"

#include "sql/tenant/queries/exports.h"

static enum err payments(struct sheet *s, size_t *n);
static enum err items(struct sheet *s, size_t *n);
static void put_amount(struct sheet *s, int64_t x100, int64_t holds_x100);

const struct sheet_list export_payments = {
	"Date,Customer,Way,State,Amount,Not yet applied,Reference,Note", "Fecha,Cliente,Forma,Estado,Importe,Sin aplicar,Referencia,Nota",
	payments};
const struct sheet_list export_items = {
	"Item,Kind,SKU,Chemical,Strength %,Unit,Cost,Price,Taxable,Put aside",
	"Artículo,Tipo,SKU,Químico,Concentración %,Unidad,Costo,Precio,Con impuesto,Apartado", items};

enum err
act_export_bills(struct work *w, const struct bill_card *row, size_t n, struct export_part *out)
{
	struct sheet s;

	sheet_open(&s, w, "Number,Customer,Title,State,Date,Due,Total,Open,Currency",
	    "Número,Cliente,Título,Estado,Fecha,Vence,Total,Pendiente,Moneda");
	for (size_t i = 0; i < n && s.room; i++) {
		put(&s, row[i].number);
		put(&s, row[i].customer);
		put(&s, row[i].title);
		put_word(&s, bill_state_names, row[i].state);
		put_day(&s, (struct maybe_day){true, row[i].day});
		put_day(&s, (struct maybe_day){true, row[i].due_day});
		put_cents(&s, row[i].total_cents);
		put_cents(&s, row[i].open_cents);
		put(&s, row[i].currency);
		(void)row_end(&s, row[i].id);
	}
	sheet_close(&s, false, out);
	return OK;
}

enum err
act_export_debts(struct work *w, const struct sheet_debt_row *row, size_t n, struct export_part *out)
{
	struct sheet s;

	sheet_open(&s, w, "Customer,Not due,1-30 days,31-60 days,61-90 days,Older,Total",
	    "Cliente,Sin vencer,1-30 días,31-60 días,61-90 días,Más,Total");
	for (size_t i = 0; i < n && !s.out.full; i++) {
		put(&s, row[i].customer);
		for (size_t age = 0; age < AGES; age++)
			put_cents(&s, row[i].cents[age]);
		put_cents(&s, row[i].total_cents);
		(void)row_end(&s, row[i].customer_id);
	}
	if (s.out.full)
		return fail(&w->fault, E_LIMIT, NULL, "This list is too long to be taken away.");
	sheet_close(&s, false, out);
	return OK;
}

static enum err
payments(struct sheet *s, size_t *n)
{
	static const char *const states[] = {"", "pending", "settled", "failed", "returned", NULL};
	struct sheet_payment_row *r;

	TRY(sql_sheet_payments(s->w->db, s->last, ACCOUNT_UNAPPLIED, s->w->arena, &r, n));
	for (size_t i = 0; i < *n && s->room; i++) {
		put_day(s, (struct maybe_day){true, r[i].day});
		put(s, r[i].customer);
		put_word(s, pay_way_names, r[i].way);
		put_word(s, states, r[i].state);
		put_cents(s, r[i].cents);
		put_cents(s, r[i].free_cents);
		put(s, r[i].reference);
		put(s, r[i].note);
		(void)row_end(s, r[i].id);
	}
	return OK;
}

/* At most some hundreds: one page. */
static enum err
items(struct sheet *s, size_t *n)
{
	struct sheet_item_row *r;
	size_t rows;

	TRY(sql_sheet_items(s->w->db, s->w->arena, &r, &rows));
	for (size_t i = 0; i < rows && s->room; i++) {
		put(s, r[i].name);
		put_word(s, item_kind_names, r[i].kind);
		put(s, r[i].sku);
		put(s, r[i].chemical == CHEMICAL_NONE ? STR("") : str_of(chemical_names[r[i].chemical]));
		put_hundredths(s, r[i].strength_x100);
		put_word(s, item_unit_names, r[i].unit);
		put_cents(s, r[i].cost_cents);
		put_cents(s, r[i].price_cents);
		put(s, r[i].taxable ? STR("yes") : STR("no"));
		put(s, r[i].aside ? STR("yes") : STR("no"));
		(void)row_end(s, r[i].id);
	}
	*n = 0;
	return OK;
}

enum err
act_export_stock(struct work *w, const struct stock_line_row *row, size_t n, struct export_part *out)
{
	struct sheet s;

	sheet_open(&s, w, "Place,Item,Unit,Amount,Short below,Counted", "Lugar,Artículo,Unidad,Cantidad,Falta bajo,Contado");
	for (size_t i = 0; i < n && s.room; i++) {
		put(&s, row[i].place.is ? row[i].place.v : str_of(words_say(w->actor.language, "Warehouse")));
		put(&s, row[i].item);
		put_word(&s, item_unit_names, row[i].unit);
		put_amount(&s, row[i].amount_x100, row[i].holds_x100);
		put_amount(&s, row[i].low_x100, row[i].holds_x100);
		put_day(&s, row[i].counted_at.is ? (struct maybe_day){true, zone_day(w->tenant->zone, row[i].counted_at.v)} : (struct maybe_day){0});
		(void)row_end(&s, row[i].item_id);
	}
	sheet_close(&s, false, out);
	return OK;
}

/* In units of the item, to a hundredth. */
static void
put_amount(struct sheet *s, int64_t x100, int64_t holds_x100)
{
	put_hundredths(s, holds_x100 > 0 ? x100 * 100 / holds_x100 : x100);
}
