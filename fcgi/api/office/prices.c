/*
 * fcgi/api/office/prices.c -- the price book: many prices at once.
 */
#include "fcgi/acts/prices.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

extern const struct endpoint office_prices[];

static enum err preview(struct work *w, const struct call *c);
static enum err plan(struct work *w, const struct call *c);
static enum err plans(struct work *w, const struct call *c);
static enum err undo(struct work *w, const struct call *c);

#define CENTS(s, m) FIELD_INT(s, m, 0, CENTS_MAX)

static const char *const plan_state_names[] = {"", "waits", "dry", "running", "done", "undoing", "undone", "failed", NULL};

static const struct field rule_fields[] = {
	FIELD_ENUM(struct price_rule, how, reprice_how_names),
	FIELD_INT(struct price_rule, ppm, REPRICE_CHANGE_MIN, REPRICE_MARKUP_MAX),
	FIELD_INT(struct price_rule, round_to_cents, 1, 100),
	FIELD_MAYBE_INT(struct price_rule, kind, 1, ITEM_KINDS - 1),
	FIELD_END
};
static const struct shape rule_shape = {"PriceRule", sizeof(struct price_rule), rule_fields};
static const struct field row_fields[] = {
	FIELD_ID(struct price_row, item_id),
	FIELD_TEXT(struct price_row, name, 0, 80),
	FIELD_ENUM(struct price_row, kind, item_kind_names),
	CENTS(struct price_row, cost_cents),
	CENTS(struct price_row, was_cents),
	CENTS(struct price_row, price_cents),
	FIELD_END
};
static const struct shape row_shape = {"PriceRow", sizeof(struct price_row), row_fields};
static const struct field preview_fields[] = {
	FIELD_LIST(struct price_preview, rows, rows_n, &row_shape, PRICES_MAX),
	FIELD_INT(struct price_preview, same, 0, PRICES_MAX),
	FIELD_END
};
static const struct shape preview_shape = {"PricePreview", sizeof(struct price_preview), preview_fields};
static const struct field set_fields[] = {
	FIELD_ID(struct price_set, item_id),
	CENTS(struct price_set, was_cents),
	CENTS(struct price_set, price_cents),
	FIELD_END
};
static const struct shape set_shape = {"PriceSet", sizeof(struct price_set), set_fields};
static const struct field wish_fields[] = {
	FIELD_DAY(struct price_wish, from_day),
	FIELD_LIST(struct price_wish, rows, rows_n, &set_shape, PRICES_MAX),
	FIELD_END
};
static const struct shape wish_shape = {"PricePlanNew", sizeof(struct price_wish), wish_fields};
static const struct field plan_fields[] = {
	FIELD_ID(struct price_plan, id),
	FIELD_ENUM(struct price_plan, state, plan_state_names),
	FIELD_DAY(struct price_plan, from_day),
	FIELD_MAYBE_TEXT(struct price_plan, staff_name, 0, 120),
	FIELD_TIME(struct price_plan, made_at),
	FIELD_MAYBE_TIME(struct price_plan, ended_at),
	FIELD_MAYBE_TIME(struct price_plan, undone_at),
	FIELD_INT(struct price_plan, number, 0, PRICES_MAX),
	FIELD_END
};
static const struct shape plan_shape = {"PricePlan", sizeof(struct price_plan), plan_fields};
static const struct field plans_fields[] = {
	FIELD_LIST(struct price_plans, rows, rows_n, &plan_shape, PRICE_PLANS_MAX), FIELD_END};
static const struct shape plans_shape = {"PricePlans", sizeof(struct price_plans), plans_fields};

#define STORY "prices.test.mjs"
const struct endpoint office_prices[] = {
	{POST, "/price-previews", .may = MAY(MAY_MANAGE_STOCK), .body = &rule_shape, .out = &preview_shape, .run = preview,
	    .help = "What a mark-up or a change would make of the prices; nothing is written.", .story = STORY},
	{POST, "/price-plans", .may = MAY(MAY_MANAGE_STOCK), .body = &wish_shape, .out = &plans_shape, .run = plan,
	    .help = "These prices from that day on.", .story = STORY},
	{GET, "/price-plans", .may = MAY(MAY_MANAGE_STOCK), .out = &plans_shape, .run = plans,
	    .help = "Prices that were changed many at once, and those that wait for their day.", .story = STORY},
	{POST, "/price-plans/:id/undos", .may = MAY(MAY_MANAGE_STOCK), .out = &plans_shape, .run = undo,
	    .help = "The prices of before, where nobody has changed them since.", .story = STORY},
	{0}
};

static enum err
preview(struct work *w, const struct call *c)
{
	struct price_preview out;

	TRY(act_price_preview(w, c->body, &out));
	return reply_created(c, &preview_shape, &out);
}

static enum err
plan(struct work *w, const struct call *c)
{
	struct price_plans out;

	TRY(act_price_plan(w, c->body, &out));
	return reply_created(c, &plans_shape, &out);
}

static enum err
plans(struct work *w, const struct call *c)
{
	struct price_plans out;

	TRY(act_price_plans(w, &out));
	return reply_shape(c, &plans_shape, &out);
}

static enum err
undo(struct work *w, const struct call *c)
{
	struct price_plans out;

	TRY(act_price_undo(w, c->id, &out));
	return reply_created(c, &plans_shape, &out);
}
