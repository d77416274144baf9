/*
 * fcgi/acts/prices.c -- load, decide, save, tell: plans of prices.
 */
#include "fcgi/acts/prices.h"

#include "fcgi/acts/tell.h"
#include "sql/tenant/queries/items.h"
#include "sql/tenant/queries/prices.h"

#define PLAN_BYTES_MAX (512 * 1024)
#define PLAN_AHEAD_DAYS 366

/* What stands in the body of the batch. */
struct plan_body {
	struct day from_day;
	struct price_set *rows;
	size_t rows_n;
};
static const struct field set_fields[] = {
	FIELD_ID(struct price_set, item_id),
	FIELD_INT(struct price_set, was_cents, 0, CENTS_MAX),
	FIELD_INT(struct price_set, price_cents, 0, CENTS_MAX),
	FIELD_END
};
static const struct shape set_shape = {"PriceKept", sizeof(struct price_set), set_fields};
static const struct field body_fields[] = {
	FIELD_DAY(struct plan_body, from_day),
	FIELD_LIST(struct plan_body, rows, rows_n, &set_shape, PRICES_MAX),
	FIELD_END
};
static const struct shape body_shape = {"PricePlanBody", sizeof(struct plan_body), body_fields};
static const struct field order_fields[] = {FIELD_ID(struct price_order, plan_id), FIELD_END};
const struct shape price_order_shape = {"PriceOrder", sizeof(struct price_order), order_fields};

static enum err set_all(struct work *w, const struct plan_body *body, bool back, uint32_t *done, uint32_t *left);

enum err
act_price_preview(struct work *w, const struct price_rule *rule, struct price_preview *out)
{
	const struct reprice r = {rule->how, (int32_t)rule->ppm, rule->round_to_cents};
	struct item_row *items;
	size_t n;

	TRY(sql_items_all(w->db, w->arena, &items, &n));
	*out = (struct price_preview){.rows = arena_array(w->arena, struct price_row, n + 1)};
	for (size_t i = 0; i < n; i++) {
		struct price_row row = {items[i].id, items[i].name, items[i].kind, items[i].cost_cents, items[i].price_cents, 0};

		if (items[i].archived_at.is || (rule->kind.is && rule->kind.v != (uint32_t)items[i].kind))
			continue;
		TRY(reprice(&r, row.cost_cents, row.was_cents, &row.price_cents, &w->fault));
		if (row.price_cents == row.was_cents)
			out->same++;
		else
			out->rows[out->rows_n++] = row;
	}
	return OK;
}

enum err
act_price_plan(struct work *w, const struct price_wish *in, struct price_plans *out)
{
	const struct day today = zone_day(w->tenant->zone, w->now);
	const struct plan_body body = {in->from_day, in->rows, in->rows_n};
	struct buf text = buf_open(w->arena, 4096, PLAN_BYTES_MAX);
	const uint64_t id = work_id(w);
	struct civil midnight;

	if (in->from_day.n < today.n || in->from_day.n > today.n + PLAN_AHEAD_DAYS)
		return fail(&w->fault, E_INVALID, "from_day", "Choose a day from today on, within a year.");
	if (in->rows_n == 0)
		return fail(&w->fault, E_INVALID, "rows", "Choose at least one price.");
	for (size_t i = 0; i < in->rows_n; i++) {
		struct item_row item;
		enum err e = sql_item_one(w->db, in->rows[i].item_id, w->arena, &item);

		if (tell_absent(w, e))
			return fail(&w->fault, E_INVALID, "rows", "There is no such item.");
		TRY(e);
	}
	shape_write(&body_shape, &body, &text);
	if (text.full)
		return fail(&w->fault, E_LIMIT, "rows", "This is too much for one look. Choose fewer days.");
	TRY(sql_price_plan_insert(w->db, id, BATCH_PRICES, BATCH_DRAFT, w->actor.id, w->now, (uint32_t)in->rows_n,
	    buf_str(&text)));
	TRY(audit(w, "prices.planned", "batch", id, str_printf(w->arena, "%zu", in->rows_n)));
	day_civil(in->from_day, &midnight);
	if (in->from_day.n == today.n)
		TRY(act_price_apply(w, id));
	else
		TRY(tell_later(w, "prices", &price_order_shape, &(struct price_order){id},
		    zone_instant(w->tenant->zone, &midnight)));
	return act_price_plans(w, out);
}

enum err
act_price_apply(struct work *w, uint64_t id)
{
	struct plan_body body;
	struct price_plan_row row;
	uint32_t done, left;

	TRY(sql_price_plan_for_update(w->db, id, BATCH_PRICES, w->arena, &row));
	if (row.state != BATCH_DRAFT)
		return OK;
	TRY(shape_read(&body_shape, row.body, w->arena, &body, &w->fault));
	TRY(set_all(w, &body, false, &done, &left));
	TRY(sql_price_plan_move(w->db, id, BATCH_DONE, done, left, (struct maybe_i64){true, w->now}, (struct maybe_i64){0},
	    row.version));
	return audit(w, "prices.changed", "batch", id, str_printf(w->arena, "%u", done));
}

enum err
act_price_undo(struct work *w, uint64_t id, struct price_plans *out)
{
	struct plan_body body;
	struct price_plan_row row;
	uint32_t done = 0, left = 0;

	TRY(sql_price_plan_for_update(w->db, id, BATCH_PRICES, w->arena, &row));
	if (row.state == BATCH_UNDONE)
		return fail(&w->fault, E_STALE, NULL, "Somebody else changed this just now. Reload and look again.");
	TRY(shape_read(&body_shape, row.body, w->arena, &body, &w->fault));
	if (row.state == BATCH_DONE)
		TRY(set_all(w, &body, true, &done, &left));
	TRY(sql_price_plan_move(w->db, id, BATCH_UNDONE, done, left, row.ended_at, (struct maybe_i64){true, w->now},
	    row.version));
	TRY(audit(w, "prices.undone", "batch", id, str_printf(w->arena, "%u", done)));
	return act_price_plans(w, out);
}

enum err
act_price_plans(struct work *w, struct price_plans *out)
{
	struct price_plan_row *rows;
	size_t n;

	TRY(sql_price_plans_recent(w->db, BATCH_PRICES, w->arena, &rows, &n));
	*out = (struct price_plans){arena_array(w->arena, struct price_plan, n + 1), n};
	for (size_t i = 0; i < n; i++) {
		struct plan_body body;

		TRY(shape_read(&body_shape, rows[i].body, w->arena, &body, &w->fault));
		out->rows[i] = (struct price_plan){rows[i].id, rows[i].state, body.from_day, rows[i].staff_name, rows[i].made_at,
		    rows[i].ended_at, rows[i].undone_at, (uint32_t)body.rows_n, rows[i].version};
	}
	return OK;
}

/* Each that still stands as it was left; the others are somebody's later decision. */
static enum err
set_all(struct work *w, const struct plan_body *body, bool back, uint32_t *done, uint32_t *left)
{
	*done = *left = 0;
	for (size_t i = 0; i < body->rows_n; i++) {
		const struct price_set *s = &body->rows[i];
		struct item_row item;
		enum err e = sql_item_one(w->db, s->item_id, w->arena, &item);

		if (tell_absent(w, e)) {
			(*left)++;
			continue;
		}
		TRY(e);
		if (item.price_cents != (back ? s->price_cents : s->was_cents)) {
			(*left)++;
			continue;
		}
		TRY(sql_item_price_set(w->db, item.id, back ? s->was_cents : s->price_cents, item.version));
		(*done)++;
	}
	return OK;
}
