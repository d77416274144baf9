/*
 * domain/billing/sheet.h -- a document as lines of text, for the press to draw (fcgi/press/paper.c).
 *
 * One line says one thing: a word, a blank, its value; a tabulator parts the cells of a value.
 *
 *	file 0abc.pdf | page letter (in this order first) | brand #0f5e66 | lang en | name Invoice INV-000042 | company ... | title Invoice | fact Day<tab>Jun 5
 *	to Rosa Ruiz | subject Your pump | head What<tab>Quantity<tab>... | row (or group) text<tab>why<tab>numbers | sum Tax<tab>$1.00 | total ...
 *	note ... | small ... | code https://...<tab>what it is for | foot ... | stamp DRAFT | proof (a line of it) | end
 *
 * What people have typed never makes a line or a cell of its own: control characters become blanks.
 */
#ifndef DOMAIN_BILLING_SHEET_H
#define DOMAIN_BILLING_SHEET_H

#include "domain/base/words.h"
#include "domain/billing/bill.h"

#define SHEET_BYTES_MAX (1280 * 1024) /* with its proof */

/* One line of a document with what it follows from. */
struct sheet_line {
	enum charge_kind kind;
	struct str text;
	struct day day, from_day, to_day;
	struct maybe_day term_day;
	uint32_t part, of;
	int64_t rate_cents, quantity_milli, unit_cents, net_cents;
	uint32_t choice; /* of a quote: 0 always, else one of its options */
};

/* One option of a quote; its total has everything that belongs to it, and tax. */
struct sheet_option {
	struct str name, text;
	int64_t total_cents;
};

/* What moved the balance since the statement before. */
struct sheet_move {
	struct str text; /* "Payment · Check 1041" */
	struct day day;
	int64_t cents;
};

struct sheet {
	struct str file; /* "<13 letters>.pdf" */
	enum language language;
	bool a4;
	struct str accent;
	struct str company, company_address, company_phone; /* an address: lines */
	struct str customer, customer_address;
	enum bill_kind kind;
	bool draft; /* not issued: it says so on each page, and has no number and no signature */
	struct str number, currency, title, note;
	struct day day, due_day;
	int64_t opening_cents; /* of a statement: what was owed before */
	const struct sheet_move *move;
	size_t move_n;
	const struct sheet_line *line;
	size_t n;
	int64_t net_cents, tax_cents, total_cents;
	const struct tax_sum *tax;
	size_t tax_n;
	/* Of a quote: what is asked for when it is approved; of one with options a share of the one that is picked. */
	int64_t deposit_cents;
	uint32_t deposit_ppm;
	const struct sheet_option *option; /* in the order of their choices */
	size_t option_n;
	struct str verify_url; /* empty: not signed */
	struct str proof;      /* goes with the file, for who checks it without us (domain/base/proof.h) */
};

/* sheet_write -- appends the document to b, from "file" to "end"; E_LIMIT: it does not fit */
must_use enum err sheet_write(const struct sheet *s, struct arena *a, struct buf *b, struct fault *f);

/* A payment that was taken, and what it pays. */
struct sheet_paid {
	struct str number;
	struct day day;
	int64_t cents;
};
struct sheet_receipt {
	struct sheet as; /* company, customer, language, file; kind is BILL_RECEIPT */
	struct str way, reference;
	int64_t cents, free_cents;
	const struct sheet_paid *paid;
	size_t n;
};
must_use enum err sheet_receipt_write(const struct sheet_receipt *r, struct arena *a, struct buf *b, struct fault *f);

#endif
