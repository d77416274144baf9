/*
 * fcgi/acts/prices.h -- the price book: many prices at once, looked at first, from a day on, and taken back.
 *
 * A plan is a batch whose body says each price before and after. What somebody changed meanwhile stays as they left it.
 */
#ifndef FCGI_ACTS_PRICES_H
#define FCGI_ACTS_PRICES_H

#include "domain/base/money.h"
#include "domain/stock/item.h"
#include "domain/stock/reprice.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/prices.h"
#include "tenancy/work.h"

#define PRICE_PLANS_MAX 12
#define PRICES_MAX 2000 /* as many as a company has items */

struct price_rule {
	enum reprice_how how;
	int64_t ppm;
	uint32_t round_to_cents;
	struct maybe_u32 kind; /* of items: enum item_kind; absent: all */
};
struct price_row {
	uint64_t item_id;
	struct str name;
	enum item_kind kind;
	int64_t cost_cents, was_cents, price_cents;
};
struct price_preview {
	struct price_row *rows; /* only those that would change */
	size_t rows_n;
	uint32_t same; /* how many would not */
};
struct price_wish {
	struct day from_day; /* today: at once */
	struct price_set {
		uint64_t item_id;
		int64_t was_cents, price_cents;
	} *rows;
	size_t rows_n;
};
struct price_plan {
	uint64_t id;
	enum batch_state state; /* DRAFT: waits for its day */
	struct day from_day;
	struct maybe_str staff_name;
	int64_t made_at;
	struct maybe_i64 ended_at, undone_at;
	uint32_t number;
	uint32_t version;
};
struct price_plans {
	struct price_plan *rows;
	size_t rows_n;
};

/* act_price_preview -- what a rule would make of the book; nothing is written. Errors  those of reprice */
must_use enum err act_price_preview(struct work *w, const struct price_rule *rule, struct price_preview *out);
/*
 * act_price_plan -- these prices from that day on; of today: at once
 *
 * Errors  E_INVALID "from_day": over, or too far; "rows": none, or an item that does not exist
 */
must_use enum err act_price_plan(struct work *w, const struct price_wish *in, struct price_plans *out);
/* act_price_undo -- what still stands as the plan left it is as it was before; one that waits is forgotten. E_STALE */
must_use enum err act_price_undo(struct work *w, uint64_t id, struct price_plans *out);
must_use enum err act_price_plans(struct work *w, struct price_plans *out);

/* For the job "prices": its day has come. Twice is once. */
struct price_order {
	uint64_t plan_id;
};
extern const struct shape price_order_shape;
must_use enum err act_price_apply(struct work *w, uint64_t id);

#endif
