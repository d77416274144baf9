/*
 * fcgi/acts/tell_bill.h -- what several acts say about money: postings, charges, the company's rules for both.
 *
 * tell_posting is the only writer of the ledger, tell_charge of lines that follow from facts.
 */
#ifndef FCGI_ACTS_TELL_BILL_H
#define FCGI_ACTS_TELL_BILL_H

#include "domain/billing/dunning.h"
#include "domain/billing/seal.h"
#include "domain/customers/customer.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/billing.h"
#include "tenancy/work.h"

/* How the company bills: one setting, with usable defaults where nobody has chosen. */
struct billing {
	enum proration proration;
	uint32_t no_access_percent; /* of a stop's rate, when nobody could get in */
	bool in_advance;            /* months are billed before they are served */
	uint32_t first_mday;        /* on which day of the month a period begins */
	uint32_t due_days;
	enum tax_rounding rounding;
	enum bill_kind shows;         /* BILL_INVOICE or BILL_STATEMENT: what customers get */
	bool at_completion;           /* a job is billed the moment it is completed */
	struct maybe_day closed_until; /* nothing is posted on this day or before */
	enum ageing_by ageing_by;
	int64_t nsf_fee_cents; /* asked for a payment that the bank took back */
	/* Younger than the first settings: absent in a stored one, always there after billing_read. */
	struct maybe_bool mails;                           /* issued documents go out by mail */
	struct maybe_u32 run_mday;                         /* on which day of the month all are billed; 0: by hand */
	struct maybe_bool credit_customer, credit_holiday; /* price.h */
	struct maybe_str customer_reasons, holiday_reasons;
	struct maybe_str included_items; /* chemicals that every rate includes, with commas between */
	struct maybe_u32 remind_after_days, remind_every_days, remind_times;
	struct maybe_u32 late_grace_days, late_fee_ppm;
	struct maybe_i64 late_fee_cents;
	struct maybe_u32 surcharge_ppm;  /* of credit cards (domain/billing/surcharge.h); 0: none */
	struct maybe_day surcharge_from; /* the first day: the networks want thirty days' notice */
	uint32_t version; /* 0: nobody has chosen yet */
};
extern const struct shape billing_shape;

/* billing_policy, billing_dunning -- the company's words for domain/billing */
struct price_policy billing_policy(const struct billing *b);
struct dunning billing_dunning(const struct billing *b);

/* What holds for one customer instead: a setting of kind SETTING_BILLING that the customer owns. */
enum own_shows { OWN_SHOWS_COMPANY = 0, OWN_SHOWS_INVOICE, OWN_SHOWS_STATEMENT };
enum own_mails { OWN_MAILS_COMPANY = 0, OWN_MAILS_YES, OWN_MAILS_NO };
struct own_billing {
	enum own_shows shows;
	enum own_mails mails;
	struct maybe_u32 due_days;
	uint32_t discount_ppm; /* off all work; not off fees, deposits and tax */
	struct str discount_text;
	bool no_late_fees, no_reminders;
	uint32_t version; /* 0: nothing is said of this customer */
};
extern const struct shape own_billing_shape;
must_use enum err own_billing_read(struct work *w, uint64_t customer_id, struct own_billing *out);

/* billing_for -- the company's rules as they hold for this customer; own may be NULL */
must_use enum err billing_for(struct work *w, uint64_t customer_id, struct billing *out, struct own_billing *own);

/* billing_read -- with usable defaults */
must_use enum err billing_read(struct work *w, struct billing *out);

/* What a rule of tax and a certificate say in the body of their setting. */
struct tax_rule_body {
	struct str code, area;
	uint32_t rate_ppm;
	struct day from_day;
	struct maybe_day until_day;
};
struct tax_exemption_body {
	struct str area;
	struct day from_day;
	struct maybe_day until_day;
};
extern const struct shape tax_rule_body_shape, tax_exemption_body_shape;

/* tax_rules, tax_exemptions -- the company's rules, in their order; a customer's certificates */
must_use enum err tax_rules(struct work *w, struct tax_rule **rules, size_t *n);
must_use enum err tax_exemptions(struct work *w, uint64_t customer_id, struct tax_exemption **e, size_t *n);

/*
 * tell_posting -- write a posting into the ledger; one without entries writes nothing
 *
 * The caller holds and moves the guard rows: the bill's and the payment's it speaks of. What is owed and what is held
 * stands with the holder of the document, whoever the posting names; only a transfer says it itself.
 * Errors  E_INVALID "day": the period is closed; E_BUG it does not balance
 */
