/*
 * fcgi/api/office/items.c -- chemicals and parts, and which van has how much of them.
 */
#include "fcgi/acts/items.h"

#include "fcgi/api/water.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

static enum err items_list(struct work *w, const struct call *c);
static enum err items_standard(struct work *w, const struct call *c);
static enum err item_make(struct work *w, const struct call *c);
static enum err item_put(struct work *w, const struct call *c);
static enum err stock_list(struct work *w, const struct call *c);
static enum err stock_move(struct work *w, const struct call *c);
static enum err stock_count(struct work *w, const struct call *c);

#define CENTS INT64_C(100000000)

static const struct field item_fields[] = {
	FIELD_ID(struct item_row, id),
	FIELD_ENUM(struct item_row, kind, item_kind_names),
	FIELD_TEXT(struct item_row, name, 1, 80),
	FIELD_TEXT(struct item_row, sku, 0, 40),
	FIELD_ENUM(struct item_row, chemical, chemical_names),
	FIELD_INT(struct item_row, strength_x100, 0, 10000),
	FIELD_ENUM(struct item_row, unit, item_unit_names),
	FIELD_INT(struct item_row, holds_x100, 0, ITEM_AMOUNT_MAX),
	FIELD_INT(struct item_row, most_x100, 0, 100000000),
	FIELD_INT(struct item_row, wait_minutes, 0, 1440),
	FIELD_INT(struct item_row, cost_cents, 0, CENTS),
	FIELD_INT(struct item_row, price_cents, 0, CENTS),
	FIELD_BOOL(struct item_row, taxable),
	FIELD_INT(struct item_row, position, 0, 65535),
	FIELD_TEXT(struct item_row, label_url, 0, 200),
	FIELD_MAYBE_TIME(struct item_row, archived_at),
	FIELD_INT(struct item_row, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape item_shape = {"Item", sizeof(struct item_row), item_fields};
static const struct field item_page_fields[] = {
	FIELD_LIST(struct item_page, rows, rows_n, &item_shape, ITEMS_MAX), FIELD_END};
static const struct shape item_page_shape = {"ItemPage", sizeof(struct item_page), item_page_fields};

static const struct field item_wish_fields[] = {
	FIELD_ENUM(struct item_wish, kind, item_kind_names),
	FIELD_TEXT(struct item_wish, name, 1, 80),
	FIELD_TEXT(struct item_wish, sku, 0, 40),
	FIELD_ENUM(struct item_wish, chemical, chemical_names),
	FIELD_INT(struct item_wish, strength_x100, 0, 65535),
	FIELD_ENUM(struct item_wish, unit, item_unit_names),
	FIELD_INT(struct item_wish, holds_x100, 0, ITEM_AMOUNT_MAX),
	FIELD_INT(struct item_wish, most_x100, 0, 100000000),
	FIELD_INT(struct item_wish, wait_minutes, 0, 1440),
	FIELD_INT(struct item_wish, cost_cents, 0, CENTS),
	FIELD_INT(struct item_wish, price_cents, 0, CENTS),
	FIELD_BOOL(struct item_wish, taxable),
	FIELD_INT(struct item_wish, position, 0, 65535),
	FIELD_TEXT(struct item_wish, label_url, 0, 200),
	FIELD_BOOL(struct item_wish, archived),
	FIELD_INT(struct item_wish, version, 0, INT32_MAX),
	FIELD_END
};
static const struct shape item_wish_shape = {"ItemWish", sizeof(struct item_wish), item_wish_fields};

static const struct field stock_query_fields[] = {
	FIELD_MAYBE_ID(struct stock_query, place_id), FIELD_MAYBE_BOOL(struct stock_query, low), FIELD_END};
static const struct shape stock_query_shape = {"StockQuery", sizeof(struct stock_query), stock_query_fields};

static const struct field stock_move_fields[] = {
	FIELD_ID(struct stock_move, item_id),
	FIELD_MAYBE_ID(struct stock_move, from_id),
	FIELD_MAYBE_ID(struct stock_move, to_id),
	FIELD_BOOL(struct stock_move, bought),
	FIELD_INT(struct stock_move, amount_x100, 1, ITEM_AMOUNT_MAX),
	FIELD_END
};
static const struct shape stock_move_shape = {"StockMove", sizeof(struct stock_move), stock_move_fields};

static const struct field stock_count_fields[] = {
	FIELD_ID(struct stock_count, item_id),
	FIELD_MAYBE_ID(struct stock_count, place_id),
	FIELD_MAYBE_INT(struct stock_count, amount_x100, 0, ITEM_AMOUNT_MAX),
	FIELD_MAYBE_INT(struct stock_count, low_x100, 0, ITEM_AMOUNT_MAX),
	FIELD_END
};
static const struct shape stock_count_shape = {"StockCount", sizeof(struct stock_count), stock_count_fields};

#define STORY "water.test.mjs"

const struct endpoint office_items[] = {
	{GET, "/items", .may = MAY(MAY_SEE_CUSTOMERS), .out = &item_page_shape, .run = items_list,
	    .help = "Chemicals and parts, in the company's order of preference.", .story = STORY},
	{POST, "/items", .may = MAY(MAY_MANAGE_STOCK), .body = &item_wish_shape, .out = &item_shape, .run = item_make,
	    .help = "Add a chemical or a part.", .story = STORY},
	{PUT, "/items/:id", .may = MAY(MAY_MANAGE_STOCK), .body = &item_wish_shape, .out = &item_shape, .run = item_put,
	    .help = "Change, put aside or bring back a chemical or a part.", .story = STORY},
	{POST, "/standard-items", .may = MAY(MAY_MANAGE_STOCK), .out = &item_page_shape, .run = items_standard,
	    .help = "Add what nearly every company pours, where it is not there yet.", .story = STORY},
	{GET, "/stock", .may = MAY(MAY_MANAGE_STOCK), .query = &stock_query_shape, .out = &stock_page_shape,
	    .run = stock_list, .help = "What is in the vans and in the warehouse; or only what is short.", .story = STORY},
	{POST, "/stock-moves", .may = MAY(MAY_MANAGE_STOCK), .body = &stock_move_shape, .out = &stock_page_shape,
	    .run = stock_move, .help = "Move stock from one place to another, or buy some.", .story = STORY},
	{POST, "/stock-counts", .may = MAY(MAY_MANAGE_STOCK), .body = &stock_count_shape, .out = &stock_page_shape,
	    .run = stock_count, .help = "Say how much is there, and below what it is short.", .story = STORY},
	{0}
};

static enum err
items_list(struct work *w, const struct call *c)
{
	struct item_page out;

	TRY(act_items(w, &out));
	return reply_shape(c, &item_page_shape, &out);
}

static enum err
items_standard(struct work *w, const struct call *c)
{
	struct item_page out;

	TRY(act_items_standard(w, &out));
	return reply_created(c, &item_page_shape, &out);
}

static enum err
item_make(struct work *w, const struct call *c)
{
	struct item_row out;

	TRY(act_item_make(w, c->body, &out));
	return reply_created(c, &item_shape, &out);
}

static enum err
item_put(struct work *w, const struct call *c)
{
	struct item_row out;

	TRY(act_item_change(w, c->id, c->body, &out));
	return reply_shape(c, &item_shape, &out);
}

static enum err
stock_list(struct work *w, const struct call *c)
{
	struct stock_page out;

	TRY(act_stock(w, c->query, &out));
	return reply_shape(c, &stock_page_shape, &out);
}

static enum err
stock_move(struct work *w, const struct call *c)
{
	struct stock_page out;

	TRY(act_stock_move(w, c->body, &out));
	return reply_created(c, &stock_page_shape, &out);
}

static enum err
stock_count(struct work *w, const struct call *c)
{
	struct stock_page out;

	TRY(act_stock_count(w, c->body, &out));
	return reply_created(c, &stock_page_shape, &out);
}
