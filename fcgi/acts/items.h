/*
 * fcgi/acts/items.h -- chemicals and parts, and how much of them is in which van.
 */
#ifndef FCGI_ACTS_ITEMS_H
#define FCGI_ACTS_ITEMS_H

#include "sql/tenant/water.h"
#include "tenancy/work.h"

#define ITEMS_MAX 2000
#define STOCK_LINES_MAX 5000

struct item_page {
	struct item_row *rows;
	size_t rows_n;
};

/* Of a new one (version 0) and of a change. */
struct item_wish {
	enum item_kind kind; /* of a change: not looked at */
	struct str name, sku;
	enum chemical chemical;
	uint32_t strength_x100;
	enum item_unit unit;
	int64_t holds_x100; /* of a tab, bag, scoop */
	uint32_t most_x100, wait_minutes;
	int64_t cost_cents, price_cents;
	bool taxable;
	uint32_t position;
	struct str label_url;
	bool archived;
	uint32_t version;
};

struct stock_query {
	struct maybe_u64 place_id; /* 0 cannot be asked for by id: absent is everywhere */
	struct maybe_bool low;     /* only what is short */
};

struct stock_page {
	struct stock_line_row *rows;
	size_t rows_n;
};

/* from, to absent: the warehouse. `bought`: it comes from outside, from is not looked at. */
struct stock_move {
	uint64_t item_id;
	struct maybe_u64 from_id, to_id;
	bool bought;
	int64_t amount_x100;
};

struct stock_count {
	uint64_t item_id;
	struct maybe_u64 place_id; /* absent: the warehouse */
	struct maybe_i64 amount_x100; /* absent: nobody counted */
	struct maybe_i64 low_x100;    /* absent: as it was */
};

must_use enum err act_items(struct work *w, struct item_page *out);
/* Errors  those of item_check; E_INVALID "name" taken, "label_url" no web address; E_LIMIT */
must_use enum err act_item_make(struct work *w, const struct item_wish *in, struct item_row *out);
/* An item keeps its kind; while doses of it exist its unit and chemical stay what they were. */
must_use enum err act_item_change(struct work *w, uint64_t id, const struct item_wish *in, struct item_row *out);
/* act_items_standard -- what nearly every company pours, where a name is not there yet; without cost and price */
must_use enum err act_items_standard(struct work *w, struct item_page *out);

must_use enum err act_stock(struct work *w, const struct stock_query *q, struct stock_page *out);
/*
 * act_stock_move -- out of one place into another, in one transaction; both rows are only added to
 *
 * Whoever may repeat it brings a key (Idempotency-Key, the verb's id). Errors  E_INVALID "item_id" "from_id" "to_id"
 */
must_use enum err act_stock_move(struct work *w, const struct stock_move *in, struct stock_page *out);
/* act_stock_count -- this is what is there; running it again changes nothing. Errors  E_INVALID "item_id" "place_id" */
must_use enum err act_stock_count(struct work *w, const struct stock_count *in, struct stock_page *out);

#endif