must_use enum err tell_posting(struct work *w, const struct billing *b, const struct posting *p);

/*
 * tell_holder -- with whom it stands: the customer, or who took them in, or who took that one in
 *
 * id  in/out  one that does not exist stays what it is
 */
must_use enum err tell_holder(struct work *w, uint64_t *id);
/* tell_theirs -- is what was written in that name this customer's: their own, or of somebody whom they took in? */
must_use enum err tell_theirs(struct work *w, uint64_t written_in, uint64_t customer_id, bool *theirs);

/* bill_asked -- what a letter about it asks for: an invoice what is open of it, a statement all that is owed */
must_use enum err bill_asked(struct work *w, const struct bill_row *bill, int64_t *cents);

/* bill_open, payment_open -- what a bill still asks for, what is free of a payment; under the guard */
must_use enum err bill_open(struct work *w, const struct bill_row *row, struct open_item *out);
must_use enum err payment_open(struct work *w, const struct payment_row *row, struct open_item *out);

/* What a document says of one tax; kept in bill.taxes as bill_taxes_shape. */
struct bill_tax {
	struct str name;
	uint32_t rate_ppm;
	int64_t base_cents, tax_cents;
};
struct bill_taxes {
	struct bill_tax *rows;
	size_t rows_n;
};
extern const struct shape bill_tax_shape, bill_taxes_shape;
struct bill_taxes bill_taxes_of(struct work *w, const struct bill_sums *s);

/* What moved a balance between two statements: a line of the later one; kept in bill.moved. */
#define BILL_MOVES_MAX 100
struct bill_move {
	struct day day;
	enum posting_kind kind; /* POSTING_TRANSFER: all that is said in one line */
	enum pay_way way;       /* 0: no money came or went */
	struct str number, what;
	int64_t cents;
};
struct bill_moves {
	struct bill_move *rows;
	size_t rows_n;
};
extern const struct shape bill_move_shape;
extern const char *const move_way_names[];
/*
 * bill_moves -- for a statement of that day, before it is posted: what it carries over, and what has moved since
 *
 * opening_cents  out  what the customer's statement before ended with; without one: all that is owed, less what is held
 */
must_use enum err bill_moves(struct work *w, uint64_t customer_id, struct day day, int64_t *opening_cents,
    struct bill_moves *out);
must_use enum err bill_moves_read(struct work *w, struct str stored, struct bill_moves *out);
must_use enum err bill_moves_write(struct work *w, const struct bill_moves *in, struct str *stored);

/* What waits for a customer, as it would stand on a document: lines, discounts, taxes, sums. */
struct upcoming_bill {
	uint64_t id; /* names the discounts that are reckoned for it */
	struct billing rules;
	struct own_billing own;
	struct charge_row *rows;
	struct bill_line *line; /* same index */
	size_t n;
	struct bill_sums sums;
	const struct sealed_option *option; /* of an offer */
	size_t option_n;
	uint32_t deposit_ppm;
};
/* upcoming_bill -- lines up to that day; upcoming_reckon: the rest of it, for rows that are there */
must_use enum err upcoming_bill(struct work *w, uint64_t customer_id, struct day until, struct upcoming_bill *out);
must_use enum err upcoming_reckon(struct work *w, uint64_t customer_id, struct upcoming_bill *u);

/*
 * bill_issue -- the lines become the document: numbered, sealed, in the ledger; nothing is sent
 *
 * draft  in  id, kind, customer, day, due day, title, note; its version is 1
 *
 * Errors  E_INVALID "due_day" "day" "amount"; E_STALE somebody has just billed one of the lines
 */
must_use enum err bill_issue(struct work *w, const struct bill_row *draft, const struct upcoming_bill *u);
/* quote_issue -- an offer is numbered and sealed; it asks for nothing, so nothing is posted. draft is the row as it is kept */
must_use enum err quote_issue(struct work *w, const struct bill_row *draft, const struct upcoming_bill *u);
/* bill_number_next -- the next number of that kind of document; its counter is held until the transaction ends, so none is left out */
must_use enum err bill_number_next(struct work *w, enum bill_kind k, uint64_t *seq);
/* bill_address -- as it stands on a document: two lines */
struct str bill_address(struct work *w, struct str street, struct str city, struct str region, struct str postcode);
/* bill_told -- a line of the timeline about a document */
must_use enum err bill_told(struct work *w, const struct bill_row *row, enum event_kind kind, struct str number);

