/*
 * fcgi/acts/bills.h -- what a customer owes next, and the documents that ask for it.
 */
#ifndef FCGI_ACTS_BILLS_H
#define FCGI_ACTS_BILLS_H

#include "fcgi/acts/tell_bill.h"

#define BILLS_PAGE 200 /* documents of one look; the next look goes on behind the last */

/* A document as the office reads it: its lines, and what was paid of it. */
struct bill_page {
	uint64_t id;
	enum bill_kind kind;
	enum bill_state state;
	struct str number; /* empty while a draft */
	uint64_t customer_id;
	struct str customer, currency, title, note, reason;
	struct day day, due_day;
	int64_t opening_cents, net_cents, tax_cents, total_cents, open_cents;
	struct charge_row *lines;
	size_t lines_n;
	struct bill_tax *taxes;
	size_t taxes_n;
	struct applied_row *paid;
	size_t paid_n;
	struct bill_move *moves; /* of a statement */
	size_t moves_n;
	struct maybe_i64 issued_at, sent_at;
	bool paper; /* is it drawn? */
	uint32_t version;
};

/* What the next bill of a customer would say. */
struct upcoming {
	struct charge_row *lines;
	size_t lines_n;
	struct bill_tax *taxes;
	size_t taxes_n;
	int64_t net_cents, tax_cents, total_cents;
};

struct bill_list {
	struct bill_card *rows;
	size_t rows_n;
	struct maybe_day next_day; /* where the next look begins; none: that was all */
	struct maybe_u64 next_id;
};

struct bills_query {
	enum bill_kind kind;
	enum bill_state state;
	struct day from, to;
	struct str q; /* a part of the number, the customer's name or the title; empty: all */
	struct maybe_day before_day;
	struct maybe_u64 before_id;
};

struct line_wish {
	uint64_t property_id;
	enum charge_kind kind;
	struct day day;
	struct str text;
	int64_t quantity_milli, unit_cents; /* a discount's is negative */
	struct str tax_code;
};

struct line_edit {
	struct str text;
	int64_t quantity_milli, unit_cents;
	struct str tax_code;
	uint32_t version;
};

struct bill_wish {
	struct day day;   /* the date on it */
	struct day until; /* lines up to that day */
	struct maybe_day due_day;
	struct str title, note;
};

struct bill_ending {
	struct str reason;
	uint32_t version;
};

must_use enum err act_upcoming(struct work *w, uint64_t customer_id, struct day until, struct upcoming *out);

/* act_line_why -- where a line comes from, and what it would be if it were reckoned again now */
must_use enum err act_line_why(struct work *w, uint64_t id, struct charge_why *out);

/*
 * act_line_make, _change, _drop -- an upcoming line typed in by hand, or one that follows from a fact put right
 *
 * A line that follows from work (a month, a visit, a dose) stays as it is: what somebody wants otherwise becomes a line of
 * its own beside it, so that no night undoes it, and the customer sees both. A month is not dropped: E_INVALID "line".
 */
must_use enum err act_line_make(struct work *w, uint64_t customer_id, const struct line_wish *in,
    struct upcoming *out);
must_use enum err act_line_change(struct work *w, uint64_t id, const struct line_edit *in, struct upcoming *out);
must_use enum err act_line_drop(struct work *w, uint64_t id, uint32_t version, struct upcoming *out);

/*
 * act_bill_issue -- everything upcoming up to a day becomes one document, numbered, sealed, in the ledger
 *
 * Errors  E_INVALID "until": there is nothing to bill; "day": the period is closed; "amount": below zero;
 *         E_STALE somebody has just billed one of the lines
 */
must_use enum err act_bill_issue(struct work *w, uint64_t customer_id, const struct bill_wish *in,
    struct bill_page *out);

/* act_bill_visit -- what one visit asks for, as a document of its own; nothing upcoming of it: nothing is done */
must_use enum err act_bill_visit(struct work *w, uint64_t visit_id);

/* act_bill_void -- taken back, whole; its lines are upcoming again. E_INVALID "document": something is paid */
must_use enum err act_bill_void(struct work *w, uint64_t id, const struct bill_ending *in, struct bill_page *out);

/* act_bill_write_off -- what is still open of it is asked for no longer. Errors  E_INVALID "amount" nothing is open; E_STALE */
must_use enum err act_bill_write_off(struct work *w, uint64_t id, const struct bill_ending *in, struct bill_page *out);

must_use enum err act_bill_one(struct work *w, uint64_t id, struct bill_page *out);
/* act_bills -- the newest BILLS_PAGE of them, or those behind `before`. Errors  E_INVALID "to" before from */
must_use enum err act_bills(struct work *w, const struct bills_query *q, struct bill_list *out);
/* act_bills_all -- look after look, at most `most`: for a table. Errors  those of act_bills; E_LIMIT "to" there are more */
must_use enum err act_bills_all(struct work *w, const struct bills_query *q, size_t most, struct bill_list *out);
must_use enum err act_bills_of_customer(struct work *w, uint64_t customer_id, struct bill_list *out);

#endif
