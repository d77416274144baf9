/*
 * fcgi/acts/quotes.h -- offers: drafted, sent, asked about, answered; approved, one becomes a job and a deposit.
 *
 * An offer is a document of kind quote: its lines are lines of bills with a choice, the rest stands whole in
 * `bill.quote`. The job's lines are copies of what was picked (lines of bill 1), so nobody types anything twice.
 */
#ifndef FCGI_ACTS_QUOTES_H
#define FCGI_ACTS_QUOTES_H

#include "domain/billing/quote.h"
#include "fcgi/acts/tell_quote.h"

#define QUOTES_PAGE 100 /* offers of one look; the next look goes on behind the last */
#define QUOTES_MAX 5000 /* of a table to take away */

struct quote_line_wish {
	uint32_t choice;
	enum charge_kind kind;
	struct maybe_u64 item_id;
	struct str text;
	int64_t quantity_milli, unit_cents;
	struct str tax_code;
};
struct quote_option_wish {
	struct str name, text;
};
struct quote_wish {
	uint64_t property_id, service_id;
	struct str title, note;
	struct day due_day;
	uint32_t deposit_ppm;
	struct quote_option_wish *options;
	size_t options_n;
	struct quote_line_wish *lines;
	size_t lines_n;
	struct quote_photo *photos;
	size_t photos_n;
	uint32_t version; /* 0 of a new one */
};

struct quote_page {
	uint64_t id;
	enum bill_state state;
	bool over; /* issued, and its last day is behind us */
	struct str number;
	uint64_t customer_id;
	struct str customer;
	uint64_t property_id;
	struct str place;
	uint64_t service_id;
	struct str service, currency, title, note, reason;
	struct day day, due_day;
	uint32_t deposit_ppm;
	bool choosing; /* it has options to pick from */
	struct quote_option *options;
	size_t options_n;
	struct charge_row *lines;
	size_t lines_n;
	struct quote_photo *photos;
	size_t photos_n;
	struct quote_word *words;
	size_t words_n;
	uint32_t picked;
	struct str answered_by;
	struct maybe_u64 visit_id, deposit_id;
	struct maybe_day visit_day;
	struct maybe_i64 issued_at, sent_at, ended_at;
	bool paper;
	uint32_t version;
};

struct quote_card {
	uint64_t id;
	enum bill_state state;
	bool over, asked; /* asked: the last word is the customer's */
	struct str number;
	uint64_t customer_id, visit_id;
	struct str customer, currency, title;
	struct day day, due_day;
	int64_t least_cents, most_cents;
	struct str token; /* of the link; only for the customer's own pages */
};
struct quote_list {
	struct quote_card *rows;
	size_t rows_n;
	struct maybe_day next_day; /* where the next look begins; none: that was all */
	struct maybe_u64 next_id;
};

struct quotes_query {
	enum bill_state state;
	struct str q; /* a part of the number, the customer's name or the title; empty: all */
	struct maybe_day before_day;
	struct maybe_u64 before_id;
};

/*
 * act_quote_make, _change -- a draft; nobody outside sees it
 *
 * Errors  E_INVALID "property_id" "service_id" "photos" "due_day" and those of quote_check; E_STALE it was sent
 */
must_use enum err act_quote_make(struct work *w, uint64_t customer_id, const struct quote_wish *in, struct quote_page *out);
must_use enum err act_quote_change(struct work *w, uint64_t id, const struct quote_wish *in, struct quote_page *out);
/* act_quote_issue -- numbered, sealed, drawn and mailed to who reads bills. Errors  E_STALE */
must_use enum err act_quote_issue(struct work *w, uint64_t id, uint32_t version, struct quote_page *out);
/* act_quote_void -- withdrawn: the link shows that it does not hold any more */
must_use enum err act_quote_void(struct work *w, uint64_t id, struct str reason, uint32_t version, struct quote_page *out);
/* act_quote_reply -- the office answers what was asked; the customer is told by mail */
must_use enum err act_quote_reply(struct work *w, uint64_t id, struct str text, struct quote_page *out);
must_use enum err act_quote_one(struct work *w, uint64_t id, struct quote_page *out);
/* act_quotes -- the newest `most` (QUOTES_PAGE, QUOTES_MAX) in this state, or those behind `before`; _of_customer: all of theirs */
must_use enum err act_quotes(struct work *w, const struct quotes_query *q, size_t most, struct quote_list *out);
must_use enum err act_quotes_of_customer(struct work *w, uint64_t customer_id, struct quote_list *out);

/* ---- the answer (quotes_answer.c) ---- */

enum quote_says { QUOTE_APPROVE = 1, QUOTE_DECLINE, QUOTE_SAYS };
extern const char *const quote_says_names[];

struct quote_answer {
	enum quote_says says;
	uint32_t choice; /* of an approval of one with options; else 0 */
	struct str name; /* who says so */
	struct str text; /* why not; or a word with the yes */
};
/*
 * act_quote_answer -- approved: a visit that nobody has yet, with what was picked as its lines, and the deposit as an
 *                     invoice; declined: told to the office. The same answer again changes nothing and is OK.
 *
 * Errors  E_INVALID "choice" "name"; E_STALE another answer was given, it was withdrawn, or has run out
 */
must_use enum err act_quote_answer(struct work *w, uint64_t id, const struct quote_answer *in, struct quote_page *out);

/* By the link that was mailed: whoever has it reads, asks and answers for the customer. Errors  E_INVALID "token" */
must_use enum err act_quote_shown(struct work *w, struct str token, struct quote_page *out);
must_use enum err act_quote_answered(struct work *w, struct str token, const struct quote_answer *in, struct quote_page *out);
must_use enum err act_quote_ask(struct work *w, struct str token, struct str text, struct quote_page *out);
/* act_quote_photo -- where a picture of it lies */
must_use enum err act_quote_photo(struct work *w, struct str token, uint64_t file_id, bool small, struct str *path);
/* act_quotes_mine -- for the customer who is signed in: those that were sent, each with its link's token */
must_use enum err act_quotes_mine(struct work *w, struct quote_list *out);

/* For parts of this noun: the lines that belong to a pick, with the customer's discount, their taxes and sums. */
must_use enum err quote_reckon(struct work *w, uint64_t customer_id, const struct charge_row *lines, size_t n,
    uint32_t picked, struct upcoming_bill *out);
must_use enum err quote_word_add(struct work *w, struct quote_body *b, bool office, struct str by, struct str text);

/*
 * act_quote_called_off -- the job of an offer was called off: its deposit is taken back, what was paid of it is free, and the
 *                         office is told (quotes_back.c). A job without a deposit, or one that is wanted again: nothing is done
 */
must_use enum err act_quote_called_off(struct work *w, uint64_t visit_id);

#endif