/*
 * tell_paper -- a document is to be drawn, and sent to those who want it: a job "paper"
 *
 * PAPER_KEPT: drawn and kept, sent to nobody. PAPER_ASKED: somebody in the office sends it, whatever the rule says.
 */
enum paper_why { PAPER_ISSUED = 0, PAPER_REMINDER, PAPER_ASKED, PAPER_KEPT, PAPER_RECEIPT, PAPER_WHYS };
#define PAPERS_MAX 50 /* of one order: drawn by one process */
struct paper_id {
	uint64_t id; /* of a bill; with PAPER_RECEIPT of a payment */
};
struct paper_order {
	struct paper_id *ids;
	size_t ids_n;
	enum paper_why why;
};
extern const struct shape paper_order_shape;
must_use enum err tell_paper(struct work *w, uint64_t id, enum paper_why why);
must_use enum err tell_papers(struct work *w, const struct paper_order *o);

/*
 * payment_put_on -- cents of a payment pay a bill; pay was read FOR UPDATE here, its version moves
 *
 * payment_spread: what is free of it pays the oldest due first; what is left stays free.
 * Errors  E_INVALID "bill_id" "amount"; E_NOT_FOUND
 */
must_use enum err payment_put_on(struct work *w, const struct billing *b, struct payment_row *pay, uint64_t bill_id,
    int64_t cents);
must_use enum err payment_spread(struct work *w, uint64_t payment_id);

/* bill_numbers -- fill the numbers of a list of bills */
void bill_numbers(struct work *w, struct bill_card *cards, size_t n);

/*
 * tell_charge -- an upcoming line, once for its key: a second of the same key changes nothing and is OK
 */
must_use enum err tell_charge(struct work *w, const struct charge_row *c);

/*
 * tell_visit_charge -- what a visit asks for now that its state is another; called by tell_visit alone
 *
 * A line of it that no bill has taken follows the state; one that a bill has taken stays, and is shown as a leak
 * if it contradicts. A job of its own is billed at once if the company wishes (job "bill_visit").
 */
must_use enum err tell_visit_charge(struct work *w, const struct visit *v);

/*
 * tell_dose_charge -- what was poured is on the next bill, unless the rate includes chemicals; taken back, it is not
 *
 * Without an agreement that serves there it is billed: nobody has promised it. Run twice it changes nothing.
 */
must_use enum err tell_dose_charge(struct work *w, uint64_t dose_id);
struct item_row; /* sql/tenant/water.h */
/*
 * dose_price -- what so much of an item costs today: thousandths of its unit, the rate of one, and their product
 *
 * The quantity is rounded first, so that whoever multiplies what stands on the bill finds its sum. Errors E_INVALID "amount"
 */
struct dose_price {
	int64_t quantity_milli, unit_cents, cents;
};
must_use enum err dose_price(struct work *w, const struct item_row *item, int64_t given_x100, struct dose_price *out);
/*
 * tell_used_charge -- what came out of the van at a stop and is no dose is on the next bill: so much of it at the item's price
 *
 * Not of a work order's visit, whose own lines say what it costs; not what every rate includes; not chemicals where the
 * rate includes them.
 *
 * said_id  in  the phone's verb: it is charged once
 */
must_use enum err tell_used_charge(struct work *w, uint64_t said_id, const struct visit *at, const struct item_row *item,
    int64_t amount_x100);

/*
 * charge_again -- a line reckoned once more from what it follows from: the visit as it stands, the terms, the dose
 *
 * known  out  false: the fact is gone, or asks for nothing any more; again_cents says nothing then
 * same   out  to the cent what the line says
 */
struct charge_why {
	uint64_t visit_id, dose_id, agreement_id; /* 0: none */
	struct maybe_day visit_day, term_day;
	int64_t rate_cents;
	uint32_t part, of_parts;
	int64_t net_cents, again_cents;
	bool known, same;
};
must_use enum err charge_again(struct work *w, const struct charge_row *c, struct charge_why *out);

/* The payload of the jobs "bill_visit" and "called_off". */
struct bill_visit_order {
	uint64_t visit_id;
};
extern const struct shape bill_visit_order_shape;

/*
 * tell_month_charges -- an agreement's months of a period, as its terms are now
 *
 * What no bill has taken is reckoned anew; if something of the period is billed already, the difference is a line
 * of its own. Run twice it changes nothing.
 */
must_use enum err tell_month_charges(struct work *w, uint64_t agreement_id, struct period p);

#endif
